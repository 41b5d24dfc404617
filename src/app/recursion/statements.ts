/** What may be said of two lines on the tasks of every seed. */
import { claimOverSeeds, sidesOf } from '../../claims/by-seed.ts';
import type { ProcessFinding } from '../../claims/process.ts';
import type { LineName, SeedRun } from '../../improver/recursion/readings.ts';
import {
  type Difference,
  differenceOf,
  differences,
  type Half,
  memoryCut,
  textPercents,
} from '../../improver/recursion/summary.ts';

export interface Statement {
  readonly first: string;
  readonly second: string;
  /** On which tasks. */
  readonly on: string;
  readonly difference: Difference;
  /** Absent below twelve seeds. */
  readonly finding?: ProcessFinding;
  readonly words: string;
}

const TASKS: Readonly<Record<Half, string>> = {
  held: 'unseen cells',
  everyday: 'everyday functions',
};

/** In the order they are shown; the first is what the experiment was made for. */
const PAIRS: readonly (readonly [LineName, LineName])[] = [
  ['recursive', 'control'],
  ['retried', 'recursive'],
  ['recursive', 'costs-only'],
  ['recursive', 'random'],
  ['recursive', 'longer'],
  ['recursive', 'expert'],
  ['recursive', 'expert-costs'],
  ['recursive', 'oracle'],
  ['expert-recursive', 'expert-costs'],
  ['robust', 'expert'],
  ['robust', 'expert-costs'],
  ['robust', 'expert-recursive'],
];

/** Of the last generation, on held-out and on everyday tasks, and of texts. */
export function statementsOf(runs: readonly SeedRun[]): readonly Statement[] {
  const [one] = runs;
  if (one === undefined) return [];
  const { generations: generation } = one;
  const halves: readonly Half[] = one.of.everyday > 0 ? ['held', 'everyday'] : ['held'];
  const ofPool = halves.flatMap((half) =>
    PAIRS.flatMap(([first, second]) => {
      const difference = differenceOf(runs, { first, second, half, generation });
      if (difference === undefined) return [];
      const said = stated({ first, second, on: TASKS[half], difference });
      return [withEqualBudget(runs, said, [first, second])];
    }),
  );
  return [...ofPool, ...textStatements(runs, generation)];
}

function textStatements(runs: readonly SeedRun[], generation: number): readonly Statement[] {
  const library = textPercents(runs, 'library');
  if (library.length < runs.length) return [];
  return (['uniform', 'longer', 'costs'] as const).flatMap((second) => {
    const theirs = textPercents(runs, second);
    if (theirs.length < runs.length) return [];
    const pairs = library.map((percent, at) => percent - (theirs[at] ?? Number.NaN));
    const difference = differences(pairs, { generation, what: `text library ${second}` });
    return [stated({ first: 'library', second, on: 'texts', difference })];
  });
}

/** What memory ended had less than its budget, and no claim rests on it. */
function withEqualBudget(
  runs: readonly SeedRun[],
  { finding, ...said }: Statement,
  lines: readonly [LineName, LineName],
): Statement {
  const { generation } = said.difference;
  const [short] = lines.filter((line) => memoryCut(runs, line, generation) !== undefined);
  const cut = short && memoryCut(runs, short, generation);
  if (cut === undefined) return { ...said, ...(finding ? { finding } : {}) };
  return {
    ...said,
    words: `no claim, ${said.first} − ${said.second} on ${said.on}: memory ended ${short} on ${cut.seeds} of ${runs.length} seeds, with ${Math.round(100 * cut.share)} % of its budget spent`,
  };
}

type Stated = Omit<Statement, 'finding' | 'words'>;

export function stated(one: Stated): Statement {
  const { first, second, on, difference } = one;
  const sides = sidesOf(first, second, on);
  const { finding, words } = claimOverSeeds(difference.pairs, sides, difference.interval);
  return { ...one, ...(finding ? { finding } : {}), words };
}
