/** The verifier against everything that is no packing, the two judges, and a short study. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicRoot } from '../../src/core/rng.ts';
import { gradientFault } from '../../src/optim/gradient-check.ts';
import { emptyFolder } from '../../test/cli/fixtures/cli.ts';
import { rehearseVerifier } from '../../test/cli/fixtures/verifier.ts';
import { problem } from './problem/problem.mjs';
import { isPacking, multipleOf, sumOfRadii } from './verifier/packing.mjs';

const { evaluate } = await import(new URL('evaluator/evaluate.mjs', import.meta.url).href);

const QUARTERS = [0.25, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25];

test('four circles that touch each other and the walls are a packing', () => {
  expect(isPacking(QUARTERS)).toBe(true);
  expect(isPacking(Float64Array.from(QUARTERS))).toBe(true);
});

describe('no packing:', () => {
  const changed = (at: number, value: number): number[] => QUARTERS.with(at, value);
  test.each([
    ['nothing', []],
    ['half a circle', QUARTERS.slice(1)],
    ['NaN', changed(2, Number.NaN)],
    ['a negative radius', changed(2, -0.1)],
    ['an infinite one', changed(2, Number.POSITIVE_INFINITY)],
    ['a number in quotes', QUARTERS.with(0, '0.25' as never)],
    ['an overlap of one bit', changed(2, 0.25 + 2 ** -54)],
    ['one bit beyond the wall', [0.25, 0.5, 0.25 + 2 ** -54]],
    [
      'one bit beyond the far wall, lost in the sum of doubles',
      [1 - 2 ** -53, 0.5, 2 ** -53 * 1.5],
    ],
    ['two circles in one place', [0.5, 0.5, 0.1, 0.5, 0.5, 0.1]],
    ['a centre outside', [1.5, 0.5, 0]],
  ])('%s', (_, numbers) => {
    expect(isPacking(numbers)).toBe(false);
  });
});

test('every double from 0 to 1 is its multiple exactly', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (v) => {
      const multiple = multipleOf(v);
      // Back in two steps; both are exact because the first has at most 53 bits.
      const bits = Math.max(0, multiple.toString(2).length - 53);
      expect(multiple % (1n << BigInt(bits))).toBe(0n);
      expect(Number(multiple >> BigInt(bits)) * 2 ** (bits - 537) * 2 ** -537).toBe(v);
    }),
  );
  expect(multipleOf(1)).toBe(1n << 1074n);
  expect(multipleOf(Number.MIN_VALUE)).toBe(1n);
});

test('the sum of the radii is exact until its last step', () => {
  expect(sumOfRadii(QUARTERS)).toBe(1);
  expect(sumOfRadii([0, 0, 0.1, 0, 0, 0.2, 0, 0, 0.3])).toBe(0.6);
  expect(sumOfRadii([0, 0, Number.MIN_VALUE])).toBe(Number.MIN_VALUE);
});

test('the gradients of the problem are right, and what it repairs is a packing to both judges', () => {
  const circles = problem({ start: Array.from({ length: 18 }, () => 0.5) });
  const rng = publicRoot('circles').stream(0, 'test');
  for (let round = 0; round < 20; round++) {
    const x = Float64Array.from({ length: 18 }, () => rng.float());
    expect(gradientFault(circles, x)).toBeUndefined();
    const repaired = circles.repair(x);
    expect(isPacking(repaired)).toBe(true);
    expect(judged(triples(repaired), 6)).toHaveProperty('radii');
  }
});

const triples = (numbers: ArrayLike<number>): readonly number[][] =>
  Array.from({ length: numbers.length / 3 }, (_, i) =>
    [0, 1, 2].map((k) => numbers[3 * i + k] as number),
  );

/** What the evaluator says of circles, as JSON has them. */
function judged(circles: unknown, n: number): object {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'origin'));
  writeFileSync(join(folder, 'origin/circles.json'), JSON.stringify(circles));
  const params = { n, file: 'origin/circles.json' };
  return evaluate({ candidate: folder, cases: [{ seed: 1 }], params })[0];
}

const FOUR = triples(QUARTERS);
const TRICKS: Readonly<Record<string, unknown>> = {
  'an overlap within a tolerance of 1e-12': FOUR.with(0, [0.25, 0.25, 0.25 + 1e-12]),
  'NaN, which JSON makes null': FOUR.with(1, [0.75, 0.25, Number.NaN]),
  'a circle too many': [...FOUR, [0.5, 0.5, 0]],
  'four numbers to a circle': FOUR.with(0, [0.25, 0.25, 0.25, 9]),
  'a number in quotes': FOUR.map(([x, y]) => [x, y, '0.25']),
  'no list': { length: 4 },
};

test.each(Object.entries(TRICKS))('neither judge scores %s', async (_, circles) => {
  expect(judged(circles, 4)).toHaveProperty('error');
  const verified = await rehearseVerifier(import.meta.dirname, {
    params: { n: 4, file: 'circles.json' },
    files: { 'circles.json': JSON.stringify(circles) },
  });
  expect(verified).toEqual({ code: 1, answer: '' });
});

test('evaluator and verifier agree on a packing', async () => {
  const request = { params: { n: 4, file: 'circles.json' } };
  const files = { 'circles.json': JSON.stringify(FOUR) };
  const verified = await rehearseVerifier(import.meta.dirname, { ...request, files });
  expect(JSON.parse(verified.answer)).toMatchObject({ index: 0, metrics: { radii: 1 } });
  expect(judged(FOUR, 4)).toEqual({ radii: 1 });
});
