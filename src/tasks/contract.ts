/** What is improved: a codec between canonical candidate text and the files an evaluator sees. */

import type { Reach } from '../core/constraint.ts';
import type { FileDiff } from '../source/unified-diff.ts';

/** Text by path; `/` between folders, relative, never upwards. */
export type Files = Readonly<Record<string, string>>;

/** A candidate made from others, or in one sentence why there is none. */
export type Varied = { readonly text: string } | { readonly why: string };

/** What can be made of the change from one candidate to another. Pure. */
export interface Changes {
  /** `to` without one of its changes, each in turn; none where there are fewer than two: that would be `from`. */
  ablate(from: string, to: string): readonly Ablated[];
  /** The same change made in another candidate. */
  transfer(from: string, to: string, onto: string): Varied;
}

export interface Ablated {
  readonly text: string;
  /** What is taken back, in words: a path and a number, no text of a candidate. */
  readonly what: string;
}

export interface TaskKind {
  readonly name: string;
  /** Weight of one unaudited promotion in audit debt (safety.md §4). */
  readonly debtWeight: number;
  /** Canonical text of the editable files as they lie in the task's folder, by path from there. */
  fromFiles(files: Files): string;
  /** The editable files of a candidate: what people review, and what is written back. */
  toFiles(text: string): Files;
  /** Files the evaluator finds in its candidate folder. @throws for a text that is no candidate. */
  materialise(text: string): Files;
  /** Equal results are the same hypothesis: measured once. */
  normalise(text: string): string;
  /** What differs between two candidates, file by file, as `git apply` takes it. */
  diff(from: string, to: string): readonly FileDiff[];
  /** What `to` reaches for that `from` did not: modules, files, privileges. One sentence each. */
  scope(from: string, to: string): readonly string[];
  /** The same as data, for files that differ; absent where no candidate can reach for anything. */
  readonly reach?: (from: string, to: string) => readonly Reach[];
  readonly changes: Changes;
  /** Number of syntax nodes, or of what the language counts instead. */
  size(text: string): number;
  /** What can be told of a candidate without running it: where it may stand on an archive's axes. */
  readonly measures: readonly string[];
  /** Values of the measures named, in their order; NaN where one is unknown. */
  measure(text: string, names: readonly string[]): readonly number[];
}
