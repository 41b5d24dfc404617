/**
 * Selection only. Admission uses noisy screen scores and claims nothing; acceptance (claims/) says
 * "better". The state is rebuilt from events and is structured-cloneable plain data.
 *
 * `add`, `drop` and `remeasured` may use what they are given and the state, nothing else: resuming and
 * `verify` call them again with what the ledger recorded, and must arrive at the same state.
 */
import type { Candidate, CandidateId } from '../core/candidate.ts';
import type { Rng } from '../core/rng.ts';

export interface Elite extends Candidate {
  readonly trial: number;
  /** Mean of its evaluations, oriented: higher is better. Noisy: never report it as a gain. */
  readonly score: number;
  /** Number of evaluations behind `score`. */
  readonly n: number;
  /**
   * Standard deviation of one of them around what the candidate is worth: elites are ranked by shrunken
   * means. Absent: by their scores as they stand.
   */
  readonly noise?: number;
  readonly size: number;
  /** Along the axes of the archive, in their order; null where unknown. Absent without axes. */
  readonly measures?: readonly (number | null)[];
}

/** A snapshot: what is added later does not show. */
export interface ArchiveView<Parent extends Candidate = Elite> {
  readonly size: number;
  best(): Elite | undefined;
  /** Elites of the archive itself; whoever proposes may be offered others beside them. */
  pick(rng: Rng): Parent | undefined;
}

export interface Archive<S = unknown> {
  readonly name: string;
  init(): S;
  /** Would it be admitted? Pure, so that the event can say so before the state changes. */
  admits(state: S, elite: Elite): boolean;
  /** Enters an admitted elite; owned mutable state, bounded in size. */
  add(state: S, elite: Elite): void;
  /** The elite of that candidate, if it is kept. */
  find(state: S, candidate: CandidateId): Elite | undefined;
  /**
   * It was measured again: its score takes the values in, and the order is made anew; whom it covers
   * now leaves, or it leaves itself. Nobody comes back.
   */
  remeasured(state: S, candidate: CandidateId, values: readonly number[]): void;
  /**
   * Of what the proposal of this trial may see the best with fewer than `enough` evaluations: luck lifts
   * it the most. Undefined where all have enough.
   */
  doubtful(state: S, trial: number, enough: number): Elite | undefined;
  /** It leaves, every copy of it; whoever it had displaced does not come back. */
  drop(state: S, candidate: CandidateId): void;
  /** What the proposal of a trial may see; an archive with islands shows the island of that trial. */
  view(state: S, trial: number): ArchiveView;
}
