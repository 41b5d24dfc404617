/**
 * The sealed hold-out: asked before a promotion, so often and no oftener whatever becomes of the
 * engine or its ledger, and told in single bits until the study is over.
 */
import { describe, expect, test } from 'vitest';
import type { GateRow } from '../../src/core/gate-chain.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { openStudy, resumeStudy } from '../../src/loop/recovery.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { auditReport } from '../../src/reporters/audit.ts';
import { htmlReport } from '../../src/reporters/html.ts';
import { runResult } from '../../src/reporters/json.ts';
import { announcement } from '../../src/reporters/live/announcement.ts';
import { markdownReport } from '../../src/reporters/markdown.ts';
import { verdictLines } from '../../src/reporters/verdict.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { factsFrom, pagesOf } from '../../src/testing/sample-report.ts';
import { seededEvaluator } from '../../src/testing/small-study.ts';
import { STEP } from '../thorough.ts';
import {
  answered,
  bodiesOf,
  CASES,
  FITTED,
  fittedEvaluator,
  planted,
  runSealed,
  sealedCases,
  sealedPlan,
  verifySealed,
} from './fixtures/sealed-study.ts';
import { continueFrom, runSmall } from './fixtures/small-run.ts';

const whole = await runSealed();

test('every promotion was let pass by the hold-out first, and verify derives it again', async () => {
  const promoted = bodiesOf(whole.events, 'candidate.promoted');
  const passed = bodiesOf(whole.events, 'holdout.queried');
  expect(promoted.length).toBeGreaterThan(1);
  expect(passed.map(({ candidate }) => candidate)).toEqual(
    promoted.map(({ candidate }) => candidate),
  );
  const report = await verifySealed(whole.rows, whole.gateRows);
  expect(report.findings).toEqual([]);
  expect(report.blind.join()).not.toMatch(/hold-out/);
  const alone = await verifySealed(whole.rows);
  expect(alone.findings).toEqual([]);
  expect(alone.blind.join()).toMatch(/what the sealed hold-out gave.*record is not here/);
});

test('the ledger holds no value of a sealed set before the search is over', () => {
  const types = whole.events.map(({ type }) => type);
  const revealed = types.indexOf('holdout.revealed');
  expect(types.slice(revealed - 1)).toEqual(['arm.compared', 'holdout.revealed', 'study.closed']);
  const { values } = bodiesOf(whole.events, 'holdout.revealed')[0] ?? { values: [] };
  expect(values).toHaveLength(CASES);
  const before = JSON.stringify(whole.events.slice(0, revealed));
  expect(values.filter((value) => before.includes(String(value)))).toEqual([]);
});

test('what is proposed and how it scores is the same with and without a hold-out', async () => {
  const plan = sealedPlan();
  const { holdout: _, ...opened } = plan.opened;
  const { holdout: _gate, ...without } = plan;
  const plain = await runSmall({ ...without, opened });
  const settled = bodiesOf(whole.events, 'trial.settled');
  expect(settled).toEqual(bodiesOf(plain.events, 'trial.settled'));
  expect(settled.length).toBe(40);
});

test('where the evaluator does not repeat itself both sides are measured, beside each other', async () => {
  const honest = seededEvaluator();
  let runs = 0;
  const orders: string[] = [];
  const judge = {
    ...honest,
    traits: { ...honest.traits, deterministic: false },
    measure: async (...[requests, signal]: Parameters<typeof honest.measure>) => {
      const measured = await honest.measure(requests, signal);
      const sealed = sealedCases(1);
      for (const { candidate, cases } of requests)
        if (cases.some((one) => sealed.has(one))) orders.push(candidate.id.slice(7, 11));
      const noise = (value: number): number => value + 1e-6 * runs++;
      return measured.map((one) => ({
        ...one,
        cases: one.cases.map((c) => (c.outcome === 'scored' ? { ...c, value: noise(c.value) } : c)),
      }));
    },
  };
  const run = await runSealed({ judge, search: inlineQueue(judge) });
  const asked = bodiesOf(run.events, 'holdout.queried');
  expect(new Set(asked.map(({ evals }) => evals))).toEqual(new Set([2 * CASES]));
  const first = orders.slice(CASES, 3 * CASES);
  const pairs = Array.from({ length: CASES }, (_, i) => first.slice(2 * i, 2 * i + 2).join(' '));
  // One of each side in every pair, in an order that a coin chose.
  expect(new Set(pairs).size).toBe(2);
  expect((await verifySealed(run.rows, run.gateRows)).findings).toEqual([]);
});

test('its evaluations are charged', async () => {
  const { evals } = bodiesOf(whole.events, 'holdout.sealed')[0] ?? { evals: 0 };
  expect(evals).toBe(CASES);
  const asked = bodiesOf(whole.events, 'holdout.queried');
  // What the incumbent gives is known: it repeats itself.
  expect(new Set(asked.map((one) => one.evals))).toEqual(new Set([CASES]));
  const first = await runSealed({ budget: { evals: 12 + CASES + 24 } });
  expect(bodiesOf(first.events, 'study.closed')[0]?.stoppedBy).toBe('evals');
  expect(bodiesOf(first.events, 'trial.settled').length).toBe(0);
});

test('a study cut at many entries asks nothing a second time and ends the same', async () => {
  for (let cut = 1; cut < whole.events.length; cut += 3 * STEP) {
    const known = whole.events.slice(0, cut);
    const named = known.filter(({ type }) => type.startsWith('holdout.')).length;
    // The gate is one entry ahead where the engine ended before it could write that down.
    for (const ahead of [0, 1]) {
      const rows = whole.gateRows.slice(0, named + ahead);
      const resumed = await continueFrom(sealedPlan({ rows }), known);
      expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
      expect(rows, `cut after entry ${cut}`).toEqual(whole.gateRows);
    }
  }
});

/** The gate answers, and the engine ends before it can write that down. */
function dyingAfterAnswer(plan: Plan): Plan {
  if (plan.holdout === undefined) throw new Error('no gate');
  const judge: typeof plan.holdout.judge = async (...asked) => {
    await plan.holdout?.judge(...asked);
    throw new Error('killed');
  };
  return { ...plan, holdout: { ...plan.holdout, judge } };
}

test('killed between verdict and entry: the same answer again, no second question', async () => {
  const rows: GateRow[] = [];
  const ledger = await memoryStore(sealedPlan()).open('sealed', 'write');
  const dying = dyingAfterAnswer(sealedPlan({ rows }));
  const study = await openStudy({ plan: dying, ledger, reporters: [] });
  await expect(runLoop(study)).rejects.toThrow('killed');
  expect(answered(rows)).toHaveLength(1);
  const again = await resumeStudy({
    plan: dyingAfterAnswer(sealedPlan({ rows })),
    ledger,
    reporters: [],
  });
  await expect(runLoop(again)).rejects.toThrow('killed');
  expect(answered(rows)).toHaveLength(1);
  await runLoop(await resumeStudy({ plan: sealedPlan({ rows }), ledger, reporters: [] }));
  expect(ledger.durable.logical).toBe(whole.logical);
  expect(rows).toEqual(whole.gateRows);
});

test('killed amid a verdict: nothing was answered, nothing is promoted', async () => {
  const sealed = sealedCases(1);
  const rows: GateRow[] = [];
  let isSealing = true;
  const honest = seededEvaluator();
  const judge = {
    ...honest,
    measure: (...asked: Parameters<typeof honest.measure>) => {
      const isAsked = asked[0].some(({ cases }) => cases.some((one) => sealed.has(one)));
      if (isAsked && !isSealing) throw new Error('killed');
      return honest.measure(...asked);
    },
  };
  const plan = sealedPlan({ rows, judge });
  const ledger = await memoryStore(plan).open('sealed', 'write');
  const study = await openStudy({ plan, ledger, reporters: [] });
  isSealing = false;
  // The first set is sealed before the first trial; only then do the questions die.
  const gate = plan.holdout;
  const seal: NonNullable<Plan['holdout']>['seal'] = async (...asked) => {
    isSealing = true;
    const said = await gate?.seal(...asked);
    isSealing = false;
    if (said === undefined) throw new Error('no gate');
    return said;
  };
  const watched = { ...study, plan: { ...plan, holdout: { ...gate, seal } as Plan['holdout'] } };
  await expect(runLoop(watched as typeof study)).rejects.toThrow('killed');
  expect(answered(rows)).toEqual([]);
  expect(study.state.promotions).toBe(0);
  expect(study.state.open?.phase).toBe('accepted');
});

describe('the count of questions lives with the gate', () => {
  const asked = answered(whole.gateRows).length;

  test('an older copy of its record, or none, is refused before anything is asked', async () => {
    const cut = whole.events.findLastIndex(({ type }) => type === 'candidate.promoted');
    const known = whole.events.slice(0, cut + 1);
    for (const rows of [[], whole.gateRows.slice(0, 2)]) {
      const resumed = continueFrom(sealedPlan({ rows: [...rows] }), known);
      await expect(resumed).rejects.toMatchObject({ code: 'GATE_STORE' });
      await expect(resumed).rejects.toThrow(/older copy/);
    }
    const enough = continueFrom(sealedPlan({ rows: [...whole.gateRows] }), known);
    expect((await enough).logical).toBe(whole.logical);
  });

  test('an older copy of the ledger does not turn it back', async () => {
    const cut = whole.events.findIndex(({ type }) => type === 'holdout.sealed');
    const rows = whole.gateRows.filter(({ kind }) => kind !== 'revealed');
    const old = whole.events.slice(0, cut + 1);
    // Other proposals than before: what was asked then is not asked now.
    const other = sealedPlan({ rows, proposers: [planted({ 3: 4 }), planted({ 3: 4 })] });
    const resumed = await continueFrom(other, old);
    const first = bodiesOf(resumed.events, 'holdout.queried')[0];
    expect(first).toMatchObject({ query: asked + 1, queriesLeft: 20 - asked - 1 });
    expect(answered(rows)).toHaveLength(asked + 1);
  });

  test('when the gate has retired the set meanwhile, the next one is sealed', async () => {
    const cut = whole.events.findIndex(({ type }) => type === 'holdout.sealed');
    const other = sealedPlan({
      rows: [...whole.gateRows],
      proposers: [planted({ 3: 4 }), planted({ 3: 4 })],
    });
    const resumed = await continueFrom(other, whole.events.slice(0, cut + 1));
    const sets = bodiesOf(resumed.events, 'holdout.sealed').map(({ generation }) => generation);
    expect(sets).toEqual([1, 2]);
    expect(bodiesOf(resumed.events, 'holdout.queried')[0]).toMatchObject({
      generation: 2,
      query: 1,
    });
  });
});

test('a set whose questions are spent is retired, the next is other cases, and both are shown', async () => {
  const run = await runSealed({ queries: 1, budget: { trials: 60 } });
  const asked = bodiesOf(run.events, 'holdout.queried');
  expect(asked.length).toBeGreaterThan(1);
  for (const one of asked)
    expect(one).toMatchObject({ query: 1, queriesLeft: 0, retired: 'spent' });
  const sets = bodiesOf(run.events, 'holdout.sealed').map(({ generation }) => generation);
  expect(sets.slice(0, asked.length)).toEqual(asked.map((_, i) => i + 1));
  const shown = bodiesOf(run.events, 'holdout.revealed');
  expect(shown.map(({ generation }) => generation)).toEqual(sets);
  const cases = shown.flatMap((one) => one.cases);
  expect(new Set(cases).size).toBe(cases.length);
  expect((await verifySealed(run.rows, run.gateRows)).findings).toEqual([]);
});

describe('a candidate that is better everywhere but on the sealed cases', () => {
  const proposers = [planted({ 4: FITTED + 1, 12: 4 }), planted({ 4: FITTED + 1, 12: 4 })];

  test('passes its confirm, has its block, and is refused', async () => {
    const judge = fittedEvaluator(sealedCases(1), (value) => ({ outcome: 'scored', value }));
    const run = await runSealed({ proposers, judge });
    const confirmed = bodiesOf(run.events, 'trial.confirmed').filter(({ arm }) => arm === 'main');
    expect(confirmed.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
    const [refused, passed] = bodiesOf(run.events, 'holdout.queried');
    expect(refused).toMatchObject({ gate: 'fail', retired: 'contradicted', queriesLeft: 19 });
    expect(refused?.why).toMatch(/three standard errors below/);
    // The next set is asked about the honest one, which keeps its share of the error budget spent.
    expect(passed).toMatchObject({ generation: 2, query: 1, gate: 'pass' });
    expect(confirmed.map(({ index }) => index)).toEqual([1, 2]);
    const promoted = run.events.filter(({ type }) => type === 'candidate.promoted');
    expect(promoted.map(({ trial }) => trial)).toEqual([12]);
    expect((await verifySealed(run.rows, run.gateRows)).findings).toEqual([]);
  });

  test('one that has no score there is refused too', async () => {
    const crash = { outcome: 'crashed', message: 'planted' } as const;
    const judge = fittedEvaluator(new Set([...sealedCases(1)].slice(0, 1)), () => crash);
    const run = await runSealed({ proposers, judge });
    const [refused] = bodiesOf(run.events, 'holdout.queried');
    expect(refused).toMatchObject({
      gate: 'fail',
      verdict: 'not-improved',
      retired: 'contradicted',
    });
    expect(refused?.why).toMatch(/no score on a sealed case/);
    expect((await verifySealed(run.rows, run.gateRows)).findings).toEqual([]);
  });

  test('without the hold-out it would have been promoted', async () => {
    const judge = fittedEvaluator(sealedCases(1), (value) => ({ outcome: 'scored', value }));
    const { holdout: _, opened, ...plan } = sealedPlan({ proposers, judge });
    const { holdout: _promise, ...promised } = opened;
    const run = await runSmall({ ...plan, opened: promised });
    const promoted = run.events.filter(({ type }) => type === 'candidate.promoted');
    expect(promoted[0]?.trial).toBe(4);
  });
});

describe('what people read of it', () => {
  const proposers = [planted({ 4: FITTED + 1, 12: 4 }), planted({ 4: FITTED + 1, 12: 4 })];
  const judge = fittedEvaluator(sealedCases(1), (value) => ({ outcome: 'scored', value }));
  const read = runSealed({ proposers, judge });

  test('the report names both sets, the refusal and the figure, and passes its audit', async () => {
    const { events } = await read;
    const facts = await factsFrom(events);
    const html = htmlReport(facts);
    const markdown = markdownReport(facts);
    for (const text of [html, markdown]) {
      expect(text).toMatch(/set 1 of 40 cases, 1 of 20 questions asked, retired, it contradicted/);
      expect(text).toMatch(/refused: its gain on the sealed cases is more than three standard/);
      expect(text).toMatch(/gate\\?-failed/);
    }
    expect(verdictLines(facts).join('\n')).toMatch(
      /Sealed hold-out, reused and so not the gain: the final incumbent .* sigma, what the set was sealed for/,
    );
    expect(await auditReport({ html, markdown }, facts, pagesOf(events))).toEqual([]);
  });

  test('a refused attempt counts in the error budget that the report sums', async () => {
    const { events } = await read;
    const [refused] = bodiesOf(events, 'trial.confirmed').filter(({ arm }) => arm === 'main');
    const { book } = await factsFrom(events);
    expect(book.get('confirms.alphaSpent')?.value).toBeCloseTo(refused?.alpha ?? Number.NaN, 12);
  });

  test('run --json has the count of the last set, and at the end its figure', async () => {
    const { events } = await read;
    const metrics = async (upTo: number): Promise<unknown> => {
      const line = runResult(await factsFrom(events.slice(0, upTo)), { exitCode: 0 });
      return (line as { incumbent: { metrics: { holdout: unknown } } }).incumbent.metrics.holdout;
    };
    const revealed = events.findIndex(({ type }) => type === 'holdout.revealed');
    expect(await metrics(revealed)).toEqual({ set: 2, queriesAsked: 1, queriesLeft: 19 });
    expect(await metrics(events.length)).toMatchObject({ set: 2, score: { n: CASES } });
  });

  test('on the terminal each answer is a line', async () => {
    const { events } = await read;
    const said = events.flatMap((event) => announcement(event, undefined));
    expect(said.filter((line) => line.startsWith('Hold-out set'))).toHaveLength(2);
    expect(said.filter((line) => line.includes('at the hold-out'))).toEqual([
      expect.stringMatching(/^Trial 4 at the hold-out: refused: .*; the set is retired/),
      expect.stringMatching(/^Trial 12 at the hold-out: improved \(set 2, question 1, 19 left\)$/),
    ]);
  });
});
