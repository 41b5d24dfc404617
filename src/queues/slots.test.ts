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

test('what waits is taken by its order, the foreground before every trial', async () => {
  const taken: string[] = [];
  const evaluator: Evaluator = {
    ...slow().evaluator,
    async measure(requests) {
      taken.push(...requests.map(({ candidate }) => candidate.text));
      await Promise.resolve();
      return requests.map(() => ({ cases: [], cpuMs: 0 }));
    },
  };
  const queue = slotsQueue({ evaluator, slots: 1 });
  const { signal } = new AbortController();
  const asked = (text: string) => [{ candidate: { id: sha256(text), text }, cases: [1] }];
  await Promise.all([
    queue.measure(asked('8'), signal, 8),
    queue.measure(asked('9'), signal, 9),
    queue.measure(asked('7'), signal, 7),
    queue.measure(asked('7 again'), signal, 7),
    queue.measure(asked('foreground'), signal),
  ]);
  expect(taken).toEqual(['foreground', '7', '7 again', '8', '9']);
});
