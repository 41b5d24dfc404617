/**
 * The inner loops of the vector interpreter: one loop per operator over whole columns. `out` may be
 * one of the inputs. Bools are 0 and 1. Each loop is its own function so that the engine's compiler
 * sees one operation on one kind of array.
 */

import type { GridNode } from './forest.ts';
import { divide, EXP_CAP, fraction, knotBelow } from './semantics.ts';
import type { BinaryOp, UnaryOp } from './vocabulary.ts';

export type Column = Float64Array;

type UnaryKernel = (out: Column, a: Column, n: number) => void;
type BinaryKernel = (out: Column, a: Column, b: Column, n: number) => void;

export const UNARY: Readonly<Record<UnaryOp, UnaryKernel>> = {
  abs: (out, a, n) => {
    for (let r = 0; r < n; r++) out[r] = Math.abs(a[r] as number);
  },
  sqrt: (out, a, n) => {
    for (let r = 0; r < n; r++) out[r] = Math.sqrt(Math.abs(a[r] as number));
  },
  log1p: (out, a, n) => {
    for (let r = 0; r < n; r++) out[r] = Math.log1p(Math.abs(a[r] as number));
  },
  exp: (out, a, n) => {
    for (let r = 0; r < n; r++) out[r] = Math.exp(Math.min(a[r] as number, EXP_CAP));
  },
  sq: (out, a, n) => {
    for (let r = 0; r < n; r++) out[r] = (a[r] as number) * (a[r] as number);
  },
  neg: (out, a, n) => {
    for (let r = 0; r < n; r++) out[r] = -(a[r] as number);
  },
  tanh: (out, a, n) => {
    for (let r = 0; r < n; r++) out[r] = Math.tanh(a[r] as number);
  },
  sin: (out, a, n) => {
    for (let r = 0; r < n; r++) out[r] = Math.sin(a[r] as number);
  },
  not: (out, a, n) => {
    for (let r = 0; r < n; r++) out[r] = 1 - (a[r] as number);
  },
};

export const BINARY: Readonly<Record<BinaryOp, BinaryKernel>> = {
  '+': (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = (a[r] as number) + (b[r] as number);
  },
  '-': (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = (a[r] as number) - (b[r] as number);
  },
  '*': (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = (a[r] as number) * (b[r] as number);
  },
  '/': (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = divide(a[r] as number, b[r] as number);
  },
  min: (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = Math.min(a[r] as number, b[r] as number);
  },
  max: (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = Math.max(a[r] as number, b[r] as number);
  },
  lt: (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = (a[r] as number) < (b[r] as number) ? 1 : 0;
  },
  le: (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = (a[r] as number) <= (b[r] as number) ? 1 : 0;
  },
  and: (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = (a[r] as number) * (b[r] as number);
  },
  or: (out, a, b, n) => {
    for (let r = 0; r < n; r++) out[r] = Math.max(a[r] as number, b[r] as number);
  },
};

/** `out[r] = test[r] ? yes[r] : no[r]`. */
export function choose(
  out: Column,
  branches: { readonly test: Column; readonly yes: Column; readonly no: Column },
  n: number,
): void {
  const { test, yes, no } = branches;
  for (let r = 0; r < n; r++) out[r] = (test[r] === 1 ? yes[r] : no[r]) as number;
}

/** Where each row lies on one axis of a grid. */
export interface Cells {
  readonly index: Int32Array;
  /** Distance to the next knot, in [0, 1]. */
  readonly share: Float64Array;
}

export function locate(column: Column, knots: readonly number[], n: number): Cells {
  const index = new Int32Array(n);
  const share = new Float64Array(n);
  for (let r = 0; r < n; r++) {
    const v = column[r] as number;
    const i = knotBelow(knots, v);
    index[r] = i;
    share[r] = fraction(knots, i, v);
  }
  return { index, share };
}

/** Bilinear look-up of located rows; the same operations in the same order as `bilinear`. */
export function readGrid(
  out: Column,
  cells: { readonly grid: GridNode; readonly x: Cells; readonly y: Cells },
  n: number,
): void {
  const { grid, x, y } = cells;
  const z = Float64Array.from(grid.z);
  const width = grid.ys.length;
  const down = grid.xs.length > 1 ? width : 0;
  const right = width > 1 ? 1 : 0;
  for (let r = 0; r < n; r++) {
    const s = x.share[r] as number;
    const t = y.share[r] as number;
    const at = (x.index[r] as number) * width + (y.index[r] as number);
    const up = at + down;
    const near = (z[at] as number) * (1 - t) + (z[at + right] as number) * t;
    const far = (z[up] as number) * (1 - t) + (z[up + right] as number) * t;
    out[r] = near * (1 - s) + far * s;
  }
}
