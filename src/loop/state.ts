import type { VerifiedPair } from '../claims/exact.ts';
import { type FollowOnMemory, newFollowOnMemory } from '../claims/follow-on-memory.ts';
import type { ChangesByGuard } from '../claims/guards.ts';
import type { Candidate, CandidateId } from '../core/candidate.ts';
import type { EventBody } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import { type KeySet, newKeySet } from '../core/key-set.ts';
import { type KnownValues, newKnownValues } from '../core/known-values.ts';
import type { TrialEnd, TrialPhase } from '../core/trial-state.ts';
import type { GateStamp } from '../gates/contract.ts';
import { newPace, type PaceState } from '../pace/state.ts';
import type { NoiseFloor } from '../stats/noise-floor.ts';
import type { Plan } from './plan.ts';
import { newPurse, type PurseState } from './purse.ts';
import { type SteeringState, UNSTEERED } from './steering.ts';

/** An incumbent and what the arm had spent when it took the place: for comparing at matched spend. */
export interface Milestone {
  readonly candidate: Candidate;
  readonly atEvals: number;
  readonly trial: number;
}

export interface ArmState {
  readonly name: string;
  trials: number;
  evals: number;
  incumbent: Candidate;
  milestones: Milestone[];
  /** What the incumbent is worth: the floor's location and the gains since, oriented. */
  level: number;
  /** Oriented values of the last evaluations of the incumbent; refilled after it changes. */
  reference: number[];
  /** Value of `trials` when the reference was last topped up. */
  referencedAt: number;
  /** Cases ever asked for it, scored or not: each has the next of its own stream. */
  referenceCases: number;
  /** Measurements of it in a row that had no score at all. */
  referenceMisses: number;
  /** Confirm attempts that did not end in acceptance: each keeps its share of the error budget. */
  failedAttempts: number;
  attempts: number;
  accepted: number;
  seen: KeySet;
  /** Of these, the ones that the machine kept from being measured: a person may hand one in again. */
  spoiled: KeySet;
  /** What was proposed and barred since a rule was last taken back: it is not tried, and nothing new. */
  barred: KeySet;
  archive: unknown;
  /** Of its taste; undefined in arms and studies without. */
  taste: unknown;
  /** Value of `trials` when an elite was last measured again, and the cases that took so far. */
  remeasuredAt: number;
  eliteCases: number;
}

/** The one challenger being confirmed: commits wait for its verdict. */
export interface OpenTrial {
  readonly trial: number;
  readonly arm: string;
  readonly candidate: Candidate;
  readonly proposer: string;
  readonly operator: string;
  phase: TrialPhase;
  /** Oriented differences candidate − incumbent on fresh pairs, in index order. */
  differences: number[];
  pairsUsed: number;
  block: number[];
  /** Changes of the other metrics over the pairs of its confirm, and of its block. */
  others: ChangesByGuard;
  blockOthers: ChangesByGuard;
  /** Oriented differences of its screen, where that was paired. */
  trained: readonly number[];
  /** Of an exact study: the raw values of its one pair. */
  verified?: VerifiedPair;
  /** The sealed set, by generation, that let it pass. */
  heldOutIn?: number;
  /** What the gatekeeper said of it against the incumbent as it is now: nothing but a pass keeps it open. */
  judged?: { readonly evidence: Hash; readonly needsPerson: boolean };
  /** A person agreed to it as it is. */
  approved?: { readonly approval: number; readonly by: string };
}

/** What waits for people. It holds up nothing but itself. */
export interface Parked {
  readonly asked: EventBody['approval.requested'];
  /** Of a promotion: its trial. */
  readonly open?: OpenTrial;
  /** Digest of the gate whose verdict it rests on. */
  readonly gate: Hash | undefined;
}

/** Without an interval: exact. */
export interface LastGain {
  readonly effect: number;
  readonly interval?: readonly [number, number];
}

/** What the ledger knows of the sealed sets. */
export interface HoldoutState {
  /** The last set that was sealed, and whether it still answers. */
  generation: number;
  isOpen: boolean;
  queriesLeft: number;
  /** The gate's entry named last. */
  stamp: GateStamp;
  /** The last incumbent measured on each set, by generation from 1. */
  incumbents: CandidateId[];
  /** Sets whose values the ledger has. */
  revealed: number;
}

/** Bounded: O(arms × (archive + reference) + open trial), never O(trials) but for the key set. */
export interface StudyState {
  opened: EventBody['study.opened'] | undefined;
  /** Trials settled; also the number of the next one to settle. */
  committed: number;
  /** Seq of the last folded event. */
  seq: number;
  epoch: number;
  activeMs: number;
  floor: NoiseFloor | undefined;
  deterministic: boolean;
  /** Candidates are screened beside the incumbent, one at a time and nothing else meanwhile. */
  isPaired: boolean;
  /** Trials take the values an earlier one of their epoch has. */
  isReusing: boolean;
  known: KnownValues;
  /** Cases that were charged and not measured. */
  reused: number;
  /** Evaluations that no arm pays for (core/accounts.ts). */
  claimEvals: number;
  arms: Record<string, ArmState>;
  /** State of each lane's proposer, by lane number. */
  lanes: unknown[];
  open: OpenTrial | undefined;
  ends: Partial<Record<TrialEnd, number>>;
  outcomes: Record<string, number>;
  /** Trials that a stage of the cascade ended. */
  stopped: number;
  admitted: number;
  considered: number;
  promotions: number;
  lastGain: LastGain | undefined;
  /** Differences measured so far for the final comparison under way, by arm. */
  comparing: Record<string, number[]>;
  compared: string[];
  /** Of an islands design: raw values of each arm's final on the common cases, so far. */
  finals: Record<string, (number | null)[]>;
  areIslandsJudged: boolean;
  steering: SteeringState;
  /** What follow-ons rest on, and those that wait for their trials. */
  followOns: FollowOnMemory;
  purse: PurseState;
  /** Undefined before the first set is sealed, and in studies without. */
  holdout: HoldoutState | undefined;
  /** The epoch in which the gatekeeper joined last; undefined before the first time. */
  gateEpoch: number | undefined;
  /** It has revealed its secret: the study closes. */
  hasGateLeft: boolean;
  /** Of the gatekeeper that judges: a study goes on only with the same. */
  gateDigest: Hash | undefined;
  /** What its secret committed to when it joined first: it judges all of the study from that one. */
  gateSecret: Hash | undefined;
  /** The gate's entry that a verdict names last. */
  verdictStamp: GateStamp | undefined;
  /** In the order in which they were asked for. */
  parked: readonly Parked[];
  /** Approvals ever asked for; also the number of the last. */
  approvals: number;
  /** Of another gate, which may judge from its next start on: a person agreed. */
  agreedGate: Hash | undefined;
  /** Log ratio of verified gain, from the origin, up to which a person agreed. */
  agreedGain: number;
  /** Audit debt, what was certified, what stops promotions. */
  pace: PaceState;
  /** The candidate audited ahead of its promotion last: its trial may end before its audit does. */
  ahead: Candidate | undefined;
  /** What the ledger says of the pace last. */
  pacing: EventBody['pace.changed']['verdict'];
  /** Incidents opened so far, and those that nobody has closed. */
  incidents: number;
  openIncidents: number[];
  /** Pairs drawn on fresh cases: of a finite pool, where the next is. */
  drawn: number;
  /** The last entry of the gate that a confirm names. */
  poolStamp: GateStamp | undefined;
  closed: EventBody['study.closed'] | undefined;
}

function newArm(plan: Plan, name: string): ArmState {
  return {
    name,
    trials: 0,
    evals: 0,
    incumbent: plan.origin,
    milestones: [{ candidate: plan.origin, atEvals: 0, trial: -1 }],
    level: 0,
    reference: [],
    referencedAt: 0,
    referenceCases: 0,
    referenceMisses: 0,
    failedAttempts: 0,
    attempts: 0,
    accepted: 0,
    seen: newKeySet(),
    spoiled: newKeySet(),
    barred: newKeySet(),
    archive: plan.archive.init(),
    taste: plan.taste?.init(),
    remeasuredAt: 0,
    eliteCases: 0,
  };
}

/** Of the gatekeeper before it joined. */
const UNJOINED = {
  gateEpoch: undefined,
  hasGateLeft: false,
  gateDigest: undefined,
  gateSecret: undefined,
  verdictStamp: undefined,
};

export function initialState(plan: Plan): StudyState {
  return {
    opened: undefined,
    committed: 0,
    seq: 0,
    epoch: 0,
    activeMs: 0,
    floor: undefined,
    deterministic: false,
    isPaired: false,
    isReusing: false,
    known: newKnownValues(),
    reused: 0,
    claimEvals: 0,
    arms: Object.fromEntries(plan.opened.arms.map(({ name }) => [name, newArm(plan, name)])),
    lanes: plan.lanes.map((lane) => lane.proposer.init()),
    open: undefined,
    ends: {},
    outcomes: {},
    stopped: 0,
    admitted: 0,
    considered: 0,
    promotions: 0,
    lastGain: undefined,
    comparing: {},
    compared: [],
    finals: {},
    areIslandsJudged: false,
    steering: UNSTEERED,
    followOns: newFollowOnMemory(plan.origin),
    purse: newPurse(),
    holdout: undefined,
    ...UNJOINED,
    parked: [],
    approvals: 0,
    agreedGate: undefined,
    agreedGain: 0,
    pace: newPace(),
    ahead: undefined,
    pacing: 'go',
    incidents: 0,
    openIncidents: [],
    drawn: 0,
    poolStamp: undefined,
    closed: undefined,
  };
}

/** @throws never for arms of `study.opened`; an unknown name is a programming error. */
export function armOf(state: StudyState, name: string): ArmState {
  const arm = state.arms[name];
  if (arm === undefined) throw new Error(`no arm named ${name} in this study`);
  return arm;
}

/** The arm's incumbent as it was when the arm had spent at most `evals`. */
export function incumbentAt(arm: ArmState, evals: number): Candidate {
  const reached = arm.milestones.filter((milestone) => milestone.atEvals <= evals);
  return (reached.at(-1) ?? { candidate: arm.incumbent }).candidate;
}
