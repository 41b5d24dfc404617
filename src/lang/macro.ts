/**
 * Named parts of expressions, which searches put in as one operator. A macro stands for its expansion and nothing else:
 * whoever reads a program made with one meets plain operators.
 */
import type { Node } from './node.ts';
import { children, mapNodes, positions, treeSize, variable } from './node.ts';
import type { Signature, SlotSpec, ValueType } from './vocabulary.ts';

export interface Macro extends Signature {
  readonly name: string;
  /** Variables it reads: it has no place in a slot that lacks one. */
  readonly inputs: readonly string[];
  /** Its holes are variables named `#0`, `#1`, …, in the order of `takes`. */
  readonly body: Node;
}

const HOLE = /^#(\d)$/;

export const holeNode = (number: number): Node => variable(`#${number}`);

/** Number of the hole; undefined for every other node. */
export function holeOf(node: Node): number | undefined {
  const digit = node.op === 'var' ? HOLE.exec(node.name)?.[1] : undefined;
  return digit === undefined ? undefined : Number(digit);
}

/** Variables of a body, each once. */
export const inputsOf = (body: Node): readonly string[] => [
  ...new Set(
    positions(body).flatMap(({ node }) =>
      node.op === 'var' && holeOf(node) === undefined ? [node.name] : [],
    ),
  ),
];

/** Whether its result is of that type, and the slot has what it reads. */
export const suits = (
  { gives, inputs }: Macro,
  type: ValueType,
  slot: Pick<SlotSpec, 'inputs'>,
): boolean => gives === type && inputs.every((one) => slot.inputs.includes(one));

/** Nodes of the body that are no holes. */
export const ownSize = ({ body }: Macro): number => treeSize(body) - fillings(body);

/** Places that are filled: a hole that stands in two is filled twice. */
export const fillings = (body: Node): number =>
  holeOf(body) === undefined ? children(body).reduce((sum, child) => sum + fillings(child), 0) : 1;

/** The expansion. The caller answers for number and types of `args`, and for the caps on trees. */
export function instantiate({ body }: Macro, args: readonly Node[]): Node {
  return mapNodes(body, (node) => args[holeOf(node) ?? -1] ?? node);
}
