/** What the safety loop said: verdicts of the gate, deep audits, what was taken back, what went wrong. */
import type { EventType, StoredEvent } from '../../core/events.ts';
import type { AddFact, Fact } from './fact.ts';
import { countText } from './number-text.ts';
import type { Tally } from './tally.ts';

export function addSafetyFacts(tally: Tally, add: AddFact): void {
  addVerdicts(tally, add);
  addAudits(tally, add);
  addRollbacks(tally, add);
  addIncidents(tally, add);
}

type Entry = Pick<StoredEvent<EventType>, 'seq'>;

function seqsOf(entries: readonly Entry[]): readonly number[] {
  return entries.map(({ seq }) => seq);
}

function addVerdicts({ safety: { judged } }: Tally, add: AddFact): void {
  if (judged.length === 0) return;
  const of = (verdict: string): number =>
    judged.filter(({ body }) => body.verdict === verdict).length;
  const told = [
    `${countText(of('pass'))} passed`,
    ...(of('fail') > 0 ? [`${countText(of('fail'))} refused`] : []),
    ...(of('deferred') > 0
      ? [`${countText(of('deferred'))} without a verdict, which is no pass`]
      : []),
  ];
  add({
    id: 'safety.verdicts',
    value: judged.length,
    text: told.join(', '),
    n: judged.length,
    seqs: seqsOf(judged),
    how: 'The verdicts of the gatekeeper on challengers that had their claim; its evidence is sealed.',
  });
}

function addAudits({ safety: { auditsOpened, audits } }: Tally, add: AddFact): void {
  if (auditsOpened.length === 0) return;
  const under = auditsOpened.length - audits.length;
  const told = audits.map(({ body }) =>
    body.verdict === 'pass' ? `${body.audit} passed` : `${body.audit} ${AUDIT_WORDS[body.verdict]}`,
  );
  if (under > 0) told.push(`${countText(under)} under way`);
  add({
    id: 'safety.audits',
    value: audits.length,
    text: told.join(', '),
    n: audits.length,
    seqs: seqsOf([...auditsOpened, ...audits]),
    how: 'Deep audits of everything since what was certified last, by their numbers.',
  });
}

const AUDIT_WORDS = { fail: 'failed', deferred: 'gave no verdict' } as const;

function addRollbacks({ safety: { rolledBack } }: Tally, add: AddFact): void {
  if (rolledBack.length === 0) return;
  add({
    id: 'safety.rolledBack',
    value: rolledBack.length,
    text: rolledBack.map(({ body }) => body.why).join('; '),
    n: rolledBack.length,
    seqs: seqsOf(rolledBack),
    how: 'Times the incumbent was put back to what was certified last, and why.',
  });
}

function addIncidents({ safety: { incidents, closedIncidents } }: Tally, add: AddFact): void {
  if (incidents.length === 0) return;
  const closed = new Set(closedIncidents.map(({ body }) => body.incident));
  const text = incidents
    .map(
      ({ body }) => `${body.incident} (${body.kind}${closed.has(body.incident) ? ', closed' : ''})`,
    )
    .join(', ');
  const open = incidents.filter(({ body }) => !closed.has(body.incident)).length;
  const fact: Fact = {
    id: 'safety.incidents',
    value: open,
    text,
    n: incidents.length,
    seqs: seqsOf([...incidents, ...closedIncidents]),
    how: 'Incidents by number and kind; promotions stop while one is open.',
  };
  add(fact);
}
