/** What reports say of gates, audits and their share of CPU. */
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { sampleLedger } from '../../testing/sample-ledger.ts';
import { factsFrom } from '../../testing/sample-report.ts';
import { verdictLines } from '../verdict.ts';
import { approvalAnswer, discardedAnswer, touchAnswer } from './answers-conduct.ts';
import { phraseText } from './phrase.ts';

const GATES = {
  declared: sha256('gates'),
  floor: ['C2', 'C3'],
  unchecked: [
    { check: 'C4', why: 'no hold-out' },
    { check: 'C13', why: 'in other words than before', tier: 'deep' },
  ],
  weight: 1,
  maxDebt: 8,
  completeness: 1,
};

/** The sample study with gates, and these entries before its last. */
function gated(...entries: readonly object[]): readonly StoredEvent[] {
  const [first, ...rest] = sampleLedger();
  const body = { ...first?.body, gates: GATES, unchecked: ['C4', 'C13'] };
  const events = [{ ...first, body }, ...rest.slice(0, -1), ...entries, rest.at(-1)];
  return events.map((event, i) => ({ ...event, seq: i + 1 })) as unknown as StoredEvent[];
}

const meta = (cpuMs: number) => ({ at: 0, epoch: 0, cpuMs });
const audit = (promotions: number, verdict: 'pass' | 'deferred', cpuMs = 100) => [
  {
    type: 'audit.opened',
    body: { audit: 1, from: '', to: 'gone', promotions, why: 'end' },
    meta: meta(0),
  },
  {
    type: 'audit.finished',
    body: { audit: 1, verdict, completeness: 0.5, tookMs: 1, cpuMs },
    meta: meta(cpuMs),
  },
];

test('what deep audits look at is no check that did not run, once one came to a verdict', async () => {
  const before = await factsFrom(gated());
  expect(before.book.get('safety.uncheckedNames')?.text).toBe(
    'C4 hold-out gap through the Ladder · C13 trigger search',
  );
  const deferred = await factsFrom(gated(...audit(2, 'deferred')));
  expect(deferred.book.get('safety.uncheckedNames')?.text).toBe(
    'C4 hold-out gap through the Ladder · C13 trigger search',
  );
  const after = await factsFrom(gated(...audit(2, 'pass')));
  expect(after.book.get('safety.uncheckedNames')?.text).toBe('C4 hold-out gap through the Ladder');
  expect(after.book.get('safety.deepOnly')?.text).toMatch(/^C13 .* kept 50 % of/);
  expect(phraseText(touchAnswer(after).lead)).toMatch(/1 check did not run/);
});

test('ledgers of before have no tier: their reason tells what deep audits look at', async () => {
  const [first, ...rest] = gated(...audit(2, 'pass'));
  const unchecked = [{ check: 'C13', why: 'deep audits look at it, no promotion does' }];
  const body = { ...first?.body, gates: { ...GATES, unchecked }, unchecked: ['C13'] };
  const { book } = await factsFrom([{ ...first, body }, ...rest] as unknown as StoredEvent[]);
  expect(book.get('safety.deepOnly')?.text).toMatch(/^C13 /);
  expect(book.get('safety.uncheckedCount')?.value).toBe(0);
});

test('the report says how many cases of each property stood behind verdicts, and what they see', async () => {
  const judged = (propertyCases?: number) => ({
    type: 'gate.judged',
    trial: -5,
    body: { candidate: 'a', against: 'b', verdict: 'pass', propertyCases },
    meta: meta(1),
  });
  const { book } = await factsFrom(gated(judged(), judged(99), judged(99)));
  expect(book.get('safety.propertyCases')).toMatchObject({
    value: 99,
    n: 2,
    text: '99 cases: a fault in 3.0 % of inputs is found with 95 %, a rarer one may be missed',
  });
  expect((await factsFrom(gated(judged()))).book.has('safety.propertyCases')).toBe(false);
});

test('gates said yes beside the rule', async () => {
  const lead = phraseText(approvalAnswer(await factsFrom(gated())).lead);
  expect(lead).toMatch(/^The rule and the gates \(C2, C3\)\. No person/);
  const [alone] = [await factsFrom(sampleLedger())];
  expect(phraseText(approvalAnswer(alone).lead)).toMatch(/^The rule alone\./);
});

test('promotions that no audit covers are said plainly at the end', async () => {
  const lines = async (...entries: readonly object[]) =>
    verdictLines(await factsFrom(gated(...entries))).join('\n');
  expect(await lines()).toMatch(/Not deeply audited: 2 of the promotions/);
  expect(await lines(...audit(1, 'pass'))).toMatch(/Not deeply audited: 1 of/);
  expect(await lines(...audit(2, 'deferred'))).toMatch(/Not deeply audited: 2 of/);
  expect(await lines(...audit(2, 'pass'))).not.toMatch(/Not deeply/);
});

test('a share over the target says what took it', async () => {
  const share = async (...entries: readonly object[]) =>
    (await factsFrom(gated(...entries))).book.get('cost.safetyCpuMs')?.text;
  const judged = (cpuMs: number) => ({
    type: 'gate.judged',
    trial: -5,
    body: { candidate: 'a', against: 'b', verdict: 'pass' },
    meta: meta(cpuMs),
  });
  expect(await share(judged(1))).not.toMatch(/more than/);
  expect(await share(judged(60_000))).toMatch(/more than 40 %: what stands before each promotion/);
  expect(await share(...audit(2, 'pass', 60_000))).toMatch(/more than 40 %: audits took 1 min/);
});

test('a challenger whose audit ahead failed has an end', async () => {
  const ends = (facts: Awaited<ReturnType<typeof factsFrom>>): number =>
    Number(facts.book.get('ends.gate-failed')?.value ?? 0);
  const events = sampleLedger();
  const promoted = events.findIndex(({ type }) => type === 'candidate.promoted');
  const { candidate } = (events[promoted] as StoredEvent<'candidate.promoted'>).body;
  const failed = audit(0, 'pass').map((made) => {
    const one = { ...made, seq: promoted + 1, hash: sha256('failed') };
    return one.type === 'audit.opened'
      ? { ...one, body: { ...one.body, to: candidate } }
      : { ...one, body: { ...one.body, verdict: 'fail' } };
  });
  const upTo = [...events.slice(0, promoted), ...failed] as unknown as StoredEvent[];
  expect(ends(await factsFrom(upTo))).toBe(1);
  expect(ends(await factsFrom(events.slice(0, promoted)))).toBe(0);
});

test('what the gates did not let pass is named where the rest of what failed is, with how to read why', async () => {
  const judged = (trial: number, verdict: string) => ({
    type: 'gate.judged',
    trial,
    body: { candidate: `sha256:${trial}${'0'.repeat(61)}`, against: '', verdict },
    meta: meta(1),
  });
  const facts = await factsFrom(
    gated(judged(301, 'pass'), judged(302, 'fail'), judged(303, 'deferred')),
  );
  const rows = discardedAnswer(facts).rows.filter(({ label }) => label === 'at the gates');
  expect(rows.map(({ phrase }) => phraseText(phrase))).toEqual([
    'trial 303, no verdict: paceline show 303000000000 --why',
    'trial 302, refused: paceline show 302000000000 --why',
  ]);
});
