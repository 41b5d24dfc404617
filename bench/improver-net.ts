/**
 * What the recognition net saves: held-out tasks solved within so much CPU each, with the net's costs in a search
 * of its own, against the same library and costs without it. Every seed has a process of its own.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { publicRoot } from '../src/core/rng.ts';
import type { Bench, Figure } from './figure.ts';
import { quantile } from './figure.ts';
import type { Costed, Found, Measured } from './improver-net-run.ts';
import { CANDIDATES, CUTS, GENERATIONS, PLAIN_CANDIDATES, PLAIN_MS } from './improver-net-run.ts';

/** Seeds 1 to 4 were used to choose the net's settings. */
const SEEDS = [11, 12, 13, 14, 15, 16] as const;
/** Processes at a time; what is measured is their CPU. */
const PROCESSES = 3;
const CHILD = join(import.meta.dirname, 'improver-net-child.ts');

type By = keyof Found;
type Run = readonly (readonly [readonly Measured[], Costed])[];
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (found: readonly Found[], by: By, most: number): number =>
  100 * mean(found.map((one) => Number(one[by] <= most)));
const plainPercent = ({ plain }: Measured, by: By, most: number): number =>
  mean(plain.map((found) => percent(found, by, most)));

/** 95 % percentile bootstrap of a mean over seeds. */
function interval(values: readonly number[]): string {
  const rng = publicRoot('improver-net').stream(0, 'bootstrap');
  const means = Array.from({ length: 4_000 }, () =>
    mean(values.map(() => values[rng.int(values.length)] as number)),
  );
  return `[${quantile(means, 0.025).toFixed(1)}, ${quantile(means, 0.975).toFixed(1)}]`;
}

const UNITS: Readonly<Record<By, string>> = { cpuMs: 'ms of CPU', candidates: 'candidates' };

function shares(own: readonly Measured[], by: By, most: number): Figure {
  const [{ generation, family }] = own as [Measured];
  const plain = own.map((one) => plainPercent(one, by, most));
  const guided = own.map(({ guided: found }) => percent(found, by, most));
  const gain = guided.map((value, at) => value - (plain[at] as number));
  return {
    name: `${family}, generation ${generation}, ${most} ${UNITS[by]} a task: solved with the net`,
    value: mean(guided),
    unit: '%',
    note: `plain ${mean(plain).toFixed(1)} %; difference ${mean(gain).toFixed(1)} ${interval(gain)}, ${gain.filter((one) => one > 0).length} of ${own.length} seeds better`,
  };
}

/** How much more the plain search needs for what the net solves with `within`. */
function saved(own: readonly Measured[], by: By, within: number): Figure {
  const [{ generation, family }] = own as [Measured];
  const wanted = mean(own.map(({ guided }) => percent(guided, by, within)));
  const most = by === 'cpuMs' ? PLAIN_MS : PLAIN_CANDIDATES;
  const steps = Array.from({ length: 1_000 }, (_, at) => (most * (at + 1)) / 1_000);
  const enough = steps.find(
    (step) => mean(own.map((one) => plainPercent(one, by, step))) >= wanted,
  );
  return {
    name: `${family}, generation ${generation}: what the plain search needs for what the net solves in ${within} ${UNITS[by]}`,
    value: (enough ?? most) / within,
    unit: '×',
    target: { least: 3 },
    note: `${wanted.toFixed(1)} % of tasks${enough === undefined ? `; not reached in ${most}, where the plain search was stopped` : ''}`,
  };
}

function figures(results: Run): readonly Figure[] {
  const all = results.flatMap(([measured]) => measured);
  const of = (family: 'A' | 'B', generation: number): readonly Measured[] =>
    all.filter((one) => one.family === family && one.generation === generation);
  const kinds = (['A', 'B'] as const).flatMap((family) =>
    GENERATIONS.map((generation) => of(family, generation)),
  );
  return [
    ...kinds.flatMap((own) => [saved(own, 'cpuMs', 25), saved(own, 'candidates', 11_250)]),
    ...kinds.flatMap((own) => CUTS.map((cut) => shares(own, 'cpuMs', cut))),
    ...kinds.flatMap((own) => CANDIDATES.map((cut) => shares(own, 'candidates', cut))),
    {
      name: 'features, forward pass and costs of one task',
      value: mean(results.map(([, { lookMs }]) => lookMs)),
      unit: 'ms of CPU',
      target: { most: 1 },
      note: 'counted in the figures above',
    },
    {
      name: 'training of one net, features of its samples included',
      value: mean(results.map(([, { trainingMs }]) => trainingMs)) / 1000,
      unit: 's of CPU',
      target: { most: 3 },
      note: 'once a generation; not counted above',
    },
  ];
}

async function ofSeed(seed: number, say: (line: string) => void): Promise<Run> {
  const args = ['--import', 'tsx', CHILD, String(seed)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 });
  say(`seed ${seed}`);
  return JSON.parse(stdout) as Run;
}

export const improverNet: Bench = {
  name: 'improver-net',
  what: `held-out tasks solved with the recognition net and without, ${SEEDS.length} seeds, every second task of A (unseen cells), all of B (everyday)`,
  seconds: 240,
  async run(say) {
    const limit = pLimit(PROCESSES);
    const runs = await Promise.all(SEEDS.map((seed) => limit(() => ofSeed(seed, say))));
    return figures(runs.flat());
  },
};
