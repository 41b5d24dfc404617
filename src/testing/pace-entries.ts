/** Entries that the pace of a study stands on, with what matters to it filled in. */
import type { EventBody, EventType, StoredEvent } from '../core/events.ts';
import type { GatesPromise } from '../core/safety-events.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const STAMP = { entry: 1, evidence: DIGEST, key: DIGEST, signature: '' } as const;

export const PACE_ORIGIN = 'origin';

/** Of a study of code whose floor is complete; `over`: parts of its promise. */
export function openedBody(
  over: Partial<GatesPromise> = {},
  study: Partial<EventBody['study.opened']> = {},
): EventBody['study.opened'] & { readonly gates: GatesPromise } {
  const limits = { weight: 2, maxDebt: 8, completeness: 1 };
  const gates = { declared: DIGEST, floor: [], unchecked: [], ...limits, ...over };
  const metric = { name: 'time', goal: 'min', unit: 'ms', kind: 'time' } as const;
  const rule = { mode: 'fwer', smallestEffect: 2 };
  return { origin: PACE_ORIGIN, metric, rule, gates, ...study } as ReturnType<typeof openedBody>;
}

export function noiseBody(
  values: readonly number[],
  verified?: number,
): EventBody['noise.measured'] {
  const said = { repeats: [], deterministic: false, parity: 0 };
  const cases = values.map((_, i) => i);
  return {
    candidate: PACE_ORIGIN,
    cases,
    values,
    ...said,
    ...(verified === undefined ? {} : { verified }),
  };
}

type Promoted = EventBody['candidate.promoted'];

export function promotedBody(
  said: Pick<Promoted, 'candidate' | 'from' | 'gain'> & Partial<Promoted>,
): Promoted {
  const rest = { arm: 'main', n: 8, notes: [], approvedBy: 'autonomy level 4', atEvals: 1 };
  return { ...rest, ...said };
}

type Finished = EventBody['audit.finished'];

export function finishedBody(
  audit: number,
  verdict: Finished['verdict'],
  said: Partial<Finished> = {},
): Finished {
  return { audit, verdict, completeness: 1, tookMs: 1000, cpuMs: 800, ...STAMP, ...said };
}

export function ratedBody(frozen: boolean): EventBody['gate.rated'] {
  const counts = { traps: 200, caught: frozen ? 180 : 200, honest: 100, refused: 0 };
  return { ...counts, recallLower: frozen ? 0.85 : 0.98, frozen, entry: 1, evidence: DIGEST };
}

export function joinedBody(digest: string): EventBody['gatekeeper.joined'] {
  return { digest, secretCommit: DIGEST, key: DIGEST, publicKey: '', user: { own: true } };
}

export function judgedBody(candidate: string, against: string): EventBody['gate.judged'] {
  return { candidate, against, verdict: 'pass', ...STAMP };
}

export function gateChangeBody(
  approval: number,
  candidate: string,
): EventBody['approval.requested'] {
  const bound = { against: DIGEST, evidence: candidate, rule: DIGEST, scope: [] };
  const times = { requestedAt: 0, expiresAt: 1 };
  return { approval, about: 'gate-change', why: ['gate'], candidate, ...bound, ...times };
}

export function entry<T extends EventType>(
  type: T,
  body: EventBody[T],
  meta: Partial<StoredEvent['meta']> = {},
): StoredEvent {
  const rest = { seq: 1, v: 1, actor: 'engine', hash: DIGEST, meta: { at: 0, epoch: 0, ...meta } };
  return { ...rest, type, body } as unknown as StoredEvent;
}
