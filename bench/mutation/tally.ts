/** What became of the mutants of a folder, from the report that Stryker leaves. */
import { wilson } from '../../src/stats/wilson.ts';

export interface Mutant {
  readonly mutatorName: string;
  readonly status: string;
}

export interface Tally {
  /** All that Stryker plants in the folder, drawn or not. */
  readonly planted: number;
  readonly tried: number;
  readonly killed: number;
  /** Ran more than a minute and five times as long as the tests do without it. Counts as killed. */
  readonly timedOut: number;
  readonly survived: number;
  /** No test runs the code. Counts as survived. */
  readonly notCovered: number;
  /** An error outside of any test. vitest would fail too, but no test said so: counts as survived. */
  readonly broke: number;
}

/** Both ends included, in per cent; of a whole folder it is the score itself. */
export interface Score {
  readonly score: number;
  readonly interval: readonly [number, number];
}

/** @throws Error for a mutant with an outcome that is neither for nor against the tests. */
export function tally(mutants: readonly Mutant[]): Tally {
  const count = (status: string): number => mutants.filter((one) => one.status === status).length;
  const drawn = mutants.filter(isDrawn);
  const of = {
    planted: mutants.length,
    tried: drawn.length,
    killed: count('Killed'),
    timedOut: count('Timeout'),
    survived: count('Survived'),
    notCovered: count('NoCoverage'),
    broke: count('RuntimeError'),
  };
  const odd = of.tried - of.killed - of.timedOut - of.survived - of.notCovered - of.broke;
  if (odd !== 0) throw new Error(`${odd} mutants are neither killed nor alive: run it again.`);
  return of;
}

export function scoreOf({ planted, tried, killed, timedOut }: Tally): Score {
  const dead = killed + timedOut;
  const score = (100 * dead) / tried;
  const [low, high] = wilson(dead, tried);
  return { score, interval: planted === tried ? [score, score] : [100 * low, 100 * high] };
}

/** `lots.mjs` is the only check there is, and Stryker has no other word for what a check keeps back. */
export const isDrawn = ({ status }: Mutant): boolean => status !== 'CompileError';

/** Names of things and words for people alike: Stryker cannot tell them apart. */
export const isString = ({ mutatorName }: Mutant): boolean => mutatorName === 'StringLiteral';
