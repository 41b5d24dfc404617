/** What is improved: a codec between canonical candidate text and the files an evaluator sees. */

import type { Reach } from '../core/constraint.ts';
import type { OUTCOMES } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import type { Awaitable } from '../core/json.ts';
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

/** One short study of an improver, on one task, kept in memory and nowhere else. */
export interface InnerStudyRequest {
  /** One of `StudyRunner.tasks`. */
  readonly task: string;
  /** Canonical text of the improver. */
  readonly improver: string;
  /** Equal keys, equal random numbers: what is compared gets the same ones. */
  readonly seedKey: string;
  readonly budget: InnerBudget;
}

export interface InnerBudget {
  /** Children of the start's size that it pays for, charged at frozen prices, so that it repeats. Above 0. */
  readonly steps: number;
  /** CPU time after which it is ended whatever it has to show, ms. */
  readonly cpuMs: number;
}

export interface InnerCost {
  readonly evals: number;
  /** Children made, rejected ones included. */
  readonly considered: number;
  readonly cpuMs: number;
}

export type InnerStudy =
  | {
      readonly outcome: 'scored';
      /** 0: as good as the best known; 1: no better than the start; at least −0.5. */
      readonly regret: number;
      readonly cost: InnerCost;
      /** Of all texts and costs in order: a repeated study has the same. */
      readonly logical: Hash;
    }
  | { readonly outcome: Exclude<(typeof OUTCOMES)[number], 'scored'>; readonly message: string };

/** Runs inner studies. Whoever measures improvers gets one: it need not know what a study is made of. */
export interface StudyRunner {
  /** Names of the training tasks, in the order in which they are raced. */
  readonly tasks: readonly string[];
  /**
   * A failure is a typed outcome, `timeout` for one that did not end by itself.
   * @throws PacelineError `USAGE` for a task it does not have.
   */
  run(request: InnerStudyRequest, signal: AbortSignal): Awaitable<InnerStudy>;
  close(): Awaitable<void>;
}
