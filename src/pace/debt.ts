/**
 * Audit debt (safety.md §4): D = Σ wᵢ·(1 + Δcᵢ/ln 1.25)·(1 − aᵢ). Safety keeps pace in units of what was
 * gained, not in months.
 */
import type { GatesPromise } from '../core/safety-events.ts';
import { GATE_WEIGHT, LOG_AUDIT_GAIN } from './rules.ts';
import type { PaceState } from './state.ts';
import { type Gained, verifiedGain } from './verified-gain.ts';

/** w: what the floor leaves unchecked adds to it, to twice the weight where it checks nothing. */
export function weightOf({ weight, completeness }: GatesPromise): number {
  return weight * (2 - completeness);
}

/** What one promotion of log gain `gain` adds, before any audit. */
export function debtOf(promise: GatesPromise, gain: number): number {
  return weightOf(promise) * (1 + gain / LOG_AUDIT_GAIN);
}

/** Of a change of the gate itself, which gains nothing: its weight, whatever the study's is. */
export const GATE_CHANGE_DEBT: number = GATE_WEIGHT;

/** D as it stands: what nobody audited, and of what was audited the share that no audit could look at. */
export function debtNow({ unaudited, residue, gateDebt }: PaceState): number {
  return unaudited.reduce((sum, { debt }) => sum + debt, residue + gateDebt);
}

/** What promoting a candidate now would add: less where it was audited ahead of its promotion. */
export function debtAdded(
  state: PaceState,
  promise: GatesPromise,
  next: Gained & { readonly candidate: string },
): number {
  const whole = debtOf(promise, gainOf(state, next));
  return whole * (1 - (completenessAhead(state, next.candidate) ?? 0));
}

/** Δc of a promotion from where the incumbent stands; unknown sizes count before the noise floor. */
export function gainOf({ scale, level }: PaceState, gained: Gained): number {
  if (scale) return verifiedGain(scale, level, gained);
  return LOG_AUDIT_GAIN;
}

/**
 * Completeness of the audit that a candidate passed ahead of its promotion, as a change of the incumbent,
 * itself certified; undefined where there was none.
 */
export function completenessAhead(
  { ahead, incumbent, certified }: PaceState,
  candidate: string,
): number | undefined {
  const isOfNow = ahead?.from === incumbent && certified.candidate === incumbent;
  return isOfNow && ahead.candidate === candidate ? ahead.completeness : undefined;
}

/** Σ Δc since the last certified incumbent. */
export function gainSinceAudit({ unaudited }: PaceState): number {
  return unaudited.reduce((sum, { gain }) => sum + gain, 0);
}

/** Σ Δc since the origin, along the lineage of the incumbent. */
export function gainOfLineage(state: PaceState): number {
  return state.certified.gain + gainSinceAudit(state);
}
