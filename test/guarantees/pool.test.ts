/** Finite pools: each case decides once, or the same cases decide again and tell a bit. */
import { describe, expect, test } from 'vitest';
import type { EventRow, StoredEvent } from '../../src/core/events.ts';
import { type GateRow, gateGenesis, nextGateRow } from '../../src/core/gate-chain.ts';
import { sha256 } from '../../src/core/hash.ts';
import { poolOrder, type StudyPool } from '../../src/core/pool.ts';
import { secretRoot } from '../../src/core/rng.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { auditReport } from '../../src/reporters/audit.ts';
import { htmlReport } from '../../src/reporters/html.ts';
import { markdownReport } from '../../src/reporters/markdown.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { memoryGate } from '../../src/testing/memory-gate.ts';
import { factsFrom, pagesOf } from '../../src/testing/sample-report.ts';
import { smallPlan, withPool } from '../../src/testing/small-study.ts';
import { bodiesOf, planted, SECRET, verifySealed } from './fixtures/sealed-study.ts';
import { continueFrom } from './fixtures/small-run.ts';
import { allRows, type Editable, edited, rechained } from './fixtures/verified-study.ts';

const COMMIT = sha256(SECRET);

function planOf(pool: StudyPool, gateRows: GateRow[] = []): Plan {
  // One real gain, and then nothing but what is as good: some of it looks better in its screen.
  const proposers = [planted({}, 3), planted({}, 3)];
  const options = { clock: manualClock(), budget: { trials: 150 }, secret: SECRET, proposers };
  const plan = smallPlan(options);
  return withPool(plan, pool, () => memoryGate(plan.opened.secretCommit, gateRows));
}

async function run(plan: Plan) {
  const ledger = await memoryStore(plan).open('pooled', 'write');
  await runLoop(await openStudy({ plan, ledger, reporters: [] }));
  const events: StoredEvent[] = [];
  for await (const page of ledger.read(0)) events.push(...page);
  return { events, rows: await allRows(ledger), logical: ledger.durable.logical };
}

function pairCases(events: readonly StoredEvent[]): readonly number[] {
  const pairs = bodiesOf(events, 'measurement.recorded');
  return pairs.flatMap(({ purpose, cases }) => (purpose === 'baseline' ? [] : cases));
}

async function findings(rows: readonly EventRow[], gateRows?: readonly GateRow[]) {
  const { findings: found } = await verifySealed(rows, gateRows);
  return found.map(({ kind, detail }) => `${kind}: ${detail}`).join('\n');
}

function withEdit<T extends StoredEvent['type']>(
  rows: readonly EventRow[],
  at: { readonly type: T; readonly has?: string },
  edit: (body: Editable<T>) => void,
): readonly EventRow[] {
  const row = rows.find(({ type, body }) => type === at.type && body.includes(at.has ?? ''));
  return edited<T>(rows, row as EventRow, edit);
}

describe('a pool whose cases are used once', () => {
  const POOL = { cases: 180, use: 'blocks', asked: 0 } as const;

  test('draws each of them in the order of the secret, and says when there are too few left', async () => {
    const { events, rows } = await run(planOf(POOL));
    const cases = pairCases(events);
    const order = poolOrder(secretRoot(SECRET), POOL.cases);
    expect(cases).toEqual([...order.subarray(0, cases.length)]);
    expect(new Set(order).size).toBe(POOL.cases);
    expect(bodiesOf(events, 'candidate.promoted').length).toBeGreaterThan(0);
    const [closed] = bodiesOf(events, 'study.closed');
    expect(closed).toMatchObject({ reason: 'exhausted', stoppedBy: 'pool' });
    // The comparisons had their cases kept for them.
    expect(bodiesOf(events, 'arm.compared')).toHaveLength(2);
    expect(await findings(rows)).toBe('');
  });

  test('cut after any entry and resumed it is the same study', async () => {
    const whole = await run(planOf(POOL));
    for (let cut = 1; cut < whole.events.length; cut += 7) {
      const resumed = await continueFrom(planOf(POOL), whole.events.slice(0, cut));
      expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
    }
  });

  test('a case out of its turn, used twice, or not of the pool, is found', async () => {
    const { rows } = await run(planOf(POOL));
    const confirm = { type: 'measurement.recorded', has: '"purpose":"confirm"' } as const;
    const swapped = withEdit(rows, confirm, (body) => {
      body.cases = body.cases.toReversed();
    });
    expect(await findings(swapped)).toMatch(/not what the secret gives/);
    const stray = withEdit(rows, confirm, (body) => {
      body.cases = body.cases.map(() => 181);
    });
    expect(await findings(rechained(stray.slice(0, -1)))).toMatch(
      /Case 181 is not one of the pool[\s\S]*Case 181 is not fresh/,
    );
  });
});

describe('a pool that answers in bits', () => {
  const POOL = { cases: 320, use: 'bit', asked: 120 } as const;
  const gateRows: GateRow[] = [];
  const whole = run(planOf(POOL, gateRows));

  test('decides on the same cases every time, and measures gains on others', async () => {
    const { events, rows } = await whole;
    const order = [...poolOrder(secretRoot(SECRET), POOL.cases)];
    const confirmed = bodiesOf(events, 'trial.confirmed');
    expect(confirmed.map(({ verdict }) => verdict)).toContain('accepted');
    expect(confirmed.map(({ verdict }) => verdict)).toContain('unconfirmed');
    const cases = pairCases(events);
    expect(cases).toEqual(order.slice(POOL.asked, POOL.asked + cases.length));
    const blocks = bodiesOf(events, 'candidate.promoted').map(({ n }) => n);
    expect(new Set(blocks)).toEqual(new Set([12]));
    expect(await findings(rows, gateRows)).toBe('');
    const { blind } = await verifySealed(rows);
    expect(blind.join()).toMatch(/what the pool gave.*record is not here/);
  });

  test('nothing of it but accepted or not is in the ledger', async () => {
    const { events } = await whole;
    for (const body of bodiesOf(events, 'trial.confirmed')) {
      expect(Object.keys(body).sort()).toEqual(
        ['against', 'alpha', 'arm', 'attempt', 'candidate', 'n', 'pool', 'spec', 'verdict'].sort(),
      );
      expect(body.n).toBe(POOL.asked);
      // Of the incumbent what was measured is known, but for the first time.
      expect([POOL.asked, 2 * POOL.asked]).toContain(body.pool?.evals);
    }
    const kept = gateRows.flatMap(({ body }) => (JSON.parse(body) as { values: number[] }).values);
    const text = JSON.stringify(events);
    expect(kept.length).toBeGreaterThan(POOL.asked);
    expect(kept.filter((value) => text.includes(String(value)))).toEqual([]);
  });

  test('every yes and every attempt makes the next level dearer', async () => {
    const main = bodiesOf((await whole).events, 'trial.confirmed').filter((b) => b.arm === 'main');
    const levels = main.map(({ alpha = 0 }) => alpha);
    expect(levels.length).toBeGreaterThan(1);
    expect([...levels].sort((a, b) => b - a)).toEqual(levels);
  });

  test('one that no longer bears the next level ends the search', async () => {
    const { events, rows } = await run(planOf({ ...POOL, asked: 40 }));
    const attempts = bodiesOf(events, 'trial.confirmed').map(({ arm, attempt }) => [arm, attempt]);
    expect(attempts.filter(([, attempt]) => attempt !== 1)).toEqual([]);
    const [closed] = bodiesOf(events, 'study.closed');
    expect(closed).toMatchObject({ reason: 'exhausted', stoppedBy: 'pool' });
    expect(await findings(rows)).toBe('');
  });

  test('killed between answer and entry it gets the same answer; an older record is refused', async () => {
    const { events, logical } = await whole;
    const last = events.findLastIndex(({ type }) => type === 'trial.confirmed');
    for (const cut of [last, last + 1]) {
      const rows = [...gateRows];
      const resumed = await continueFrom(planOf(POOL, rows), events.slice(0, cut));
      expect(resumed.logical).toBe(logical);
      expect(rows).toEqual(gateRows);
    }
    const older = continueFrom(planOf(POOL, gateRows.slice(0, -1)), events.slice(0, last + 1));
    await expect(older).rejects.toMatchObject({ code: 'GATE_STORE' });
  });

  test.each([
    ['a verdict turned around', { verdict: 'accepted' }, /something else/],
    ['a level that was not paid for', { alpha: 0.05 }, /level .*, not 0\.05/],
    ['evidence that was told', { logE: 3 }, /tells more of the pool/],
    ['a part of the pool', { n: 30 }, /The whole pool is 120 pairs, not 30/],
    [
      'evaluations that were not made',
      { pool: { evals: 5, entry: 1, evidence: COMMIT } },
      /cannot be those/,
    ],
    ['an attempt that is not counted', { attempt: 9 }, /not attempt 9/],
    ['another test', { spec: { method: 'symmetric', scale: 9, margin: 0 } }, /test was fixed as/],
  ])('found by verify: %s', async (_name, change, says) => {
    const at = { type: 'trial.confirmed', has: '"verdict":"unconfirmed"' } as const;
    const rows = withEdit((await whole).rows, at, (body) => void Object.assign(body, change));
    expect(await findings(rows, gateRows)).toMatch(says);
  });

  test('found by verify: a confirm that names no keeper, and a bit that its values do not give', async () => {
    const { rows } = await whole;
    const at = { type: 'trial.confirmed' } as const;
    const unkept = withEdit(rows, at, (body) => void Reflect.deleteProperty(body, 'pool'));
    expect(await findings(unkept, gateRows)).toMatch(/decides by its keeper, and none is named/);
    let before = gateGenesis(COMMIT);
    const turned = gateRows.map((row) => {
      const body = row.body.replace('"verdict":"unconfirmed"', '"verdict":"accepted"');
      const next = nextGateRow(before, { ...row, body });
      before = next.hash;
      return next;
    });
    expect(await findings(rows, turned)).toMatch(/older copy/);
  });
});

test.each<StudyPool>([
  { cases: 180, use: 'blocks', asked: 0 },
  { cases: 320, use: 'bit', asked: 120 },
])('the report of $use says what the pool was used for, and passes its audit', async (pool) => {
  const { events } = await run(planOf(pool));
  const facts = await factsFrom(events);
  const html = htmlReport(facts);
  const markdown = markdownReport(facts);
  const used = pairCases(events).length;
  expect(facts.book.get('pool.words')?.text).toMatch(new RegExp(`${used} used, each once$`));
  expect(markdown).toMatch(/each once/);
  expect(markdown.includes('how far it went stays with the gate')).toBe(pool.use === 'bit');
  expect(await auditReport({ html, markdown }, facts, pagesOf(events))).toEqual([]);
});
