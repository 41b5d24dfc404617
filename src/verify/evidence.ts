/**
 * What `verify` remembers while it reads a ledger: a fold of its own, small and separate from the
 * loop's, so that a fault in the loop's cannot hide itself here. Bounded by arms, archive, the open
 * trial and the cases recorded one by one; never by the number of trials but for the key set.
 *
 * After a finding the fold follows what was recorded, so that one fault does not accuse its
 * successors.
 */
import type { Archive } from '../archives/contract.ts';
import type { VerifiedPair } from '../claims/exact.ts';
import type { FollowOnMemory } from '../claims/follow-on-memory.ts';
import type { Means } from '../claims/follow-ons.ts';
import type { ChangesByGuard } from '../claims/guards.ts';
import { orient } from '../claims/orient.ts';
import type { AcceptanceRule } from '../claims/rule.ts';
import type { Reach } from '../core/constraint.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import { type KeySet, newKeySet } from '../core/key-set.ts';
import type { KnownValues } from '../core/known-values.ts';
import type { RngRoot } from '../core/rng.ts';
import type { TrialPhase } from '../core/trial-state.ts';
import type { PaceState } from '../pace/state.ts';
import type { NoiseFloor } from '../stats/noise-floor.ts';
import type { Changes } from '../tasks/contract.ts';
import type { ApprovalEvidence } from './approval-evidence.ts';
import type { Finding } from './finding.ts';
import type { GateEvidence, HoldoutEvidence } from './holdout-evidence.ts';
import type { PaidEvidence } from './paid-evidence.ts';
import type { SigningEvidence } from './signing-evidence.ts';
import type { SteeringEvidence } from './steering-evidence.ts';

/** The arm whose candidates are promoted; the others are controls. */
export const MAIN_ARM = 'main';
/** The name under which the incumbent is compared with the untouched origin. */
export const ORIGIN_COMPARISON = 'origin';

export interface ArmEvidence {
  trials: number;
  evals: number;
  incumbent: Hash;
  /** Every incumbent with what the arm had spent when it took the place. */
  readonly milestones: { readonly candidate: Hash; readonly atEvals: number }[];
  /** What the incumbent is worth: the floor's location and the recorded gains since. */
  level: number;
  /** Oriented values of the latest incumbent evaluations, since the last change. */
  reference: number[];
  /** Cases asked for it so far, and the value of `trials` when the last of them were. */
  referenceCases: number;
  referencedAt: number;
  /** Found to be owed: the trials until it comes are not accused one by one. */
  owesReference: boolean;
  attempts: number;
  failed: number;
  accepted: number;
  readonly seen: KeySet;
  /** Of these, the ones whose trials the machine ended. */
  readonly spoiled: KeySet;
  readonly archive: unknown;
  /** Value of `trials` at the last measurement of an elite, and the cases of all of them. */
  remeasuredAt: number;
  eliteCases: number;
  /** As for references: found to be owed. */
  owesElite: boolean;
}

/** The one trial between its screen and its end. */
export interface Challenger {
  readonly trial: number;
  readonly arm: string;
  readonly candidate: Hash;
  readonly proposer: string;
  readonly operator: string;
  phase: TrialPhase;
  /** Oriented differences of its confirm and of its block, by index. */
  readonly differences: number[];
  readonly block: number[];
  /** Changes of the other metrics over the same pairs. */
  others: ChangesByGuard;
  blockOthers: ChangesByGuard;
  /** Differences of its screen, where that was paired. */
  readonly trained: readonly number[];
  /** Pairs its acceptance used. */
  pairsUsed: number;
  /** Of an exact study: what verifier and evaluator said. */
  verified?: VerifiedPair;
  /** The sealed hold-out let it pass. */
  heldOutIn?: number;
  /** The gatekeeper let it pass, against the incumbent as it is. */
  isJudged?: boolean;
  /** Of its last verdict: evidence, and whether a person has to agree. */
  evidence?: Hash;
  isNeedy?: boolean;
  /** Why people were asked, and who agreed to it as it is. */
  whyAsked?: readonly string[];
  approved?: { readonly approval: number; readonly by: string };
}

/** The A/A arm: it proposes its own incumbent again, and is nobody's rival in the comparisons. */
export function isNoOp({ opened }: Pick<Evidence, 'opened'>, name: string): boolean {
  return opened.arms.some((arm) => arm.name === name && arm.search === 'no-op');
}

/** The hypothesis that a text is; undefined for a text of which it cannot be told. */
export type KeyOf = (text: string) => string | undefined;

/** What a text reaches for that the origin does not; undefined for a text of which it cannot be told. */
export type ReachOf = (text: string) => readonly Reach[] | undefined;

/** How candidates of follow-ons are made and read, where it can be told here. */
export interface FollowOnReader {
  readonly changes: Changes;
  readonly read: Means['read'];
}

export interface CaseRepeat {
  readonly seq: number;
  readonly caseSeed: number;
  readonly before: number;
}

export interface CaseLedger {
  /** Entry that first used a confirm, block or control case. */
  readonly fresh: Map<number, number>;
  /** Entry that first used a floor or reference case. */
  readonly trained: Map<number, number>;
  /** Reuse that no secret explains as a coincidence. */
  readonly repeats: CaseRepeat[];
}

/** Of an islands design: the common cases, and raw values of each arm's final on them. */
export interface IslandsEvidence {
  readonly cases: number[];
  readonly values: Map<string, (number | null)[]>;
  isJudged: boolean;
}

export interface Evidence {
  readonly opened: EventBody['study.opened'];
  /** Undefined when this release does not know the rule: what depends on it is not checked. */
  readonly rule: AcceptanceRule | undefined;
  /** Undefined when this release does not know the stream algorithm. */
  readonly publicRoot: RngRoot | undefined;
  /** Undefined unless the study revealed a secret that fits its commitment. */
  readonly secretRoot: RngRoot | undefined;
  /** What the gatekeeper showed when it left, whether it fits its commitment or not. */
  readonly gateSecret: string | undefined;
  readonly archive: Archive;
  /** Undefined where keys are taken as recorded. */
  readonly keyOf: KeyOf | undefined;
  /** Undefined where what texts reach for is taken as recorded. */
  readonly reachOf: ReachOf | undefined;
  readonly arms: ReadonlyMap<string, ArmEvidence>;
  readonly cases: CaseLedger;
  floor: NoiseFloor | undefined;
  /** Screens are due in pairs. */
  isPaired: boolean;
  /** Trials take the values an earlier one of their epoch has. */
  isReusing: boolean;
  known: KnownValues;
  /** Evaluations that were charged to an arm and not measured. */
  reused: number;
  /** Evaluations that no arm pays for (core/accounts.ts). */
  claimEvals: number;
  trials: number;
  epoch: number;
  open: Challenger | undefined;
  /** Differences of the final comparisons, by arm. */
  readonly comparing: Map<string, number[]>;
  readonly compared: Set<string>;
  readonly islands: IslandsEvidence;
  readonly steering: SteeringEvidence;
  /** Candidates of trials under way of which people foretold something. */
  readonly foretold: Map<number, readonly Hash[]>;
  followOns: FollowOnMemory;
  /** Undefined where candidates of follow-ons are taken as recorded. */
  readonly followOnReader: FollowOnReader | undefined;
  readonly paid: PaidEvidence;
  /** Who judges: the same from the first entry to the last. */
  gatekeeper?: {
    readonly digest: Hash;
    readonly secretCommit: Hash;
    /** It has told its secret. */
    readonly hasLeft: boolean;
  };
  /** Cases of each property that its verdicts named so far: one number for every candidate. */
  propertyCases?: number;
  readonly approvals: ApprovalEvidence<Challenger>;
  readonly pace: PaceState;
  holdout: HoldoutEvidence;
  /** Of a finite pool, once its secret is known. */
  readonly poolOrder: ArrayLike<number> | undefined;
  /** Pairs on fresh cases so far. */
  drawn: number;
  /** Undefined where the gate's record is not here. */
  readonly gate: GateEvidence | undefined;
  readonly signing: SigningEvidence;
  isClosed: boolean;
  readonly checked: Checked;
}

export interface Checked {
  entries: number;
  trials: number;
  confirms: number;
  promotions: number;
  comparisons: number;
  /** Case seeds derived again and found as recorded. */
  cases: number;
}

/** Reports a finding about the entry at hand. */
export type Complain = (kind: Finding['kind'], detail: string) => void;

export type Check<T extends StoredEvent['type']> = (
  study: Evidence,
  event: StoredEvent<T>,
  complain: Complain,
) => void;

export function newArm(archive: Archive, origin: Hash): ArmEvidence {
  return {
    trials: 0,
    evals: 0,
    incumbent: origin,
    milestones: [{ candidate: origin, atEvals: 0 }],
    level: 0,
    reference: [],
    referenceCases: 0,
    referencedAt: 0,
    owesReference: false,
    attempts: 0,
    failed: 0,
    accepted: 0,
    seen: newKeySet(),
    spoiled: newKeySet(),
    archive: archive.init(),
    remeasuredAt: 0,
    eliteCases: 0,
    owesElite: false,
  };
}

/** The incumbent moves; its reference is measured anew. */
export function adopt(arm: ArmEvidence, candidate: Hash, gain: number): void {
  arm.level += gain;
  arm.incumbent = candidate;
  arm.milestones.push({ candidate, atEvals: arm.evals });
  arm.reference = [];
}

export function totalEvals(study: Evidence): number {
  return [...study.arms.values()].reduce((sum, arm) => sum + arm.evals, study.claimEvals);
}

/** What limits count: a value that was taken over cost nothing. */
export function measuredEvals(study: Evidence): number {
  return totalEvals(study) - study.reused;
}

/** Oriented values; a case without a score is left out. */
export function oriented(study: Evidence, values: readonly (number | null)[]): number[] {
  return values.flatMap((value) => (value === null ? [] : [orient(study.opened.metric, value)]));
}
