import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cholesky, dotLowerRow, solveLower } from './cholesky.ts';

const number = fc.double({ min: -10, max: 10, noNaN: true });
/** A lower triangle with a safe diagonal, and a vector. */
const systems = fc.integer({ min: 1, max: 10 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    lower: fc
      .array(number, { minLength: n * n, maxLength: n * n })
      .map((all) =>
        Float64Array.from(all, (x, k) =>
          k % n > Math.floor(k / n) ? 0 : k % (n + 1) === 0 ? 1 + Math.abs(x) : x / 10,
        ),
      ),
    v: fc.array(number, { minLength: n, maxLength: n }).map((all) => Float64Array.from(all)),
  }),
);

test('the factor of L Lᵀ is L, and solving undoes multiplying', () => {
  fc.assert(
    fc.property(systems, ({ n, lower, v }) => {
      const row = (i: number): Float64Array => lower.subarray(i * n, (i + 1) * n);
      const square = Float64Array.from({ length: n * n }, (_, k) =>
        row(Math.floor(k / n)).reduce((sum, x, c) => sum + x * (row(k % n)[c] ?? 0), 0),
      );
      const factor = cholesky(square, n, 1e-14) ?? new Float64Array(n * n);
      for (const [k, x] of lower.entries()) expect(factor[k]).toBeCloseTo(x, 9);
      const image = Float64Array.from(v, (_, i) => dotLowerRow(lower, v, i));
      const back = solveLower(lower, image, new Float64Array(n));
      for (const [i, x] of v.entries()) expect(back[i]).toBeCloseTo(x, 6);
    }),
  );
});

test('[[4, 2], [2, 3]] has the factor [[2, 0], [1, √2]]', () => {
  expect([...(cholesky(Float64Array.of(4, 2, 2, 3), 2, 0) ?? [])]).toEqual([2, 0, 1, Math.SQRT2]);
});

test.each([
  ['indefinite', [1, 2, 2, 1]],
  ['singular', [1, 1, 1, 1]],
  ['zero', [0, 0, 0, 0]],
  ['not a number', [1, Number.NaN, Number.NaN, 1]],
])('a matrix that is %s has none', (_, matrix) => {
  expect(cholesky(Float64Array.from(matrix), 2, 1e-14)).toBeUndefined();
});
