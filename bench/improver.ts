/**
 * The self-improving solver against its controls (reference/recursion2.md §3 and §4): `npm run bench -- improver
 * [--seeds 12] [--unit cpu-ms|candidates] [--deep-seeds 5] [--workers 2]`. A seed that was measured with the same
 * code is not measured again, so what was interrupted goes on.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { globSync } from 'tinyglobby';
import { type RecursionRequest, runRecursion } from '../src/app/recursion/run.ts';
import type { LineName, SeedRun, TextLine } from '../src/improver/recursion/readings.ts';
import { LINE_NAMES, TEXT_LINES } from '../src/improver/recursion/readings.ts';
import type { Bench } from './figure.ts';
import { deepFigures, poolFigures } from './improver-figures.ts';

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, 'node_modules/.cache/paceline-improver');
/** None of those that anything was tuned on. */
const FIRST_SEED = 101;
const FIRST_DEEP_SEED = 301;
const DEEP_LINES: readonly LineName[] = ['recursive', 'control', 'longer', 'expert-costs'];
const AMOUNTS = { candidates: 450_000, 'cpu-ms': 1_000 } as const;
const GENERATIONS = 6;
const DEEP_GENERATIONS = 9;

type Unit = keyof typeof AMOUNTS;

interface Options {
  readonly seeds: number;
  readonly deepSeeds: number;
  readonly unit: Unit;
  readonly workers: number;
}

function optionsOf(flags: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...flags],
    options: {
      seeds: { type: 'string', default: '12' },
      'deep-seeds': { type: 'string', default: '5' },
      unit: { type: 'string', default: 'cpu-ms' },
      workers: { type: 'string', default: '2' },
    },
  });
  if (!Object.hasOwn(AMOUNTS, values.unit))
    throw new Error(`--unit is one of ${Object.keys(AMOUNTS).join(', ')}.`);
  return {
    seeds: Number(values.seeds),
    deepSeeds: Number(values['deep-seeds']),
    unit: values.unit as Unit,
    workers: Number(values.workers),
  };
}

/** Of everything that a seed's figures follow from. */
function digestOfCode(): string {
  const sources = [
    'src/{synthesis,improver/recursion,app/recursion,app/task-sets}/**/*.{ts,mjs}',
    'examples/meta/**/*.mjs',
  ];
  const ignore = ['**/*.test.ts', '**/recursion/{statements,summary,report,run}.ts'];
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: ROOT, ignore }).sort())
    hash.update(path).update(readFileSync(join(ROOT, path)));
  return hash.digest('hex').slice(0, 16);
}

type Say = (line: string) => void;

async function measured(request: RecursionRequest, say: Say): Promise<readonly SeedRun[]> {
  const { seeds, pool, budget } = request;
  const folder = join(CACHE, digestOfCode());
  mkdirSync(folder, { recursive: true });
  const fileOf = (seed: number): string =>
    join(folder, `${pool}-${budget.unit}-${budget.amount}-${seed}.json`);
  const missing = seeds.filter((seed) => !existsSync(fileOf(seed)));
  say(`${pool}: ${seeds.length - missing.length} of ${seeds.length} seeds are there already`);
  const onSeed = (run: SeedRun): void => {
    writeFileSync(fileOf(run.seed), JSON.stringify(run));
    const load = loadavg()[0]?.toFixed(1);
    say(`${pool}, seed ${run.seed}: ${(run.cpuMs / 1000).toFixed(1)} CPU-s, load ${load}`);
  };
  await runRecursion({ ...request, seeds: missing, onSeed }, new AbortController().signal);
  return seeds.map((seed) => JSON.parse(readFileSync(fileOf(seed), 'utf8')) as SeedRun);
}

const from = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => first + at);

const nameOf = ({ unit }: Options): string =>
  unit === 'cpu-ms' ? 'improver' : 'improver-candidates';

export const improver: Bench = {
  name: 'improver',
  what: 'the solver that is made of its own solutions, beside its controls, experts and ceiling',
  seconds: 1_500,
  resultName: (flags) => nameOf(optionsOf(flags)),
  async run(say, flags) {
    const options = optionsOf(flags);
    const { unit, workers } = options;
    const same = { budget: { unit, amount: AMOUNTS[unit] }, workers };
    const pool = await measured(
      {
        ...same,
        pool: 'generated',
        seeds: from(FIRST_SEED, options.seeds),
        generations: GENERATIONS,
        lines: LINE_NAMES,
        texts: Object.keys(TEXT_LINES) as readonly TextLine[],
      },
      say,
    );
    const deep = await measured(
      {
        ...same,
        pool: 'deep',
        seeds: from(FIRST_DEEP_SEED, options.deepSeeds),
        generations: DEEP_GENERATIONS,
        lines: DEEP_LINES,
        texts: [],
      },
      say,
    );
    const file = join(import.meta.dirname, 'results', `${nameOf(options)}.json`);
    const bare = [...pool, ...deep].map(({ library: _library, example: _example, ...run }) => run);
    writeFileSync(file, `${JSON.stringify({ schema: 'paceline/bench-improver/1', runs: bare })}\n`);
    return [...poolFigures(pool), ...(deep.length > 0 ? deepFigures(deep) : [])];
  },
};
