/**
 * What the pace of a study stands on: plain data, a fold of the ledger. Bounded by what the governor lets
 * stand unaudited; only `quarantined` grows, by what failed audits take back.
 */
import type { CandidateId } from '../core/candidate.ts';
import type { Hash } from '../core/hash.ts';
import type { GatesPromise } from '../core/safety-events.ts';
import type { GainScale } from './verified-gain.ts';

/** A promotion that no deep audit has looked at. */
export interface Unaudited {
  readonly candidate: CandidateId;
  /** Its number among the promotions of the study, from 1. */
  readonly promotion: number;
  /** Δc. */
  readonly gain: number;
  readonly debt: number;
  /** What it is worth, oriented; undefined where that is unknown. */
  readonly level: number | undefined;
  /** The gatekeeper chose it for an audit (C17). */
  readonly isSampled: boolean;
}

export interface Certified {
  readonly candidate: CandidateId;
  readonly level: number | undefined;
  /** Σ Δc from the origin to it. */
  readonly gain: number;
}

export interface OpenAudit {
  readonly audit: number;
  readonly from: CandidateId;
  readonly to: CandidateId;
  readonly promotions: number;
  /** Of a candidate before its promotion. */
  readonly isAhead: boolean;
  readonly why: string;
  /** CPU time that it may take, ms; undefined where no share is known. */
  readonly cpuMs: number | undefined;
  /** Value of `rollbacks` and of `gate` when it was opened: a later one makes its pass count for nothing. */
  readonly rollbacks: number;
  readonly gate: Hash | undefined;
}

/** A candidate that was audited before its promotion, as a change of `from`. */
export interface AuditedAhead {
  readonly candidate: CandidateId;
  readonly from: CandidateId;
  readonly completeness: number;
  /** CPU time of safety's share that it had, ms: where the bound asks for more, it is audited again. Undefined: what it needed. */
  readonly cpuMs: number | undefined;
}

/** A verdict of the floor, and where the study stood. */
export interface FloorVerdict {
  readonly candidate: CandidateId;
  readonly against: CandidateId;
  readonly verdict: 'pass' | 'fail' | 'deferred';
  readonly promotions: number;
  readonly gain: number;
  readonly rollbacks: number;
  readonly gate: Hash | undefined;
  readonly isSampled: boolean;
}

export interface Incident {
  readonly incident: number;
  readonly kind: string;
  /** Absent where it is about no candidate. */
  readonly candidate?: CandidateId;
}

export interface PaceState {
  /** Undefined in studies that no gatekeeper judges: nothing is held back there. */
  promise: GatesPromise | undefined;
  metric: GainScale['metric'] | undefined;
  /** δ in σ; undefined in exact studies. */
  smallestEffect: number | undefined;
  /** Known from the noise floor on. */
  scale: GainScale | undefined;
  incumbent: CandidateId;
  /** What the incumbent is worth, oriented: the noise floor's location and the gains since. */
  level: number | undefined;
  /** What a rollback returns to: the origin before the first audit. */
  certified: Certified;
  promotions: number;
  rollbacks: number;
  unaudited: readonly Unaudited[];
  /** Debt of audited promotions that their audits could not clear. */
  residue: number;
  /** Of a change of the gate that a person agreed to and no audit has followed. */
  gateDebt: number;
  /** Audits opened so far. */
  audits: number;
  audit: OpenAudit | undefined;
  ahead: AuditedAhead | undefined;
  /** The most CPU time with which an audit before a promotion covered too little, so that it was made again, ms. */
  tooShortMs: number;
  /** The audit that failed, until its lineage is rolled back. */
  failed: number | undefined;
  /** Audits in a row that gave no verdict, since the study last resumed. */
  deferrals: number;
  /** The last audit of the study gave none: the same would give none again. */
  isEndDeferred: boolean;
  quarantined: readonly CandidateId[];
  incidents: readonly Incident[];
  /** Recall on traps is below its bound. */
  isFrozen: boolean;
  /** Digest of the gatekeeper that may judge, and of another that joined without consent. */
  gate: Hash | undefined;
  strangeGate: Hash | undefined;
  /** Requests about changes of the gate that nobody has decided, by number. */
  gateRequests: Readonly<Record<number, Hash>>;
  agreedGate: Hash | undefined;
  /** The last of each candidate, oldest first: several may wait for people. */
  floors: readonly FloorVerdict[];
  /** ms the study has been active: no clock that jumps enters it. */
  activeMs: number;
  promotedAtMs: number;
  /** Of the last promotions: active ms since the one before. */
  generationMs: readonly number[];
  /** Of the last audits, whatever they said: how long each took. */
  auditMs: readonly number[];
  safetyCpuMs: number;
  searchCpuMs: number;
}

/** Before the first entry. */
export function newPace(): PaceState {
  return {
    promise: undefined,
    metric: undefined,
    smallestEffect: undefined,
    scale: undefined,
    incumbent: '',
    level: undefined,
    certified: { candidate: '', level: undefined, gain: 0 },
    promotions: 0,
    rollbacks: 0,
    unaudited: [],
    residue: 0,
    gateDebt: 0,
    audits: 0,
    audit: undefined,
    ahead: undefined,
    tooShortMs: 0,
    failed: undefined,
    deferrals: 0,
    isEndDeferred: false,
    quarantined: [],
    incidents: [],
    isFrozen: false,
    gate: undefined,
    strangeGate: undefined,
    gateRequests: {},
    agreedGate: undefined,
    floors: [],
    activeMs: 0,
    promotedAtMs: 0,
    generationMs: [],
    auditMs: [],
    safetyCpuMs: 0,
    searchCpuMs: 0,
  };
}
