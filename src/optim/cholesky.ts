/** The Cholesky factor of a symmetric matrix and what CMA-ES does with it; row-major, lower triangular. */
import { at } from './dense.ts';

/**
 * L with L Lᵀ = matrix, about n³ / 6 multiplications; only the lower triangle is read.
 *
 * @param share smallest part of the largest diagonal entry that a pivot may have.
 * @returns undefined where a pivot is smaller or not a number: the matrix is not safely definite.
 */
export function cholesky(matrix: Float64Array, n: number, share: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, at(matrix, i * n + i));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = at(matrix, i * n + j);
      for (let k = 0; k < j; k++) rest -= at(factor, i * n + k) * at(factor, j * n + k);
      if (j < i) factor[i * n + j] = rest / at(factor, j * n + j);
      else if (rest > share * largest) factor[i * n + i] = Math.sqrt(rest);
      else return undefined;
    }
  }
  return factor;
}

/** Row i of L times v. */
export function dotLowerRow(factor: Float64Array, v: Float64Array, i: number): number {
  const row = i * v.length;
  let sum = 0;
  for (let j = 0; j <= i; j++) sum += at(factor, row + j) * at(v, j);
  return sum;
}

/** Writes the x with L x = v and returns it. */
export function solveLower(factor: Float64Array, v: Float64Array, x: Float64Array): Float64Array {
  for (let i = 0; i < x.length; i++) {
    const row = i * x.length;
    let rest = at(v, i);
    for (let j = 0; j < i; j++) rest -= at(factor, row + j) * at(x, j);
    x[i] = rest / at(factor, row + i);
  }
  return x;
}
