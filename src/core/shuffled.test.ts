import { expect, test } from 'vitest';
import { publicRoot } from './rng.ts';
import { drawnWithout, shuffled } from './shuffled.ts';

const rngOf = (seed: string) => publicRoot(seed).stream(0, 'order');
const items = Array.from({ length: 20 }, (_, i) => i);

test('a shuffled list has every item once, the same for the same seed, and the list given is left alone', () => {
  const once = shuffled(items, rngOf('a'));
  expect([...once].sort((a, b) => a - b)).toEqual(items);
  expect(once).not.toEqual(items);
  expect(shuffled(items, rngOf('a'))).toEqual(once);
  expect(shuffled(items, rngOf('b'))).not.toEqual(once);
  expect(items[0]).toBe(0);
});

test('none is drawn twice, and never more than there are', () => {
  const five = drawnWithout(items, 5, rngOf('a'));
  expect(new Set(five).size).toBe(5);
  expect(drawnWithout(items, 50, rngOf('a'))).toHaveLength(20);
  expect(drawnWithout([], 3, rngOf('a'))).toEqual([]);
});

test.each([
  ['shuffled', shuffled<number>],
  [
    'drawnWithout',
    (list: readonly number[], rng: ReturnType<typeof rngOf>) => drawnWithout(list, 3, rng),
  ],
])('%s: each of the six orders of three is as likely', (_, order) => {
  const rng = rngOf('many');
  const counts = new Map<string, number>();
  const times = 6_000;
  for (let i = 0; i < times; i++) {
    const key = order([0, 1, 2], rng).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // Five standard deviations of a binomial count.
  for (const count of counts.values())
    expect(Math.abs(count - times / 6)).toBeLessThan(5 * Math.sqrt(times * (1 / 6) * (5 / 6)));
});
