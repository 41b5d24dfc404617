/** A study that yields after every grant and goes on later is the study it would be alone. */
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../src/core/events.ts';
import type { GateRow } from '../../src/core/gate-chain.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Budget, Plan } from '../../src/loop/plan.ts';
import { openStudy, resumeStudy } from '../../src/loop/recovery.ts';
import type { Study } from '../../src/loop/study.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import type { Ledger } from '../../src/stores/contract.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { seededEvaluator, smallPlan } from '../../src/testing/small-study.ts';
import {
  FITTED,
  fittedEvaluator,
  planted,
  sealedCases,
  sealedPlan,
} from './fixtures/sealed-study.ts';
import { runSmall } from './fixtures/small-run.ts';

const planOf = (more: Partial<Parameters<typeof smallPlan>[0]> = {}): Plan =>
  smallPlan({ clock: manualClock(), ...more });

async function inSlices(plan: () => Plan, grant: Budget) {
  const ledger = await memoryStore({ clock: manualClock() }).open('small', 'write');
  let study: Study = await openStudy({ plan: plan(), ledger, reporters: [], grant });
  await runLoop(study);
  let slices = 1;
  for (; study.state.closed === undefined; slices++) {
    expect(slices, 'every slice gets on').toBeLessThan(200);
    study = await resumeStudy({ plan: plan(), ledger, reporters: [], grant });
    await runLoop(study);
  }
  return { slices, logical: ledger.durable.logical, events: await eventsOf(ledger) };
}

async function eventsOf(ledger: Ledger): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of ledger.read(0)) events.push(...page);
  return events;
}

test.each([{ trials: 1 }, { trials: 7 }, { evals: 1 }, { evals: 60 }])(
  'slices of %j give the digest of one run',
  async (grant) => {
    const whole = await runSmall(planOf());
    const sliced = await inSlices(planOf, grant);
    expect(sliced.slices).toBeGreaterThan(3);
    expect(sliced.logical).toBe(whole.logical);
  },
);

test('a study with a sealed hold-out, whose gate keeps its own record, too', async () => {
  const effects = { 4: FITTED + 1, 12: 3, 20: 5.9 };
  const sealed = (rows: GateRow[]) => (): Plan =>
    sealedPlan({
      rows,
      proposers: [planted(effects), planted(effects)],
      judge: fittedEvaluator(sealedCases(1), (value) => ({ outcome: 'scored', value })),
      queries: 3,
    });
  const [alone, cut]: [GateRow[], GateRow[]] = [[], []];
  const whole = await runSmall(sealed(alone)());
  const sliced = await inSlices(sealed(cut), { trials: 3 });
  expect(sliced.logical).toBe(whole.logical);
  expect(cut.length).toBe(alone.length);
  expect(cut.length).toBeGreaterThan(1);
});

test('nothing measured is measured twice: the evaluator is asked as often as by one run', async () => {
  const counting = () => {
    const evaluator = seededEvaluator();
    let cases = 0;
    return {
      count: () => cases,
      plan: () =>
        planOf({
          search: inlineQueue({
            ...evaluator,
            measure(requests, signal) {
              for (const one of requests) cases += one.cases.length;
              return evaluator.measure(requests, signal);
            },
          }),
        }),
    };
  };
  const [alone, cut] = [counting(), counting()];
  // A whole run ends with trials in flight that it drops; one that yields at its last has none.
  await runSmall(alone.plan());
  await inSlices(cut.plan, { trials: 5 });
  expect(cut.count()).toBe(alone.count());
});

test('a grant is no budget: the study stays open, and its own budget closes it', async () => {
  const ledger = await memoryStore({ clock: manualClock() }).open('small', 'write');
  const study = await openStudy({ plan: planOf(), ledger, reporters: [], grant: { trials: 10 } });
  await runLoop(study);
  expect(study.state.closed).toBeUndefined();
  expect(study.wish).toBeUndefined();
  expect(study.flight.size).toBe(0);
  expect(study.state.committed).toBeGreaterThanOrEqual(10);
  expect(study.state.committed).toBeLessThan(10 + study.plan.opened.lookahead);
});

test('time that passes ends a turn too', async () => {
  const clock = manualClock();
  const evaluator = seededEvaluator();
  const search = inlineQueue({
    ...evaluator,
    measure(requests, signal) {
      clock.advance(1);
      return evaluator.measure(requests, signal);
    },
  });
  const ledger = await memoryStore({ clock }).open('small', 'write');
  const plan = smallPlan({ clock, search });
  const study = await openStudy({ plan, ledger, reporters: [], grant: { wallMs: 30 } });
  await runLoop(study);
  expect(study.state.closed).toBeUndefined();
  expect(study.state.activeMs).toBeGreaterThanOrEqual(30);
});
