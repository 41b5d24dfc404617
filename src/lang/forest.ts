/**
 * A forest is a program of the closed language as data: one expression tree per slot. This file is
 * the door to trees and forests alike; `checkForest` is the only judge of what is a valid one.
 */

import { PacelineError } from '../core/errors.ts';
import type { GridNode, Node } from './node.ts';
import { children, constant, treeDepth, treeSize, typeOf, withChildren } from './node.ts';
import type { SlotSpec, ValueType, Vocabulary } from './vocabulary.ts';
import { checkVocabulary, isOperator, OPERATORS } from './vocabulary.ts';

export type { GridNode, Node, Position } from './node.ts';
export {
  apply,
  children,
  constant,
  mapNodes,
  nodeAt,
  positions,
  replaceAt,
  treeDepth,
  treeSize,
  typeOf,
  variable,
} from './node.ts';

export interface Forest {
  readonly slots: Readonly<Record<string, Node>>;
}

/** Nodes of one tree (included): beyond it nobody reads the printed program. */
export const MAX_NODES = 200;

/** Levels of one tree (included): keeps every recursion, and the printed nesting, shallow. */
export const MAX_DEPTH = 64;

/** Largest magnitude of any number: differences and interpolations of such numbers stay finite. */
export const MAX_MAGNITUDE = 1e300;

/** Knots per axis of a grid (included). */
export const MAX_KNOTS = 64;

const DIGITS = 6;

/** Slot names in canonical (code unit) order, the order of bytes and of parameters. */
export function slotNames(forest: Forest): string[] {
  return Object.keys(forest.slots).sort();
}

/** The tree of a slot, or undefined; never anything inherited. */
export function treeOf(forest: Forest, slot: string): Node | undefined {
  return Object.hasOwn(forest.slots, slot) ? forest.slots[slot] : undefined;
}

export function nodeCount(forest: Forest): number {
  return Object.values(forest.slots).reduce((sum, tree) => sum + treeSize(tree), 0);
}

/** Levels of the deepest tree. */
export function depth(forest: Forest): number {
  return Object.values(forest.slots).reduce((max, tree) => Math.max(max, treeDepth(tree)), 0);
}

/** A number at the 6 significant digits a forest is stored with; −0 becomes 0. */
export function roundNumber(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

function collect(node: Node, into: number[]): void {
  if (node.op === 'const') into.push(node.value);
  if (node.op === 'grid') into.push(...node.z);
  for (const child of children(node)) collect(child, into);
}

/**
 * All constants and grid values (knots are structure, not parameters) in canonical order: slots
 * sorted, trees in preorder, a grid's table before its arguments.
 */
export function parametersOf(forest: Forest): number[] {
  const values: number[] = [];
  for (const slot of slotNames(forest)) collect(forest.slots[slot] as Node, values);
  return values;
}

/** Hands out parameters in canonical order; a surplus or lack shows in `at` afterwards. */
interface Feed {
  readonly values: ArrayLike<number>;
  at: number;
}

function next(feed: Feed): number {
  const value = feed.values[feed.at++];
  if (value === undefined || !(Math.abs(value) <= MAX_MAGNITUDE)) {
    throw invalid(`parameter ${feed.at - 1}`, 'the value is missing, not finite or beyond 1e300');
  }
  return value;
}

function refill(node: Node, feed: Feed): Node {
  if (node.op === 'const') return constant(next(feed));
  if (node.op === 'var') return node;
  const own = node.op === 'grid' ? { ...node, z: node.z.map(() => next(feed)) } : node;
  return withChildren(
    own,
    children(own).map((child) => refill(child, feed)),
  );
}

/**
 * The same forest with other numbers, in the order of `parametersOf`. Knot arrays are shared, so an
 * interpreter cache keeps its cells.
 *
 * @throws PacelineError FOREST_INVALID when the count differs or a value is not finite.
 */
export function withParameters(forest: Forest, values: ArrayLike<number>): Forest {
  const feed: Feed = { values, at: 0 };
  const filled = new Map<string, Node>();
  for (const slot of slotNames(forest)) filled.set(slot, refill(forest.slots[slot] as Node, feed));
  if (feed.at !== values.length) {
    throw invalid('parameters', `${values.length} values for ${feed.at} parameters`);
  }
  const slots = Object.keys(forest.slots).map((slot) => [slot, filled.get(slot) as Node] as const);
  return { slots: Object.fromEntries(slots) };
}

/** The forest as its stored bytes would give it back. */
export function roundParameters(forest: Forest): Forest {
  const slots = Object.entries(forest.slots).map(
    ([slot, tree]) => [slot, roundTree(tree)] as const,
  );
  return { slots: Object.fromEntries(slots) };
}

function roundTree(node: Node): Node {
  if (node.op === 'const') return constant(roundNumber(node.value));
  if (node.op !== 'grid') return withChildren(node, children(node).map(roundTree));
  const { op, xs, ys, z } = node;
  return {
    op,
    x: roundTree(node.x),
    y: roundTree(node.y),
    xs: xs.map(roundNumber),
    ys: ys.map(roundNumber),
    z: z.map(roundNumber),
  };
}

/** The refusal of a forest, with the place and the reason. */
export function invalid(path: string, reason: string): PacelineError {
  return new PacelineError(
    'FOREST_INVALID',
    `The forest is not valid at ${path}: ${reason}. Correct that part or start from a valid one.`,
    { path, reason },
  );
}

function checkNumber(value: unknown, path: string): void {
  if (typeof value !== 'number' || !(Math.abs(value) <= MAX_MAGNITUDE)) {
    throw invalid(path, 'every number is finite and at most 1e300 in magnitude');
  }
}

function checkKnots(knots: readonly number[], path: string): void {
  if (!Array.isArray(knots) || knots.length < 1 || knots.length > MAX_KNOTS) {
    throw invalid(path, `an axis has 1 to ${MAX_KNOTS} knots`);
  }
  for (const [i, knot] of knots.entries()) {
    checkNumber(knot, path);
    if (i > 0 && !(roundNumber(knots[i - 1] as number) < roundNumber(knot))) {
      throw invalid(path, 'knots ascend strictly, at 6 significant digits');
    }
  }
}

function checkTable(grid: GridNode, path: string): void {
  checkKnots(grid.xs, `${path}.xs`);
  checkKnots(grid.ys, `${path}.ys`);
  if (!Array.isArray(grid.z) || grid.z.length !== grid.xs.length * grid.ys.length) {
    throw invalid(`${path}.z`, 'the table has one value for each pair of knots');
  }
  for (const value of grid.z) checkNumber(value, `${path}.z`);
}

function argumentTypes(node: Node, path: string, inputs: readonly string[]): readonly ValueType[] {
  if (node.op === 'const') {
    checkNumber(node.value, path);
    return [];
  }
  if (node.op === 'var') {
    if (!inputs.includes(node.name)) throw invalid(path, `this slot has no input ${node.name}`);
    return [];
  }
  if (node.op === 'grid') {
    checkTable(node, path);
    return ['real', 'real'];
  }
  if (!isOperator(node.op)) throw invalid(path, 'the operator is unknown');
  const { takes } = OPERATORS[node.op];
  if (!Array.isArray(node.args) || node.args.length !== takes.length) {
    throw invalid(path, `${node.op} takes ${takes.length} arguments`);
  }
  return takes;
}

interface Place {
  readonly path: string;
  /** 1 at the root. */
  readonly level: number;
}

function checkTree(node: Node, spec: SlotSpec, { path, level }: Place): void {
  if (typeof node !== 'object' || node === null) throw invalid(path, 'a node is missing');
  if (level > MAX_DEPTH) throw invalid(path, `a tree has at most ${MAX_DEPTH} levels`);
  const takes = argumentTypes(node, path, spec.inputs);
  for (const [i, child] of children(node).entries()) {
    const inner = `${path}/${node.op}[${i}]`;
    checkTree(child, spec, { path: inner, level: level + 1 });
    if (typeOf(child) !== takes[i])
      throw invalid(inner, `${takes[i]} expected, not ${typeOf(child)}`);
  }
}

/** True when a tree keeps the caps on nodes and levels. */
export function fits(tree: Node, maxNodes: number = MAX_NODES): boolean {
  return treeSize(tree) <= maxNodes && treeDepth(tree) <= MAX_DEPTH;
}

/**
 * Verifies a forest against its vocabulary: exactly the named slots, known operators, right arity
 * and types, known inputs, finite numbers, ascending knots, the caps on nodes and levels.
 *
 * @throws PacelineError FOREST_INVALID with `path` and `reason` in its data.
 */
export function checkForest(forest: Forest, vocabulary: Vocabulary): Forest {
  checkVocabulary(vocabulary);
  for (const spec of vocabulary.slots) {
    const tree = treeOf(forest, spec.name);
    if (tree === undefined) throw invalid(spec.name, 'the slot is missing');
    checkTree(tree, spec, { path: spec.name, level: 1 });
    if (!fits(tree)) throw invalid(spec.name, `a tree has at most ${MAX_NODES} nodes`);
    if (typeOf(tree) !== spec.result) throw invalid(spec.name, `the slot gives a ${spec.result}`);
  }
  const known = new Set(vocabulary.slots.map((spec) => spec.name));
  for (const slot of slotNames(forest)) {
    if (!known.has(slot)) throw invalid(JSON.stringify(slot), 'the vocabulary has no such slot');
  }
  return forest;
}
