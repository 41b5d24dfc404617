/**
 * One immutable, typed expression tree. A node's address inside its tree is its index in preorder
 * (root 0, children left to right).
 */

import type { BinaryOp, Operator, UnaryOp, ValueType } from './vocabulary.ts';
import { OPERATORS } from './vocabulary.ts';

export interface ConstNode {
  readonly op: 'const';
  readonly value: number;
}

export interface VarNode {
  readonly op: 'var';
  readonly name: string;
}

export interface UnaryNode {
  readonly op: UnaryOp;
  readonly args: readonly [Node];
}

export interface BinaryNode {
  readonly op: BinaryOp;
  readonly args: readonly [Node, Node];
}

/** `args` are the condition, the value if it holds, the value if it does not. */
export interface IfNode {
  readonly op: 'if';
  readonly args: readonly [Node, Node, Node];
}

/** A table over knots, read by bilinear interpolation, clamped at the edges. */
export interface GridNode {
  readonly op: 'grid';
  readonly x: Node;
  readonly y: Node;
  /** Strictly ascending, at least one. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Row-major, one row per x: value (i, j) is `z[i * ys.length + j]`. */
  readonly z: readonly number[];
}

export type Node = ConstNode | VarNode | UnaryNode | BinaryNode | IfNode | GridNode;

/** A place in a tree: preorder index, the type found there, and the node. */
export interface Position {
  readonly index: number;
  readonly type: ValueType;
  readonly node: Node;
}

const NO_NODES: readonly Node[] = [];

export function constant(value: number): ConstNode {
  return { op: 'const', value };
}

export function variable(name: string): VarNode {
  return { op: 'var', name };
}

/** An operator node; the caller answers for arity and types (checkForest verifies them). */
export function apply(op: Operator, args: readonly Node[]): Node {
  return { op, args } as unknown as Node;
}

export function children(node: Node): readonly Node[] {
  if (node.op === 'const' || node.op === 'var') return NO_NODES;
  return node.op === 'grid' ? [node.x, node.y] : node.args;
}

/** The same node over other children (same number, same types). */
export function withChildren(node: Node, kids: readonly Node[]): Node {
  if (node.op === 'const' || node.op === 'var') return node;
  if (node.op !== 'grid') return apply(node.op, kids);
  const [x = node.x, y = node.y] = kids;
  return { ...node, x, y };
}

export function typeOf(node: Node): ValueType {
  if (node.op === 'const' || node.op === 'var' || node.op === 'grid') return 'real';
  return OPERATORS[node.op].gives;
}

/** Nodes of one tree; a grid counts as one plus its two arguments, whatever its table's size. */
export function treeSize(tree: Node): number {
  let size = 1;
  for (const child of children(tree)) size += treeSize(child);
  return size;
}

/** Levels of one tree: a leaf has 1. */
export function treeDepth(tree: Node): number {
  let deepest = 0;
  for (const child of children(tree)) deepest = Math.max(deepest, treeDepth(child));
  return deepest + 1;
}

/** Rebuilds a tree bottom-up: `change` sees each node after its children were changed. */
export function mapNodes(tree: Node, change: (node: Node) => Node): Node {
  const kids = children(tree);
  if (kids.length === 0) return change(tree);
  return change(
    withChildren(
      tree,
      kids.map((child) => mapNodes(child, change)),
    ),
  );
}

/** Every place of a tree in preorder, or only those of one type. */
export function positions(tree: Node, type?: ValueType): Position[] {
  const found: Position[] = [];
  let index = 0;
  const visit = (node: Node): void => {
    const here = { index: index++, type: typeOf(node), node };
    if (type === undefined || here.type === type) found.push(here);
    for (const child of children(node)) visit(child);
  };
  visit(tree);
  return found;
}

/** The node at a preorder index, or undefined past the end. */
export function nodeAt(tree: Node, index: number): Node | undefined {
  return positions(tree)[index]?.node;
}

/** The tree with one subtree replaced; the caller keeps the type. Past the end: unchanged. */
export function replaceAt(tree: Node, index: number, replacement: Node): Node {
  let next = 0;
  const visit = (node: Node): Node => {
    if (next++ === index) return replacement;
    const before = next;
    const kids = children(node).map((child) => (next > index ? child : visit(child)));
    return next === before ? node : withChildren(node, kids);
  };
  return visit(tree);
}
