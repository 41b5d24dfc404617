/** The verifier against everything that is outside or no number, the two judges, a short study. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicRoot } from '../../src/core/rng.ts';
import { gradientFault } from '../../src/optim/gradient-check.ts';
import { emptyFolder } from '../../test/cli/fixtures/cli.ts';
import { rehearseVerifier } from '../../test/cli/fixtures/verifier.ts';
import { problem } from './problem/problem.mjs';
import { isInside, smallestShare } from './verifier/areas.mjs';

const { evaluate } = await import(new URL('evaluator/evaluate.mjs', import.meta.url).href);

test('the corners make the whole triangle, three points in line nothing', () => {
  expect(smallestShare([0, 0, 1, 0, 0, 1])).toBe(1);
  // On the diagonal exactly; products of doubles would say 1e-18 or so.
  expect(smallestShare([0.1, 0.1, 0.2, 0.2, 0.3, 0.3])).toBe(0);
  expect(smallestShare([0, 0, 2 ** -500, 0, 0, 2 ** -500])).toBe(2 ** -1000);
});

test('exact areas are those of whole numbers', () => {
  const grid = fc.integer({ min: 0, max: 512 });
  fc.assert(
    fc.property(grid, grid, grid, grid, grid, grid, (a, b, c, d, e, f) => {
      const det = Math.abs((c - a) * (f - b) - (e - a) * (d - b));
      expect(smallestShare([a, b, c, d, e, f].map((v) => v / 1024))).toBe(det / 1024 ** 2);
    }),
  );
});

test.each([
  ['nothing', []],
  ['half a point', [0.1]],
  ['NaN', [Number.NaN, 0.1]],
  ['a negative coordinate', [-0.1, 0.2]],
  ['an infinite one', [0.1, Number.POSITIVE_INFINITY]],
  ['a number in quotes', ['0.1', 0.1]],
  ['a sum beyond the far side that doubles do not see', [2 ** -54, 1]],
])('%s is not inside', (_, numbers) => {
  expect(isInside(numbers)).toBe(false);
});

test('the gradients of the problem are right, and what it repairs both judges take', () => {
  const heilbronn = problem({ start: Array.from({ length: 15 }, () => 0.5) });
  const rng = publicRoot('heilbronn').stream(0, 'test');
  for (let round = 0; round < 20; round++) {
    const x = Float64Array.from({ length: 15 }, () => 1.4 * rng.float() - 0.2);
    expect(gradientFault(heilbronn, x)).toBeUndefined();
    const repaired = heilbronn.repair(x);
    expect(isInside(repaired.subarray(1))).toBe(true);
    const points = Array.from({ length: 7 }, (_unused, i) =>
      Array.from(repaired.slice(1 + 2 * i, 3 + 2 * i)),
    );
    const { area } = judged(points, 7) as { readonly area: number };
    expect(area).toBe(repaired[0]);
    expect(smallestShare(points.flat())).toBeCloseTo(area, 14);
  }
});

/** What the evaluator says of points, as JSON has them. */
function judged(points: unknown, n: number): object {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'origin'));
  writeFileSync(join(folder, 'origin/points.json'), JSON.stringify({ least: 9, points }));
  return evaluate({ candidate: folder, cases: [{ seed: 1 }], params: { n } })[0];
}

const CORNERS = [
  [0, 0],
  [1, 0],
  [0, 1],
];
const TRICKS: Readonly<Record<string, unknown>> = {
  'a corner outside by less than 1e-12': CORNERS.with(1, [1 + 1e-13, 0]),
  'NaN, which JSON makes null': CORNERS.with(1, [Number.NaN, 0]),
  'a point too few': CORNERS.slice(1),
  'three numbers to a point': CORNERS.with(2, [0, 1, 0]),
  'a number in quotes': CORNERS.with(0, ['0', 0] as never),
  'no list': null,
};

test.each(Object.entries(TRICKS))('neither judge scores %s', async (_, points) => {
  expect(judged(points, 3)).toHaveProperty('error');
  expect(await verified(points)).toEqual({ code: 1, answer: '' });
});

test('evaluator and verifier agree, and neither reads what the candidate says of itself', async () => {
  expect(judged(CORNERS, 3)).toEqual({ area: 1 });
  const { answer } = await verified(CORNERS);
  expect(JSON.parse(answer)).toMatchObject({ index: 0, metrics: { area: 1 } });
});

function verified(points: unknown) {
  const files = { 'origin/points.json': JSON.stringify({ least: 9, points }) };
  return rehearseVerifier(import.meta.dirname, { params: { n: 3 }, files });
}
