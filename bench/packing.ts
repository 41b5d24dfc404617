/**
 * The real problem: a study as `paceline init` makes it, five seeds for each family, judged on large
 * sets no study has seen, with the rules of the literature on the same sets.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../src/app/config.ts';
import { taskKindOf } from '../src/app/task-kind.ts';
import { withExample } from './example-study.ts';
import { type Bench, type Figure, median } from './figure.ts';

const example = (name: string): string =>
  new URL(`../examples/bin-packing/${name}`, import.meta.url).href;
type Instance = object;
type CountBins = (instance: Instance) => number;
const { BASELINES, generatedSet } = (await import(example('baselines.mjs'))) as {
  readonly BASELINES: Readonly<Record<string, CountBins>>;
  readonly generatedSet: (wanted: object) => readonly Instance[];
};
const { excessOf } = (await import(example('evaluator/instances.mjs'))) as {
  readonly excessOf: (set: readonly Instance[], countBins: CountBins) => number;
};
const { packOnline } = (await import(example('evaluator/pack.mjs'))) as {
  readonly packOnline: (instance: Instance, policy: unknown) => number;
};

const SEEDS = ['1', '2', '3', '4', '5'] as const;

interface Family {
  readonly name: 'weibull' | 'or3';
  readonly config: string;
  /** Instances of the set that judges, and the seed it begins at. */
  readonly instances: number;
  readonly most: number;
}

const FAMILIES: readonly Family[] = [
  { name: 'weibull', config: 'paceline.yaml', instances: 40, most: 0.75 },
  { name: 'or3', config: 'or3.yaml', instances: 1000, most: 3.0 },
];
/** Seeds of studies are 32-bit draws; these are consecutive and far apart from each other. */
const SET_SEED = 1_000_000_007;

export const packing: Bench = {
  name: 'packing',
  what: 'bin packing from the example’s own configs, five seeds each, judged on large fresh sets',
  seconds: 620,
  async run(say) {
    execFileSync('npm', ['run', '--silent', 'build:quiet'], { stdio: 'inherit' });
    const figures: Figure[] = [];
    for (const family of FAMILIES) figures.push(...(await figuresOf(family, say)));
    return figures;
  },
};

async function figuresOf(family: Family, say: (line: string) => void): Promise<readonly Figure[]> {
  const set = generatedSet({ family: family.name, count: family.instances, seed: SET_SEED });
  const runs: { readonly excess: number; readonly seconds: number }[] = [];
  for (const seed of SEEDS) {
    const run = await oneStudy(family, seed, set);
    runs.push(run);
    say(`${family.name} seed ${seed}: ${run.excess.toFixed(3)} % in ${run.seconds.toFixed(1)} s`);
  }
  const excesses = runs.map(({ excess }) => excess);
  const label = `${family.name}, ${set.length} fresh instances`;
  return [
    {
      name: `${label}: excess, median of ${SEEDS.length} seeds`,
      value: median(excesses),
      unit: '%',
      target: { most: family.most },
      note: `worst ${Math.max(...excesses).toFixed(3)}, best ${Math.min(...excesses).toFixed(3)}`,
    },
    {
      name: `${label}: longest run`,
      value: Math.max(...runs.map(({ seconds }) => seconds)),
      unit: 's',
      target: { most: 60 },
    },
    ...Object.entries(BASELINES).map(([name, countBins]) => ({
      name: `${label}: ${name}`,
      value: excessOf(set, countBins),
      unit: '%',
    })),
  ];
}

function oneStudy({ config }: Family, seed: string, set: readonly Instance[]) {
  return withExample('bin-packing', { config, seed }, async ({ folder, seconds, paceline }) => {
    const loaded = loadConfig(join(folder, config)).config;
    const kind = taskKindOf(loaded, { origin: {} });
    const [edit = ''] = loaded.surface.edit;
    const source = paceline('show', '--source');
    const files = Object.entries(kind.materialise(kind.fromFiles({ [edit]: source })));
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    const policy = await import(pathToFileURL(join(folder, 'priority.mjs')).href);
    return { excess: excessOf(set, (one) => packOnline(one, policy)), seconds };
  });
}
