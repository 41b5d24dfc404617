import { expect, test } from 'vitest';
import { manualClock } from '../testing/manual-clock.ts';
import { smallPlan } from '../testing/small-study.ts';
import { metered } from './metered.ts';

const plan = smallPlan({ clock: manualClock() });
const signal = new AbortController().signal;
const asked = [{ candidate: plan.origin, cases: [1, 2] }];
const draft = { type: 'study.resumed', actor: 'engine', body: { epoch: 1, fromSeq: 1 } } as const;

function costing(ms: number) {
  const { judge, search } = plan;
  const measured = [{ cases: [], cpuMs: ms }];
  return {
    ...plan,
    judge: { ...judge, measure: async () => measured },
    search: { traits: search.traits, measure: async () => measured, close: () => undefined },
  };
}

test('what is measured on the way to an entry is in its meta, by whichever evaluator', async () => {
  const found = await metered(costing(20), async (by) => {
    await by.judge.measure(asked, signal);
    await by.judge.measure(asked, signal);
    await by.search.measure(asked, signal);
    return draft;
  });
  expect(found.meta).toEqual({ cpuMs: 60 });
});

test('where nothing tells what it cost, nothing is said', async () => {
  const found = await metered(costing(0), async (by) => {
    await by.judge.measure(asked, signal);
    return draft;
  });
  expect(found).not.toHaveProperty('meta');
});
