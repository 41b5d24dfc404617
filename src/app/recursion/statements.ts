/** What may be said of two lines: a claim by the rule of paired runs, and never over fewer than twelve seeds. */
import {
  MOST_FIXED_PAIRS,
  type ProcessFinding,
  pairedFinding,
  processWords,
  sequentialFinding,
} from '../../claims/process.ts';
import type { LineName, SeedRun } from '../../improver/recursion/readings.ts';
import {
  type Difference,
  differenceOf,
  differences,
  type Half,
  textPercents,
} from '../../improver/recursion/summary.ts';

export const FEWEST_SEEDS = 12;

export interface Statement {
  readonly first: string;
  readonly second: string;
  /** On which tasks. */
  readonly on: string;
  readonly difference: Difference;
  /** Absent below `FEWEST_SEEDS`. */
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
      return difference ? [stated({ first, second, on: TASKS[half], difference })] : [];
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

type Stated = Omit<Statement, 'finding' | 'words'>;

export function stated(one: Stated): Statement {
  const { first, second, on, difference } = one;
  const { pairs, n, wins, losses } = difference;
  const record = `${wins} won, ${losses} lost`;
  if (n < FEWEST_SEEDS) {
    const size = `${signed(difference.mean)} points [${difference.interval.map(signed).join(', ')}]`;
    return {
      ...one,
      words: `no claim under ${FEWEST_SEEDS} seeds: ${first} − ${second} on ${on} ${size}, ${n} ${n === 1 ? 'seed' : 'seeds'}, ${record}`,
    };
  }
  const finding = n <= MOST_FIXED_PAIRS ? pairedFinding(pairs) : sequentialFinding(pairs);
  const said = {
    helped: `${first} beats ${second} on ${on}`,
    hurt: `${first} is worse than ${second} on ${on}`,
  };
  const scope = `over ${n} seeds, ${record}`;
  const words = processWords(finding, { metric: { unit: 'percent' }, scope, said });
  const whom = finding.verdict === 'no-evidence' ? `${first} − ${second} on ${on}, ${scope}: ` : '';
  return { ...one, finding, words: `${whom}${words}` };
}

function signed(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;
}
