/** Entries of the safety loop, for reports. */
import type { EventType, StoredEvent } from '../../core/events.ts';
import type { SAFETY_EVENTS } from '../../core/safety-events.ts';
import { challengerOf, count, type Tally } from './tally.ts';

type SafetyType = Extract<EventType, keyof typeof SAFETY_EVENTS>;
type Handlers = { readonly [T in SafetyType]: (tally: Tally, event: StoredEvent<T>) => void };

export const SAFETY_TALLIES: Handlers = {
  'gatekeeper.joined': () => undefined,
  'gatekeeper.left': () => undefined,
  'gate.judged': tallyJudged,
  'gate.rated': () => undefined,
  'audit.opened': ({ safety }, event) => void safety.auditsOpened.push(event),
  'audit.finished': tallyAudited,
  'pace.changed': () => undefined,
  'candidate.rolled-back': ({ safety }, event) => void safety.rolledBack.push(event),
  'incident.opened': ({ safety }, event) => void safety.incidents.push(event),
  'incident.closed': ({ safety }, event) => void safety.closedIncidents.push(event),
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
  tally.safety.judged.push(event);
  if (body.verdict === 'pass') return;
  tally.alphaSpent += challengerOf(tally, trial).confirmed?.body.alpha ?? 0;
  tally.challengers.delete(trial);
  count(tally.ends, body.verdict === 'fail' ? 'gate-failed' : 'expired');
}

/** One that failed ahead of its promotion ends there, and keeps its share of the error budget. */
function tallyAudited(tally: Tally, event: StoredEvent<'audit.finished'>): void {
  const { audit, verdict } = event.body;
  tally.safety.audits.push(event);
  if (verdict !== 'fail') return;
  const to = tally.safety.auditsOpened.find(({ body }) => body.audit === audit)?.body.to;
  for (const [trial, { confirmed }] of tally.challengers) {
    if (confirmed?.body.candidate !== to) continue;
    tally.alphaSpent += confirmed?.body.alpha ?? 0;
    tally.challengers.delete(trial);
    count(tally.ends, 'gate-failed');
  }
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
