/** Budgets are limits: nothing new begins once one is used up, and what was found by then stands. */

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/app/system-clock.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { totalEvals } from '../../src/loop/decide.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Budget } from '../../src/loop/plan.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { ask } from '../../src/loop/study.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { listProposer } from '../../src/proposers/scripted.ts';
import type { Queue } from '../../src/queues/contract.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { seededEvaluator, smallPlan } from '../../src/testing/small-study.ts';
import { continueFrom, runSmall, type SmallRun } from './fixtures/small-run.ts';

const run = (budget: Budget): Promise<SmallRun> =>
  runSmall(smallPlan({ clock: manualClock(), budget }));

const ends = ({ events }: SmallRun) => events.at(-1)?.body;

test.each<[string, Budget]>([
  ['trials', { trials: 0 }],
  ['evals', { evals: 0 }],
  ['wall', { wallMs: 0 }],
])('a budget of no %s closes at once with nothing spent', async (stoppedBy, budget) => {
  const done = await run(budget);
  expect(done.events.map(({ type }) => type)).toEqual(['study.opened', 'study.closed']);
  expect(ends(done)).toMatchObject({ reason: 'budget', stoppedBy });
});

test('exactly the trials asked for are settled, however many may be in flight', async () => {
  const done = await run({ trials: 13 });
  expect(done.study.state.committed).toBe(13);
  expect(ends(done)).toMatchObject({ reason: 'budget', stoppedBy: 'trials' });
});

/** The most one trial with its confirm and block spends here: screen, probes, pairs, reference. */
const ONE_TRIAL_AT_MOST = 200;

test('evaluations end the search within one trial of the limit', async () => {
  const done = await run({ evals: 400 });
  const spent = totalEvals(done.study.state);
  expect(spent).toBeGreaterThanOrEqual(400);
  expect(spent).toBeLessThan(400 + ONE_TRIAL_AT_MOST);
  expect(ends(done)).toMatchObject({ reason: 'budget', stoppedBy: 'evals' });
});

test('evaluations that a proposer declares are spent like any other', async () => {
  const declaring = (evals: number): Promise<SmallRun> => {
    const proposer: Proposer = {
      name: 'modelling',
      traits: { repeatable: true, sequential: false },
      init: () => null,
      ask: (_state, { trial }) => {
        const text = JSON.stringify({ trial, effect: 0 });
        const draft = { text, key: text, parents: [], operator: 'model', considered: 1, size: 1 };
        return { ...draft, ...(evals > 0 ? { evals } : {}) };
      },
      tell: (state) => state,
    };
    const budget = { evals: 2_000, trials: 40 };
    return runSmall(smallPlan({ clock: manualClock(), budget, proposers: [proposer] }));
  };
  const [silent, open] = [await declaring(0), await declaring(100)];
  expect(ends(silent)).toMatchObject({ stoppedBy: 'trials' });
  expect(ends(open)).toMatchObject({ stoppedBy: 'evals' });
  const settled = open.events.flatMap((one) => (one.type === 'trial.settled' ? [one.body] : []));
  for (const { evals, values } of settled)
    expect(evals).toBeGreaterThanOrEqual(100 + values.length);
});

test('proposers that are used up end the search, with its comparisons, wherever it was resumed', async () => {
  const list = [0, 0.5, 3].map((effect, i) => {
    const text = JSON.stringify({ trial: i, effect });
    return { text, operator: `candidate ${i}`, key: text, size: 1 };
  });
  const plan = () =>
    smallPlan({
      clock: manualClock(),
      budget: { trials: 500 },
      proposers: [listProposer(list) as Proposer],
    });
  const done = await runSmall(plan());
  expect(ends(done)).toMatchObject({ reason: 'exhausted', stoppedBy: 'proposers' });
  const proposed = (arm: string) =>
    new Set(
      done.events.flatMap((event) =>
        event.type === 'trial.settled' && event.body.arm === arm ? [event.body.key] : [],
      ),
    );
  for (const arm of ['main', 'best-of-n']) expect(proposed(arm).size).toBe(list.length);
  expect(done.study.state.compared).toEqual(['origin', 'best-of-n']);
  for (let cut = 1; cut < done.events.length; cut += 5) {
    const again = await continueFrom(plan(), done.events.slice(0, cut));
    expect(again.logical).toBe(done.logical);
  }
});

test('wall time is active time: a clock that jumps backwards or ahead changes nothing', async () => {
  const clock = manualClock();
  const evaluator = seededEvaluator();
  const ticking = inlineQueue({
    ...evaluator,
    measure(requests, signal) {
      clock.advance(10);
      clock.jumpWall(-5_000);
      return evaluator.measure(requests, signal);
    },
  });
  const done = await runSmall(smallPlan({ clock, budget: { wallMs: 600 }, search: ticking }));
  expect(ends(done)).toMatchObject({ reason: 'budget', stoppedBy: 'wall' });
  const walls = done.events.map(({ meta }) => meta.wallMs ?? 0);
  expect(walls).toEqual([...walls].sort((a, b) => a - b));
  expect(done.study.state.committed).toBeGreaterThan(10);
});

test('a trial that outlasts the wall is given up before anything is compared, and in no entry', async () => {
  const inner = inlineQueue(seededEvaluator());
  const slow = { begun: 0, givenUp: 0 };
  const search: Queue = {
    ...inner,
    async measure(requests, signal, order = -1) {
      // Floor, references and the first trials are quick; all later trials would take a minute.
      if (order >= 5) {
        slow.begun += 1;
        await sleep(60_000, undefined, { signal }).finally(() => {
          slow.givenUp += 1;
        });
      }
      return inner.measure(requests, signal, order);
    },
  };
  const beside: number[] = [];
  const judge = seededEvaluator();
  const measure: Evaluator['measure'] = (requests, signal) => {
    beside.push(slow.begun - slow.givenUp);
    return judge.measure(requests, signal);
  };
  const plan = smallPlan({ clock: systemClock, budget: { wallMs: 300 }, search });
  const done = await runSmall({ ...plan, judge: { ...judge, measure } });
  expect(ends(done)).toMatchObject({ reason: 'budget', stoppedBy: 'wall' });
  expect(done.study.state.committed).toBe(5);
  expect(done.events.some(({ type }) => type === 'arm.compared')).toBe(true);
  expect(slow.begun).toBeGreaterThan(0);
  expect(beside.at(-1)).toBe(0);
  // A trial asks for one case at first: each that was begun and never answered has taken nothing yet.
  expect(done.events.at(-1)?.meta.givenUpEvals).toBeUndefined();
});

test('what the trials took that the wall gave up stands beside the end, and in no other count', async () => {
  const inner = inlineQueue(seededEvaluator());
  const calls = { begun: 0, answered: 0 };
  const search: Queue = {
    ...inner,
    async measure(requests, signal, order = -1) {
      if (order < 0) return inner.measure(requests, signal, order);
      // A few answers to trials under way, and then none.
      calls.begun += 1;
      if (calls.begun > 8) await sleep(60_000, undefined, { signal });
      calls.answered += requests.length;
      return inner.measure(requests, signal, order);
    },
  };
  const plan = smallPlan({ clock: systemClock, budget: { wallMs: 300 }, search });
  const probing: Proposer = {
    ...listProposer([{ text: '{"trial":0,"effect":0}', operator: 'x', key: 'x', size: 1 }]),
    isExhausted: () => false,
    async ask(_state, { trial, probe }) {
      const text = JSON.stringify({ trial, effect: 0 });
      await probe.measure([text, text, text], 0);
      return { text, key: text, parents: [], operator: 'probing', considered: 3, size: 1 };
    },
  };
  const lanes = plan.lanes.map((lane) => ({ ...lane, proposer: probing }));
  const done = await runSmall({ ...plan, lanes });
  expect(done.study.state.committed).toBe(0);
  expect(calls.answered).toBeGreaterThan(8);
  expect(done.events.at(-1)?.meta.givenUpEvals).toBe(calls.answered);
});

test('time spent before an interruption counts after it', async () => {
  const clock = manualClock();
  const whole = await runSmall(smallPlan({ clock, budget: { trials: 5 } }));
  const cut = whole.events
    .slice(0, -5)
    .map((event) => ({ ...event, meta: { ...event.meta, wallMs: 900 } }));
  const plan = smallPlan({ clock: manualClock(), budget: { wallMs: 900 } });
  const resumed = await continueFrom(plan, cut);
  expect(resumed.study.state.committed).toBe(
    cut.filter(({ type }) => type === 'trial.settled').length,
  );
  expect(ends(resumed)).toMatchObject({ stoppedBy: 'wall' });
});

test('a stop ends with the comparison and a closed study, a pause with neither', async () => {
  const ended = async (wish: 'pause' | 'stop') => {
    const plan = smallPlan({ clock: manualClock(), budget: {} });
    const ledger = await memoryStore(plan).open('small', 'write');
    const study = await openStudy({ plan, ledger, reporters: [] });
    const append = ledger.append.bind(ledger);
    ledger.append = (drafts, blobs) => {
      if (drafts.some(({ trial }) => trial === 8)) ask(study, wish);
      return append(drafts, blobs);
    };
    await runLoop(study);
    return study.state;
  };
  const stopped = await ended('stop');
  expect(stopped.closed).toMatchObject({ reason: 'stopped', stoppedBy: 'request' });
  expect(stopped.compared).toEqual(['origin', 'best-of-n']);
  const paused = await ended('pause');
  expect(paused.closed).toBeUndefined();
  expect(paused.committed).toBe(9);
});

test('a stop interrupted while it compares is still a stop when resumed', async () => {
  const plan = () => smallPlan({ clock: manualClock(), budget: { trials: 40 } });
  const { events } = await runSmall(smallPlan({ clock: manualClock(), budget: { trials: 20 } }));
  const first = events.findIndex(
    ({ type, body }) =>
      type === 'measurement.recorded' && 'purpose' in body && body.purpose === 'control',
  );
  const resumed = await continueFrom(plan(), events.slice(0, first + 1));
  expect(resumed.study.state.committed).toBe(20);
  expect(ends(resumed)).toMatchObject({ reason: 'stopped', stoppedBy: 'request' });
});
