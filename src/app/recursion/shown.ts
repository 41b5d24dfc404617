/** What of a grown solver is shown to people: its library as it calls itself, and one task before and after. */
import { publicRoot } from '../../core/rng.ts';
import { expanded, libraryGraph } from '../../improver/library-graph.ts';
import type { Example, Learned } from '../../improver/recursion/readings.ts';
import { EXPERT_HELPERS } from '../../synthesis/expert.ts';
import type { Solution } from '../../synthesis/generation.ts';
import { learnedIn, sameAsKnown } from '../../synthesis/known-parts.ts';
import { primitiveNamed } from '../../synthesis/language.ts';
import { ORACLE_PARTS } from '../../synthesis/oracle.ts';
import { print } from '../../synthesis/term.ts';
import type { Line } from './lines.ts';
import type { Ground, Pass } from './pass.ts';

/** Inputs on which two functions must agree to be called the same. */
const LIKE = 60;

function inputsForNames() {
  const rng = publicRoot('names of abstractions').stream(-1, 'inputs');
  return Array.from({ length: LIKE }, () => ({
    list: Array.from({ length: 1 + rng.int(9) }, () => rng.int(33) - 11),
    k: 1 + rng.int(3),
  }));
}

/** Mined ones are named after the generation that they were mined in; helpers of the expert are not. */
const isLearned = (name: string): boolean => /^f\d+_\d+$/.test(name);

export function libraryShown({ solver, solutions }: Line): readonly Learned[] {
  const { language } = solver;
  const known = sameAsKnown(language, [...EXPERT_HELPERS, ...ORACLE_PARTS], inputsForNames());
  const used = [...solutions.values()].map((term) => learnedIn(language, term));
  return libraryGraph(language)
    .filter(({ name }) => isLearned(name))
    .map(({ name, body, expanded: written, calls }) => {
      const prim = primitiveNamed(language, name);
      const same = known.get(prim);
      return {
        name,
        generation: Number(name.slice(1, name.indexOf('_'))) + 1,
        body,
        expanded: written,
        ...(same === undefined ? {} : { known: same.replace(/^.*\//, '') }),
        calls: calls.filter(isLearned),
        uses: used.filter((all) => all.has(prim)).length,
      };
    });
}

/** Found within this share of the budget: a search that anybody would call short. */
const SHORT = 0.1;

/** The held-out task with the deepest use of the library among those that the start did not solve. */
export function exampleShown(
  { group, parts }: Ground,
  before: Pass,
  { last, solver }: Line,
): Example | undefined {
  const { language } = solver;
  const rank = ({ term, candidates }: Solution): number =>
    learnedIn(language, term).size -
    (candidates > SHORT * last.searched.candidates ? language.primitives.length : 0);
  const [chosen] = parts.held
    .flatMap((task) => {
      const solution = last.solved.get(task);
      return solution === undefined || before.solved.has(task) ? [] : [{ task, solution }];
    })
    .sort((a, b) => rank(b.solution) - rank(a.solution) || a.task - b.task);
  if (chosen === undefined) return undefined;
  const { task, solution } = chosen;
  return {
    task: group.tasks[task]?.name ?? '',
    before: { candidates: before.searched.candidates, cost: before.searched.cost },
    after: {
      candidates: solution.candidates,
      program: print(language, solution.term),
      expanded: print(language, expanded(language, solution.term)),
    },
  };
}
