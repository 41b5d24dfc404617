/**
 * What each operator means, as scalar functions of doubles. Three executors agree on this meaning
 * bit for bit: the vector interpreter, the scalar one and the printed TypeScript.
 *
 * Every operator is total. Inside an expression values are IEEE doubles and may overflow to ±∞ or
 * become NaN (∞ − ∞), exactly as JavaScript computes them; comparisons with NaN are false and a
 * grid reads NaN as its lowest knot. At a slot's door `finite` turns NaN into 0 and clamps to
 * ±1e300, so neither NaN nor ∞ ever leaves. A tree that cannot overflow (`alwaysFinite`) is not
 * wrapped, which keeps printed programs free of needless calls.
 */

import type { GridNode, Node } from './forest.ts';
import { MAX_MAGNITUDE } from './forest.ts';

/** Denominators below it count as absent: the quotient is then the numerator. */
export const SMALLEST_DENOMINATOR = 1e-9;

/** Cap of the argument of exp: e^20 ≈ 4.9e8 is as large as a policy needs. */
export const EXP_CAP = 20;

export function divide(numerator: number, denominator: number): number {
  return Math.abs(denominator) < SMALLEST_DENOMINATOR ? numerator : numerator / denominator;
}

export function finite(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-MAX_MAGNITUDE, Math.min(MAX_MAGNITUDE, value));
}

/** Index of the knot at or below v, in [0, knots − 2] (0 if there is one knot only). */
export function knotBelow(knots: readonly number[], v: number): number {
  let i = 0;
  while (i < knots.length - 2 && (knots[i + 1] as number) <= v) i++;
  return i;
}

/** How far v lies from knot i to the next one, in [0, 1] (included), clamped. */
export function fraction(knots: readonly number[], i: number, v: number): number {
  const low = knots[i] as number;
  const high = knots[i + 1] ?? low;
  return low < v ? Math.min((v - low) / (high - low), 1) : 0;
}

/** Bilinear interpolation of a table, clamped at the edges. */
export function bilinear(grid: Pick<GridNode, 'xs' | 'ys' | 'z'>, x: number, y: number): number {
  const { xs, ys, z } = grid;
  const i = knotBelow(xs, x);
  const j = knotBelow(ys, y);
  const s = fraction(xs, i, x);
  const t = fraction(ys, j, y);
  const at = i * ys.length + j;
  const up = i + 1 < xs.length ? at + ys.length : at;
  const right = j + 1 < ys.length ? 1 : 0;
  const near = (z[at] as number) * (1 - t) + (z[at + right] as number) * t;
  const far = (z[up] as number) * (1 - t) + (z[up + right] as number) * t;
  return near * (1 - s) + far * s;
}

/** True when no input whatever can make a real tree NaN or infinite. */
export function alwaysFinite(node: Node): boolean {
  switch (node.op) {
    case 'const':
    case 'grid':
      return true;
    case 'min':
    case 'max':
      return node.args.every(alwaysFinite);
    case 'if':
      return alwaysFinite(node.args[1]) && alwaysFinite(node.args[2]);
    case 'abs':
    case 'neg':
    case 'sqrt':
    case 'log1p':
    case 'exp':
    case 'tanh':
    case 'sin':
      return alwaysFinite(node.args[0]);
    default:
      return false;
  }
}
