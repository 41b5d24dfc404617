/** The lines of a comparison: the two that are compared, and those that are always drawn beside them. */
import { bareImprover, improverId } from '../../../improver/artifact.ts';
import { solverOf } from '../../../improver/solver.ts';
import type { Solver } from '../../../synthesis/generation.ts';
import { bareSolver, expertSolver, oracleSolver } from '../../recursion/lines.ts';
import type { KeptImprover } from '../store.ts';
import { trainingOf } from '../training.ts';

export interface ComparedLine {
  readonly name: string;
  readonly about: string;
  readonly solver: Solver;
  /** Budgets it gets: 1, or more for the line that searches longer. */
  readonly times: number;
}

/** Grown with the second improver, on the same tasks and with the same total. */
const SIBLINGS = {
  control: 'bare primitives do all solving with the same total, as many abstractions',
  'control-start': 'what the second began with does all solving with the same total, likewise',
  'costs-only': 'costs refit, nothing mined',
  random: 'a pattern at random instead of the best',
  'expert-costs': 'the expert’s helpers, costs refit',
} as const;
export type SiblingName = keyof typeof SIBLINGS;
const SIBLING_NAMES = Object.keys(SIBLINGS) as readonly SiblingName[];

export interface Lines {
  readonly first: ComparedLine;
  readonly second: ComparedLine;
  readonly beside: readonly ComparedLine[];
  /** Lines that belong there and nobody has grown here. */
  readonly missing: readonly string[];
}

const titleOf = ({ id, improver }: KeptImprover): string =>
  `g${improver.generation} ${id.replace('sha256:', '').slice(0, 8)}`;

/** Two names, also of one that is compared with itself. */
export function titlesOf(first: KeptImprover, second: KeptImprover): readonly [string, string] {
  const [a, b] = [titleOf(first), titleOf(second)];
  return a === b ? [`${a} (a)`, `${b} (b)`] : [a, b];
}

export function linesOf(
  first: KeptImprover,
  second: KeptImprover,
  { all, tasks }: { readonly all: readonly KeptImprover[]; readonly tasks: string },
): Lines {
  const line = (name: string, about: string, solver: Solver): ComparedLine => ({
    name,
    about,
    solver,
    times: 1,
  });
  const { domain, generation } = second.improver;
  const bare = bareSolver(domain);
  const siblings = siblingsOf(second, all);
  const beside = [
    line('bare', 'bare primitives, every child alike', bare),
    {
      ...line('longer', `bare primitives with ${generation + 1} budgets`, bare),
      times: generation + 1,
    },
    ...(domain === 'numbers'
      ? [line('expert', '18 helpers and costs by hand, frozen', expertSolver())]
      : []),
    ...siblings.map(({ name, kept }) =>
      line(name, `${SIBLINGS[name]}${cutWords(kept)}`, solverOf(kept.improver)),
    ),
    ...(tasks === 'generated' || tasks === 'deep'
      ? [line('oracle', 'every part of the generator as a primitive: the ceiling', oracleSolver())]
      : []),
  ];
  const [a, b] = titlesOf(first, second);
  return {
    first: line(a, 'first', solverOf(first.improver)),
    second: line(b, 'second', solverOf(second.improver)),
    beside,
    missing: expected(second, all).filter((name) => !siblings.some((one) => one.name === name)),
  };
}

/** A control that had less than the total says so. */
function cutWords({ improver }: KeptImprover): string {
  const { share } = trainingOf(improver) ?? {};
  return share === undefined ? '' : ` (memory ended its search at ${Math.round(100 * share)} %)`;
}

/** What it comes from, as far as that is here; itself first. */
function chainOf(second: KeptImprover, all: readonly KeptImprover[]): readonly KeptImprover[] {
  const { parent } = second.improver;
  const before = parent === null ? undefined : all.find(({ id }) => id === parent);
  return [second, ...(before === undefined ? [] : chainOf(before, all))];
}

/** From bare primitives both controls are the same one. */
function expected(second: KeptImprover, all: readonly KeptImprover[]): readonly SiblingName[] {
  const start = chainOf(second, all).at(-1);
  const isBare = start?.id === improverId(bareImprover(second.improver.domain));
  return SIBLING_NAMES.filter((name) => name !== 'control-start' || !isBare);
}

function siblingsOf(second: KeptImprover, all: readonly KeptImprover[]) {
  const own = trainingOf(second.improver);
  if (own === undefined) return [];
  const ancestors = new Set(chainOf(second, all).map(({ id }) => id));
  return SIBLING_NAMES.flatMap((name) => {
    const kept = all.find(({ improver }) => {
      const theirs = trainingOf(improver);
      return (
        theirs?.line === name &&
        theirs.set === own.set &&
        theirs.candidates === own.candidates &&
        theirs.beside === second.improver.generation &&
        // Of another lineage on the same tasks it began elsewhere.
        (name !== 'control-start' || ancestors.has(improver.parent ?? ''))
      );
    });
    return kept === undefined ? [] : [{ name, kept }];
  });
}
