import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';

interface Instance {
  readonly capacity: number;
  readonly items: Int32Array;
}

const { excessOf, makeInstances, mulberry32, volumeBound } = await import(
  new URL('instances.mjs', import.meta.url).href
);

const digest = (instances: readonly Instance[]): string =>
  createHash('sha256')
    .update(instances.map(({ capacity, items }) => `${capacity}:${items.join()}`).join(';'))
    .digest('hex')
    .slice(0, 16);

test('a seed makes the same case for ever, another seed another one', () => {
  expect(digest(makeInstances('weibull', 1))).toMatchInlineSnapshot(`"ff499d610da6f948"`);
  expect(digest(makeInstances('or3', 1))).toMatchInlineSnapshot(`"341dedfaee629742"`);
  expect(digest(makeInstances('weibull', 2))).not.toBe(digest(makeInstances('weibull', 1)));
  expect(digest(makeInstances('or3', 2 ** 32 - 1))).not.toBe(digest(makeInstances('or3', 1)));
});

test('mulberry32 gives its published first numbers', () => {
  const random = mulberry32(0);
  expect([random(), random(), random()]).toEqual([
    0.26642920868471265, 0.0003297457005828619, 0.2232720274478197,
  ]);
});

test.each([
  // Mean 45·Γ(4/3), variance 45²·(Γ(5/3) − Γ(4/3)²); rounding adds 1/12.
  [
    'weibull',
    { instances: 4, items: 5000, capacity: 100, low: 1, high: 100, mean: 40.18, sd: 14.61 },
  ],
  // Uniform on 81 integers: variance (81² − 1) / 12.
  ['or3', { instances: 40, items: 500, capacity: 150, low: 20, high: 100, mean: 60, sd: 23.38 }],
])('%s has the stated shape and moments', (family, expected) => {
  const sizes: number[] = [];
  for (let seed = 0; seed < 20; seed++) {
    const instances: Instance[] = makeInstances(family, seed);
    expect(instances.length).toBe(expected.instances);
    for (const { capacity, items } of instances) {
      expect(capacity).toBe(expected.capacity);
      expect(items.length).toBe(expected.items);
      sizes.push(...items);
    }
  }
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length;
  const standardError = expected.sd / Math.sqrt(sizes.length);
  expect(Math.abs(mean - expected.mean)).toBeLessThan(4 * standardError);
  expect(Math.abs(Math.sqrt(variance) - expected.sd)).toBeLessThan(4 * standardError);
  const smallest = sizes.reduce((a, b) => Math.min(a, b));
  const largest = sizes.reduce((a, b) => Math.max(a, b));
  expect(smallest).toBeGreaterThanOrEqual(expected.low);
  expect(largest).toBeLessThanOrEqual(expected.high);
  if (family === 'or3') expect([smallest, largest]).toEqual([20, 100]);
});

test('excess counts the bins of all instances against the sum of their bounds', () => {
  const one = { capacity: 10, items: Int32Array.of(6, 5) };
  const two = { capacity: 10, items: Int32Array.of(10, 10) };
  expect(volumeBound(one)).toBe(2);
  expect(volumeBound({ capacity: 10, items: Int32Array.of(5, 5) })).toBe(1);
  expect(excessOf([one, two], () => 3)).toBeCloseTo(50);
});

test.each(['uniform', 'toString', undefined])('the family %s is refused by name', (family) => {
  expect(() => makeInstances(family, 1)).toThrow('weibull or or3');
});
