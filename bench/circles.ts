/**
 * Circle packing: the example's own configs as `paceline init` makes them, a study for each seed, and
 * the bare local search with the same settings, one thread. What is counted is what the example's
 * exact verifier passes, without a tolerance.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '../examples/circle-packing/problem/problem.mjs';
import { isPacking, sumOfRadii } from '../examples/circle-packing/verifier/packing.mjs';
import { loadConfig } from '../src/app/config.ts';
import { publicRoot } from '../src/core/rng.ts';
import { CLIMB_START, climbOnce } from '../src/optim/local-search.ts';
import { withExample } from './example-study.ts';
import type { Bench, Figure } from './figure.ts';

interface Row {
  readonly n: number;
  readonly config: string;
  readonly seeds: readonly string[];
  readonly target: number;
}

const ROWS: readonly Row[] = [
  { n: 26, config: 'paceline.yaml', seeds: ['1', '2', '3', '4', '5'], target: 2.63597 },
  { n: 32, config: 'n32.yaml', seeds: ['1'], target: 2.9395 },
];

/** Bare searches end at the target or here; slow machines are forgiven nothing. */
const BARE_CPU_SECONDS = 30;

export const circles: Bench = {
  name: 'circles',
  what: 'circles in the unit square, largest sum of radii, by the example’s own configs',
  seconds: 800,
  async run(say) {
    execFileSync('npm', ['run', '--silent', 'build:quiet'], { stdio: 'inherit' });
    const studies: Figure[] = [];
    for (const row of ROWS) studies.push(await studiesOf(row, say));
    const [first] = ROWS;
    return first ? [...studies, bareOf(first, say)] : studies;
  },
};

async function studiesOf(row: Row, say: (line: string) => void): Promise<Figure> {
  const found: Awaited<ReturnType<typeof study>>[] = [];
  for (const seed of row.seeds) {
    const one = await study(row, seed);
    say(`n = ${row.n}, seed ${seed}: ${one.radii.toFixed(7)} in ${one.seconds.toFixed(1)} s`);
    found.push(one);
  }
  const each = found.map(
    ({ radii, seconds, evals }) => `${radii.toFixed(7)} (${seconds.toFixed(1)} s, ${evals} evals)`,
  );
  const { config } = loadConfig(
    join(import.meta.dirname, '../examples/circle-packing', row.config),
  );
  const wall = (config.budget.wall ?? 0) / 1000;
  return {
    name: `n = ${row.n}: studies of ${row.seeds.length} that reach ${row.target} in a budget of ${wall} s`,
    value: found.filter(({ radii }) => radii >= row.target).length,
    unit: '',
    target: { least: row.seeds.length },
    note: `${each.join(', ')}; seconds include start, comparisons and report`,
  };
}

/** A whole study from its config to the candidate it would write back. */
function study({ n, config }: Row, seed: string) {
  return withExample(
    'circle-packing',
    { config, seed },
    ({ folder, seconds, result, paceline }) => {
      const [edit = ''] = loadConfig(join(folder, config)).config.surface.edit;
      if (result.promotions.length > 0) paceline('apply');
      const numbers: readonly number[] = JSON.parse(
        readFileSync(join(folder, edit), 'utf8'),
      ).flat();
      const isSound = numbers.length === 3 * n && isPacking(numbers);
      const radii = isSound ? sumOfRadii(numbers) : Number.NaN;
      return { radii, seconds, evals: result.spent.evals };
    },
  );
}

/** What the search costs without the engine around it, from random starts. */
function bareOf({ n, target, seeds }: Row, say: (line: string) => void): Figure {
  const found = seeds.map((seed) => {
    const one = bare({ n, target }, seed);
    say(`n = ${n}, bare, seed ${seed}: ${one.radii.toFixed(7)} in ${one.cpu.toFixed(1)} CPU-s`);
    return one;
  });
  const each = found.map(
    ({ radii, cpu, evals }) => `${radii.toFixed(7)} (${cpu.toFixed(1)} CPU-s, ${evals} evals)`,
  );
  return {
    name: `n = ${n}: bare searches of ${seeds.length} that reach ${target} within ${BARE_CPU_SECONDS} CPU-seconds`,
    value: found.filter(({ radii }) => radii >= target).length,
    unit: '',
    note: each.join(', '),
  };
}

function bare({ n, target }: Pick<Row, 'n' | 'target'>, seed: string) {
  const circles = problem({ start: Array.from({ length: 3 * n }, () => 0) });
  const root = publicRoot(`circles ${n} ${seed}`);
  const before = process.cpuUsage();
  const cpuSeconds = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  let climb = CLIMB_START;
  while (-climb.best.loss < target && cpuSeconds() < BARE_CPU_SECONDS) {
    climb = climbOnce(circles, climb, { rng: root.stream(climb.hops, 'hop') });
  }
  const { evals, best } = climb;
  const { point = [] } = best;
  const radii = isPacking(point) ? sumOfRadii(point) : Number.NaN;
  return { radii, cpu: cpuSeconds(), evals };
}
