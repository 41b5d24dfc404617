/**
 * Real source made better by syntax-tree operators: the examples as `paceline init` makes them, five
 * seeds each. Confirmed gains over the origin, or "no evidence", and plain sampling at equal spend.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, type Figure, median } from './figure.ts';

const CLI = join(import.meta.dirname, '../dist/cli.js');
const SEEDS = ['1', '2', '3', '4', '5'] as const;
const MOST_SECONDS = 180;

const TASKS = [
  { example: 'sort-kernel', unit: 'x as fast' },
  { example: 'tsp', unit: 'points of excess less' },
] as const;

interface Compared {
  readonly arm: string;
  readonly effect?: number;
  readonly interval?: readonly [number, number];
  readonly verdict: string;
}

interface Result {
  readonly seconds: number;
  readonly trials: { readonly total: number };
  readonly promotions: readonly unknown[];
  readonly control: readonly Compared[];
}

export const sourceTasks: Bench = {
  name: 'source-tasks',
  what: 'sort-kernel and tsp from their own configs, five seeds each, beside best-of-n at equal spend',
  seconds: 1700,
  async run(say) {
    execFileSync('npm', ['run', '--silent', 'build:quiet'], { stdio: 'inherit' });
    return TASKS.flatMap((task) => figuresOf(task, say));
  },
};

type Task = (typeof TASKS)[number];

function figuresOf({ example, unit }: Task, say: (line: string) => void): readonly Figure[] {
  const runs = SEEDS.map((seed) => {
    const result = oneStudy(example, seed);
    const said = result.control.map(({ arm, verdict }) => `${arm} ${verdict}`).join(', ');
    say(`${example} seed ${seed}: ${said}; ${result.trials.total} trials, ${result.seconds} s`);
    return result;
  });
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

function oneStudy(example: string, seed: string): Result {
  const folder = mkdtempSync(join(tmpdir(), `paceline-bench-${example}-`));
  const paceline = (...args: readonly string[]): string =>
    execFileSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: 'utf8' });
  try {
    paceline('init', '.', '--example', example);
    const said = paceline('run', '--quiet', '--json', '--seed', seed);
    paceline('verify');
    return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
