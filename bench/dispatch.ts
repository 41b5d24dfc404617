/** What it costs to hand an evaluation to a warm worker, and what a second worker is worth. */
import { join } from 'node:path';
import { systemClock } from '../src/app/system-clock.ts';
import { sha256 } from '../src/core/hash.ts';
import type { MeasureRequest } from '../src/evaluators/contract.ts';
import { interpretedEvaluator } from '../src/evaluators/interpreted.ts';
import { encodeForest } from '../src/lang/codec.ts';
import { apply, constant, variable } from '../src/lang/forest.ts';
import { runLoop } from '../src/loop/loop.ts';
import type { Plan } from '../src/loop/plan.ts';
import { openStudy } from '../src/loop/recovery.ts';
import type { Proposer } from '../src/proposers/contract.ts';
import { scriptedProposer } from '../src/proposers/scripted.ts';
import type { Queue } from '../src/queues/contract.ts';
import { inlineQueue } from '../src/queues/inline.ts';
import { threadQueue } from '../src/queues/threads.ts';
import { memoryStore } from '../src/stores/memory.ts';
import { smallPlan } from '../src/testing/small-study.ts';
import { type Bench, type Figure, median } from './figure.ts';

const NEVER = new AbortController().signal;
const BATCH = 8;
const WARM_ROUNDS = 400;
const ROUNDS = 2000;
const TRIALS = 400;
const REPEATS = 7;

/** `waits`: the processor is somebody else's, so that two workers need no two idle cores. */
type How = 'computes' | 'waits';

const interpreter = (ms: number, how: How) => ({
  module: join(import.meta.dirname, 'dispatch-task.mjs'),
  vocabulary: {
    slots: [{ name: 'priority', inputs: ['item', 'space'], result: 'real' }],
  } as const,
  params: { ms, how },
  metric: 'value',
});

const inline = async (ms: number, how: How): Promise<Queue> =>
  inlineQueue(
    await interpretedEvaluator({ ...interpreter(ms, how), nowMs: systemClock.monotonicMs }),
  );

export const dispatch: Bench = {
  name: 'dispatch',
  what: `an evaluation in a warm worker, and studies of ${TRIALS} trials by one worker and by two`,
  seconds: 40,
  async run(say) {
    const roundTrips = await measureRoundTrips();
    say('round trips');
    const waiting = await measureStudies('waits');
    say('studies of evaluations that wait');
    const computing = await measureStudies('computes');
    return [...roundTrips, ...waiting, ...computing];
  },
};

const textOf = (trial: number): string =>
  encodeForest({ slots: { priority: apply('*', [variable('item'), constant(trial + 2)]) } });

function requestsOf(count: number): readonly MeasureRequest[] {
  return Array.from({ length: count }, (_, i) => {
    const text = textOf(i);
    return { candidate: { id: sha256(text), text }, cases: [i] };
  });
}

/** Microseconds for each of `BATCH` requests, median of the rounds, the ways taking turns. */
async function measureRoundTrips(): Promise<readonly Figure[]> {
  const here = await inline(0, 'computes');
  const there = await threadQueue({ workers: 1, interpreter: interpreter(0, 'computes') });
  const together = requestsOf(BATCH);
  const each = async (queue: Queue): Promise<void> => {
    await Promise.all(together.map((request) => queue.measure([request], NEVER)));
  };
  const alone = async (): Promise<void> => {
    for (const request of together) await there.measure([request], NEVER);
  };
  const ways = {
    inline: () => each(here),
    call: async () => void (await there.measure(together, NEVER)),
    calls: () => each(there),
    alone,
  };
  const found = await takeTurns(ways);
  await here.close();
  await there.close();
  const figure = (name: string, way: keyof typeof ways, note: string): Figure => ({
    name,
    value: found[way],
    unit: 'µs',
    note,
  });
  return [
    { ...figure('per evaluation, one call of 8', 'call', 'one worker'), target: { most: 50 } },
    {
      ...figure('per evaluation, 8 trials at once', 'calls', 'one worker; 8 calls of one'),
      target: { most: 50 },
    },
    figure('per evaluation, one at a time', 'alone', 'one worker'),
    figure('per evaluation, no worker', 'inline', 'in the calling thread: the evaluation itself'),
  ];
}

async function takeTurns<W extends string>(
  ways: Readonly<Record<W, () => Promise<void>>>,
): Promise<Readonly<Record<W, number>>> {
  const names = Object.keys(ways) as W[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  for (let round = -WARM_ROUNDS; round < ROUNDS; round++) {
    for (const name of names) {
      const start = systemClock.monotonicMs();
      await ways[name]();
      if (round >= 0) taken[name]?.push(((systemClock.monotonicMs() - start) * 1000) / BATCH);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(taken[name] ?? [])])) as Record<
    W,
    number
  >;
}

/** Wall time of one worker over that of two, runs in pairs. */
async function measureStudies(how: How): Promise<readonly Figure[]> {
  const ratios: number[] = [];
  const alone: number[] = [];
  const busy: number[] = [];
  let evals = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const one = await studyMs(1, how);
    const two = await studyMs(2, how);
    ratios.push(one.ms / two.ms);
    alone.push(one.ms / one.evals);
    busy.push(two.busy);
    evals = one.evals;
  }
  const words =
    how === 'waits' ? 'evaluations that wait 1 ms' : 'evaluations that compute for 1 ms';
  return [
    {
      name: `study of ${words}: two workers over one`,
      value: median(ratios),
      unit: '×',
      target: { least: 1.85 },
      note: `median of ${REPEATS} pairs, ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; the loop beside the two keeps ${Math.round(100 * median(busy))} % of a core busy`,
    },
    {
      name: `study of ${words}: one worker, per evaluation`,
      value: median(alone),
      unit: 'ms',
      note: `${evals} evaluations`,
    },
  ];
}

interface StudyTime {
  readonly ms: number;
  readonly evals: number;
  /** Share of the time in which the loop's own thread was at work. */
  readonly busy: number;
}

async function studyMs(workers: number, how: How): Promise<StudyTime> {
  const search = await threadQueue({ workers, interpreter: interpreter(1, how) });
  const ledger = await memoryStore({ clock: systemClock }).open(`dispatch-${workers}`, 'write');
  const study = await openStudy({ plan: await planOf(search), ledger, reporters: [] });
  const start = systemClock.monotonicMs();
  const thread = performance.eventLoopUtilization();
  await runLoop(study);
  const ms = systemClock.monotonicMs() - start;
  const { utilization: busy } = performance.eventLoopUtilization(thread);
  const evals = Object.values(study.state.arms).reduce((sum, arm) => sum + arm.evals, 0);
  await search.close();
  await ledger.close();
  return { ms, evals, busy };
}

/** Screens and references on the workers; the judge costs nothing, and takes part in no ratio. */
async function planOf(search: Queue): Promise<Plan> {
  const judge = await interpretedEvaluator({
    ...interpreter(0, 'computes'),
    nowMs: systemClock.monotonicMs,
  });
  const text = textOf(-1);
  const origin = { id: sha256(text), text };
  const plan = smallPlan({
    clock: systemClock,
    budget: { trials: TRIALS },
    search,
    judge,
    proposers: [scriptedProposer({ textOf }) as Proposer],
  });
  return {
    ...plan,
    origin,
    opened: { ...plan.opened, origin: origin.id, originText: origin.text },
  };
}
