/** Runs a slot of a forest over many rows at once, or over one row as the slow, obvious oracle. */

import type { Forest, GridNode, Node } from './forest.ts';
import { invalid, treeOf, typeOf } from './forest.ts';
import type { Cells } from './kernels.ts';
import { BINARY, choose, locate, readGrid, UNARY } from './kernels.ts';
import { alwaysFinite, bilinear, divide, EXP_CAP, finite } from './semantics.ts';

/** Rows of inputs, one array per variable, each `length` long. */
export interface Columns {
  readonly length: number;
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/**
 * Memory that outlives one evaluation: buffers to reuse, and which cell of which axis each row of a
 * column falls in. Columns seen with a cache must not be written to afterwards.
 */
export interface InterpreterCache {
  acquire(length: number): Float64Array;
  /** Gives a buffer back; its owner must not read it again. */
  release(buffer: Float64Array): void;
  cells(column: Float64Array, knots: readonly number[]): Cells;
}

/** Knots mutate, so a study meets new axes as long as it runs: beyond these a column starts anew. */
const MOST_AXES = 256;

export function createInterpreterCache(): InterpreterCache {
  const free = new Map<number, Float64Array[]>();
  const keys = new WeakMap<readonly number[], string>();
  const located = new WeakMap<Float64Array, Map<string, Cells>>();
  const keyOf = (knots: readonly number[]): string => {
    const key = keys.get(knots) ?? knots.join();
    keys.set(knots, key);
    return key;
  };
  return {
    acquire: (length) => free.get(length)?.pop() ?? new Float64Array(length),
    release(buffer) {
      const shelf = free.get(buffer.length);
      if (shelf === undefined) free.set(buffer.length, [buffer]);
      else shelf.push(buffer);
    },
    cells(column, knots) {
      const axes = located.get(column) ?? new Map<string, Cells>();
      const key = keyOf(knots);
      const known = axes.get(key);
      if (known !== undefined) return known;
      const cells = locate(column, knots, column.length);
      if (axes.size >= MOST_AXES) axes.clear();
      axes.set(key, cells);
      located.set(column, axes);
      return cells;
    },
  };
}

interface Run {
  readonly rows: Columns;
  readonly cache: InterpreterCache;
}

function columnOf(rows: Columns, name: string): Float64Array {
  const column = Object.hasOwn(rows.columns, name) ? rows.columns[name] : undefined;
  if (column?.length !== rows.length) throw invalid(name, `no column of ${rows.length} rows`);
  return column;
}

/** Columns of inputs are borrowed, everything else is ours to write to and to give back. */
function drop(node: Node, values: Float64Array, run: Run): void {
  if (node.op !== 'var') run.cache.release(values);
}

function axis(node: Node, knots: readonly number[], run: Run): Cells {
  const values = evaluate(node, run);
  if (node.op === 'var') return run.cache.cells(values, knots);
  const cells = locate(values, knots, run.rows.length);
  run.cache.release(values);
  return cells;
}

function evaluateGrid(grid: GridNode, run: Run): Float64Array {
  const x = axis(grid.x, grid.xs, run);
  const y = axis(grid.y, grid.ys, run);
  const out = run.cache.acquire(run.rows.length);
  readGrid(out, { grid, x, y }, run.rows.length);
  return out;
}

function evaluate(node: Node, run: Run): Float64Array {
  const { rows, cache } = run;
  const n = rows.length;
  if (node.op === 'var') return columnOf(rows, node.name);
  if (node.op === 'const') return cache.acquire(n).fill(node.value);
  if (node.op === 'grid') return evaluateGrid(node, run);
  const first = evaluate(node.args[0], run);
  const out = node.args[0].op === 'var' ? cache.acquire(n) : first;
  if (node.args.length === 1) {
    UNARY[node.op as keyof typeof UNARY](out, first, n);
    return out;
  }
  const second = evaluate(node.args[1], run);
  if (node.args.length === 2) {
    BINARY[node.op as keyof typeof BINARY](out, first, second, n);
  } else {
    const third = evaluate(node.args[2], run);
    choose(out, { test: first, yes: second, no: third }, n);
    drop(node.args[2], third, run);
  }
  drop(node.args[1], second, run);
  return out;
}

function rootOf(forest: Forest, slot: string): Node {
  const tree = treeOf(forest, slot);
  if (tree === undefined) throw invalid(slot, 'the slot is missing');
  return tree;
}

/**
 * The slot's value for every row; bools as 0 and 1. The forest must have passed `checkForest`.
 *
 * The returned array belongs to the caller, who may hand it back with `cache.release` when done.
 * Without a cache each call allocates afresh.
 *
 * @throws PacelineError FOREST_INVALID when the slot or a column of the right length is missing.
 */
export function evaluateSlot(
  forest: Forest,
  slot: string,
  rows: Columns,
  cache: InterpreterCache = createInterpreterCache(),
): Float64Array {
  const tree = rootOf(forest, slot);
  const values = evaluate(tree, { rows, cache });
  if (typeOf(tree) === 'bool' || alwaysFinite(tree)) return values;
  const out = tree.op === 'var' ? cache.acquire(rows.length) : values;
  for (let r = 0; r < rows.length; r++) out[r] = finite(values[r] as number);
  return out;
}

type Inputs = Readonly<Record<string, number>>;

function scalarTest(node: Node, inputs: Inputs): boolean {
  switch (node.op) {
    case 'lt':
      return scalar(node.args[0], inputs) < scalar(node.args[1], inputs);
    case 'le':
      return scalar(node.args[0], inputs) <= scalar(node.args[1], inputs);
    case 'and':
      return scalarTest(node.args[0], inputs) && scalarTest(node.args[1], inputs);
    case 'or':
      return scalarTest(node.args[0], inputs) || scalarTest(node.args[1], inputs);
    case 'not':
      return !scalarTest(node.args[0], inputs);
    default:
      throw invalid(node.op, 'bool expected');
  }
}

function scalar(node: Node, inputs: Inputs): number {
  switch (node.op) {
    case 'const':
      return node.value;
    case 'var':
      return inputs[node.name] as number;
    case 'grid':
      return bilinear(node, scalar(node.x, inputs), scalar(node.y, inputs));
    case 'if':
      return scalar(node.args[scalarTest(node.args[0], inputs) ? 1 : 2], inputs);
    default:
      return arithmetic(
        node.op,
        scalar(node.args[0], inputs),
        node.args.length === 2 ? scalar(node.args[1], inputs) : 0,
      );
  }
}

function arithmetic(op: Node['op'], a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return divide(a, b);
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
    case 'abs':
      return Math.abs(a);
    case 'sqrt':
      return Math.sqrt(Math.abs(a));
    case 'log1p':
      return Math.log1p(Math.abs(a));
    case 'exp':
      return Math.exp(Math.min(a, EXP_CAP));
    case 'sq':
      return a * a;
    case 'neg':
      return -a;
    case 'tanh':
      return Math.tanh(a);
    case 'sin':
      return Math.sin(a);
    default:
      throw invalid(op, 'real expected');
  }
}

/**
 * The slot's value for one row (bools as 0 and 1), node by node without tricks: the oracle the
 * vector interpreter and the printed program are tested against.
 */
export function evaluateScalar(forest: Forest, slot: string, inputs: Inputs): number {
  const tree = rootOf(forest, slot);
  if (typeOf(tree) === 'bool') return scalarTest(tree, inputs) ? 1 : 0;
  const value = scalar(tree, inputs);
  return alwaysFinite(tree) ? value : finite(value);
}
