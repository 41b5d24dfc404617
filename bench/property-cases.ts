/**
 * Property cases in the jail: how many an hour and a core, by class, of cheap programs (property-programs.ts), at the
 * share of planted faults that the same properties notice. CPU of everything counts: engine, checks, workers, their starts.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { chooseJail } from '../src/app/jail/choose.ts';
import { systemClock } from '../src/app/system-clock.ts';
import type { Candidate } from '../src/core/candidate.ts';
import { sha256 } from '../src/core/hash.ts';
import { secretRoot } from '../src/core/rng.ts';
import { exportCaller } from '../src/evaluators/calls/exported.ts';
import { checksRun } from '../src/evaluators/split.ts';
import { type Adequacy, adequacyOf } from '../src/gates/adequacy.ts';
import { AS_ORIGIN } from '../src/gates/properties/derived.ts';
import { openProperties } from '../src/gates/properties.ts';
import type { Sandbox } from '../src/sandboxes/contract.ts';
import { programMutants } from '../src/source/mutants.ts';
import { decodeProgram, encodeProgram } from '../src/source/program.ts';
import { wilson } from '../src/stats/wilson.ts';
import type { Bench, Figure } from './figure.ts';
import { PROGRAMS, type Program } from './property-programs.ts';

const CASES = 40_000;
const HOUR_MS = 3_600_000;
const NEVER = new AbortController().signal;
/** No mutant is left for want of time. */
const MOST_MS = 3_600_000;

/** What is asked of every program; `together` is the first three at once. */
interface CaseClass {
  readonly name: string;
  readonly has: readonly ('properties' | 'relations')[];
  readonly confirmed: (program: Program) => readonly string[];
}

const CLASSES: readonly CaseClass[] = [
  { name: 'declared properties', has: ['properties'], confirmed: () => [] },
  { name: 'declared relations', has: ['relations'], confirmed: () => [] },
  {
    name: 'derived, those that are true of every correct program confirmed',
    has: [],
    confirmed: ({ confirm }) => confirm,
  },
  {
    name: 'declared and derived together',
    has: ['properties', 'relations'],
    confirmed: ({ confirm }) => confirm,
  },
  { name: 'derived as-origin alone', has: [], confirmed: () => [AS_ORIGIN] },
];

function moduleOf(program: Program, has: CaseClass['has']): string {
  const section = (name: 'properties' | 'relations'): string =>
    has.includes(name) ? `export const ${name} = { ${program[name]} };` : '';
  return `export const inputs = (fc) => { const int = (min, max) => fc.integer({ min, max }); return ${program.inputs}; };
${section('properties')}
${section('relations')}
export const impossible = { nothing: { input: null, passes: () => false } };`;
}

const candidateOf = (text: string): Candidate => ({ id: sha256(text), text });

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

async function opened({ open, folder }: Place, program: Program, { has, confirmed }: CaseClass) {
  const scope = mkdtempSync(join(folder, 'scope-'));
  const { sandbox, cpuMs } = counting(open(scope));
  const path = join(scope, 'checks.mjs');
  writeFileSync(path, moduleOf(program, has));
  const limits = { wallMs: 60_000, outputBytes: 64 * 2 ** 20, processes: 1 };
  const kind = { materialise: (one: string) => ({ 'f.mjs': one }) };
  const of = { file: 'f.mjs', export: 'f' };
  const workDirectory = join(scope, 'work');
  const caller = exportCaller({ sandbox, kind, cwd: scope, limits, workDirectory, of });
  const run = checksRun(path);
  const seen = { cwd: scope, hides: [], reads: [...run.reads, path] };
  const names = confirmed(program);
  const options = {
    caller,
    checks: { sandbox, limits, module: path, ...run, ...seen },
    clock: systemClock,
    confirmed: names,
    // Of a repetition alone nothing is counted here.
    isDeterministic: names.includes(AS_ORIGIN),
    limitMs: MOST_MS,
    origin: candidateOf(program.text),
    patienceMs: 1e9,
  };
  const properties = await openProperties(options, NEVER);
  if (properties === undefined) throw new Error('no properties');
  const close = async (): Promise<void> => {
    await properties.close();
    await caller.close();
  };
  return { properties, close, cpuMs, end: () => sandbox.close() };
}

interface Ran {
  readonly cases: number;
  readonly cpuMs: number;
}

/** A case is one property on one input; of a relation those inputs count that it says something of. */
async function timed(place: Place, program: Program, of: CaseClass): Promise<Ran> {
  const before = process.cpuUsage();
  const { properties, close, cpuMs, end } = await opened(place, program, of);
  const candidate = candidateOf(program.text);
  const report = await properties.check({ candidate, seed: 1, cases: CASES }, NEVER);
  if (report.failures.length > 0 || report.cases < CASES) throw new Error(JSON.stringify(report));
  await close();
  const { user, system } = process.cpuUsage(before);
  const total = (user + system) / 1000 + (await cpuMs());
  await end();
  const counted = properties.listed.filter(
    ({ rejects, name }) => rejects && name !== 'determinism',
  );
  const perInput = counted.reduce((sum, { tried }) => sum + tried / OPENING, 0);
  return { cases: report.cases * perInput, cpuMs: total };
}

/** Inputs that `listed` rests on. */
const OPENING = 256;

async function killed(place: Place, program: Program, of: CaseClass): Promise<Adequacy> {
  const { properties, close, end } = await opened(place, program, of);
  const mutants = ({ text }: Candidate) =>
    programMutants(encodeProgram({ files: { 'f.mjs': text } })).map((one) => ({
      what: one.what.replace('f.mjs', program.name),
      text: decodeProgram(one.text).files['f.mjs'] ?? '',
    }));
  const secrets = secretRoot('bench property-cases');
  const tools = { properties, mutants, clock: systemClock, secrets };
  const asked = { program: candidateOf(program.text), tier: 'deep', mostMs: MOST_MS } as const;
  const found = await adequacyOf(tools, asked, NEVER);
  await close();
  await end();
  if (found === undefined) throw new Error('no mutants');
  return found;
}

const AT_ONCE = 4;

/** All programs together. */
function killFigure(name: string, all: readonly Adequacy[]): Figure {
  const survivors = all.flatMap((one) => one.survivors);
  const seen = survivors.filter(({ differs }) => differs > 0);
  const alike = survivors.filter(({ differs }) => differs === 0);
  const sum = (of: (one: Adequacy) => number): number =>
    all.reduce((total, one) => total + of(one), 0);
  const [count, tried] = [sum((one) => one.killed), sum((one) => one.mutants)];
  const differing = count + seen.length;
  const [low] = wilson(count, differing);
  const per = all.map(({ killed: of, survivors: left }, i) => {
    const shown = left.filter(({ differs }) => differs > 0).length;
    return `${PROGRAMS[i]?.name} ${of} of ${of + shown}`;
  });
  const left = seen.map(({ what, differs }) => `${what} (${differs} of 300)`).join(', ');
  return {
    name: `planted faults noticed by ${name}, of those that show`,
    value: (100 * count) / differing,
    unit: '%',
    target: { least: 80 },
    note: `${count} of ${differing}, ${sum((one) => one.by.time)} of them for having no end, lower 95 % bound ${(100 * low).toFixed(0)} % (${per.join(', ')}); ${alike.length} more of ${tried} gave the origin's output on 3,300 inputs: ${alike.map(({ what }) => what).join(', ') || 'none'}. Not noticed: ${left || 'none'}`,
  };
}

function caseFigure(name: string, ran: readonly Ran[]): Figure {
  const sum = (of: (one: Ran) => number): number => ran.reduce((total, one) => total + of(one), 0);
  const perHour = ({ cases, cpuMs }: Ran): number => (cases / cpuMs) * (HOUR_MS / 1e6);
  return {
    name,
    value: perHour({ cases: sum((one) => one.cases), cpuMs: sum((one) => one.cpuMs) }),
    unit: 'M cases per CPU hour',
    target: { least: 100 },
    note: ran.map((one, i) => `${PROGRAMS[i]?.name} ${perHour(one).toFixed(0)}`).join(', '),
  };
}

export const propertyCases: Bench = {
  name: 'property-cases',
  what: 'property cases an hour and a core through the jail, by class, at the mutation kill rate',
  seconds: 300,
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'paceline-bench-property-'));
    mkdirSync(folder, { recursive: true });
    const { level, open } = await chooseJail();
    const place = { open, folder };
    try {
      const ran: Ran[][] = [];
      for (const of of CLASSES) {
        say(of.name);
        const each: Ran[] = [];
        for (const program of PROGRAMS) each.push(await timed(place, program, of));
        ran.push(each);
      }
      say('planted faults');
      // Beside each other: of these nothing is timed but what has no end.
      const jobs = CLASSES.flatMap((of) => PROGRAMS.map((program) => ({ of, program })));
      const limit = pLimit(AT_ONCE);
      const found = await Promise.all(
        jobs.map(({ of, program }) => limit(() => killed(place, program, of))),
      );
      const figures = CLASSES.flatMap(({ name }, i) => {
        const own = found.slice(i * PROGRAMS.length, (i + 1) * PROGRAMS.length);
        return [caseFigure(`${name} at ${level}`, ran[i] ?? []), killFigure(name, own)];
      });
      return figures;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
