/**
 * Property cases in the jail: how many an hour and a core, by class, of a cheap function, at the share of
 * planted faults that the same properties notice. CPU of everything counts: engine, checks, workers, their starts.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseJail } from '../src/app/jail/choose.ts';
import { systemClock } from '../src/app/system-clock.ts';
import type { Candidate } from '../src/core/candidate.ts';
import { sha256 } from '../src/core/hash.ts';
import { secretRoot } from '../src/core/rng.ts';
import { exportCaller } from '../src/evaluators/calls/exported.ts';
import { checksRun } from '../src/evaluators/split.ts';
import { adequacyOf, killRates } from '../src/gates/adequacy.ts';
import { openProperties } from '../src/gates/properties.ts';
import type { Sandbox } from '../src/sandboxes/contract.ts';
import { programMutants } from '../src/source/mutants.ts';
import { decodeProgram, encodeProgram } from '../src/source/program.ts';
import type { Bench, Figure } from './figure.ts';

const CASES = 120_000;
const HOUR_MS = 3_600_000;
const NEVER = new AbortController().signal;

/** A cheap function with enough in it to plant faults in. */
const CLAMP = `export function clamp(x, low, high) {
  if (x < low) return low;
  if (x > high) return high;
  return x;
}`;
const INPUTS = `const int = (fc) => fc.integer({ min: -1000, max: 1000 });
export const inputs = (fc) => fc.tuple(int(fc), int(fc), fc.nat({ max: 1000 })).map(([x, low, wide]) => [x, low, low + wide]);`;
const PROPERTIES = `export const properties = {
  inside: ({ input: [, low, high], output }) => (output >= low && output <= high) || 'outside',
  'one of three': ({ input, output }) => input.includes(output) || 'another number',
  'leaves what fits': ({ input: [x, low, high], output }) => x < low || x > high || output === x || 'changed',
};`;
const RELATIONS = `export const relations = {
  monotone: {
    change: ([x, low, high], random) => [x + 1 + Math.floor(10 * random()), low, high],
    holds: ({ output, changedOutput }) => changedOutput >= output || 'falls',
  },
};`;

const candidate: Candidate = { id: sha256(CLAMP), text: CLAMP };

/** Adds up what every process of a conversation took, once it is closed. */
function counting(sandbox: Sandbox): {
  readonly sandbox: Sandbox;
  readonly cpuMs: () => Promise<number>;
} {
  const ends: Promise<{ readonly cpuMs: number }>[] = [];
  const converse: Sandbox['converse'] = (run, signal) => {
    const talk = sandbox.converse(run, signal);
    return {
      ask: (question) => talk.ask(question),
      close() {
        const end = talk.close();
        ends.push(end);
        return end;
      },
    };
  };
  const cpuMs = async () => {
    const all = new Set(await Promise.all(ends));
    return [...all].reduce((sum, end) => sum + end.cpuMs, 0);
  };
  return { sandbox: { ...sandbox, converse }, cpuMs };
}

interface Place {
  readonly open: (scope: string) => Sandbox;
  readonly folder: string;
}

interface Ran {
  readonly perHour: number;
  readonly cases: number;
  readonly wallMs: number;
}

/** `module`: of checks; absent: derived ones alone. */
async function opened({ open, folder }: Place, module: string | undefined) {
  const scope = mkdtempSync(join(folder, 'scope-'));
  const { sandbox, cpuMs } = counting(open(scope));
  const path = join(scope, 'checks.mjs');
  const text = module ?? INPUTS;
  writeFileSync(path, text);
  const limits = { wallMs: 60_000, outputBytes: 64 * 2 ** 20, processes: 1 };
  const kind = { materialise: (one: string) => ({ 'f.mjs': one }) };
  const of = { file: 'f.mjs', export: 'clamp' };
  const workDirectory = join(scope, 'work');
  const caller = exportCaller({ sandbox, kind, cwd: scope, limits, workDirectory, of });
  const run = checksRun(path);
  const checks = {
    sandbox,
    cwd: scope,
    hides: [],
    limits,
    module: path,
    ...run,
    reads: [...run.reads, path],
  };
  const rest = {
    caller,
    origin: candidate,
    confirmed: module ? [] : ['range'],
    isDeterministic: false,
    patienceMs: 1e9,
  };
  const draw = (seed: number, count: number) => {
    const rng = secretRoot(String(seed)).stream(0, 'draw');
    return Array.from({ length: count }, () => {
      const low = rng.int(2000) - 1000;
      return [rng.int(2000) - 1000, low, low + rng.int(1000)];
    });
  };
  const properties = await openProperties({ ...rest, ...(module ? { checks } : { draw }) }, NEVER);
  if (properties === undefined) throw new Error('no properties');
  const close = async (): Promise<void> => {
    await properties.close();
    await caller.close();
  };
  return { properties, close, cpuMs, end: () => sandbox.close() };
}

async function timed(place: Place, module: string | undefined, names: number): Promise<Ran> {
  const before = process.cpuUsage();
  const began = performance.now();
  const { properties, close, cpuMs, end } = await opened(place, module);
  const report = await properties.check({ candidate, seed: 1, cases: CASES }, NEVER);
  if (report.failures.length > 0) throw new Error(JSON.stringify(report.failures));
  const wallMs = performance.now() - began;
  await close();
  const { user, system } = process.cpuUsage(before);
  const total = (user + system) / 1000 + (await cpuMs());
  await end();
  const cases = report.cases * names;
  return { perHour: (cases / total) * (HOUR_MS / 1e6), cases, wallMs };
}

async function killed(place: Place, name: string, module: string | undefined): Promise<Figure> {
  const { properties, close, end } = await opened(place, module);
  const mutants = ({ text }: Candidate) =>
    programMutants(encodeProgram({ files: { 'f.mjs': text } })).map((one) => ({
      what: one.what,
      text: decodeProgram(one.text).files['f.mjs'] ?? '',
    }));
  const tools = {
    properties,
    mutants,
    clock: systemClock,
    secrets: secretRoot('bench property-cases'),
  };
  const found = await adequacyOf(tools, { program: candidate, tier: 'deep' }, NEVER);
  await close();
  await end();
  if (found === undefined) throw new Error('no mutants');
  const rates = killRates(found);
  const [low] = found.interval;
  const left = found.survivors.map(({ what, differs }) => `${what} (${differs} differ)`).join(', ');
  return {
    name: `planted faults noticed by ${name}, of those that show`,
    value: 100 * rates.differing,
    unit: '%',
    target: { least: 80 },
    note: `${found.killed} of ${found.mutants} of all (${(100 * rates.all).toFixed(0)} %), lower 95 % bound of the first ${(100 * low).toFixed(0)} %; left: ${left || 'none'}`,
  };
}

export const propertyCases: Bench = {
  name: 'property-cases',
  what: 'property cases an hour and a core through the jail, by class, at the mutation kill rate',
  seconds: 60,
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'paceline-bench-property-'));
    mkdirSync(folder, { recursive: true });
    const { level, open } = await chooseJail();
    const place = { open, folder };
    const figure = (name: string, ran: Ran): Figure => ({
      name: `${name} at ${level}`,
      value: ran.perHour,
      unit: 'M cases per CPU hour',
      target: { least: 100 },
      note: `${ran.cases} cases in ${(ran.wallMs / 1000).toFixed(1)} s by the clock`,
    });
    const classes = [
      {
        name: 'declared properties, three on each input',
        module: `${INPUTS}\n${PROPERTIES}`,
        count: 3,
      },
      {
        name: 'one declared relation, two calls a case',
        module: `${INPUTS}\n${RELATIONS}`,
        count: 1,
      },
      { name: 'derived type and range', module: undefined, count: 2 },
    ];
    try {
      const figures: Figure[] = [];
      for (const { name, module, count } of classes) {
        say(name);
        figures.push(figure(name, await timed(place, module, count)));
        figures.push(await killed(place, name, module));
      }
      const all = `${INPUTS}\n${PROPERTIES}\n${RELATIONS}`;
      return [...figures, await killed(place, 'all declared together', all)];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
