/**
 * Improvers that every comparison draws, fixed before the first self-applied run and never weakened
 * (lines.test.ts holds their digests): the textbook, which is where self-application begins, and what a
 * person who knows the field sets by hand, bare, with de-duplication and with the cheap twin as well.
 */
import { constant, type Forest } from '../../lang/forest.ts';
import { GP_SLOTS } from './slots.ts';

type Numbers = Readonly<Record<string, number>>;

/** Every function as likely as any other. */
const ALL_FUNCTIONS: Numbers = {
  growPlus: 1,
  growMinus: 1,
  growTimes: 1,
  growOver: 1,
  growMin: 1,
  growMax: 1,
  growAbs: 1,
  growSqrt: 1,
  growLog: 1,
  growExp: 1,
  growSquare: 1,
  growNeg: 1,
  growTanh: 1,
  growSin: 1,
  growIf: 1,
};

const NO_MECHANISM: Numbers = {
  deduplicate: 0,
  proposals: 1,
  nearest: 0,
  novelty: 0,
  twinShare: 0,
  twinKeep: 8,
};

/** Koza, Genetic Programming (1992): crossover 0.9, tournaments, no restart, large fresh trees. */
const TEXTBOOK: Numbers = {
  population: 7,
  tournament: 5,
  elite: 0,
  restart: 2,
  mutations: 1,
  replacement: 3,
  accept: 0.05,
  seedShare: 0.1,
  depth: 4,
  constantScale: 0,
  constantShare: 0.3,
  sigma: -0.5,
  parsimony: 0,
  varyCrossover: 0.9,
  varySubtree: 0.1,
  varyPoint: 0,
  varyConstant: 0,
  varyHoist: 0,
  varyWrap: 0,
  varyShrink: 0,
  varyJitter: 0,
  varyGraft: 0,
  ...ALL_FUNCTIONS,
  ...NO_MECHANISM,
};

/** Small population from the start, all nine operators, short steps: for a hundred evaluations. */
const EXPERT: Numbers = {
  population: 3,
  tournament: 3,
  elite: 0.3,
  restart: 0.4,
  mutations: 1.5,
  replacement: 4,
  accept: 0.05,
  seedShare: 1,
  depth: 3,
  constantScale: 0,
  constantShare: 0.3,
  sigma: -0.5,
  parsimony: 0.002,
  varyCrossover: 0.2,
  varySubtree: 0.2,
  varyPoint: 0.2,
  varyConstant: 0.2,
  varyHoist: 0.05,
  varyWrap: 0.2,
  varyShrink: 0.05,
  varyJitter: 0.1,
  varyGraft: 0.2,
  growPlus: 1,
  growMinus: 1,
  growTimes: 1,
  growOver: 1,
  growMin: 0.5,
  growMax: 0.5,
  growAbs: 0.3,
  growSqrt: 0.3,
  growLog: 0.3,
  growExp: 0.2,
  growSquare: 0.3,
  growNeg: 0.3,
  growTanh: 0.2,
  growSin: 0.1,
  growIf: 0.5,
  ...NO_MECHANISM,
};

/** Duplicates are free then, so children may differ more. Chosen on training tasks among eighteen settings. */
const WITH_DEDUPLICATION: Numbers = { ...EXPERT, deduplicate: 1, elite: 0.6, mutations: 2 };
/** Three tenths of the budget on the twin, and eight survivors: the figures of the literature's study. */
const WITH_TWIN: Numbers = { ...WITH_DEDUPLICATION, twinShare: 0.3 };

function improverOf(numbers: Numbers): Forest {
  const slots = Object.keys(GP_SLOTS).map((name) => [name, constant(numbers[name] as number)]);
  return { slots: Object.fromEntries(slots) };
}

export const LINES = {
  textbook: improverOf(TEXTBOOK),
  expert: improverOf(EXPERT),
  'expert + de-duplication': improverOf(WITH_DEDUPLICATION),
  'expert + de-duplication + twin': improverOf(WITH_TWIN),
} as const;
