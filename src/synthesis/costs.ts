/**
 * What a node costs beneath another: a bigram over (parent, argument, child) with unigram back-off, refit on
 * solutions after every generation (recursion2.md §1.3; after Ellis et al., DreamCoder, PLDI 2021, whose
 * contextual grammar it is, and Kneser & Ney's idea of backing off to the less specific count).
 */
import type { Language, Term } from './language.ts';

/** `edge[parent][argument][child]`: whole number from 1 to 60; 99 where the types do not fit. */
export type Costs = readonly (readonly Int32Array[])[];

/** Cost of what no type allows. */
export const NEVER = 99;
const DEAREST = 60;
/** Cost of one bit. */
const PER_BIT = 2.5;
/** Weight of the unigram, in observations. */
const BACK_OFF = 4;
/** Uses every primitive is credited with. */
const CREDIT = 0.5;

/** Probabilities of a child beneath (parent, argument), one row per argument. */
export type Grammar = readonly (readonly Float64Array[])[];

const charged = (probability: number): number =>
  Math.min(DEAREST, Math.max(1, Math.round(PER_BIT * -Math.log2(probability))));

export function costsOf({ primitives }: Language, grammar: Grammar): Costs {
  return primitives.map(({ args }, parent) =>
    args.map((type, slot) =>
      Int32Array.from(primitives, (child, at) =>
        child.type === type ? charged(grammar[parent]?.[slot]?.[at] ?? 0) : NEVER,
      ),
    ),
  );
}

/** A grammar with exactly these costs; rows of it need not sum to 1. */
export const grammarOf = (costs: Costs): Grammar =>
  costs.map((rows) =>
    rows.map((edges) =>
      Float64Array.from(edges, (cost) => (cost > 0 ? 2 ** (-cost / PER_BIT) : 0)),
    ),
  );

/** Every primitive of a type alike: the textbook's start. */
export function uniformGrammar({ primitives }: Language): Grammar {
  const alike = new Map<string, number>();
  for (const { type } of primitives) alike.set(type, (alike.get(type) ?? 0) + 1);
  return primitives.map(({ args }) =>
    args.map((wanted) =>
      Float64Array.from(primitives, ({ type }) =>
        type === wanted ? 1 / (alike.get(wanted) as number) : 0,
      ),
    ),
  );
}

interface Counts {
  /** Uses of a primitive. */
  readonly uses: Float64Array;
  /** Uses beneath (parent, argument). */
  readonly beneath: readonly (readonly Float64Array[])[];
}

function counted({ primitives }: Language, solutions: readonly Term[]): Counts {
  const uses = new Float64Array(primitives.length);
  const beneath = primitives.map(({ args }) => args.map(() => new Float64Array(primitives.length)));
  const count = (term: Term): void => {
    uses[term.prim] = (uses[term.prim] as number) + 1;
    for (const [slot, argument] of term.args.entries()) {
      const row = beneath[term.prim]?.[slot] as Float64Array;
      row[argument.prim] = (row[argument.prim] as number) + 1;
      count(argument);
    }
  };
  solutions.forEach(count);
  return { uses, beneath };
}

/** Refits the grammar on the solutions of a generation. */
export function learnedGrammar(language: Language, solutions: readonly Term[]): Grammar {
  const { primitives } = language;
  const { uses, beneath } = counted(language, solutions);
  const credit = Float64Array.from(uses, (used) => CREDIT + used);
  const ofType = new Map<string, number>();
  primitives.forEach(({ type }, at) => {
    ofType.set(type, (ofType.get(type) ?? 0) + (credit[at] as number));
  });
  return primitives.map(({ args }, parent) =>
    args.map((wanted, slot) => {
      const row = beneath[parent]?.[slot] as Float64Array;
      const total = row.reduce((sum, n) => sum + n, 0) + BACK_OFF;
      return Float64Array.from(primitives, ({ type }, at) => {
        if (type !== wanted) return 0;
        const unigram = (credit[at] as number) / (ofType.get(wanted) as number);
        return ((row[at] as number) + BACK_OFF * unigram) / total;
      });
    }),
  );
}
