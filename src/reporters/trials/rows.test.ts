import { expect, test } from 'vitest';
import { paidStudy, recorded, settledBody, sourceOf } from '../../../test/golden/recorded.ts';
import type { StoredEvent } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { COLUMN_NAMES, type TrialRow } from './columns.ts';
import { trialRows } from './rows.ts';

async function rowsOf(events: readonly StoredEvent[]): Promise<readonly TrialRow[]> {
  const rows: TrialRow[] = [];
  for await (const trials of trialRows(sourceOf(events)))
    rows.push(...trials.map(({ row }) => row));
  return rows;
}

const rows = await rowsOf(recorded);
const of = <T extends StoredEvent['type']>(type: T) =>
  recorded.filter((event): event is StoredEvent<T> => event.type === type);

test('each trial that settled is one row, in order, with every column', () => {
  expect(rows.map(({ trial }) => trial)).toEqual(of('trial.settled').map(({ trial }) => trial));
  expect(rows.length).toBeGreaterThan(30);
  for (const row of rows) expect(Object.keys(row)).toEqual(COLUMN_NAMES);
});

test('a promoted trial has its confirm, its gain and what both took', () => {
  const [promotion] = of('candidate.promoted');
  const row = rows.find(({ trial }) => trial === promotion?.trial);
  const { interval, gain, n } = promotion?.body ?? {};
  expect(row).toMatchObject({ promoted: true, end: 'promoted', gain, gain_n: n });
  expect([row?.gain_low, row?.gain_high]).toEqual(interval);
  const confirm = of('trial.confirmed').find(({ trial }) => trial === promotion?.trial)?.body;
  expect(row).toMatchObject({
    confirm_verdict: 'accepted',
    confirm_n: confirm?.n,
    confirm_log_e: confirm?.logE,
    confirm_alpha: confirm?.alpha,
    confirm_effect: confirm?.effect,
  });
  const pairs = (purpose: string): number =>
    of('measurement.recorded')
      .filter(({ trial, body }) => trial === promotion?.trial && body.purpose === purpose)
      .reduce((sum, { body }) => sum + 2 * body.values.length, 0);
  expect(row).toMatchObject({ confirm_evals: pairs('confirm'), block_evals: pairs('block') });
  expect(rows.filter((one) => one.promoted)).toHaveLength(of('candidate.promoted').length);
});

test('a challenger that failed says so, and one of a control arm is adopted', () => {
  for (const { trial, body } of of('trial.confirmed')) {
    const row = rows.find((one) => one.trial === trial);
    expect(row?.confirm_verdict).toBe(body.verdict);
    if (body.verdict === 'unconfirmed') expect(row?.end).toBe('unconfirmed');
    else expect(row?.end).toBe(body.arm === 'main' ? 'promoted' : 'adopted');
  }
});

test('what is not known is null: nothing claimed, nothing scored, one value has no spread', () => {
  const plain = rows.find(({ end, n }) => end === 'discarded' && n === 1);
  expect(plain).toMatchObject({ sd: null, confirm_verdict: null, gain: null, promoted: false });
  expect(plain?.values).toEqual([expect.closeTo(plain?.score ?? Number.NaN)]);
});

test('a trial without a number has none', async () => {
  const body = settledBody({ outcome: 'crashed', values: [null], end: 'crashed' });
  const [row] = await rowsOf(paidStudy([{ type: 'trial.settled', trial: 0, body, at: 5 }]));
  expect(row).toMatchObject({ score: null, sd: null, n: 0, values: [null], outcome: 'crashed' });
});

test('a challenger under way has no end yet', async () => {
  const at = recorded.findIndex(({ type }) => type === 'trial.confirmed');
  const last = (await rowsOf(recorded.slice(0, at))).at(-1);
  expect(last).toMatchObject({ end: null, promoted: null, decided_at: null });
  expect(last?.confirm_evals).toBeGreaterThan(0);
});

const spent = (tokens: number) => ({ requests: 1, tokens, microUsd: 250_000 });
const call = (number: number, tokens: number, usage?: { input: number; output: number }) => [
  {
    type: 'spend.reserved',
    trial: 0,
    body: { call: number, to: 'a/m', most: spent(99) },
    at: 1,
  } as const,
  {
    type: 'spend.settled',
    trial: 0,
    body: { call: number, spent: spent(tokens), ...(usage ? { usage } : {}) },
    at: 2,
  } as const,
];
const bought = (tokens: number) =>
  ({
    type: 'trial.settled',
    trial: 0,
    body: settledBody({ model: 'a/m', spent: { requests: 2, tokens, microUsd: 500_000 } }),
    at: 3,
  }) as const;

test('tokens are split where every call of the trial was', async () => {
  const [row] = await rowsOf(
    paidStudy([
      ...call(0, 10, { input: 7, output: 3 }),
      ...call(1, 5, { input: 1, output: 4 }),
      bought(15),
    ]),
  );
  expect(row).toMatchObject({ tokens: 15, input_tokens: 8, output_tokens: 7, usd: 0.5 });
});

test.each([
  ['one call does not say', [...call(0, 10, { input: 7, output: 3 }), ...call(1, 5), bought(15)]],
  ['another process paid for the rest', [...call(0, 10, { input: 7, output: 3 }), bought(15)]],
])('tokens are not split where %s', async (_why, entries) => {
  const [row] = await rowsOf(paidStudy(entries));
  expect(row).toMatchObject({ tokens: 15, input_tokens: null, output_tokens: null });
});

test('what a program from outside spends is unknown, what ours spends is nothing', async () => {
  expect(rows[0]).toMatchObject({ requests: 0, tokens: 0, usd: 0 });
  const [opened, ...rest] = recorded as [StoredEvent<'study.opened'>, ...StoredEvent[]];
  const lanes = opened.body.lanes.map((lane) => ({ ...lane, outside: true as const }));
  const [row] = await rowsOf([{ ...opened, body: { ...opened.body, lanes } }, ...rest]);
  expect(row).toMatchObject({ requests: null, tokens: null, input_tokens: null, usd: null });
});

test('what others wrote drives no terminal and hides nothing', async () => {
  const hostile = '\u001b[31mred\u0000\u202e\u009b';
  const body = settledBody({
    message: hostile,
    hypothesis: hostile,
    mechanism: hostile,
    cites: [hostile],
    operator: hostile,
    model: hostile,
    key: hostile,
  });
  const [row] = await rowsOf(paidStudy([{ type: 'trial.settled', trial: 0, body, at: 5 }]));
  const seen = '\\u001b[31mred\\u0000\\u202e\\u009b';
  const { message, hypothesis, mechanism, cites, operator, model, key } = row ?? ({} as TrialRow);
  expect([message, hypothesis, mechanism, operator, model, key]).toEqual(Array(6).fill(seen));
  expect(cites).toEqual([seen]);
});

test('a person who declines a challenger ends it', async () => {
  const open = settledBody({ end: null });
  const steered = {
    type: 'study.steered',
    body: { id: 'x', by: 'me', said: { kind: 'note', text: 'no' }, declines: 0 },
    at: 6,
  } as never;
  const settled = { type: 'trial.settled', trial: 0, body: open, at: 5 } as const;
  const [row] = await rowsOf(paidStudy([settled, steered]));
  expect(row).toMatchObject({ end: 'declined', promoted: false, decided_at: 6 });
});

test('the sealed set that says no ends it', async () => {
  const settled = {
    type: 'trial.settled',
    trial: 0,
    body: settledBody({ end: null }),
    at: 5,
  } as const;
  const body = { candidate: sha256('a'), verdict: 'not-improved', gate: 'fail', evals: 3 } as never;
  const [row] = await rowsOf(
    paidStudy([settled, { type: 'holdout.queried', trial: 0, body, at: 7 }]),
  );
  expect(row).toMatchObject({ end: 'gate-failed', holdout: 'not-improved', promoted: false });
});

const waits = {
  type: 'trial.settled',
  trial: 0,
  body: settledBody({ end: null }),
  at: 5,
} as const;

test.each([
  ['fail', 'gate-failed'],
  ['deferred', 'expired'],
] as const)('a gate that says %s ends it', async (verdict, end) => {
  const body = { candidate: waits.body.candidate, verdict } as never;
  const [row] = await rowsOf(paidStudy([waits, { type: 'gate.judged', trial: 0, body, at: 7 }]));
  expect(row).toMatchObject({ end, promoted: false, decided_at: 7 });
});

test('an audit ahead of its promotion that fails ends it, and one of another candidate does not', async () => {
  const audited = (to: string) =>
    [
      waits,
      { type: 'audit.opened', body: { audit: 1, to } as never, at: 6 },
      { type: 'audit.finished', body: { audit: 1, verdict: 'fail' } as never, at: 8 },
    ] as const;
  const [row] = await rowsOf(paidStudy([...audited(waits.body.candidate)]));
  expect(row).toMatchObject({ end: 'gate-failed', promoted: false, decided_at: 8 });
  const [other] = await rowsOf(paidStudy([...audited(sha256('another'))]));
  expect(other?.end).not.toBe('gate-failed');
});

const next = { type: 'trial.settled', trial: 1, body: settledBody({ end: 'discarded' }) } as const;
const asks = {
  type: 'approval.requested',
  trial: 0,
  body: { approval: 1 } as never,
  at: 6,
} as const;
const answered = (decision: string, more = {}) =>
  ({
    type: 'approval.decided',
    trial: 0,
    body: { approval: 1, decision, ...more } as never,
    at: 9,
  }) as const;

test.each([
  ['reject', 'declined'],
  ['expired', 'expired'],
  ['superseded', 'superseded'],
] as const)(
  'one of which a person was asked, with others tried meanwhile: %s ends it',
  async (decision, end) => {
    const found = await rowsOf(paidStudy([waits, asks, { ...next, at: 7 }, answered(decision)]));
    expect(found.map(({ trial, end: as }) => [trial, as])).toEqual([
      [1, 'discarded'],
      [0, end],
    ]);
    expect(found[1]).toMatchObject({ promoted: false, decided_at: 9 });
  },
);

test('one that a person agreed to is promoted, and one that nobody answered has no end yet', async () => {
  const body = { gain: 2, interval: [1, 3], level: 0.95, n: 12, approvedBy: 'ann', notes: [] };
  const promoted = { type: 'candidate.promoted', trial: 0, body: body as never, at: 10 } as const;
  const asked = [waits, asks, { ...next, at: 7 }] as const;
  const agreed = await rowsOf(paidStudy([...asked, answered('approve'), promoted]));
  expect(agreed.at(-1)).toMatchObject({ trial: 0, end: 'promoted', gain: 2, approved_by: 'ann' });
  expect((await rowsOf(paidStudy([...asked]))).at(-1)).toMatchObject({ trial: 0, end: null });
  const again = await rowsOf(paidStudy([...asked, answered('superseded', { again: true })]));
  expect(again.at(-1)).toMatchObject({ trial: 0, end: null });
});
