/** How often the first of two was ahead: the count that stands beside every mean of paired differences. */
export interface WonAndLost {
  readonly n: number;
  readonly wins: number;
  readonly losses: number;
}

/** @param pairs First less second; what is equal is neither won nor lost. */
export function wonAndLost(pairs: readonly number[]): WonAndLost {
  return {
    n: pairs.length,
    wins: pairs.filter((pair) => pair > 0).length,
    losses: pairs.filter((pair) => pair < 0).length,
  };
}

/** `11 won, 1 lost`. */
export const recordText = ({ wins, losses }: WonAndLost): string => `${wins} won, ${losses} lost`;
