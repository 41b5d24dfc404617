/** Entries of the safety loop, for reports. */
import type { EventType, StoredEvent } from '../../core/events.ts';
import type { SAFETY_EVENTS } from '../../core/safety-events.ts';
import { challengerOf, count, type Tally } from './tally.ts';

type SafetyType = Extract<EventType, keyof typeof SAFETY_EVENTS>;
type Handlers = { readonly [T in SafetyType]: (tally: Tally, event: StoredEvent<T>) => void };

export const SAFETY_TALLIES: Handlers = {
  'gatekeeper.joined': () => undefined,
  'gate.judged': tallyJudged,
  'gate.rated': () => undefined,
  'audit.opened': () => undefined,
  'audit.finished': () => undefined,
  'pace.changed': () => undefined,
  'candidate.rolled-back': () => undefined,
  'incident.opened': () => undefined,
  'incident.closed': () => undefined,
  'approval.requested': (tally, event) => {
    tally.approvals.set(event.body.approval, { requested: event });
  },
  'approval.decided': tallyDecided,
  'root.signed': () => undefined,
  'root.published': () => undefined,
};

/** One that did not pass keeps its share of the error budget. */
function tallyJudged(tally: Tally, event: StoredEvent<'gate.judged'>): void {
  const { body, trial = -1 } = event;
  tally.judged.push(event);
  if (body.verdict === 'pass') return;
  tally.alphaSpent += challengerOf(tally, trial).confirmed?.body.alpha ?? 0;
  tally.challengers.delete(trial);
  count(tally.ends, body.verdict === 'fail' ? 'gate-failed' : 'expired');
}

const ENDS = { reject: 'declined', expired: 'expired', superseded: 'superseded' } as const;

/** What people did not agree to keeps its share of the error budget, too. */
function tallyDecided(tally: Tally, event: StoredEvent<'approval.decided'>): void {
  const { body, trial } = event;
  const asked = tally.approvals.get(body.approval);
  if (asked) asked.decided = event;
  if (trial === undefined || body.decision === 'approve' || body.again) return;
  tally.alphaSpent += challengerOf(tally, trial).confirmed?.body.alpha ?? 0;
  tally.challengers.delete(trial);
  count(tally.ends, ENDS[body.decision]);
}
