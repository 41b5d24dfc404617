/** Islands against control blocks: how many of each, and the arms they are (acceptance.md §4.3). */
import type { EventBody } from '../core/events.ts';
import { MAIN_ARM } from '../loop/plan.ts';

export interface IslandsKeys {
  readonly design?: string | undefined;
  readonly islands?: number | undefined;
  readonly blocks?: number | undefined;
}

/** A control share of a fifth: the search found 68 % of the time at d = 2, 94 % at d = 3. */
const USUAL = { islands: 8, blocks: 2 } as const;

export function islandsOf({ islands, blocks }: IslandsKeys): { islands: number; blocks: number } {
  return { islands: islands ?? USUAL.islands, blocks: blocks ?? USUAL.blocks };
}

/** The smallest p-value of the permutation test: one over the ways to choose the blocks. */
export function smallestP(islands: number, blocks: number): number {
  let ways = 1;
  for (let i = 1; i <= blocks; i++) ways = (ways * (islands + i)) / i;
  return 1 / ways;
}

/** The first island is the main arm, whose incumbent may be promoted; its sisters only measure. */
export function islandArms(keys: IslandsKeys): EventBody['study.opened']['arms'] {
  const { islands, blocks } = islandsOf(keys);
  const share = 1 / (islands + blocks);
  const numbered = (name: string, from: number, to: number): readonly string[] =>
    Array.from({ length: to - from + 1 }, (_, i) => `${name}-${from + i}`);
  return [
    ...[MAIN_ARM, ...numbered('island', 2, islands)].map((name) => ({
      name,
      search: 'improver' as const,
      share,
    })),
    ...numbered('block', 1, blocks).map((name) => ({ name, search: 'best-of-n' as const, share })),
  ];
}
