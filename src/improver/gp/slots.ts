/**
 * How genetic search behaves, as data: one small expression for each setting, over what the search knows
 * of itself. An improver of the GP engine is a forest over this vocabulary, so the engine that improves
 * policies can improve it too (STOP, Zelikman et al. 2023, without a model; Schmidhuber 1987).
 */
import type { Forest } from '../../lang/forest.ts';
import { evaluateScalar } from '../../lang/interpret.ts';
import { VARIATIONS, type VariationName } from '../../lang/operators.ts';
import type { Operator, Vocabulary } from '../../lang/vocabulary.ts';

/** What a search knows of itself, and every slot may read. */
export interface SearchState {
  /** Share of the budget that is spent, [0, 1]. */
  readonly progress: number;
  /** Share of the budget spent since the best one got better, or all others started anew, [0, 1]. */
  readonly stagnation: number;
  /** Different costs in the population over its size, [0, 1]. */
  readonly diversity: number;
  /** Nodes of the best one's largest tree, in 30. */
  readonly size: number;
  /** log10 of how many children of the start's size the budget pays for, in 4. */
  readonly budget: number;
  /** Inputs of the largest slot of what is improved, in 10. */
  readonly inputs: number;
}

export const FEATURES: readonly (keyof SearchState)[] = [
  'progress',
  'stagnation',
  'diversity',
  'size',
  'budget',
  'inputs',
];

interface Range {
  readonly least: number;
  /** Included, like `least`; values beyond count as the nearest of both. */
  readonly most: number;
  readonly says: string;
}

const SHARE = { least: 0, most: 1 } as const;

const SETTINGS = {
  population: { least: 1, most: 9, says: 'log2 of how many are kept' },
  tournament: { least: 1, most: 16, says: 'how many are compared to choose a parent' },
  elite: { ...SHARE, says: 'chance that the parent is the best one' },
  restart: { least: 0.02, most: 2, says: 'stagnation after which all but the best start anew' },
  mutations: { least: 1, most: 6, says: 'mean number of changes that make a child' },
  replacement: { least: 1, most: 16, says: 'how many are compared for whose place a child takes' },
  accept: { ...SHARE, says: 'chance that a child takes the place of a better one' },
  seedShare: { ...SHARE, says: 'share of the first population that is made from the start' },
  depth: { least: 1, most: 6, says: 'most levels of what is grown afresh' },
  constantScale: { least: -2, most: 2, says: 'log10 of the spread of fresh constants' },
  constantShare: { ...SHARE, says: 'share of constants among fresh leaves' },
  sigma: { least: -2, most: 0.5, says: 'log10 of the relative step of numbers' },
  parsimony: { least: 0, most: 0.1, says: 'price of a node, in spreads of cost' },
  deduplicate: { ...SHARE, says: 'above 0.5: reject unmeasured what decides as one seen before' },
  proposals: { least: 1, most: 12, says: 'children ranked unmeasured for each one measured' },
  nearest: { least: 0, most: 4, says: 'weight of what the three nearest behaviours cost' },
  novelty: { least: 0, most: 4, says: 'weight of the distance to the nearest behaviour' },
  twinShare: { least: 0, most: 0.6, says: 'share of the budget spent on a cheap twin first' },
  twinKeep: { least: 1, most: 8, says: 'survivors of the twin that are measured in earnest' },
} as const satisfies Readonly<Record<string, Range>>;

type Setting = keyof typeof SETTINGS;

const OPERATOR_NAMES = Object.keys(VARIATIONS) as VariationName[];

/** Operators of arithmetic that may be grown; those of logic keep the language's own frequencies. */
const GROWN: Readonly<Record<string, Operator>> = {
  growPlus: '+',
  growMinus: '-',
  growTimes: '*',
  growOver: '/',
  growMin: 'min',
  growMax: 'max',
  growAbs: 'abs',
  growSqrt: 'sqrt',
  growLog: 'log1p',
  growExp: 'exp',
  growSquare: 'sq',
  growNeg: 'neg',
  growTanh: 'tanh',
  growSin: 'sin',
  growIf: 'if',
};

const WEIGHT = { ...SHARE, says: 'relative frequency' } as const;

/** Name of the slot that weighs an operator: `varyCrossover`. */
export function varySlot(name: VariationName): string {
  return `vary${name[0]?.toUpperCase()}${name.slice(1)}`;
}

/** Every slot with its range, in the order in which they are read. */
export const GP_SLOTS: Readonly<Record<string, Range>> = {
  ...SETTINGS,
  ...Object.fromEntries(OPERATOR_NAMES.map((name) => [varySlot(name), WEIGHT])),
  ...Object.fromEntries(Object.keys(GROWN).map((name) => [name, WEIGHT])),
};

export const GP_VOCABULARY: Vocabulary = {
  slots: Object.keys(GP_SLOTS).map((name) => ({ name, inputs: FEATURES, result: 'real' })),
};

/** The settings that hold for a while, each within its range. */
export interface Policy {
  readonly settings: Readonly<Record<Setting, number>>;
  /** In the order of `OPERATOR_NAMES`; all 0 counts as all equal. */
  readonly operators: readonly number[];
  readonly grown: Readonly<Partial<Record<Operator, number>>>;
}

export { OPERATOR_NAMES as VARIATION_NAMES };

/** What an improver says in a state. The forest must have passed `checkForest` over GP_VOCABULARY. */
export function policyIn(improver: Forest, state: SearchState): Policy {
  const inputs = { ...state };
  const read = (name: string): number => {
    const { least, most } = GP_SLOTS[name] as Range;
    return Math.max(least, Math.min(most, evaluateScalar(improver, name, inputs)));
  };
  const settings = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, read(name)]));
  const grown = Object.entries(GROWN).map(([name, op]) => [op, read(name)]);
  return {
    settings: settings as Record<Setting, number>,
    operators: OPERATOR_NAMES.map((name) => read(varySlot(name))),
    grown: Object.fromEntries(grown),
  };
}
