import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { eBhDiscoveries } from './e-bh.ts';

const logs = (...values: readonly number[]) => values.map(Math.log);

test('by hand: four attempts at 5 %, thresholds 80, 40, 26.7 and 20', () => {
  expect(eBhDiscoveries(logs(81, 41, 27, 21), 0.05)).toBe(4);
  expect(eBhDiscoveries(logs(81, 41, 27, 19), 0.05)).toBe(3);
  expect(eBhDiscoveries(logs(79, 39, 26, 19), 0.05)).toBe(0);
  // The largest j counts: what misses its own place is carried by those behind it.
  expect(eBhDiscoveries(logs(45, 41, 1, 1), 0.05)).toBe(2);
  expect(eBhDiscoveries([], 0.05)).toBe(0);
});

test('the order of the attempts is nothing to it, and more evidence never loses one', () => {
  const values = fc.array(fc.double({ min: -5, max: 12, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.nat(), (found, at) => {
      const k = eBhDiscoveries(found, 0.05);
      expect(eBhDiscoveries([...found].reverse(), 0.05)).toBe(k);
      const more = found.with(at % found.length, 20);
      expect(eBhDiscoveries(more, 0.05)).toBeGreaterThanOrEqual(k);
    }),
  );
});

test('of twenty nulls it finds one in at most 5 percent of studies', () => {
  const rng = publicRoot('e-bh').stream(0, 'nulls');
  // 1 / a uniform has no mean; half its root has mean one: an e-value that is exact.
  const null_ = (): number => Math.log(0.5 / Math.sqrt(1 - rng.float()));
  const studies = 2000;
  let wrong = 0;
  for (let i = 0; i < studies; i++) {
    if (eBhDiscoveries(Array.from({ length: 20 }, null_), 0.05) > 0) wrong += 1;
  }
  expect(wrong / studies).toBeLessThanOrEqual(0.05);
});
