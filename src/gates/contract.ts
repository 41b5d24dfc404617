/**
 * The gate: what stands between an accepted candidate and its promotion. Questions and answers are
 * plain data, so that the gate can become a process of its own without the loop noticing.
 *
 * What an implementation promises:
 * - an answer is durable in the gate's own record before it is given, and the same question about the
 *   same set gets the same answer again, whoever died in between: nobody buys a second one;
 * - nothing but the fields of an answer leaves it before `reveal`;
 * - its count of answers lives in its own record: no copy of the ledger can turn it back.
 */
import type { Attempt } from '../claims/decide.ts';
import type { Candidate } from '../core/candidate.ts';
import type { GateRow } from '../core/gate-chain.ts';
import type { Hash } from '../core/hash.ts';
import type { GateKind, HoldoutSaid, Size } from '../core/holdout.ts';
import type { Awaitable } from '../core/json.ts';

/** Number and hash of an entry in the gate's record. */
export interface GateStamp {
  readonly entry: number;
  readonly evidence: Hash;
}

export interface SealRequest {
  /** The incumbent: where the Ladder of the set starts. */
  readonly candidate: Candidate;
  /** η. */
  readonly step: number;
  /** The evaluator repeats itself, so that what was measured once need not be measured again. */
  readonly isRepeatable: boolean;
}

export interface JudgeRequest {
  readonly candidate: Candidate;
  readonly against: Candidate;
  /** The set that is asked. */
  readonly generation: number;
  /** The gain of the candidate's block, oriented. */
  readonly block: Size;
  readonly isRepeatable: boolean;
}

export interface HoldoutGate {
  /**
   * Before a study goes on. `stamp`: the last entry its ledger names; absent where it names none.
   * @throws PacelineError `GATE_STORE` when there is no record, or an older copy without that entry.
   */
  requireEntry(stamp: GateStamp | undefined): void;
  /** Seals the next set; where one is open already, tells of that. */
  seal(request: SealRequest, signal: AbortSignal): Promise<HoldoutSaid<'holdout.sealed'>>;
  /** Undefined where the set answers nothing more: seal the next and ask that. */
  judge(
    request: JudgeRequest,
    signal: AbortSignal,
  ): Promise<HoldoutSaid<'holdout.queried'> | undefined>;
  /**
   * For people, when the search is over: what the set gave of `candidate`, an incumbent that was
   * measured on it, by id. The set answers nothing from then on.
   */
  reveal(generation: number, candidate: Hash): Promise<HoldoutSaid<'holdout.revealed'>>;
  close(): Awaitable<void>;
}

export interface PoolRequest extends Attempt {
  readonly arm: string;
  readonly attempt: number;
  readonly candidate: Candidate;
  readonly against: Candidate;
  readonly isRepeatable: boolean;
}

export interface PoolAnswer extends GateStamp {
  readonly verdict: 'accepted' | 'unconfirmed';
  readonly evals: number;
}

/** Confirms on a pool that all attempts share: of what was measured nothing but the verdict leaves. */
export interface PoolGate {
  /** As of a `HoldoutGate`. */
  requireEntry(stamp: GateStamp | undefined): void;
  /** The same attempt gets the same answer again. */
  confirm(request: PoolRequest, signal: AbortSignal): Promise<PoolAnswer>;
  close(): Awaitable<void>;
}

/** Where the gate writes: one writer, append only, durable when `append` returns. */
export interface GateStore {
  rows(): readonly GateRow[];
  /** @throws PacelineError `GATE_STORE` when it cannot be written. */
  append(kind: GateKind, body: string): GateRow;
  close(): void;
}

/** What is asked of the evaluator: values of one candidate, or of two beside each other. */
export interface SealedQuestion {
  readonly generation: number;
  readonly candidate: Candidate;
  readonly against?: Candidate;
  /** What `against` gives on the set is known: it need not be measured. */
  readonly isAgainstKnown?: boolean;
  readonly isRepeatable: boolean;
}

export interface SealedValues {
  readonly values: readonly (number | null)[];
  /** Of `against`, where it was measured. */
  readonly againstValues?: readonly (number | null)[];
  readonly evals: number;
}

/** Measures on the cases of one sealed set, drawn from the secret. */
export interface SealedMeasure {
  cases(generation: number): readonly number[];
  /** @throws PacelineError `EVALUATOR_FAILED` or `INFRASTRUCTURE` for what is not the candidate's fault. */
  measure(question: SealedQuestion, signal: AbortSignal): Promise<SealedValues>;
}
