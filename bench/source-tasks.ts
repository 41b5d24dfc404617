/**
 * Real source made better by syntax-tree operators: the examples as `paceline init` makes them, five
 * seeds each. Confirmed gains over the origin, or "no evidence", and plain sampling at equal spend.
 */
import { execFileSync } from 'node:child_process';
import { type RunResult, withExample } from './example-study.ts';
import { type Bench, type Figure, median } from './figure.ts';

const SEEDS = ['1', '2', '3', '4', '5'] as const;
const MOST_SECONDS = 180;

interface Compared {
  readonly arm: string;
  readonly effect?: number;
  readonly interval?: readonly [number, number];
  readonly verdict: string;
}

interface Result extends RunResult {
  readonly seconds: number;
  readonly trials: { readonly total: number };
  readonly control: readonly Compared[];
}

interface Task {
  readonly example: string;
  readonly unit: string;
}

function benchOf(task: Task): Bench {
  return {
    name: task.example,
    what: `${task.example} from its own config, five seeds, beside best-of-n at equal spend`,
    seconds: 850,
    async run(say) {
      execFileSync('npm', ['run', '--silent', 'build:quiet'], { stdio: 'inherit' });
      return figuresOf(task, say);
    },
  };
}

export const sortKernel: Bench = benchOf({ example: 'sort-kernel', unit: 'x as fast' });
export const tsp: Bench = benchOf({ example: 'tsp', unit: 'points of excess less' });

async function figuresOf(
  { example, unit }: Task,
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const runs: Result[] = [];
  for (const seed of SEEDS) {
    const result = await oneStudy(example, seed);
    const said = result.control.map(({ arm, verdict }) => `${arm} ${verdict}`).join(', ');
    say(`${example} seed ${seed}: ${said}; ${result.trials.total} trials, ${result.seconds} s`);
    runs.push(result);
  }
  const against = (arm: string): readonly Compared[] =>
    runs.flatMap(({ control }) => control.filter((one) => one.arm === arm));
  const count = (arm: string, verdict: string): number =>
    against(arm).filter((one) => one.verdict === verdict).length;
  const gains = against('origin').flatMap(({ effect }) =>
    effect === undefined ? [] : [Math.abs(effect)],
  );
  return [
    {
      name: `${example}: seeds ahead of the origin, of ${SEEDS.length}`,
      value: count('origin', 'ahead'),
      unit: '',
      note: `behind it ${count('origin', 'behind')}; all others say no evidence or identical`,
    },
    { name: `${example}: final over origin, median`, value: median(gains), unit },
    {
      name: `${example}: seeds ahead of best-of-n at its spend`,
      value: count('best-of-n', 'ahead'),
      unit: '',
      note: `behind it ${count('best-of-n', 'behind')}; each is one trajectory and says nothing of the search`,
    },
    {
      name: `${example}: longest run`,
      value: Math.max(...runs.map(({ seconds }) => seconds)),
      unit: 's',
      target: { most: MOST_SECONDS },
    },
  ];
}

/** Its ledger is verified too: a gain that cannot be derived again is none. */
function oneStudy(example: string, seed: string): Promise<Result> {
  const chosen = { config: 'paceline.yaml', seed };
  return withExample<Result, Result>(example, chosen, ({ result, paceline }) => {
    paceline('verify');
    return result;
  });
}
