/**
 * The self-improved GP engine on families it never met, at equal CPU: every line has the same CPU milliseconds on
 * every task, by the clock, mechanisms and all. Regret: 1 is the human start, 0 the best of the frozen long runs.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { processCpuMs } from '../src/app/improver-gp/inner-studies.ts';
import { loadPolicies, type PolicyEntry } from '../src/app/improver-gp/policies.ts';
import type { Json } from '../src/core/json.ts';
import { publicRoot } from '../src/core/rng.ts';
import { bareImprover } from '../src/improver/artifact.ts';
import { diffImprovers } from '../src/improver/diff.ts';
import { withGp } from '../src/improver/gp/artifact-slots.ts';
import { fresh } from '../src/improver/gp/breed.ts';
import { LINES } from '../src/improver/gp/lines.ts';
import { GP_VOCABULARY, policyIn } from '../src/improver/gp/slots.ts';
import { stepMs } from '../src/improver/gp/subject.ts';
import { behaviourKey } from '../src/lang/behaviour.ts';
import { decodeForest } from '../src/lang/codec.ts';
import { nodeCount } from '../src/lang/forest.ts';
import { createInterpreterCache } from '../src/lang/interpret.ts';
import { bootstrapMean } from '../src/stats/bootstrap.ts';
import { mean } from '../src/stats/summary.ts';
import type { Bench, Figure } from './figure.ts';
import { FOLDER, readLineages } from './improver-gp/lineages.ts';
import { type Line, linesOf, type Row, STEPS } from './improver-gp/lines.ts';

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);
const PROCESSES = 2;
const METER = join(import.meta.dirname, 'improver-gp/meter.ts');
const MOST_BYTES = 64 * 1024 * 1024;
/** Below it making a child costs as much as evaluating it: such tasks are told apart. */
const DEAR_MS = 0.9;

const run = promisify(execFile);

async function measure(): Promise<readonly Row[]> {
  const parts = Array.from({ length: PROCESSES }, (_, part) => {
    const seeds = SEEDS.filter((seed) => seed % PROCESSES === part).map(String);
    return run(process.execPath, ['--import', 'tsx', METER, ...seeds], { maxBuffer: MOST_BYTES });
  });
  const done = await Promise.all(parts);
  return done.flatMap(({ stdout }) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}

/** Mean over lineages and tasks, for each seed. */
function bySeed(rows: readonly Row[], line: string, tasks: readonly string[]): readonly number[] {
  const own = rows.filter((row) => row.line === line && tasks.includes(row.task));
  return SEEDS.map((seed) => mean(own.filter((row) => row.seed === seed).map((row) => row.regret)));
}

function interval(values: readonly number[]): readonly [number, number] {
  return bootstrapMean(values, { rng: publicRoot('interval').stream(0, 'bootstrap') });
}

function told([low, high]: readonly [number, number]): string {
  return `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

interface Part {
  readonly tasks: readonly string[];
  readonly what: string;
}

function lineFigures(
  rows: readonly Row[],
  lines: readonly Line[],
  { tasks, what }: Part,
): readonly Figure[] {
  return lines.map(({ name, improvers }) => {
    const values = bySeed(rows, name, tasks);
    const own = rows.filter((row) => row.line === name && tasks.includes(row.task));
    const share = 1 / (SEEDS.length * improvers.length);
    const cpuS = (own.reduce((sum, { cpuMs }) => sum + cpuMs, 0) * share) / 1000;
    const evals = own.reduce((sum, row) => sum + row.evals, 0) * share;
    const many = improvers.length > 1 ? `; mean of ${improvers.length} lineages` : '';
    return {
      name: `${name}: mean regret, ${what}`,
      value: mean(values),
      unit: '',
      note: `${told(interval(values))} over ${SEEDS.length} seeds; ${cpuS.toFixed(2)} CPU-s and ${evals.toFixed(0)} evaluations for the ${tasks.length} tasks together${many}`,
    };
  });
}

const PAIRS = [
  ['evolved', 'textbook'],
  ['evolved', 'expert'],
  ['evolved', 'expert + de-duplication'],
  ['expert + de-duplication + twin', 'expert + de-duplication'],
  ['evolved', 'expert + de-duplication + twin'],
  ['evolved', 'control'],
] as const;

function pairFigures(rows: readonly Row[], { tasks, what }: Part): readonly Figure[] {
  const isRun = (line: string): boolean => rows.some((row) => row.line === line);
  return PAIRS.filter((pair) => pair.every(isRun)).map(([one, other]) => {
    const others = bySeed(rows, other, tasks);
    const differences = bySeed(rows, one, tasks).map((value, i) => value - (others[i] as number));
    const [low, high] = interval(differences);
    const verdict = high < 0 ? 'better' : low > 0 ? 'worse' : 'a tie: no evidence either way';
    const seeds = differences.filter((value) => value < 0).length;
    const won = tasks.filter(
      (task) => mean(bySeed(rows, one, [task])) < mean(bySeed(rows, other, [task])),
    );
    return {
      name: `${one} − ${other}, paired, ${what}`,
      value: mean(differences),
      unit: '',
      note: `${told([low, high])}, ${verdict}; lower on ${seeds} of ${SEEDS.length} seeds and ${won.length} of ${tasks.length} tasks`,
    };
  });
}

function taskFigures(
  rows: readonly Row[],
  lines: readonly Line[],
  policies: readonly PolicyEntry[],
): readonly Figure[] {
  return policies.flatMap(({ name: task, subject }) =>
    lines.map(({ name }) => {
      const values = bySeed(rows, name, [task]);
      const ms = stepMs(subject).toPrecision(2);
      const note = told(interval(values));
      return { name: `${task} (${ms} ms a step): ${name}`, value: mean(values), unit: '', note };
    }),
  );
}

/** Settings that differ from the textbook's, as expressions. */
function changesOf(text: string): string {
  const bare = bareImprover('numbers');
  const now = decodeForest(text, GP_VOCABULARY);
  const { slots } = diffImprovers(withGp(bare, LINES.textbook), withGp(bare, now));
  return slots.map(({ slot, to }) => `${slot} ${expression(to)}`).join('; ');
}

function expression(code: Json | undefined): string {
  const [op, ...rest] = code as readonly Json[];
  if (op === 'c' || op === 'v') return String(rest[0]);
  return `${op}(${rest.map(expression).join(', ')})`;
}

/** On training families, and on seeds that took no part in the search. Rejected generations stay. */
function generationFigures(): readonly Figure[] {
  return readLineages('self-applied').map(({ number, steps }) => {
    const cpuS = steps.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000;
    const each = steps.map(({ isPromoted, confirmation }) =>
      confirmation === undefined
        ? 'nothing found'
        : `${isPromoted ? 'promoted' : 'rejected'} ${told(confirmation.interval)}`,
    );
    return {
      name: `lineage ${number}: generations promoted of ${steps.length}`,
      value: steps.filter(({ isPromoted }) => isPromoted).length,
      unit: '',
      note: `regret saved on fresh training seeds: ${each.join(', ')}; ${cpuS.toFixed(0)} CPU-s of inner studies; now ${changesOf(steps.at(-1)?.improver ?? '')}`,
    };
  });
}

const HASHES = 200;
const PROGRAMS = 50;

/** CPU microseconds of one behaviour hash, over programs as a search grows them. */
function hashFigures(policies: readonly PolicyEntry[]): readonly Figure[] {
  const state = { progress: 0, stagnation: 0, diversity: 1, size: 0, budget: 0.5, inputs: 0.3 };
  const policy = policyIn(LINES.textbook, state);
  return policies.map(({ name, subject: { vocabulary, situations } }) => {
    const rng = publicRoot('hash').stream(0, name);
    const programs = Array.from({ length: PROGRAMS }, () => fresh(rng, vocabulary, policy));
    const cache = createInterpreterCache();
    const slots = vocabulary.slots.map((slot) => slot.name);
    const hashAll = (times: number): void => {
      for (let i = 0; i < times; i++) {
        for (const program of programs) behaviourKey(program, { slots, situations }, cache);
      }
    };
    hashAll(HASHES / 4);
    const beganMs = processCpuMs();
    hashAll(HASHES);
    const value = ((processCpuMs() - beganMs) * 1000) / (HASHES * PROGRAMS);
    const nodes = mean(programs.map(nodeCount)).toFixed(1);
    const note = `${situations.rows.length} rows, programs of ${nodes} nodes on average`;
    return { name: `${name}: behaviour hash`, value, unit: 'µs', target: { most: 11 }, note };
  });
}

export const improverGp: Bench = {
  name: 'improver-gp',
  what: `the self-improved GP engine on held-out families, each line at the CPU time of ${STEPS} steps`,
  seconds: 120,
  async run(say) {
    const policies = (await loadPolicies(FOLDER)).filter(({ split }) => split === 'held-out');
    const hashes = hashFigures(policies);
    say('hashes');
    const rows = await measure();
    const isDear = ({ subject }: PolicyEntry): boolean => stepMs(subject) >= DEAR_MS;
    const part = (of: readonly PolicyEntry[], what: string): Part => ({
      tasks: of.map(({ name }) => name),
      what: `${of.length} ${what}`,
    });
    const dear = part(policies.filter(isDear), `tasks of ≥ ${DEAR_MS} ms`);
    const cheap = part(
      policies.filter((policy) => !isDear(policy)),
      'cheap tasks',
    );
    const lines = linesOf();
    return [
      ...lineFigures(rows, lines, dear),
      ...pairFigures(rows, dear),
      ...lineFigures(rows, lines, cheap),
      ...generationFigures(),
      ...hashes,
      ...taskFigures(rows, lines, policies),
    ];
  },
};
