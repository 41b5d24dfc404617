/** What is compared, fixed before the first run on held-out tasks. */

export const SEEDS: readonly number[] = Array.from({ length: 12 }, (_, seed) => seed);
export const MOST_MACROS = 6;
export const LINES = ['none', 'mined', 'random subtrees'] as const;
export type Line = (typeof LINES)[number];

/** `evals`: of each search on a held-out task, on every line. */
export const PARTS = {
  packing: {
    what: 'bin packing, six distributions learnt from and six others',
    training: { searches: 8, evals: 200 },
    evals: 120,
  },
  families: {
    what: 'thirteen families of policies learnt from and eight others',
    training: { searches: 4, evals: 300 },
    evals: 80,
  },
} as const;
export type Part = keyof typeof PARTS;

export interface Row {
  readonly line: Line;
  readonly task: string;
  readonly seed: number;
  /** Of the best found, and of what a person would use; lower is better. */
  readonly cost: number;
  readonly start: number;
}

export interface Answer {
  readonly rows: readonly Row[];
  readonly words: readonly {
    readonly text: string;
    readonly saving: number;
    readonly tasks: number;
  }[];
  /** Programs that were mined. */
  readonly programs: number;
}
