/**
 * Variation: nine ways to make a new forest from one or two old ones, and a tenth for searches that have macros; each
 * changes one slot's tree.
 * Every result has the same types as before and keeps the caps; `undefined` means that this
 * operator has nothing to do here (no partner of the type, nothing to shrink, no room), which costs
 * the caller a draw and nothing else.
 */

import type { Rng } from '../core/rng.ts';
import type { Forest, Node, Position } from './forest.ts';
import {
  apply,
  children,
  constant,
  fits,
  MAX_MAGNITUDE,
  MAX_NODES,
  parametersOf,
  positions,
  replaceAt,
  treeOf,
  treeSize,
  typeOf,
  withParameters,
} from './forest.ts';
import type { GrowOptions } from './generate.ts';
import { growLeaf, growTree, pickOperator } from './generate.ts';
import { instantiate, suits } from './macro.ts';
import type { Operator, SlotSpec, ValueType } from './vocabulary.ts';
import { OPERATORS } from './vocabulary.ts';

export type VariationName =
  | 'crossover'
  | 'subtree'
  | 'point'
  | 'constant'
  | 'hoist'
  | 'wrap'
  | 'shrink'
  | 'jitter'
  | 'graft';

export interface VariationOptions {
  /** How fresh subtrees are grown; `maxDepth` 3 is the usual choice. */
  readonly grow: GrowOptions;
  /** Relative step of numeric changes, > 0. */
  readonly sigma: number;
  /** Most nodes of a tree (included). Default 200, never above it. */
  readonly maxNodes?: number;
}

/** The tree of `slot` in `forest` is changed; `donor` lends its tree of the same slot. */
export interface VariationSubject {
  readonly forest: Forest;
  readonly slot: SlotSpec;
  readonly donor: Forest;
}

export type Variation = (
  rng: Rng,
  subject: VariationSubject,
  options: VariationOptions,
) => Forest | undefined;

/** Added to |x| in a step, so that constants at 0 can move. */
const STEP_OFFSET = 0.1;

interface Scene {
  readonly rng: Rng;
  readonly tree: Node;
  readonly slot: SlotSpec;
  readonly options: VariationOptions;
}

/** A variation of one tree, wrapped with what all of them share: caps and putting it back. */
function onTree(change: (scene: Scene, donor: Node | undefined) => Node | undefined): Variation {
  return (rng, { forest, slot, donor }, options) => {
    const tree = treeOf(forest, slot.name);
    if (tree === undefined) return undefined;
    const changed = change({ rng, tree, slot, options }, treeOf(donor, slot.name));
    const cap = Math.min(options.maxNodes ?? MAX_NODES, MAX_NODES);
    if (changed === undefined || !fits(changed, cap)) return undefined;
    return { slots: { ...forest.slots, [slot.name]: changed } };
  };
}

function pick<T>(rng: Rng, items: readonly T[]): T | undefined {
  return items.length === 0 ? undefined : items[rng.int(items.length)];
}

/** A place of any kind: every tree has at least its root. */
function anywhere(rng: Rng, tree: Node): Position {
  return pick(rng, positions(tree)) as Position;
}

function clamp(value: number): number {
  return Math.max(-MAX_MAGNITUDE, Math.min(MAX_MAGNITUDE, value));
}

function step(rng: Rng, value: number, sigma: number): number {
  return clamp(value + sigma * (Math.abs(value) + STEP_OFFSET) * rng.normal());
}

/** The smallest fresh thing of a type: a leaf, or a comparison of two. */
function least(scene: Scene, type: ValueType): Node {
  const { rng, slot, options } = scene;
  const leaf = (): Node => growLeaf(rng, slot, options.grow);
  return type === 'real' ? leaf() : apply('lt', [leaf(), leaf()]);
}

/** Replaces a random subtree by one of the same type from the donor. */
export const crossover: Variation = onTree(({ rng, tree }, donor) => {
  const place = anywhere(rng, tree);
  const gift = donor && pick(rng, positions(donor, place.type));
  return gift && replaceAt(tree, place.index, gift.node);
});

/** Replaces a random subtree by a freshly grown one. */
export const subtree: Variation = onTree(({ rng, tree, slot, options }) => {
  const place = anywhere(rng, tree);
  return replaceAt(tree, place.index, growTree(rng, { ...slot, result: place.type }, options.grow));
});

function samePart(a: Operator, b: Operator): boolean {
  const { takes, gives } = OPERATORS[a];
  const other = OPERATORS[b];
  return a !== b && gives === other.gives && takes.join() === other.takes.join();
}

/** Replaces one operator by another of the same types, or one leaf by a fresh leaf. */
export const point: Variation = onTree((scene) => {
  const { rng, tree, options } = scene;
  const { index, node } = anywhere(rng, tree);
  if (node.op === 'grid') return undefined;
  if (node.op === 'const' || node.op === 'var') return replaceAt(tree, index, least(scene, 'real'));
  const op = pickOperator(rng, (other) => samePart(node.op, other), options.grow.weights);
  return op && replaceAt(tree, index, apply(op, children(node)));
});

function parameters(tree: Node): number[] {
  return parametersOf({ slots: { tree } });
}

function withValues(tree: Node, values: readonly number[]): Node {
  return withParameters({ slots: { tree } }, values).slots.tree as Node;
}

/**
 * Moves one number, x += σ(|x| + 0.1)·N(0, 1), be it a constant or a value of a grid. A real tree
 * without numbers is multiplied by 1 + σ·N(0, 1) instead.
 */
export const tweak: Variation = onTree(({ rng, tree, options }) => {
  const values = parameters(tree);
  if (values.length === 0) {
    const factor = constant(clamp(1 + options.sigma * rng.normal()));
    return typeOf(tree) === 'real' ? apply('*', [tree, factor]) : undefined;
  }
  const chosen = rng.int(values.length);
  values[chosen] = step(rng, values[chosen] as number, options.sigma);
  return withValues(tree, values);
});

/** Promotes a random proper subtree of the right type to be the whole tree. */
export const hoist: Variation = onTree(({ rng, tree, slot }) => {
  const inner = positions(tree, slot.result).filter(({ index }) => index > 0);
  return pick(rng, inner)?.node;
});

/** Puts an operator around a random subtree; its other arguments are fresh leaves. */
export const wrap: Variation = onTree((scene) => {
  const { rng, tree, options } = scene;
  const { index, type, node } = anywhere(rng, tree);
  const holds = (op: Operator): boolean =>
    OPERATORS[op].gives === type && OPERATORS[op].takes.includes(type);
  const op = pickOperator(rng, holds, options.grow.weights);
  if (op === undefined) return undefined;
  const { takes } = OPERATORS[op];
  const seats = takes.flatMap((taken, i) => (taken === type ? [i] : []));
  const seat = pick(rng, seats);
  const args = takes.map((taken, i) => (i === seat ? node : least(scene, taken)));
  return replaceAt(tree, index, apply(op, args));
});

/** Replaces a random subtree that is larger than the smallest of its type by such a smallest one. */
export const shrink: Variation = onTree((scene) => {
  const { rng, tree } = scene;
  const large = positions(tree).filter(
    ({ node, type }) => treeSize(node) > (type === 'real' ? 1 : OPERATORS.lt.takes.length + 1),
  );
  const place = pick(rng, large);
  return place && replaceAt(tree, place.index, least(scene, place.type));
});

/** Moves every number a little: x += σ/2·(|x| + 0.1)·N(0, 1) each. */
export const jitter: Variation = onTree(({ rng, tree, options }) => {
  const values = parameters(tree);
  if (values.length === 0) return undefined;
  return withValues(
    tree,
    values.map((value) => step(rng, value, options.sigma / 2)),
  );
});

/** Joins the whole tree and a subtree of the donor under a binary operator. */
export const graft: Variation = onTree(({ rng, tree, slot, options }, donor) => {
  const type = slot.result;
  const gift = donor && pick(rng, positions(donor, type));
  const joins = (op: Operator): boolean =>
    OPERATORS[op].gives === type && OPERATORS[op].takes.join() === `${type},${type}`;
  const op = pickOperator(rng, joins, options.grow.weights);
  return gift && op && apply(op, [tree, gift.node]);
});

/** Name of the tenth. */
export const INSTANCE = 'instance';

/**
 * Puts an instance of a macro (`options.grow.macros`) in the place of a random subtree, which by half of the chances
 * fills one of its holes; the others are fresh leaves.
 */
export const instance: Variation = onTree((scene) => {
  const { rng, tree, slot, options } = scene;
  const { index, type, node } = anywhere(rng, tree);
  const { macros = [] } = options.grow;
  const macro = pick(
    rng,
    macros.filter((one) => suits(one, type, slot)),
  );
  if (macro === undefined) return undefined;
  const seats = macro.takes.flatMap((taken, i) => (taken === type ? [i] : []));
  const seat = rng.float() < 1 / 2 ? pick(rng, seats) : undefined;
  const args = macro.takes.map((taken, i) => (i === seat ? node : least(scene, taken)));
  return replaceAt(tree, index, instantiate(macro, args));
});

/** All that need no macros, in the order of the published specification (0 … 8). */
export const VARIATIONS: Readonly<Record<VariationName, Variation>> = {
  crossover,
  subtree,
  point,
  constant: tweak,
  hoist,
  wrap,
  shrink,
  jitter,
  graft,
};
