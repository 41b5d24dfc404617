/**
 * Vectors and row-major square matrices in typed arrays: the inner loops of the optimisers. Plain
 * loops, because a callback per number costs several times the arithmetic.
 */

/** Callers stay inside by construction. */
export function at(values: Float64Array, i: number): number {
  return values[i] as number;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += at(a, i) * at(b, i);
  return sum;
}

export function norm(v: Float64Array): number {
  return Math.sqrt(dot(v, v));
}

export function scaled(v: Float64Array, factor: number): Float64Array {
  const product = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) product[i] = factor * at(v, i);
  return product;
}

/** target += factor · v. */
export function addScaled(target: Float64Array, factor: number, v: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = at(target, i) + factor * at(v, i);
}

/** target += factor · v vᵀ, diagonal and lower triangle only. */
export function addLowerOuter(target: Float64Array, factor: number, v: Float64Array): void {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    const product = factor * at(v, i);
    for (let j = 0; j <= i; j++) target[i * n + j] = at(target, i * n + j) + product * at(v, j);
  }
}
