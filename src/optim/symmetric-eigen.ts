/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder reduction to a tridiagonal one,
 * then QL steps with implicit shifts (Wilkinson & Reinsch, "Handbook for automatic computation II:
 * linear algebra", 1971, contributions II/2 and II/4).
 */

import { PacelineError } from '../core/errors.ts';

export interface SymmetricEigen {
  /** In no particular order. */
  readonly values: Float64Array;
  /** Row-major; row i is the unit eigenvector of value i. */
  readonly vectors: Float64Array;
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Entry i stands between i and i + 1; the last one is 0. */
  readonly off: Float64Array;
  /** Rows are the basis in which the matrix is tridiagonal; the QL steps turn them. */
  readonly rows: Float64Array;
  /** Entries up to this magnitude count as 0. */
  readonly dust: number;
}

/** Below it squares underflow, whatever the matrix. */
const SMALLEST_DUST = 1e-150;

/** Shifted QL needs under two steps per eigenvalue on average; the limit only stops non-numbers. */
const MAX_STEPS = 60;

/**
 * About 10 n³ floating-point operations.
 *
 * @param matrix row-major, n × n, symmetric; it is not changed.
 * @throws PacelineError INTERNAL when the matrix holds something that is not a finite number.
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): SymmetricEigen {
  const tridiagonal = tridiagonalise(Float64Array.from(matrix), n);
  for (let low = 0; low < n; low++) isolate(tridiagonal, low, n);
  return { values: tridiagonal.diagonal, vectors: tridiagonal.rows };
}

/** Reflects column after column; `a` is overwritten. */
function tridiagonalise(a: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const off = new Float64Array(n);
  const normals: Float64Array[] = [];
  const largest = a.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  const dust = Math.max(largest * Number.EPSILON ** 2, SMALLEST_DUST);
  for (let k = 0; k < n - 1; k++) {
    const normal = Float64Array.from({ length: n - k - 1 }, (_, i) => at(a, (k + 1 + i) * n + k));
    off[k] = aim(normal, dust);
    normals.push(normal);
    reflectBlock(a, normal, n);
  }
  for (let i = 0; i < n; i++) diagonal[i] = at(a, i * n + i);
  return { diagonal, off, rows: basisOf(normals, n), dust };
}

/**
 * Turns a column into the unit normal of the mirror that maps it onto its first axis, and returns
 * its coordinate there. A column of dust becomes the zero vector: no mirror.
 */
function aim(column: Float64Array, dust: number): number {
  const length = Math.sqrt(dot(column, column));
  if (length <= dust) {
    column.fill(0);
    return 0;
  }
  const image = at(column, 0) > 0 ? -length : length;
  column[0] = at(column, 0) - image;
  const scale = 1 / Math.sqrt(dot(column, column));
  for (let i = 0; i < column.length; i++) column[i] = at(column, i) * scale;
  return image;
}

/** Block ← H · block · H for the lower right block that `normal` spans, H = 1 − 2 v vᵀ. */
function reflectBlock(a: Float64Array, normal: Float64Array, n: number): void {
  const size = normal.length;
  const start = n - size;
  const image = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const row = (start + i) * n + start;
    let sum = 0;
    for (let j = 0; j < size; j++) sum += at(a, row + j) * at(normal, j);
    image[i] = sum;
  }
  const share = dot(image, normal);
  for (let i = 0; i < size; i++) image[i] = 2 * (at(image, i) - share * at(normal, i));
  for (let i = 0; i < size; i++) {
    const row = (start + i) * n + start;
    const v = at(normal, i);
    const w = at(image, i);
    for (let j = 0; j < size; j++)
      a[row + j] = at(a, row + j) - v * at(image, j) - w * at(normal, j);
  }
}

/** Rows of the product of all reflections, built from the last one, whose block is smallest. */
function basisOf(normals: readonly Float64Array[], n: number): Float64Array {
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  for (const normal of normals.toReversed()) {
    const size = normal.length;
    const start = n - size;
    for (let i = start; i < n; i++) {
      const row = i * n + start;
      let sum = 0;
      for (let j = 0; j < size; j++) sum += at(rows, row + j) * at(normal, j);
      for (let j = 0; j < size; j++) rows[row + j] = at(rows, row + j) - 2 * sum * at(normal, j);
    }
  }
  return rows;
}

/** QL steps until the entry beside `low` vanishes: then `diagonal[low]` is an eigenvalue. */
function isolate(tridiagonal: Tridiagonal, low: number, n: number): void {
  for (let step = 0; ; step++) {
    let high = low;
    while (high < n - 1 && !negligible(tridiagonal, high)) high++;
    if (high === low) return;
    if (step === MAX_STEPS) {
      throw new PacelineError(
        'INTERNAL',
        'The eigenvalues of a covariance matrix were not found: it holds something that is not a finite number. Please report this with the study’s ledger.',
      );
    }
    qlStep(tridiagonal, { low, high }, n);
  }
}

function negligible({ diagonal, off, dust }: Tridiagonal, i: number): boolean {
  const scale = Math.abs(at(diagonal, i)) + Math.abs(at(diagonal, i + 1));
  return Math.abs(at(off, i)) <= Math.max(Number.EPSILON * scale, dust);
}

interface Block {
  readonly low: number;
  readonly high: number;
}

/** One implicit step on the block low…high (included), shifted by the nearer 2 × 2 eigenvalue. */
function qlStep({ diagonal, off, rows }: Tridiagonal, { low, high }: Block, n: number): void {
  const slope = (at(diagonal, low + 1) - at(diagonal, low)) / (2 * at(off, low));
  const root = Math.sqrt(slope * slope + 1);
  const shift = at(off, low) / (slope + (slope < 0 ? -root : root));
  let bulge = at(diagonal, high) - at(diagonal, low) + shift;
  let sine = 1;
  let cosine = 1;
  let carry = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = sine * at(off, i);
    const b = cosine * at(off, i);
    const r = Math.sqrt(f * f + bulge * bulge);
    off[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1] = at(diagonal, i + 1) - carry;
      off[high] = 0;
      return;
    }
    sine = f / r;
    cosine = bulge / r;
    const g = at(diagonal, i + 1) - carry;
    const turn = (at(diagonal, i) - g) * sine + 2 * cosine * b;
    carry = sine * turn;
    diagonal[i + 1] = g + carry;
    bulge = cosine * turn - b;
    rotateRows(rows, { upper: i * n, n, sine, cosine });
  }
  diagonal[low] = at(diagonal, low) - carry;
  off[low] = bulge;
  off[high] = 0;
}

interface Rotation {
  /** Where the upper of the two neighbouring rows starts. */
  readonly upper: number;
  readonly n: number;
  readonly sine: number;
  readonly cosine: number;
}

function rotateRows(rows: Float64Array, { upper, n, sine, cosine }: Rotation): void {
  for (let k = upper; k < upper + n; k++) {
    const x = at(rows, k);
    const y = at(rows, k + n);
    rows[k + n] = sine * x + cosine * y;
    rows[k] = cosine * x - sine * y;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += at(a, i) * at(b, i);
  return sum;
}

/** The indices above stay inside by construction. */
function at(values: Float64Array, i: number): number {
  return values[i] as number;
}
