/**
 * Values of training cases that the ledger already holds, for evaluators that repeat themselves. A
 * table of the fold, not of a process: a trial reads what was there at its horizon, so the number of
 * workers and a resume change nothing, and `verify` derives every reuse again.
 */
import type { CandidateId } from './candidate.ts';
import type { EventBody } from './events.ts';

export interface KnownValue {
  readonly trial: number;
  readonly value: number;
}

/** Of one epoch: the next has other cases. The values of a candidate are in the order of the cases. */
export interface KnownValues {
  readonly epoch: number;
  readonly values: Map<CandidateId, KnownValue[]>;
}

/** Whoever comes later is measured, never forgotten: what a trial saw stays what it saw. */
const MOST_CANDIDATES = 4096;

export function newKnownValues(epoch = 0): KnownValues {
  return { epoch, values: new Map() };
}

/** Declared, found, and not measured beside the incumbent, whose values would be stale. */
export function mayReuse(
  opened: EventBody['study.opened'],
  noise: EventBody['noise.measured'],
  isPaired: boolean,
): boolean {
  return opened.cache === true && noise.deterministic && !noise.declaredNoisy && !isPaired;
}

interface Screened {
  readonly trial: number;
  readonly epoch: number;
  readonly body: EventBody['trial.settled'];
}

/** The table after a settled trial. */
export function learnValues(before: KnownValues, { trial, epoch, body }: Screened): KnownValues {
  const known = epoch === before.epoch ? before : newKnownValues(epoch);
  const { candidate, outcome, values } = body;
  if (outcome !== 'scored' || values.length === 0) return known;
  const held = known.values.get(candidate);
  if (held === undefined && known.values.size >= MOST_CANDIDATES) return known;
  const added = values.slice(held?.length ?? 0);
  const more = added.flatMap((value) => (value === null ? [] : [{ trial, value }]));
  // A new list: a trial in flight may hold the old one.
  known.values.set(candidate, [...(held ?? []), ...more]);
  return known;
}

/** Of the first cases of the epoch, as known when exactly the trials before `horizon` were settled. */
export function knownValues(
  known: KnownValues,
  at: { readonly candidate: CandidateId; readonly epoch: number; readonly horizon: number },
): readonly number[] {
  if (known.epoch !== at.epoch) return [];
  const held = known.values.get(at.candidate) ?? [];
  return held.flatMap(({ trial, value }) => (trial < at.horizon ? [value] : []));
}
