/**
 * A generation whose vocabulary has, beside its parent's, what programs of several tasks share: chosen one by one by
 * the description length truly saved (src/synthesis/abstractions.ts), each found in programs that use those before.
 */
import type { Forest } from '../../lang/forest.ts';
import type { ValueType } from '../../lang/vocabulary.ts';
import { bestSaving, type Candidate, mine, rewritten } from '../../synthesis/abstractions.ts';
import type { Term } from '../../synthesis/language.ts';
import { Terms } from '../../synthesis/patterns.ts';
import { type Improver, improverId, MOST_MACROS, type StoredMacro } from '../artifact.ts';
import { type Measure, measureOf, sizeOf } from '../written-out.ts';
import { type ExpressionLanguage, termsOf, withLeaves } from './expressions.ts';
import { LARGEST_MACRO, storedMacro, vocabularyLanguage } from './read.ts';

/** Where an improver says which studies its newest macros come from. */
const MINED_FROM_SLOT = 'vocabularyFrom';

/** Of one study, the best: worse ones say less of what its task needs. */
export const MOST_PROGRAMS = 20;

export interface FoundProgram {
  /** What tells tasks apart: a macro is of two at least. */
  readonly task: string;
  /** Programs of one search are relatives: what they share counts once. */
  readonly search: string;
  readonly program: Forest;
}

type Choose = (candidates: readonly Candidate<ValueType>[]) => Candidate<ValueType> | undefined;

export interface MiningMacros {
  /** Macros to add at most. */
  readonly most: number;
  /** Default: the largest saving. */
  readonly choose?: Choose;
}

/** New macros, in the order they call each other; none where nothing that two tasks share is worth a name, or no room is left. */
export function minedMacros(
  parent: Improver,
  programs: readonly FoundProgram[],
  { most, choose = bestSaving }: MiningMacros,
): readonly StoredMacro[] {
  const own = vocabularyLanguage(parent);
  const language = withLeaves(
    own,
    programs.map(({ program }) => program),
  );
  const trees = programs.flatMap(({ task, search, program }) =>
    termsOf(language, program).map((term) => ({ task, search, term: withMacros(language, term) })),
  );
  const numbered = (names: readonly string[]) => {
    const known = [...new Set(names)];
    return names.map((name) => known.indexOf(name));
  };
  const tasks = numbered(trees.map(({ task }) => task));
  const searches = numbered(trees.map(({ search }) => search));
  const generation = parent.generation + 1;
  const { language: larger, added } = mine(
    language,
    new Map(trees.map(({ term }, at) => [at, term])),
    {
      most: Math.min(most, MOST_MACROS - (parent.vocabulary ?? []).length),
      choose: amongSmall(language, choose),
      name: (number) => `v${generation}_${number}`,
      sourceOf: (at) => ({ task: tasks[at] as number, search: searches[at] as number }),
    },
  );
  return added.map(({ primitive, from: { saving, uses, tasks: among } }) => ({
    ...storedMacro(larger, primitive),
    mined: { saving, uses, tasks: among },
  }));
}

/** Only what has room in a tree once it is written out, with those chosen before it. */
function amongSmall({ primitives }: ExpressionLanguage, choose: Choose): Choose {
  const known = new Map<number, Measure>();
  for (const [prim, { body }] of primitives.entries())
    if (body !== undefined) known.set(prim, measureOf(body, known));
  let next = primitives.length;
  return (candidates) => {
    const chosen = choose(
      candidates.filter(({ pattern }) => sizeOf(measureOf(pattern.body, known)) <= LARGEST_MACRO),
    );
    if (chosen !== undefined) known.set(next++, measureOf(chosen.pattern.body, known));
    return chosen;
  };
}

/** The next generation of an improver, with these macros added. @param from what they were mined from, for people. */
export function withMacrosAdded(
  parent: Improver,
  macros: readonly StoredMacro[],
  from: Improver['slots'][string],
): Improver {
  return {
    ...parent,
    generation: parent.generation + 1,
    parent: improverId(parent),
    slots: { ...parent.slots, [MINED_FROM_SLOT]: from },
    vocabulary: [...(parent.vocabulary ?? []), ...macros],
    // What was said of the parent is said of another change.
    mechanism: null,
  };
}

/** The program as its parent's vocabulary says it, so that nothing is found twice and new macros call older ones. */
function withMacros({ primitives }: ExpressionLanguage, term: Term): Term {
  return primitives.reduce((so, { body }, prim) => {
    if (body === undefined) return so;
    const terms = new Terms();
    const pattern = terms.one(body);
    return rewritten(terms.one(so), pattern, prim);
  }, term);
}
