/** Random typed trees: the raw material of genetic search (Koza 1992, "grow", with types). */

import type { Rng } from '../core/rng.ts';
import type { Forest, Node } from './forest.ts';
import { apply, constant, MAX_DEPTH, MAX_NODES, variable } from './forest.ts';
import type { Macro } from './macro.ts';
import { fillings, instantiate, ownSize, suits } from './macro.ts';
import type { Operator, SlotSpec, ValueType, Vocabulary } from './vocabulary.ts';
import { OPERATOR_NAMES, OPERATORS } from './vocabulary.ts';

/** Relative frequencies of operators; missing ones keep their default, 0 or less means never. */
export type OperatorWeights = Readonly<Partial<Record<Operator, number>>>;

export interface GrowOptions {
  /** Most levels (included), 1 … 64; a bool tree needs and gets at least 2. */
  readonly maxDepth: number;
  /** Most nodes (included). Default 200; a bool tree needs and gets at least 3. */
  readonly maxNodes?: number;
  readonly weights?: OperatorWeights;
  /** Standard deviation of fresh constants, mean 0. Default 1. */
  readonly constantSd?: number;
  /** Chance that a leaf is a constant rather than a variable, in [0, 1]. Default 0.3. */
  readonly constantProbability?: number;
  /** Chance to stop at a leaf before the last level, in [0, 1]. Default 0.2. */
  readonly leafProbability?: number;
  /** Drawn like an operator: all together as often as `+`. An instance counts as one level. Default none. */
  readonly macros?: readonly Macro[];
}

/** Arithmetic first, curves and logic now and then: printed programs stay readable. */
const DEFAULT_WEIGHTS: Readonly<Record<Operator, number>> = {
  '+': 1,
  '-': 1,
  '*': 1,
  '/': 1,
  min: 0.5,
  max: 0.5,
  abs: 0.3,
  sqrt: 0.3,
  log1p: 0.3,
  exp: 0.2,
  sq: 0.3,
  neg: 0.3,
  tanh: 0.2,
  sin: 0.1,
  lt: 1,
  le: 0.3,
  and: 0.3,
  or: 0.3,
  not: 0.1,
  if: 0.5,
};

/** Of inner nodes, those that are instances: what `+` has among the defaults. */
export const MACRO_SHARE = 0.1;

const DEFAULT_CONSTANT_PROBABILITY = 0.3;
const DEFAULT_LEAF_PROBABILITY = 0.2;

/** The least a tree of a type can be: a real leaf, or a comparison of two. */
const LEAST_LEVELS: Readonly<Record<ValueType, number>> = { real: 1, bool: 2 };
const LEAST_NODES: Readonly<Record<ValueType, number>> = { real: 1, bool: 3 };

/** One of the operators that pass, by weight; undefined when none does. */
export function pickOperator(
  rng: Rng,
  passes: (op: Operator) => boolean,
  weights: OperatorWeights = {},
): Operator | undefined {
  // Drawn for every draft of every trial: loops, where closures would cost as much as the draw.
  const options: Operator[] = [];
  let total = 0;
  for (const op of OPERATOR_NAMES) {
    const weight = weights[op] ?? DEFAULT_WEIGHTS[op];
    if (!(weight > 0 && passes(op))) continue;
    options.push(op);
    total += weight;
  }
  let left = rng.float() * total;
  for (const op of options) {
    left -= weights[op] ?? DEFAULT_WEIGHTS[op];
    if (left < 0) return op;
  }
  return options.at(-1);
}

/** What a subtree may use. */
interface Room {
  readonly levels: number;
  readonly nodes: number;
}

/** Whether the least of each argument's type fits in its share. */
function hasRoom(op: Operator, { levels, nodes }: Room): boolean {
  const { takes } = OPERATORS[op];
  const share = Math.floor((nodes - 1) / takes.length);
  for (const type of takes)
    if (LEAST_LEVELS[type] >= levels || LEAST_NODES[type] > share) return false;
  return true;
}

/** A variable of the slot or a fresh constant. */
export function growLeaf(rng: Rng, spec: SlotSpec, options: Omit<GrowOptions, 'maxDepth'>): Node {
  const share = options.constantProbability ?? DEFAULT_CONSTANT_PROBABILITY;
  if (spec.inputs.length === 0 || rng.float() < share) {
    return constant(rng.normal() * (options.constantSd ?? 1));
  }
  return variable(spec.inputs[rng.int(spec.inputs.length)] as string);
}

/** Nodes for each argument: one that stands in two places is paid twice. */
const shareOf = (macro: Macro, nodes: number): number =>
  Math.floor((nodes - ownSize(macro)) / fillings(macro.body));

class Grower {
  private readonly rng: Rng;
  private readonly spec: SlotSpec;
  private readonly options: GrowOptions;

  constructor(rng: Rng, spec: SlotSpec, options: GrowOptions) {
    this.rng = rng;
    this.spec = spec;
    this.options = options;
  }

  grow(type: ValueType, room: Room): Node {
    const stop = this.rng.float() < (this.options.leafProbability ?? DEFAULT_LEAF_PROBABILITY);
    const macro = stop ? undefined : this.macro(type, room);
    if (macro !== undefined) return this.instance(macro, room);
    const op = stop ? undefined : this.operator(type, room);
    if (op !== undefined) return this.over(op, room);
    return type === 'real'
      ? growLeaf(this.rng, this.spec, this.options)
      : this.over('lt', { levels: LEAST_LEVELS.bool, nodes: LEAST_NODES.bool });
  }

  private operator(type: ValueType, room: Room): Operator | undefined {
    const passes = (op: Operator): boolean => OPERATORS[op].gives === type && hasRoom(op, room);
    return pickOperator(this.rng, passes, this.options.weights);
  }

  /** Without macros nothing is drawn: the stream goes on as it would have. */
  private macro(type: ValueType, { levels, nodes }: Room): Macro | undefined {
    const { macros = [] } = this.options;
    if (macros.length === 0 || this.rng.float() >= MACRO_SHARE) return undefined;
    const fitting = macros.filter((one) => {
      const share = shareOf(one, nodes);
      const fit = (arg: ValueType): boolean =>
        LEAST_LEVELS[arg] < levels && LEAST_NODES[arg] <= share;
      return suits(one, type, this.spec) && one.takes.every(fit);
    });
    return fitting[this.rng.int(Math.max(1, fitting.length))];
  }

  private instance(macro: Macro, room: Room): Node {
    const inner = { levels: room.levels - 1, nodes: shareOf(macro, room.nodes) };
    return instantiate(
      macro,
      macro.takes.map((type) => this.grow(type, inner)),
    );
  }

  private over(op: Operator, room: Room): Node {
    const { takes } = OPERATORS[op];
    const nodes = Math.floor((room.nodes - 1) / takes.length);
    return apply(
      op,
      takes.map((type) => this.grow(type, { levels: room.levels - 1, nodes })),
    );
  }
}

/** A random tree for the slot, of its result type and within the caps. Grids are never grown. */
export function growTree(rng: Rng, spec: SlotSpec, options: GrowOptions): Node {
  const type = spec.result;
  const levels = Math.max(LEAST_LEVELS[type], Math.min(options.maxDepth, MAX_DEPTH));
  const nodes = Math.max(LEAST_NODES[type], Math.min(options.maxNodes ?? MAX_NODES, MAX_NODES));
  return new Grower(rng, spec, options).grow(type, { levels, nodes });
}

/** A random forest: one grown tree per slot. */
export function growForest(rng: Rng, vocabulary: Vocabulary, options: GrowOptions): Forest {
  const trees = vocabulary.slots.map((spec) => [spec.name, growTree(rng, spec, options)] as const);
  return { slots: Object.fromEntries(trees) };
}
