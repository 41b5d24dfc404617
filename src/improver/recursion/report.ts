/** The recursion experiment as it is shown: on a terminal, as JSON and as a page. */
import type { Example, Learned, LineName, SearchBudget } from './readings.ts';
import type { Difference, Point, Share } from './summary.ts';

export interface StatementShown {
  readonly first: string;
  readonly second: string;
  /** On which tasks. */
  readonly on: string;
  readonly difference: Difference;
  /** Absent below twelve seeds: then nothing is claimed. */
  readonly verdict?: 'helped' | 'hurt' | 'no-evidence' | 'not-testable';
  readonly words: string;
}

export interface LineShown {
  readonly line: LineName;
  readonly what: string;
  /** Percent of held-out tasks of the pool, by generation. */
  readonly held: readonly Point[];
  /** Percent of held-out everyday functions. */
  readonly everyday: readonly Point[];
}

export interface TextShown {
  readonly line: string;
  readonly what: string;
  readonly share: Share;
}

export interface RecursionReport {
  readonly budget: SearchBudget;
  /** `450,000 candidates`, `1,000 CPU-ms`. */
  readonly budgetText: string;
  readonly generations: number;
  readonly seeds: readonly number[];
  readonly lines: readonly LineShown[];
  readonly statements: readonly StatementShown[];
  readonly texts: readonly TextShown[];
  /** Of the first seed. */
  readonly library: readonly Learned[];
  readonly example?: Example;
  readonly shown: readonly string[];
  readonly notShown: readonly string[];
  /** What may be said of everyday functions. */
  readonly everyday: string;
  /** Geometric mean of candidates to a held-out solution, at the start and at the end. */
  readonly effort: readonly [number, number];
  readonly cpuMs: { readonly recursion: number; readonly seed: number };
  /** Million candidates per CPU-second. */
  readonly throughput: number;
  readonly peakMb: number;
  readonly wallMs: number;
}
