import { expect, test } from 'vitest';
import type { CaseResult } from '../evaluators/contract.ts';
import { inlineQueue } from '../queues/inline.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { seededEvaluator, smallPlan } from '../testing/small-study.ts';
import { measureFloor } from './floor.ts';

/** Cases of the requests that four workers were given for the first values of the origin. */
async function dealtFor(deterministic: boolean): Promise<readonly number[]> {
  const evaluator = seededEvaluator();
  const queue = inlineQueue(evaluator);
  const dealt: number[][] = [];
  const plan = smallPlan({
    clock: manualClock(),
    judge: { ...evaluator, traits: { ...evaluator.traits, deterministic } },
    search: {
      ...queue,
      traits: { workers: 4 },
      measure(requests, signal) {
        dealt.push(requests.map(({ cases }) => cases.length));
        return queue.measure(requests, signal);
      },
    },
  });
  await measureFloor(plan, new AbortController().signal);
  return dealt[0] ?? [];
}

test('the floor of an evaluator that repeats itself is dealt out, any other is spread over time', async () => {
  expect(await dealtFor(true)).toEqual([3, 3, 3, 3]);
  expect(await dealtFor(false)).toEqual([12]);
});

/** The floor of an evaluator that answers every case with this. */
function floorOf(answer: CaseResult): Promise<unknown> {
  const judge = {
    ...seededEvaluator(),
    measure: (requests: readonly { readonly cases: readonly number[] }[]) =>
      requests.map(({ cases }) => ({ cases: cases.map(() => answer), cpuMs: 0 })),
  };
  const plan = smallPlan({ clock: manualClock(), judge, search: inlineQueue(judge) });
  return measureFloor(plan, new AbortController().signal);
}

test('planted: an origin without a score is refused, and an evaluator that ignores its seed', async () => {
  const none = floorOf({ outcome: 'invalid', message: 'NaN.' });
  await expect(none).rejects.toMatchObject({
    code: 'ORIGIN_FAILED',
    message: expect.stringMatching(/^The origin could not be scored \(invalid: NaN\.\)/),
  });
  await expect(floorOf({ outcome: 'scored', value: 1 })).rejects.toMatchObject({
    code: 'EVALUATOR_IGNORES_SEED',
  });
});
