/** What the safety loop said: verdicts of the gate, deep audits, what was taken back, what went wrong. */
import { powerWords } from '../../claims/case-plan.ts';
import type { EventType, StoredEvent } from '../../core/events.ts';
import { HOLDOUT_EVENTS } from '../../core/holdout.ts';
import { SAFETY_EVENTS } from '../../core/safety-events.ts';
import { cpuOf } from '../../pace/fold.ts';
import { CPU_SHARE_TARGET, LEAST_AUDIT_MS } from '../../pace/rules.ts';
import type { AddFact, Fact, FactBook } from './fact.ts';
import { MEASURING } from './facts-trials.ts';
import { countText, durationText, numberText, shortHash } from './number-text.ts';
import { type Row, say } from './phrase.ts';
import type { Tally } from './tally.ts';

export function addSafetyFacts(tally: Tally, add: AddFact): void {
  addVerdicts(tally, add);
  addPropertyCases(tally, add);
  addRefused(tally, add);
  addAudits(tally, add);
  addUnaudited(tally, add);
  addShare(tally, add);
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

/** As planned from the origin's cost, before the first verdict. */
function addPropertyCases({ safety: { judged } }: Tally, add: AddFact): void {
  const told = judged.filter(({ body }) => body.propertyCases !== undefined);
  const [first] = told;
  if (first?.body.propertyCases === undefined) return;
  add({
    id: 'safety.propertyCases',
    value: first.body.propertyCases,
    text: powerWords(first.body.propertyCases),
    n: told.length,
    seqs: seqsOf(told),
    how: 'Cases of each property in every verdict (C5), from what one costs the origin; no candidate changes it.',
  });
}

/** Of those that the floor did not let pass: in the order in which they were judged. */
function refused({ safety: { judged } }: Tally) {
  return judged.filter(({ body }) => body.verdict !== 'pass');
}

function addRefused(tally: Tally, add: AddFact): void {
  refused(tally).forEach(({ seq, trial = -1, body }, i) => {
    const of = { seqs: [seq], how: 'Of a challenger that the gatekeeper did not let pass.' };
    const words = body.verdict === 'fail' ? 'refused' : 'no verdict';
    add({ id: `refused.${i}.trial`, value: trial, text: countText(trial), ...of });
    add({ id: `refused.${i}.verdict`, value: body.verdict, text: words, ...of });
    const name = shortHash(body.candidate);
    add({ id: `refused.${i}.candidate`, value: body.candidate, text: name, ...of });
  });
}

/** The newest come first: what was refused is looked into while it is remembered. */
const MOST_REFUSED = 5;

/** What the gates did not let pass, and how a person reads why. */
export function refusedRows(book: FactBook, tally: Tally): readonly Row[] {
  const ids = refused(tally).map((_, i) => `refused.${i}`);
  return ids
    .reverse()
    .slice(0, MOST_REFUSED)
    .map((id) => {
      const name = book.get(`${id}.candidate`);
      return {
        label: 'at the gates',
        phrase: say`trial ${book.get(`${id}.trial`)}, ${book.get(`${id}.verdict`)}: paceline show ${name} --why`,
      };
    });
}

function addAudits({ safety: { auditsOpened, audits } }: Tally, add: AddFact): void {
  if (auditsOpened.length === 0) return;
  const under = auditsOpened.length - audits.length;
  const told = audits.map(({ body }) => `number ${body.audit} ${AUDIT_WORDS[body.verdict]}`);
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

/** What nobody looked at again since: promotions that stand, and that no audit which passed covers. */
function addUnaudited({ opened, promotions, safety }: Tally, add: AddFact): void {
  if (opened?.body.gates === undefined) return;
  const passed = new Set(
    safety.audits.flatMap(({ body }) => (body.verdict === 'pass' ? [body.audit] : [])),
  );
  const covering = safety.auditsOpened.flatMap(({ body }) =>
    passed.has(body.audit) ? [body] : [],
  );
  const upTo = Math.max(0, ...covering.map((one) => one.promotions));
  const back = safety.rolledBack.at(-1)?.seq ?? 0;
  const left = promotions.filter(
    ({ promoted: { seq, body } }, at) =>
      at >= upTo && seq > back && !covering.some(({ to }) => to === body.candidate),
  );
  if (left.length === 0) return;
  add({
    id: 'safety.unaudited',
    value: left.length,
    text: countText(left.length),
    n: left.length,
    seqs: left.map(({ promoted }) => promoted.seq),
    how: 'Promotions that stand and that no deep audit which passed has looked at.',
  });
}

/** Of safety, and of what it is a share beside. */
const SHARE_TYPES: readonly EventType[] = [
  ...(Object.keys({ ...SAFETY_EVENTS, ...HOLDOUT_EVENTS }) as readonly EventType[]),
  ...MEASURING,
];

/** Where it is over the target, what took most of it. */
function addShare({ cpuMs, safetyCpuMs, head, safety }: Tally, add: AddFact): void {
  const all = cpuMs + safetyCpuMs;
  if (safetyCpuMs === 0 || cpuMs === 0) return;
  const share = safetyCpuMs / all;
  const percent = `${numberText(100 * share)} % of all on record`;
  const audits = safety.audits.reduce((sum, event) => sum + cpuOf(event).ms, 0);
  const floor = safetyCpuMs - audits;
  const isFloor = floor > CPU_SHARE_TARGET * (cpuMs + floor);
  const why = isFloor
    ? `what stands before each promotion takes ${durationText(floor)} alone`
    : `audits took ${durationText(audits)}, each ${durationText(LEAST_AUDIT_MS)} at least`;
  const over = share > CPU_SHARE_TARGET ? `; more than ${100 * CPU_SHARE_TARGET} %: ${why}` : '';
  add({
    id: 'cost.safetyCpuMs',
    value: safetyCpuMs,
    text: `${durationText(safetyCpuMs)}, ${percent}${over}`,
    unit: 'ms',
    seqs: [],
    span: { from: 1, to: head.seq, types: SHARE_TYPES },
    how: 'CPU time of the gatekeeper and its jails: verdicts, audits, looks, traps, the hold-out.',
  });
}

const AUDIT_WORDS = { pass: 'passed', fail: 'failed', deferred: 'gave no verdict' } as const;

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
