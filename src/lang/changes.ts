/**
 * What differs between two forests, node by node: subtrees of the same place that are not the same, as high up
 * as they differ. Each can be taken back, or made in another forest.
 */
import { encodeForest } from './codec.ts';
import { children, type Forest, type Node, slotNames, treeOf, typeOf } from './forest.ts';
import { withChildren } from './node.ts';

export interface NodeChange {
  readonly slot: string;
  /** Which child, from the root of the slot down; empty for the root. */
  readonly path: readonly number[];
  readonly before: Node;
  readonly after: Node;
}

/** In the order of slots and places; none for equal forests. */
export function nodeChanges(from: Forest, to: Forest): readonly NodeChange[] {
  return slotNames(to).flatMap((slot) => {
    const [before, after] = [treeOf(from, slot), treeOf(to, slot)];
    return before && after ? changesIn({ slot, path: [], before, after }) : [];
  });
}

function changesIn(at: NodeChange): readonly NodeChange[] {
  const { slot, path, before, after } = at;
  if (isSameTree(before, after)) return [];
  if (!isSameNode(before, after)) return [at];
  const kids = children(before);
  return children(after).flatMap((child, i) => {
    const old = kids[i];
    return old ? changesIn({ slot, path: [...path, i], before: old, after: child }) : [];
  });
}

function isSameTree(one: Node, other: Node): boolean {
  return textOf(one) === textOf(other);
}

/** But for what stands below it. */
function isSameNode(one: Node, other: Node): boolean {
  if (one.op !== other.op || children(one).length !== children(other).length) return false;
  return children(one).length > 0 && isSameTree(hollow(one), hollow(other));
}

const NOTHING: Node = { op: 'const', value: 0 };

function hollow(node: Node): Node {
  return withChildren(
    node,
    children(node).map(() => NOTHING),
  );
}

function textOf(node: Node): string {
  return encodeForest({ slots: { tree: node } });
}

/** The forest with another subtree there; undefined where it has no such place, or one of another type. */
export function withSubtree(
  forest: Forest,
  { slot, path }: Pick<NodeChange, 'slot' | 'path'>,
  subtree: Node,
): Forest | undefined {
  const tree = treeOf(forest, slot);
  const changed = tree && replaced(tree, path, subtree);
  return changed && { slots: { ...forest.slots, [slot]: changed } };
}

function replaced(node: Node, path: readonly number[], subtree: Node): Node | undefined {
  const [at, ...below] = path;
  if (at === undefined) return typeOf(node) === typeOf(subtree) ? subtree : undefined;
  const kids = children(node);
  const kid = kids[at];
  const changed = kid && replaced(kid, below, subtree);
  return changed && withChildren(node, kids.with(at, changed));
}
