/**
 * Whether the next promotion may be made: `go`, not yet, or not before something else has happened. Where
 * something has to happen, the reason says what, in a sentence for the person who can do it.
 */
import type { CandidateId } from '../core/candidate.ts';
import type { GatesPromise } from '../core/safety-events.ts';
import { debtNow, gainOfLineage } from './debt.ts';
import { auditDue, isOver, type Next } from './due.ts';
import { HOUR_MS, keepingUp } from './keeping-up.ts';
import { AUDIT_GENERATIONS, DEFERRALS, LOG_AUDIT_GAIN, ROUNDING } from './rules.ts';
import type { Incident, PaceState } from './state.ts';

/** The body of `candidate.rolled-back`, but for its arm. */
export interface Rollback {
  readonly from: CandidateId;
  /** What was certified last. */
  readonly to: CandidateId;
  readonly why: string;
  /** What is suspected and barred for good. Empty where the lineage is only taken back. */
  readonly quarantined: readonly CandidateId[];
}

export interface Stop {
  readonly verdict: 'stop';
  readonly reason: string;
  /**
   * What ends it. `audit`: the open one, or the one `auditDue` names. `rollback`: the one below, and nothing
   * else. `candidate`: nothing, this one cannot be promoted. `person`: what `reason` asks for.
   */
  readonly until: 'audit' | 'rollback' | 'candidate' | 'person';
  /** To be recorded at once. */
  readonly rollback?: Rollback;
}

export type Pace =
  | { readonly verdict: 'go' }
  | {
      readonly verdict: 'throttle';
      /** Promotions an hour that audits keep up with. */
      readonly ratePerHour: number;
      /** Active ms of the study at which the next promotion may be made. */
      readonly notBeforeMs: number;
      readonly reason: string;
    }
  | Stop;

/**
 * To be asked where a promotion is about to be made, `next`, and by screens without. `stop` comes from what
 * happened, whenever it happened; only `throttle` comes from how long it took.
 */
export function paceOf(state: PaceState, next?: Next): Pace {
  const { promise } = state;
  if (promise === undefined) return { verdict: 'go' };
  return (
    afterFailure(state) ??
    afterIncident(state) ??
    whileFrozen(state) ??
    whilePeopleAreNeeded(state) ??
    ofBarred(state, next) ??
    whileAuditing(state, next) ??
    overBound(state, promise, next) ??
    whileBehind(state) ?? { verdict: 'go' }
  );
}

function stop(until: Stop['until'], reason: string, rollback?: Rollback): Stop {
  return { verdict: 'stop', until, reason, ...(rollback ? { rollback } : {}) };
}

function afterFailure(state: PaceState): Stop | undefined {
  const { failed } = state;
  if (failed === undefined) return undefined;
  const why = `audit ${failed} failed`;
  const rollback = rollbackOf(state, why, true);
  if (rollback) {
    return stop('rollback', `Audit ${failed} failed: what it looked at is taken back.`, rollback);
  }
  return stop(
    'person',
    `Audit ${failed} failed what was certified before. Read its evidence (paceline show --why), and start a new study from a candidate you trust.`,
  );
}

function afterIncident(state: PaceState): Stop | undefined {
  const [first] = state.incidents;
  if (first === undefined) return undefined;
  const own = state.incidents.filter((one) => isOfLineage(state, one));
  const isSuspect = own.some(({ candidate }) => candidate !== undefined);
  const why = own.map(({ incident, kind }) => `incident ${incident}: ${kind}`).join(', ');
  const rollback = own.length > 0 ? rollbackOf(state, why, isSuspect) : undefined;
  const reason = `Incident ${first.incident} (${first.kind}) is open. Read its report (paceline incidents show ${first.incident}), and close it with a reason (paceline incidents close ${first.incident} --reason TEXT).`;
  return stop('person', reason, rollback);
}

/** It is about what stands unaudited, or about no candidate: then nothing unaudited can be trusted. */
function isOfLineage({ unaudited }: PaceState, { candidate }: Incident): boolean {
  return candidate === undefined || unaudited.some((one) => one.candidate === candidate);
}

function whileFrozen(state: PaceState): Stop | undefined {
  if (!state.isFrozen) return undefined;
  const reason =
    'The gate catches too few of its traps for anything to be promoted. See which it missed (paceline gates rating), mend the check, and resume.';
  return stop('person', reason, rollbackOf(state, 'the gate misses its traps', false));
}

/** Undefined where the incumbent is what was certified last. */
function rollbackOf(state: PaceState, why: string, isSuspect: boolean): Rollback | undefined {
  const { unaudited, incumbent: from, certified } = state;
  if (unaudited.length === 0) return undefined;
  const quarantined = isSuspect ? unaudited.map(({ candidate }) => candidate) : [];
  return { from, to: certified.candidate, why, quarantined };
}

function whilePeopleAreNeeded({ strangeGate, deferrals }: PaceState): Stop | undefined {
  if (strangeGate !== undefined) {
    return stop(
      'person',
      'Another gatekeeper joined than the one that judged so far. Approve the change of the gate (paceline approve), or start the one from before.',
    );
  }
  if (deferrals < DEFERRALS) return undefined;
  return stop(
    'person',
    `${deferrals} audits in a row gave no verdict. Read why in their evidence (paceline show --why), mend it, and resume.`,
  );
}

function ofBarred({ quarantined, incumbent }: PaceState, next: Next | undefined): Stop | undefined {
  if (next === undefined) return undefined;
  if (next.candidate === incumbent) {
    return stop(
      'candidate',
      'A rollback made this candidate the incumbent: there is nothing to promote.',
    );
  }
  if (!quarantined.includes(next.candidate)) return undefined;
  return stop('candidate', 'An audit failed this candidate, or what it came with: it is barred.');
}

/** Awaited even where the bound would let one more pass: what an audit finds must not come too late or too early. */
function whileAuditing(state: PaceState, next: Next | undefined): Stop | undefined {
  const number = state.audit?.audit ?? auditDue(state, next)?.opened.audit;
  if (number === undefined) return undefined;
  const stands = state.audit ? 'is under way' : 'is due';
  return stop('audit', `Audit ${number} ${stands}: the next promotion waits for its verdict.`);
}

/** Every audit that could be had was had. */
function overBound(
  state: PaceState,
  promise: GatesPromise,
  next: Next | undefined,
): Stop | undefined {
  if (!isOver(state, promise, next)) return undefined;
  return stop(
    'person',
    `Audit debt of ${debtNow(state).toFixed(1)} stands where ${promise.maxDebt} may, and no audit can look at more of it. Apply what is certified, declare what would be checked (properties, a hold-out), and start a new study from there.`,
  );
}

function whileBehind(state: PaceState): Pace | undefined {
  const times = keepingUp(state);
  const { spacingMs, audits, generations, p95AuditMs = 0, medianGenerationMs = 0 } = times;
  if (spacingMs === undefined) return undefined;
  const ratePerHour = HOUR_MS / spacingMs;
  const reason = `An audit takes ${seconds(p95AuditMs)} (95th percentile of ${audits}), a generation ${seconds(medianGenerationMs)} (median of ${generations}): promotions wait for the audits, not the audits for promotions.`;
  const notBeforeMs = state.promotedAtMs + spacingMs;
  return { verdict: 'throttle', ratePerHour, notBeforeMs, reason };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * Whether the floor's pass of `candidate` against the incumbent may still carry its promotion. It expires as a
 * deep audit does, by generations and by gain, and with whatever it rested on: the incumbent, the gate, a
 * lineage that was taken back.
 */
export function isVerdictFresh(state: PaceState, candidate: CandidateId): boolean {
  const { incumbent, promotions, rollbacks, gate } = state;
  const floor = state.floors.find((one) => one.candidate === candidate);
  if (floor === undefined || floor.verdict !== 'pass') return false;
  const isOfNow =
    floor.against === incumbent && floor.rollbacks === rollbacks && floor.gate === gate;
  const gained = gainOfLineage(state) - floor.gain;
  return (
    isOfNow &&
    promotions - floor.promotions < AUDIT_GENERATIONS &&
    gained < LOG_AUDIT_GAIN - ROUNDING
  );
}
