/**
 * Circle packing from random starts by the bare local search, one thread: how good, and how soon.
 * What is counted was checked in exact arithmetic, without a tolerance. The seconds include that.
 */
import { publicRoot } from '../src/core/rng.ts';
import { CLIMB_START, climbOnce } from '../src/optim/local-search.ts';
import { circlePacking } from './circles/problem.mjs';
import { isPacking } from './circles/verifier.mjs';
import type { Bench, Figure } from './figure.ts';

interface Row {
  readonly n: number;
  readonly seeds: number;
  readonly target: number;
  readonly wallMs: number;
}

const ROWS: readonly Row[] = [
  { n: 26, seeds: 5, target: 2.63597, wallMs: 30_000 },
  { n: 32, seeds: 1, target: 2.9395, wallMs: 600_000 },
];

interface Found {
  readonly radii: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly evals: number;
}

/** Ends at the target or when the time is over. */
function pack({ n, target, wallMs }: Row, seed: number): Found {
  const problem = circlePacking(n);
  const root = publicRoot(`circles ${n} ${seed}`);
  const started = performance.now();
  const before = process.cpuUsage();
  let climb = CLIMB_START;
  while (-climb.best.loss < target && performance.now() - started < wallMs) {
    climb = climbOnce(problem, climb, { rng: root.stream(climb.hops, 'hop') });
  }
  const { point, loss } = climb.best;
  const radii = point !== undefined && isPacking(point) ? -loss : Number.NaN;
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { radii, seconds, cpuSeconds: (user + system) / 1e6, evals: climb.evals };
}

function figureOf(row: Row, found: readonly Found[]): Figure {
  const reached = found.filter(({ radii }) => radii >= row.target).length;
  const each = found.map(
    ({ radii, seconds, cpuSeconds, evals }) =>
      `${radii.toFixed(7)} in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} CPU-s, ${evals} evaluations)`,
  );
  return {
    name: `n = ${row.n}: seeds of ${row.seeds} that reach ${row.target} within ${row.wallMs / 1000} s`,
    value: reached,
    unit: '',
    target: { least: row.seeds },
    note: each.join(', '),
  };
}

export const circles: Bench = {
  name: 'circles',
  what: 'circles in the unit square, largest sum of radii; AlphaEvolve 2.635863 for n = 26',
  seconds: 120,
  async run(say) {
    return ROWS.map((row) => {
      const found = Array.from({ length: row.seeds }, (_, seed) => {
        const one = pack(row, seed);
        say(`n = ${row.n}, seed ${seed}: ${one.radii.toFixed(7)} in ${one.seconds.toFixed(1)} s`);
        return one;
      });
      return figureOf(row, found);
    });
  },
};
