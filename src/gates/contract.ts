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
import type { CaseCost } from '../claims/case-plan.ts';
import type { Attempt } from '../claims/decide.ts';
import type { GuardRule } from '../claims/guards.ts';
import type { Candidate } from '../core/candidate.ts';
import type { CheckName } from '../core/checks.ts';
import type { Clock } from '../core/clock.ts';
import type { Privilege, Reach } from '../core/constraint.ts';
import type { GateRow } from '../core/gate-chain.ts';
import type { Hash } from '../core/hash.ts';
import type { GateBody, GateKind, HoldoutSaid, Size } from '../core/holdout.ts';
import type { Awaitable, Json } from '../core/json.ts';
import type { RngRoot } from '../core/rng.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Tolerance } from '../core/tolerance.ts';
import type { Caller, Measured, MeasureRequest, Stopwatch } from '../evaluators/contract.ts';
import type { JailProbe } from '../sandboxes/contract.ts';
import type { Files } from '../tasks/contract.ts';

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
  requireEntry(stamp: GateStamp | undefined): Awaitable<void>;
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
  requireEntry(stamp: GateStamp | undefined): Awaitable<void>;
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

/**
 * What a check knows of the task: from its config alone, hashed before the first trial, never from a
 * candidate (safety.md §3).
 */
export interface Declaration {
  /** `forest`: a closed language. `source`: files of any language. */
  readonly form: 'forest' | 'source';
  readonly evaluator: 'command' | 'function' | 'split' | 'python-evaluate';
  readonly class: 'split' | 'fused';
  readonly goal: 'min' | 'max';
  /** The metric is a time. */
  readonly isTimed: boolean;
  /** Declared to repeat itself. */
  readonly isDeterministic: boolean;
  /** One problem with one value (rule.mode exact): there are no fresh cases. */
  readonly isExact: boolean;
  readonly hasHoldout: boolean;
  /** Its outputs can be had, without a score (`Tools.caller`). */
  readonly isCallable: boolean;
  /** Something makes inputs to call it on: its judge, a closed language, a module of checks. Absent: yes. */
  readonly makesInputs?: boolean;
  /** Names of what `safety.checks` declares, and of derived ones that were confirmed. */
  readonly properties: readonly string[];
  readonly impossible: readonly string[];
  /** Runs in a jail of J2 or better. */
  readonly isJailed: boolean;
  /**
   * `safety.jump`: how many times the largest difference from the incumbent on real inputs one answer may differ
   * (C13). Default 10.
   */
  readonly jump?: number;
  /** How much worse is no worse (C3, C10). Absent: the smallest effect of a rule that says nothing. */
  readonly tolerance?: Tolerance;
  /** What must not get worse by more than a margin. Absent: nothing. */
  readonly guards?: readonly GuardRule[];
}

export type Tier = 'floor' | 'deep';

/** What is judged. It names no study, arm or proposer: traps must look alike. */
export interface Intake {
  readonly ticket: string;
  readonly tier: Tier;
  readonly candidate: Candidate;
  /** What it would replace; of a deep audit, what was certified last. */
  readonly incumbent: Candidate;
  readonly origin: Candidate;
}

/** What a check found. Only the gatekeeper and people see more than the verdict. */
export interface CheckFinding {
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  /** One sentence for people; quotes of a candidate in it are plain text, control characters stripped. */
  readonly why: string;
  /** Everything a person needs to judge the verdict, and a verifier to derive it again. */
  readonly evidence: Json;
  /** Cases that it rests on. */
  readonly cases: number;
  /** From 0, nothing odd, to 1; ranked by the largest of all checks, never by a mean (C17). */
  readonly suspicion?: number;
  /** Set where the verdict is not enough: why a person has to agree (C16). */
  readonly needsPerson?: string;
  /** Share of what the check promises that it could look at, 0 to 1; default 1. Less adds to audit debt. */
  readonly completeness?: number;
  /** It is no failure of quality but an attack: promotions stop (safety.md §4, 5). */
  readonly incident?: string;
}

/** What checks look with. Candidates are named, never loaded: all of them run in jails of their own. */
export interface Tools {
  readonly declaration: Declaration;
  /** Of the gatekeeper's own secret, keyed by ticket: no proposer and no engine can compute it. */
  readonly secrets: RngRoot;
  readonly clock: Clock;
  /** Evaluations that may be taken for this ticket; absent: as many as a check's own rule asks for. */
  readonly mostEvals?: number;
  /** CPU time that a check may take, ms: where it can, it looks at less. Absent: what its own rule says. */
  readonly mostCpuMs?: number;
  /** The task's evaluator: values of the metric and its guards. */
  measure(requests: readonly MeasureRequest[], signal: AbortSignal): Promise<readonly Measured[]>;
  /** Where `declaration.isCallable`. */
  readonly caller?: Caller;
  /** Where any are declared or derived. */
  readonly properties?: Properties;
  /** Case numbers that the search has seen: the public training cases, newest last. */
  visibleCases(count: number): readonly number[];
  /** Programs of ours with one small fault each; absent where nobody can make any. They are parsed here and run in jails. */
  readonly mutants?: (program: Candidate) => readonly MutantOf[];
  /** As people see it. */
  files(candidate: Candidate): Files;
  /** What `to` reaches for that `from` did not; undefined where no candidate can reach for anything. */
  reach(from: Candidate, to: Candidate): readonly Reach[] | undefined;
  /** Syntax nodes, or what the language counts instead. */
  size(candidate: Candidate): number;
  /** `safety.manifest` of the config: what a change may reach for without a person. */
  readonly manifest: Manifest;
  /** Digests of what judges (evaluator, task, runtime, gates), read anew at each call. */
  digests(): Readonly<Record<string, Hash>>;
  /** The same when the study was declared. */
  readonly declaredDigests: Readonly<Record<string, Hash>>;
  /** The same when this ticket began (gates/telemetry.ts). */
  readonly digestsBefore?: Readonly<Record<string, Hash>>;
  /** What was asked and answered for this ticket so far (gates/telemetry.ts). */
  readonly telemetry?: () => Telemetry;
  /** Where `declaration.isJailed` (sandboxes/decoys/probe.ts). */
  readonly jail?: JailProbe;
  /** Where `declaration.isTimed` (evaluators/stopwatch.ts). */
  readonly stopwatch?: Stopwatch;
  /** What the sealed hold-out was asked about a candidate, with all it measured, in order: from its own record. */
  readonly heldOut?: (candidate: Hash) => readonly GateBody<'judged'>[];
}

export interface MutantOf {
  /** Canonical text of a candidate. */
  readonly text: string;
  /** What was changed and where, for people. */
  readonly what: string;
}

export interface Manifest {
  /** Modules, by name, that any candidate may import. */
  readonly modules: readonly string[];
  /** Largest size, as a multiple of the origin's. */
  readonly growth: number;
  /** Privileges that any candidate may reach for. Absent: none. */
  readonly privileges?: readonly Privilege[];
}

/** Properties and relations of a task, held by a process that never runs a candidate. */
export interface Properties {
  readonly names: readonly string[];
  /** What cases cost the origin, as fixed for the study: whoever looks takes the number of cases from it, and none from a candidate. */
  readonly cost?: CaseCost;
  /** @throws PacelineError `CONFIG_INVALID` for properties that the origin itself breaks, that throw or hang. */
  check(request: PropertyRequest, signal: AbortSignal): Promise<PropertyReport>;
  /** Inputs of the declared generator, where the task has none of its own (`Caller.inputs`). */
  inputs?(
    request: { readonly seed: number; readonly count: number },
    signal: AbortSignal,
  ): Promise<readonly Json[]>;
  /** Names of the impossible tasks of `Declaration.impossible` that it passes for having solved; absent: none are declared. */
  impossible?(candidate: Candidate, signal: AbortSignal): Promise<readonly string[]>;
  close(): Awaitable<void>;
}

export interface PropertyRequest {
  readonly candidate: Candidate;
  readonly seed: number;
  /** Cases of each property, from 0. */
  readonly cases: number;
  /**
   * Looked at besides those that are generated, with each declared property (C13 plants them): those that candidate
   * and origin answer and the origin breaks nothing on. They are no inputs of the task, so silence is no failure.
   */
  readonly inputs?: readonly Json[];
  /** Of a mutant: the first failure ends it and is not made smaller, and outputs are compared with the origin's. */
  readonly isQuick?: boolean;
}

export interface PropertyReport {
  /** Of each property; fewer than were asked for where the origin itself is too slow for them. */
  readonly cases: number;
  /** At most one for each property; of the first the smallest that was found. */
  readonly failures: readonly {
    readonly property: string;
    readonly input: Json;
    readonly why: string;
  }[];
  /** Derived properties that nobody confirmed: they reject nothing. */
  readonly suspicions?: PropertyReport['failures'];
  /** Of `isQuick`: on how many cases the output was not the origin's. */
  readonly differs?: number;
  /** Set where no verdict is possible. */
  readonly trouble?: string;
}

/** One file each, `c1-….ts` to `c18-….ts`; it keeps no state between calls. */
export interface Check {
  readonly name: CheckName;
  /**
   * Beside it no other check of the ticket runs: it takes times, looks back on the others, or is so quick that
   * nothing is begun that it may spare.
   */
  readonly isAlone?: true;
  /** Why it does not apply, in a few words; undefined where it does. */
  inapplicable(task: Declaration): string | undefined;
  /**
   * Never passes for want of evidence: what could not be looked at is `inconclusive`.
   * @throws what `measure` and `call` throw; the gatekeeper makes that `inconclusive`.
   */
  judge(intake: Intake, tools: Tools, signal: AbortSignal): Promise<CheckFinding>;
}
