import { expect, test } from 'vitest';
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
