/**
 * What is expected of a draft before it runs. A taste forecasts and ranks; it proposes nothing, measures
 * nothing and claims nothing. Forecasts are scored on trials that no taste chose (claims/foreseen.ts).
 *
 * `predict` never changes state; state changes only in `tell`, from settled trials, so that any crash, replay
 * or number of workers leads to the same forecasts. States are structured-cloneable plain data; `tell` returns
 * a new one and leaves the old one as it was, since trials under way still hold it.
 */
import type { CandidateId } from '../core/candidate.ts';
import type { Awaitable } from '../core/json.ts';

/** A draft as far as a taste looks at it. */
export interface Foreseeable {
  readonly text: string;
  readonly key: string;
  readonly operator: string;
  readonly proposer: string;
  readonly parents: readonly CandidateId[];
  readonly size: number;
}

export interface Question {
  readonly trial: number;
  /** Of one trial, all from the same proposer. */
  readonly drafts: readonly Foreseeable[];
  readonly signal: AbortSignal;
}

export interface Forecast {
  /** Chance that the screen sees it above the candidate it came from: 0 to 1 (included). */
  readonly chance: number;
  /** Score expected beyond that candidate's, oriented, and its standard deviation; absent where nothing is known. */
  readonly effect?: number;
  readonly sd?: number;
  /** Highest is chosen, the first of equals; of no unit, and not the chance: safe tweaks have the best. */
  readonly rank: number;
  /** Who says so, where that is not the taste itself. */
  readonly by?: string;
}

/** A settled trial of a search. */
export interface Judged extends Foreseeable {
  readonly trial: number;
  readonly candidate: CandidateId;
  /** Oriented mean of its screen; null without a score. */
  readonly score: number | null;
  /** Score of the candidate it came from, on the same scale. */
  readonly over: number;
  /** Above it; null where the trial says nothing of the candidate. */
  readonly better: boolean | null;
  /** Nobody chose it. */
  readonly atRandom: boolean;
  /** What this taste had expected. */
  readonly chance: number;
}

export interface Taste<S = unknown> {
  readonly name: string;
  readonly traits: {
    /** Same state and question, same answer, at once: only such a taste may choose. */
    readonly repeatable: boolean;
  };
  init(): S;
  /** One for each draft, in their order; undefined is no forecast. */
  predict(state: S, question: Question): Awaitable<readonly (Forecast | undefined)[]>;
  tell(state: S, judged: Judged): S;
}
