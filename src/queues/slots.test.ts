import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import { slotsQueue } from './slots.ts';

/** Counts how many requests are under way at a time. */
function slow(): { readonly evaluator: Evaluator; readonly most: () => number } {
  let running = 0;
  let most = 0;
  const evaluator: Evaluator = {
    traits: { place: 'process', deterministic: true, isolation: 'none' },
    async measure(requests) {
      expect(requests).toHaveLength(1);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return requests.map(() => ({ cases: [], cpuMs: 0 }));
    },
    close: () => undefined,
  };
  return { evaluator, most: () => most };
}

test.each([1, 3])('%s requests at a time, over calls and within one', async (slots) => {
  const { evaluator, most } = slow();
  const queue = slotsQueue({ evaluator, slots });
  const request = { candidate: { id: sha256('a'), text: 'a' }, cases: [1] };
  const signal = new AbortController().signal;
  const calls = [7, 1, 1, 1].map((n) => queue.measure(Array(n).fill(request), signal));
  expect((await Promise.all(calls)).map((results) => results.length)).toEqual([7, 1, 1, 1]);
  expect(most()).toBe(slots);
  await queue.close();
});
