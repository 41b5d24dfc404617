/**
 * The optimisers at 10,000 evaluations, without the engine around them and inside a study. DEAP runs beside
 * them where it is installed. The figures of pycma and pymoo, which only PyPI has, are theirs as
 * measured elsewhere (two cores, Python 3.11), and so is what the notes say of DEAP.
 */
import { publicRoot, type Rng } from '../src/core/rng.ts';
import { basinHopping } from '../src/optim/basin-hopping.ts';
import { cmaSample } from '../src/optim/cma-es.ts';
import {
  type Restarts,
  restartIfSpent,
  restartsInit,
  restartsTell,
} from '../src/optim/cma-restarts.ts';
import { lbfgs, type Smooth } from '../src/optim/l-bfgs.ts';
import { portfolioInit, portfolioSample, portfolioTell } from '../src/optim/portfolio.ts';
import { type Bench, type Figure, median, quantile } from './figure.ts';
import { studyRate } from './search-engine.ts';
import { besideDeap } from './search-rivals.ts';

const DIMENSION = 20;
const EVALS = 10_000;
const SEEDS = 15;
/** The portfolio's rule was chosen on the seeds "bench" and "other". */
const UNSEEN = 'portfolio';

interface Problem {
  readonly name: string;
  /** Starts are uniform in [−width, width]. */
  readonly width: number;
  readonly sigma: number;
  readonly f: Smooth;
}

const rosenbrock: Problem = {
  name: 'Rosenbrock-20',
  width: 2,
  sigma: 1,
  f(x, gradient) {
    let value = 0;
    for (let i = 0; i + 1 < x.length; i++) {
      const v = x[i] as number;
      const rest = (x[i + 1] as number) - v * v;
      value += 100 * rest * rest + (1 - v) * (1 - v);
      gradient[i] = (gradient[i] as number) - 400 * v * rest - 2 * (1 - v);
      gradient[i + 1] = (gradient[i + 1] as number) + 200 * rest;
    }
    return value;
  },
};

const rastrigin: Problem = {
  name: 'Rastrigin-20',
  width: 5.12,
  sigma: 2,
  f(x, gradient) {
    let value = 0;
    for (let i = 0; i < x.length; i++) {
      const v = x[i] as number;
      value += v * v - 10 * Math.cos(2 * Math.PI * v) + 10;
      gradient[i] = 2 * v + 20 * Math.PI * Math.sin(2 * Math.PI * v);
    }
    return value;
  },
};

type Optimiser = (problem: Problem, start: readonly number[], rng: Rng) => number;

/** Best loss sampled. The gradient is computed and thrown away, as the shared function gives it. */
const cma =
  (restarts: Restarts): Optimiser =>
  ({ f, sigma }, mean, rng) => {
    const unused = new Float64Array(DIMENSION);
    let state = restartsInit({ mean, sigma, restarts });
    let best = Number.POSITIVE_INFINITY;
    for (let used = state.run.lambda; used <= EVALS; used += state.run.lambda) {
      const points = cmaSample(state.run, rng);
      const losses = points.map((point) => f(point, unused));
      best = Math.min(best, ...losses);
      state = restartIfSpent(restartsTell(state, points, losses), rng.fork(`restart ${used}`));
    }
    return best;
  };

/** CMA-ES and the genetic algorithm with one budget: the same settings for every function. */
const portfolio: Optimiser = ({ f, sigma }, mean, rng) => {
  const unused = new Float64Array(DIMENSION);
  let state = portfolioInit({ mean, sigma });
  let best = Number.POSITIVE_INFINITY;
  for (let used = 0; ; ) {
    const points = portfolioSample(state, rng);
    used += points.length;
    if (used > EVALS) return best;
    const losses = points.map((point) => f(point, unused));
    best = Math.min(best, ...losses);
    state = portfolioTell(state, { points, losses }, rng.fork(`generation ${state.generation}`));
  }
};

/** Basin hopping over L-BFGS: one evaluation is a value with its exact gradient. */
const hopping: Optimiser = ({ f }, start, rng) => {
  let used = 0;
  const minimise = (from: Float64Array) => {
    const found = lbfgs(f, from, { maxEvals: Math.max(1, EVALS - used), tolerance: 1e-6 });
    used += found.evals;
    return found;
  };
  const isEnough = (): boolean => used >= EVALS;
  const options = { hops: EVALS, step: 0.5, temperature: 1, rng, isEnough };
  return basinHopping(minimise, start, options).value;
};

interface Measured {
  readonly best: readonly number[];
  readonly evalsPerCpuSecond: number;
}

function measure(problem: Problem, optimise: Optimiser, seeds = 'bench'): Measured {
  const before = process.cpuUsage();
  const best = Array.from({ length: SEEDS }, (_, seed) => {
    const rng = publicRoot(`${seeds} ${seed}`).stream(0, problem.name);
    const start = Array.from({ length: DIMENSION }, () => problem.width * (2 * rng.float() - 1));
    return optimise(problem, start, rng);
  });
  const { user, system } = process.cpuUsage(before);
  return { best, evalsPerCpuSecond: (SEEDS * EVALS) / ((user + system) / 1e6) };
}

const PAIRS = 15;
const STUDY_EVALS = 100_000;

/** Rosenbrock by the bare optimiser and by a study, taking turns. */
async function throughTheEngine(): Promise<readonly Figure[]> {
  const unused = new Float64Array(DIMENSION);
  const point = new Float64Array(DIMENSION);
  const lossOf = (numbers: ArrayLike<number>): number => {
    point.set(numbers);
    return rosenbrock.f(point, unused);
  };
  const start = Array.from({ length: DIMENSION }, (_, i) => Math.sin(i));
  const rates: number[] = [];
  const shares: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const bare = measure(rosenbrock, cma('none')).evalsPerCpuSecond;
    const rate = await studyRate({ start, sigma: rosenbrock.sigma, lossOf }, STUDY_EVALS);
    rates.push(rate);
    shares.push(rate / bare);
  }
  return [
    {
      name: 'Rosenbrock-20 through the engine, with probes: its rate over the bare rate',
      value: median(shares),
      unit: '×',
      target: { least: 0.5 },
      note: `median of ${PAIRS} pairs, ${quantile(shares, 0).toPrecision(3)} to ${quantile(shares, 1).toPrecision(3)}; every point becomes a text and is read again`,
    },
    {
      name: 'Rosenbrock-20 through the engine: evaluations per CPU-second',
      value: Math.round(median(rates)),
      unit: '/s',
      note: `studies of ${STUDY_EVALS} evaluations with a durable ledger, a control arm, screens and confirms`,
    },
  ];
}

const spread = ({ best }: Measured): string =>
  `${SEEDS} seeds, half of them between ${quantile(best, 0.25).toPrecision(3)} and ${quantile(best, 0.75).toPrecision(3)}`;

export const search: Bench = {
  name: 'search',
  what: `the optimisers at ${EVALS} evaluations in ${DIMENSION} dimensions, bare and inside a study`,
  seconds: 35,
  async run(say) {
    measure(rosenbrock, cma('bipop')); // Once for the compiler: rates are those of warm code.
    const valley = measure(rosenbrock, cma('bipop'));
    say('Rosenbrock');
    const hills = measure(rastrigin, cma('bipop'));
    say('Rastrigin');
    const deap = besideDeap(valley.evalsPerCpuSecond, {
      dimension: DIMENSION,
      evals: EVALS,
      seeds: SEEDS,
    });
    say(deap.length > 0 ? 'DEAP' : 'DEAP is not installed (Debian: python3-deap)');
    const figures: Figure[] = [
      {
        name: 'Rosenbrock-20, CMA-ES with bipop: median of the best',
        value: median(valley.best),
        unit: '',
        target: { most: 6 },
        note: `${spread(valley)}; pycma 5.99, DEAP 7.8, pymoo GA 65`,
      },
      {
        name: 'Rosenbrock-20, CMA-ES: evaluations per CPU-second',
        value: Math.round(valley.evalsPerCpuSecond),
        unit: '/s',
        target: { least: 115_000 },
        note: 'ten times pycma’s 11,500; DEAP 43,000',
      },
      {
        name: 'Rastrigin-20, CMA-ES with bipop: median of the best',
        value: median(hills.best),
        unit: '',
        note: `${spread(hills)}; pycma 29`,
      },
    ];
    for (const [problem, most, others] of [
      [rosenbrock, 6, 'pycma 5.99, DEAP 7.8, pymoo GA 65'],
      [rastrigin, 3.3, 'pymoo GA 3.30, DEAP GA 26, pycma 29'],
    ] as const) {
      const found = measure(problem, portfolio, UNSEEN);
      figures.push({
        name: `${problem.name}, default portfolio (CMA-ES and GA): median of the best`,
        value: median(found.best),
        unit: '',
        target: { most },
        note: `${spread(found)}, not those its rule was chosen on; ${others}`,
      });
    }
    for (const problem of [rosenbrock, rastrigin]) {
      const found = measure(problem, hopping);
      figures.push({
        name: `${problem.name}, basin hopping over L-BFGS: median of the best`,
        value: median(found.best),
        unit: '',
        note: `${spread(found)}; with exact gradients, so not comparable with the lines above`,
      });
    }
    say('hopping');
    return [...figures, ...deap, ...(await throughTheEngine())];
  },
};
