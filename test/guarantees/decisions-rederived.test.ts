import { expect, test } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { publicRoot } from '../../src/core/rng.ts';
import { simulatedEvaluator } from '../../src/evaluators/simulated.ts';
import { NOISE_NAMES } from '../../src/stats/noise-models.ts';
import { STEP } from '../thorough.ts';
import { BREACHES, resumption } from './fixtures/planted-breaches.ts';
import {
  BETTER,
  confirmCases,
  FAULTS,
  inserted,
  pairsOf,
  ROWS,
  reuse,
  rowOf,
  settledOf,
  withRule,
} from './fixtures/planted-faults.ts';
import { OMISSIONS } from './fixtures/planted-omissions.ts';
import {
  edited,
  rechained,
  rowsOf,
  type StudyOptions,
  TRIALS,
  verifyRows,
} from './fixtures/verified-study.ts';

test('a study as the loop writes it: everything is derived again, nothing is found', async () => {
  const report = await verifyRows(ROWS);
  expect(report.findings).toEqual([]);
  expect(report.ok).toBe(true);
  const { entries, trials, confirms, promotions, comparisons, cases } = report.checked;
  expect({ entries, trials, confirms }).toEqual({
    entries: ROWS.length,
    trials: TRIALS,
    confirms: 4,
  });
  expect({ promotions, comparisons }).toEqual({ promotions: 2, comparisons: 2 });
  expect(cases).toBeGreaterThan(150);
  expect(report.blind.join('; ')).toMatch(
    /--head.*checks that stand before no promotion here would have found: C1/,
  );
  expect(report.blind.join('; ')).not.toMatch(/secret/);
});

test('every beginning that is tried is clean too: a study is verified while it runs', async () => {
  for (let length = 0; length < ROWS.length; length += STEP) {
    const report = await verifyRows(ROWS.slice(0, length));
    expect(report.findings, `the first ${length} entries`).toEqual([]);
    if (length > 0) expect(report.blind.join('; ')).toMatch(/committed secret/);
  }
});

const NOISES: readonly StudyOptions[] = NOISE_NAMES.map((noise) => ({
  seed: noise,
  evaluator: simulatedEvaluator({ noise, rng: publicRoot(noise).stream(0, 'machine') }),
  effectOf: (trial) => [0, 0.5, -1, 2][trial % 4] ?? 0,
}));
const RULES: readonly StudyOptions[] = [
  { rule: { mode: 'e-lond' } },
  { rule: { smallestEffect: 1 } },
  { rule: { minEffect: 1 } },
  { rule: { method: 'bounded', bound: 20 } },
  { rule: { method: 't-mixture' } },
];
const SEEDS: readonly StudyOptions[] = Array.from({ length: 12 }, (_, i) => ({
  seed: `seed ${i}`,
}));

test('no false alarm: other seeds, noises, rules and methods', async () => {
  let confirms = 0;
  const studies = [...NOISES, ...RULES, ...SEEDS].filter((_, i) => i % STEP === 0);
  for (const options of studies) {
    const report = await verifyRows(await rowsOf(options));
    expect(report.findings, JSON.stringify(options)).toEqual([]);
    confirms += report.checked.confirms;
  }
  expect(confirms).toBeGreaterThan(40 / STEP);
});

test.each([...FAULTS, ...BREACHES, ...OMISSIONS])(
  '$name',
  async ({ rows, seq, kind = 'decision', says }) => {
    const report = await verifyRows(rows);
    expect(report.ok).toBe(false);
    expect(report.findings[0]?.seq).toBe(seq);
    const named = report.findings.filter((one) => one.seq === seq && one.kind === kind);
    expect(named.map(({ detail }) => detail).join('\n')).toMatch(says);
  },
);

test('a pause is no breach', async () => {
  const report = await verifyRows(inserted(settledOf(4), resumption(settledOf(4).seq, 1)));
  expect(report.findings).toEqual([]);
});

const unfinished = ROWS.slice(0, -1);
const screened = publicRoot('verified').stream(1, 'train', 0).u32();
const referenced = 2;

test.each([
  { name: 'of an earlier confirm', caseSeed: confirmCases[0] },
  { name: 'of a screen', caseSeed: screened },
  { name: 'of the floor', caseSeed: publicRoot('verified').stream(-1, 'floor', referenced).u32() },
])('before the secret is revealed: a confirm pair on a case $name', async ({ caseSeed }) => {
  const { rows, seq } = reuse(pairsOf('confirm', BETTER), caseSeed);
  const report = await verifyRows(rows.slice(0, unfinished.length));
  expect(report.findings).toMatchObject([{ seq, kind: 'decision' }]);
  expect(report.findings[0]?.detail).toMatch(/is not fresh/);
});

const head = `${ROWS.length}:${ROWS.at(-1)?.hash}`;

test('a cut end shows only against a head noted elsewhere', async () => {
  const cut = rechained(ROWS.slice(0, -3));
  expect(await verifyRows(cut)).toMatchObject({ ok: true, anchor: 'not given' });
  const report = await verifyRows(cut, { head });
  expect(report).toMatchObject({ ok: false, anchor: 'missing' });
  expect(report.findings).toMatchObject([{ seq: cut.length + 1, kind: 'chain' }]);
});

test('a ledger rewritten as a whole shows only against a head noted elsewhere', async () => {
  const other = await rowsOf({ seed: 'another history' });
  expect(await verifyRows(other)).toMatchObject({ ok: true });
  expect(await verifyRows(other, { head })).toMatchObject({ ok: false, anchor: 'missing' });
});

test('a head noted earlier is contained, with its number or without; another text is refused', async () => {
  const early = ROWS[20];
  for (const text of [head, `21:${early?.hash}`, `${early?.hash}`]) {
    const report = await verifyRows(ROWS, { head: text });
    expect(report).toMatchObject({ ok: true, anchor: 'contained', findings: [] });
    expect(report.blind.join('; ')).not.toMatch(/--head/);
  }
  expect(await verifyRows(ROWS, { head: `22:${early?.hash}` })).toMatchObject({
    anchor: 'missing',
  });
  await expect(verifyRows(ROWS, { head: '22' })).rejects.toMatchObject({ code: 'USAGE' });
});

test('what a later release wrote is not verified: no alarm, and no clean bill either', async () => {
  const opening = (edit: { readonly fold?: string; readonly rng?: string }) =>
    edited<'study.opened'>(ROWS, rowOf('study.opened'), (body) => Object.assign(body, edit));
  const unknownType = rechained(ROWS.with(-3, { ...rowOf('study.closed'), type: 'oracle.asked' }));
  const rulesToCome = withRule({ id: 'paceline.rule/2' }, true);
  const ledgers = [rulesToCome, opening({ fold: 'x/2' }), opening({ rng: 'x/2' }), unknownType];
  for (const rows of ledgers) {
    const report = await verifyRows(rows);
    expect(report.findings).toMatchObject([{ kind: 'rule-unavailable' }]);
    expect(report).toMatchObject({ ok: false, isUnverified: true });
  }
});

test('findings are listed up to a hundred and counted all', async () => {
  const rows = ROWS.map((row) => ({ ...row, hash: `sha256:${'0'.repeat(64)}` }));
  const doubled = [...rows, ...rows];
  const report = await verifyRows(doubled.map((row, i) => ({ ...row, seq: i + 1 })));
  expect(report.findings).toHaveLength(100);
  expect(report.findingCount).toBeGreaterThan(200);
});

test('what is written meanwhile is left for next time; what the store promised must be there', async () => {
  const running = await verifyRows(ROWS, { durable: 60 });
  expect(running).toMatchObject({ ok: true, head: { seq: 60 }, findings: [] });
  expect(running.checked.entries).toBe(60);
  const short = await verifyRows(unfinished, { durable: ROWS.length });
  expect(short.findings).toMatchObject([{ seq: ROWS.length, kind: 'order' }]);
});

test('a key that its text does not give is named, where keys can be told', async () => {
  const whole = await verifyRows(ROWS, { keyOf: sha256 });
  expect(whole.findings).toEqual([]);
  expect(whole.blind.join()).not.toContain('one hypothesis');
  const row = rowOf('trial.settled');
  const lied = edited<'trial.settled'>(ROWS, row, (body) => {
    body.key = sha256('another');
  });
  const { findings } = await verifyRows(lied, { keyOf: sha256 });
  expect(findings).toMatchObject([{ seq: row.seq, kind: 'decision' }]);
  expect(findings[0]?.detail).toContain('another hypothesis than its text');
  const untold = await verifyRows(lied, { keyOf: () => undefined });
  expect(untold.findings).toEqual([]);
  expect((await verifyRows(ROWS)).blind.join()).toContain('which candidates are one hypothesis');
});
