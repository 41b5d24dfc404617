import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { bootstrapMean } from './bootstrap.ts';

const rng = () => publicRoot('bootstrap test').stream(0, 'resamples');

test('twelve values: near mean ± 1.96 standard errors of the values themselves', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  const error = Math.sqrt(values.reduce((sum, x) => sum + (x - 6.5) ** 2, 0)) / 12;
  const [low, high] = bootstrapMean(values, { rng: rng() });
  expect(low).toBeCloseTo(6.5 - 1.96 * error, 0);
  expect(high).toBeCloseTo(6.5 + 1.96 * error, 0);
});

test('a wider level is a wider interval, and the same stream gives the same one', () => {
  const values = [3, 9, 4, 1, 7];
  const at = (level: number) => bootstrapMean(values, { rng: rng(), level });
  expect(at(0.95)).toEqual(at(0.95));
  expect(at(0.5)[0]).toBeGreaterThan(at(0.95)[0]);
  expect(at(0.5)[1]).toBeLessThan(at(0.95)[1]);
});

test('one value has no spread', () => {
  expect(bootstrapMean([4], { rng: rng() })).toEqual([4, 4]);
});
