/** What a call of a warm jailed worker costs, alone and in batches, beside the bare function in this process. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chooseJail } from '../src/app/jail/choose.ts';
import { sha256 } from '../src/core/hash.ts';
import { solverRun } from '../src/evaluators/split.ts';
import { type Loaded, Workers } from '../src/evaluators/warm/workers.ts';
import { type Bench, type Figure, median } from './figure.ts';

const SCOPE = join(tmpdir(), `paceline-bench-warm-${process.pid}`);
const CALLS = 300;
const BATCH = 10_000;
const BATCHES = 30;
const HOUR_MS = 3_600_000;

const SOLVER = join(SCOPE, 'solver/solve.mjs');
const SOLVE = `let loaded;
export async function solve({ candidate, input }) {
  loaded ??= await import(candidate + "/f.mjs");
  return loaded.f(input);
}`;
/** A cheap property: of a whole number, something to compute and to compare. */
const property = (x: number): number => ((x * 2654435761) % 4294967296) / (1 + (x % 7));
const TEXT = `export const f = ${property.toString()};`;
const LOADED: Loaded = {
  id: sha256(TEXT),
  content: { files: { 'f.mjs': TEXT }, beside: [] },
};
const NEVER = new AbortController().signal;

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const inputsFrom = (first: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => first + i);

async function calls(workers: Workers, level: string): Promise<Figure> {
  const taken: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const call = { inputs: [i], batch: 1, params: {} };
    taken.push(await timed(() => workers.warm(LOADED, call, NEVER)));
  }
  return {
    name: `warm call at ${level}, fresh realm`,
    value: median(taken),
    unit: 'ms',
    target: { most: 2 },
    note: `median of ${CALLS}, one input each; a worker is replaced after ${RECYCLE_AFTER}`,
  };
}

async function batches(workers: Workers, level: string): Promise<readonly Figure[]> {
  const over: number[] = [];
  let [cases, jailMs, cpuMs] = [0, 0, 0];
  for (let i = 0; i < BATCHES; i++) {
    const inputs = inputsFrom(i * BATCH, BATCH);
    const bare = await timed(() => inputs.map(property));
    const before = process.cpuUsage();
    const took = await timed(async () => {
      const { solved } = await workers.warm(LOADED, { inputs, batch: BATCH, params: {} }, NEVER);
      if (!('outputs' in solved)) throw new Error(JSON.stringify(solved));
      cpuMs += solved.cpuMs;
    });
    const { user, system } = process.cpuUsage(before);
    cpuMs += (user + system) / 1000;
    over.push(((took - bare) / BATCH) * 1000);
    cases += BATCH;
    jailMs += took;
  }
  return [
    {
      name: `a case in batches of ${BATCH} at ${level}, over the bare function`,
      value: median(over),
      unit: 'us',
      target: { most: 5 },
      note: `median of ${BATCHES} batches, by turns with the function in this process`,
    },
    {
      name: `cheap property cases through the jail at ${level}`,
      value: (cases / cpuMs) * (HOUR_MS / 1e6),
      unit: 'M per CPU hour',
      target: { least: 100 },
      note: `engine and worker together; ${((cases / jailMs) * (HOUR_MS / 1e6)).toFixed(0)} M an hour by the clock, with one worker`,
    },
  ];
}

const RECYCLE_AFTER = 64;

export const warm: Bench = {
  name: 'warm',
  what: 'calls of a warm jailed worker, alone and in batches',
  seconds: 15,
  async run() {
    mkdirSync(dirname(SOLVER), { recursive: true });
    writeFileSync(SOLVER, SOLVE);
    const { level, open } = await chooseJail();
    const sandbox = open(join(SCOPE, level));
    const workers = new Workers({
      ...solverRun({ solver: SOLVER }),
      sandbox,
      limits: { wallMs: 30_000, outputBytes: 64 * 2 ** 20, processes: 1 },
      workDirectory: join(SCOPE, 'work'),
      recycleAfter: RECYCLE_AFTER,
    });
    try {
      return [await calls(workers, level), ...(await batches(workers, level))];
    } finally {
      await workers.close();
      await sandbox.close();
      rmSync(SCOPE, { recursive: true, force: true });
    }
  },
};
