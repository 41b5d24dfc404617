/** A solver that learned on one domain, put to work on another that it has never seen (recursion2.md §4). */
import { learnedGrammar, uniformGrammar, usesIn } from './costs.ts';
import type { Solver } from './generation.ts';
import type { Language, Term } from './language.ts';
import { bareLanguage } from './language.ts';
import { libraryOf, withLibrary } from './library.ts';
import { mixed } from './mix.ts';
import { readTerm, storedTerm } from './term.ts';

/** Weight of the unigram: what stands where may differ in another domain. */
const BACK_OFF = 40;
/** Share of the uniform start. */
const START_SHARE = 0.5;

export interface Learner {
  readonly language: Language;
  /** Its solutions, in its language. */
  readonly solutions: readonly Term[];
}

/** Text primitives have the mean use of the numbers' nullary primitives of their type. */
export function forText({ language: from, solutions }: Learner): Solver {
  const bare = bareLanguage('text');
  const language = withLibrary(bare, libraryOf(from));
  const own = solutions.map((term) => readTerm(language, storedTerm(from, term)));
  const start = { language: bare, grammar: uniformGrammar(bare) };
  const learned = learnedGrammar(language, own, {
    backOff: BACK_OFF,
    credited: creditsOf(language, { from, uses: usesIn(language, own) }),
  });
  return {
    generation: 0,
    language,
    grammar: mixed(language, learned, { start, share: START_SHARE }),
  };
}

interface Known {
  readonly from: Language;
  readonly uses: Float64Array;
}

function creditsOf({ primitives }: Language, { from, uses }: Known): Float64Array {
  const credits = new Float64Array(primitives.length);
  primitives.forEach(({ name, type, args }, at) => {
    if (from.index.has(name) || args.length > 0) return;
    const like = [...primitives.keys()].filter((other) => {
      const one = primitives[other];
      return one?.type === type && one.args.length === 0 && from.index.has(one.name);
    });
    credits[at] = like.reduce((sum, other) => sum + (uses[other] as number), 0) / like.length;
  });
  return credits;
}
