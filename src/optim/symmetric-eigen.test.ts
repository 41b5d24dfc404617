import fc from 'fast-check';
import { expect, test } from 'vitest';
import { symmetricEigen } from './symmetric-eigen.ts';

/** A symmetric matrix from the numbers of its lower triangle. */
function symmetric(n: number, entries: readonly number[]): number[] {
  return Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n].sort((a, b) => b - a) as [number, number];
    return entries[(i * (i + 1)) / 2 + j] ?? 0;
  });
}

const entry = fc.oneof(fc.constant(0), fc.double({ min: -1000, max: 1000, noNaN: true }));
const matrices = fc
  .integer({ min: 1, max: 12 })
  .chain((n) =>
    fc
      .array(entry, { minLength: (n * (n + 1)) / 2, maxLength: (n * (n + 1)) / 2 })
      .map((entries) => ({ n, matrix: symmetric(n, entries) })),
  );

test('vectors are orthonormal and each is stretched by its value', () => {
  fc.assert(
    fc.property(matrices, ({ n, matrix }) => {
      const { values, vectors } = symmetricEigen(matrix, n);
      const scale = 1 + Math.max(...matrix.map(Math.abs));
      const rows = Array.from({ length: n }, (_, i) => vectors.subarray(i * n, (i + 1) * n));
      for (const [i, v] of rows.entries()) {
        for (const [j, w] of rows.entries()) {
          const product = v.reduce((sum, x, k) => sum + x * (w[k] ?? 0), 0);
          expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-12 * n);
        }
        for (let r = 0; r < n; r++) {
          const image = v.reduce((sum, x, k) => sum + x * (matrix[r * n + k] ?? 0), 0);
          const expected = (values[i] ?? 0) * (v[r] ?? 0);
          expect(Math.abs(image - expected)).toBeLessThan(1e-13 * n * n * scale);
        }
      }
    }),
  );
});

test('the second difference matrix has its known eigenvalues', () => {
  const n = 40;
  const matrix = Array.from({ length: n * n }, (_, k) => {
    const distance = Math.abs(Math.floor(k / n) - (k % n));
    return distance === 0 ? 2 : distance === 1 ? -1 : 0;
  });
  const found = symmetricEigen(matrix, n).values.toSorted();
  for (const [k, value] of found.entries()) {
    expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 12);
  }
});

test('what is not a number ends with a code, not in a loop', () => {
  expect(() => symmetricEigen([1, Number.NaN, Number.NaN, 1], 2)).toThrow(
    expect.objectContaining({ code: 'INTERNAL' }),
  );
});
