/**
 * The A/A arm: the origin again and again, each time as a hypothesis of its own. It goes through the
 * same screen and the same confirm as any candidate; whatever is accepted here is a false alarm.
 *
 * The salt is in the key, not in the text: a comment or a space could be what an evaluator treats
 * differently, and then the two sides would not be exchangeable to begin with.
 */
import type { Proposer } from './contract.ts';

export interface NoOpOptions {
  /** Canonical text of the origin. */
  readonly origin: string;
  readonly size: number;
}

export function noOpProposer({ origin, size }: NoOpOptions): Proposer<null> {
  return {
    name: 'no-op',
    traits: { repeatable: true, sequential: false },
    init: () => null,
    ask: (_state, { trial }) => ({
      text: origin,
      parents: [],
      operator: 'unchanged',
      key: `unchanged in trial ${trial}`,
      considered: 1,
      size,
    }),
    tell: (state) => state,
    // It goes on as long as the others do, and never keeps a study going by itself.
    isExhausted: () => true,
  };
}
