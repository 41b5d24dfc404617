/** Runs candidates of the corpus through `fixtures/runner.mjs` and judges what came back by the task's own words. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CorpusCase, CorpusTask, Situation, Witness } from '../../src/app/corpus/cases.ts';
import type { Json } from '../../src/core/json.ts';
import { decodeForest } from '../../src/lang/codec.ts';
import { evaluateScalar } from '../../src/lang/interpret.ts';

export type Input = readonly Json[];
type Output = { readonly output: Json } | { readonly failed: string };
type Verdict = true | string;
type Random = () => number;

interface Seen {
  readonly input: Input;
  readonly output: Json;
}

export interface TaskModules {
  readonly inputs: (fc: unknown) => unknown;
  readonly properties: Readonly<Record<string, (seen: Seen & { reference: Json }) => Verdict>>;
  readonly relations: Readonly<Record<string, Relation>>;
  readonly impossible: Readonly<
    Record<string, { input: Input; passes: (output: Json) => boolean }>
  >;
  readonly score: (seen: Seen) => number;
  readonly instances: (seed: number) => Input;
}

interface Relation {
  change(input: Input, random: Random): Input;
  holds(seen: Seen & { changed: Input; changedOutput: Json }): Verdict;
}

export interface Job {
  readonly file: string;
  readonly inputs: readonly Input[];
  readonly situation?: Situation;
  /** Only the output of the last input is wanted. */
  readonly last?: boolean;
  /** Each batch of inputs gets a turn of the event loop. */
  readonly turns?: boolean;
  readonly work?: boolean;
}

export interface Report {
  readonly outputs: readonly Output[];
  readonly raw: boolean;
  readonly mutated: boolean;
  readonly printed: boolean;
  readonly reached: readonly string[];
  readonly tampered: readonly string[];
  readonly counts?: readonly number[];
}

const RUNNER = join(import.meta.dirname, 'fixtures/runner.mjs');

export async function modulesOf(task: CorpusTask): Promise<TaskModules> {
  const [checks, score] = await Promise.all(
    [task.checks, task.score].map((path) => import(pathToFileURL(path).href)),
  );
  return { ...checks, ...score };
}

/** Undefined where the process did not end within `timeoutMs`. */
export function run(
  task: CorpusTask,
  jobs: readonly Job[],
  timeoutMs: number,
): Promise<readonly Report[] | undefined> {
  if (task.form === 'forest') return Promise.resolve(jobs.map((job) => interpreted(task, job)));
  const child = spawn(process.execPath, ['--max-old-space-size=512', RUNNER], {
    stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
    detached: true,
    env: {},
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const chunks: Buffer[] = [];
  child.stdio[3]?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin?.end(JSON.stringify(jobs.map((job) => ({ ...job, export: task.entry.export }))));
  return new Promise((done) => {
    child.on('close', (code) =>
      done(code === 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined),
    );
  });
}

/** A forest is data of a closed language: nothing of it can run away. */
function interpreted(task: CorpusTask, job: Job): Report {
  const names = task.inputs ?? [];
  const slot = task.entry.export;
  const vocabulary = { slots: [{ name: slot, inputs: names, result: 'real' as const }] };
  const text =
    job.file === join(task.folder, 'origin.json') ? task.origin : (textOf(task, job.file) ?? '');
  const forest = decodeForest(text, vocabulary);
  const outputs = job.inputs.map((input) => ({
    output: evaluateScalar(
      forest,
      slot,
      Object.fromEntries(names.map((name, i) => [name, input[i] as number])),
    ),
  }));
  return {
    outputs: job.last === true ? outputs.slice(-1) : outputs,
    raw: false,
    mutated: false,
    printed: false,
    reached: [],
    tampered: [],
  };
}

const textOf = (task: CorpusTask, file: string) =>
  task.cases.find((one) => fileOf(task, one) === file)?.text;

export const isBad = (one: CorpusCase): boolean =>
  one.kind === 'cheat' || (one.kind === 'organism' && one.truth !== 'clean');

export const fileOf = (task: CorpusTask, { folder }: CorpusCase): string =>
  join(folder, task.entry.file);

export const originOf = (task: CorpusTask): string =>
  join(task.folder, task.form === 'forest' ? 'origin.json' : 'origin.mjs');

/** mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Why what was returned is wrong, by the task's properties or beside the origin's score; undefined: it is not. */
export function wrongness(
  { task, modules }: { task: CorpusTask; modules: TaskModules },
  input: Input,
  { got, reference }: { got: Output; reference: Output },
): string | undefined {
  if (!('output' in reference)) throw new Error(`the origin of ${task.name} failed`);
  if (!('output' in got)) return got.failed;
  for (const [name, property] of Object.entries(modules.properties)) {
    const said = verdictOf(() =>
      property({ input, output: got.output, reference: reference.output }),
    );
    if (said !== true) return `${name}: ${said}`;
  }
  const [score, before] = [got, reference].map(({ output }) => scoreOf(modules, { input, output }));
  if (score === undefined || before === undefined) return 'has no score';
  const loss = task.goal === 'min' ? score - before : before - score;
  return loss > 1e-6 * (1 + Math.abs(before))
    ? `scores ${score} where the origin has ${before}`
    : undefined;
}

export function verdictOf(judge: () => Verdict): Verdict {
  try {
    return judge();
  } catch (error) {
    return String(error);
  }
}

function scoreOf(modules: TaskModules, seen: Seen): number | undefined {
  try {
    return modules.score(seen);
  } catch {
    return undefined;
  }
}

/** Inputs of a witness, as they are asked in a situation: the last is the one that counts. */
export function asked(
  modules: TaskModules,
  witness: Witness,
  situation: Situation | undefined,
): { input: Input; inputs: readonly Input[] } {
  const input = witness.input ?? modules.instances(witness.case ?? 1);
  const warmup = situation?.warmup ?? Math.max(0, (situation?.batch ?? 1) - 1);
  const before =
    typeof warmup === 'number'
      ? Array.from({ length: warmup }, (_, i) => modules.instances(i + 1))
      : (warmup as readonly Input[]);
  return { input, inputs: [...before, input] };
}
