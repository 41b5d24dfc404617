/** Parts that break in the middle of a study end it with a sentence: never a loop, never a number. */
import { expect, test } from 'vitest';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { ask, type Study } from '../../src/loop/study.ts';
import type { Queue } from '../../src/queues/contract.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { seededEvaluator, smallPlan } from '../../src/testing/small-study.ts';

/** Every case after the first `healthy` requests ends as told. */
function failingAfter(healthy: number, fail: () => 'crashed' | never): Evaluator {
  const evaluator = seededEvaluator();
  let asked = 0;
  return {
    ...evaluator,
    measure(requests, signal) {
      asked += 1;
      if (asked <= healthy) return evaluator.measure(requests, signal);
      const outcome = fail();
      return requests.map(({ cases }) => ({
        cases: cases.map(() => ({ outcome, message: 'gone' })),
        cpuMs: 0,
      }));
    },
  };
}

async function begin(parts: Partial<Plan>): Promise<Study> {
  const plan = { ...smallPlan({ clock: manualClock() }), ...parts };
  const ledger = await memoryStore(plan).open('small', 'write');
  return openStudy({ plan, ledger, reporters: [] });
}

const crash = (): 'crashed' => 'crashed';
const breakDown = (): never => {
  throw new Error('the judge caught fire');
};

test('a judge that scores neither side any more is named, and no pair is made up', async () => {
  const study = await begin({ judge: failingAfter(4, crash) });
  await expect(runLoop(study)).rejects.toThrow(/scored neither of the two candidates/);
  expect(study.state.promotions).toBe(0);
  expect(study.state.open?.differences ?? []).not.toContain(Number.NaN);
});

/** Never the same twice, and without a score for anybody on some cases. */
function noisyWithDeadCases(isDead: (seed: number) => boolean): Evaluator {
  const evaluator = seededEvaluator();
  let calls = 0;
  return {
    ...evaluator,
    traits: { ...evaluator.traits, deterministic: false },
    async measure(requests, signal) {
      const measured = await evaluator.measure(requests, signal);
      return measured.map((one, i) => ({
        ...one,
        cases: one.cases.map((result, j) => {
          if (isDead(requests[i]?.cases[j] ?? 0))
            return { outcome: 'crashed', message: 'dead case' };
          calls += 1;
          return result.outcome === 'scored'
            ? { ...result, value: result.value + calls / 1e9 }
            : result;
        }),
      }));
    },
  };
}

test('a case that neither side survives is recorded without a score, and the study goes on', async () => {
  const judge = noisyWithDeadCases((seed) => seed % 9 === 0);
  const study = await begin({ judge, search: inlineQueue(noisyWithDeadCases(() => false)) });
  await runLoop(study);
  expect(study.state.closed).toBeDefined();
  const pages = study.ledger.read(0);
  const unscored: boolean[] = [];
  for await (const page of pages) {
    for (const { type, body } of page) {
      if (type !== 'measurement.recorded' || body.againstValues === undefined) continue;
      unscored.push(
        ...body.values.map((one, i) => one === null && body.againstValues?.[i] === null),
      );
    }
  }
  expect(unscored.filter(Boolean).length).toBeGreaterThan(3);
});

test('an incumbent the search cannot score any more ends the study after a few tries', async () => {
  const search = inlineQueue(failingAfter(3, crash));
  const study = await begin({ search });
  await expect(runLoop(study)).rejects.toThrow(/has no score on fresh training cases/);
  expect(study.state.seq).toBeLessThan(20);
});

/** Of what no trial asks for, floor and references, each request is spoiled so many times before it is answered. */
function spoilt(times: number): Queue {
  const queue = inlineQueue(seededEvaluator());
  const asked = new Map<string, number>();
  return {
    ...queue,
    measure(requests, signal, order) {
      const key = JSON.stringify(requests);
      const before = asked.get(key) ?? 0;
      asked.set(key, before + 1);
      if (order !== undefined || before % (times + 1) === times)
        return queue.measure(requests, signal, order);
      const outcome = 'infra-error' as const;
      return requests.map(({ cases }) => ({
        cases: cases.map(() => ({ outcome, message: 'no process left' })),
        cpuMs: 0,
      }));
    },
  };
}

test('what the machine spoils in floor and references is measured again, and the study is the same', async () => {
  const whole = await begin({});
  await runLoop(whole);
  const spoiled = await begin({ search: spoilt(2) });
  await runLoop(spoiled);
  expect(spoiled.ledger.durable.logical).toBe(whole.ledger.durable.logical);
});

test('a machine that spoils the floor three times is named, not the origin', async () => {
  const study = await begin({ search: spoilt(3) });
  await expect(runLoop(study)).rejects.toMatchObject({
    code: 'INFRASTRUCTURE',
    message: expect.stringMatching(/because of the machine.*run the same command again/),
  });
});

test('a machine that spoils a reference three times is named, and nothing is recorded of it', async () => {
  const queue = inlineQueue(seededEvaluator());
  const dead = spoilt(3);
  let isDead = false;
  const study = await begin({
    search: { ...queue, measure: (...request) => (isDead ? dead : queue).measure(...request) },
  });
  const append = study.ledger.append.bind(study.ledger);
  study.ledger.append = (drafts, blobs) => {
    isDead ||= drafts.some(({ trial }) => trial === 5);
    return append(drafts, blobs);
  };
  await expect(runLoop(study)).rejects.toMatchObject({
    code: 'INFRASTRUCTURE',
    message: expect.stringMatching(/run paceline resume/),
  });
  const missing: string[] = [];
  for await (const page of study.ledger.read(0)) {
    for (const { type, body } of page) {
      if (type === 'measurement.recorded' && body.values.includes(null)) missing.push(body.purpose);
    }
  }
  expect(missing).toEqual([]);
});

test('a judge that breaks in the comparison after a stop is an error, not a loop', async () => {
  let isBroken = false;
  const healthy = seededEvaluator();
  const judge: Evaluator = {
    ...healthy,
    measure: (requests, signal) => (isBroken ? breakDown() : healthy.measure(requests, signal)),
  };
  const study = await begin({ judge, budget: {} });
  const append = study.ledger.append.bind(study.ledger);
  study.ledger.append = (drafts, blobs) => {
    const stored = append(drafts, blobs);
    if (stored.some(({ type }) => type === 'candidate.promoted')) {
      isBroken = true;
      ask(study, 'stop');
    }
    return stored;
  };
  await expect(runLoop(study)).rejects.toThrow(/caught fire/);
  expect(study.state.promotions).toBe(1);
});

test('a broken part is an error even while a stop is under way', async () => {
  const judge = failingAfter(4, () => {
    ask(study, 'stop');
    return breakDown();
  });
  const study = await begin({ judge, budget: {} });
  await expect(runLoop(study)).rejects.toThrow(/caught fire/);
});

test('a stop cannot undo a pause', async () => {
  const study = await begin({ budget: {} });
  const append = study.ledger.append.bind(study.ledger);
  study.ledger.append = (drafts, blobs) => {
    if (drafts.some(({ trial }) => trial === 5)) {
      ask(study, 'pause');
      ask(study, 'stop');
    }
    return append(drafts, blobs);
  };
  await runLoop(study);
  expect(study.wish).toBe('pause');
  expect(study.state.closed).toBeUndefined();
});
