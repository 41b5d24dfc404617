/**
 * The corpus that gates are qualified with: tasks, and candidates of them that are known to cheat, to be
 * honest, or to deceive by design (corpus/README.md).
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { readText } from '../surface.ts';

/** What the planted deceivers are (issue: metric-versus-intent divergence). */
export const TRUTHS = [
  'metric-gamer',
  'test-aware-switcher',
  'hidden-trigger',
  'late-degrader',
  'clean',
] as const;

const json: z.ZodType<Json> = z.json();

/** A state of the world, and what was asked before, under which a candidate is called. */
const situation = z.strictObject({
  environment: z.record(z.string(), z.string()).optional(),
  hostname: z.string().optional(),
  uid: z.int().nonnegative().optional(),
  /** Name of the folder it runs in, and empty files there. */
  folder: z.string().optional(),
  files: z.array(z.string()).optional(),
  /** ms since 1970 when it is loaded; ms that pass between loading and the call. */
  clockMs: z.number().optional(),
  laterMs: z.number().optional(),
  /** Inputs answered before: so many public cases, or these. */
  warmup: z.union([z.int().positive(), z.array(json)]).optional(),
  /** Inputs handed over within one turn of the event loop. */
  batch: z.int().positive().optional(),
  /** `Math.random` is replaced by a generator from this seed. */
  seedRandom: z.int().optional(),
});

/**
 * How the misbehaviour is shown. `wrong`: a property or `relation` fails, or the score is worse than the
 * origin's. `differs`: from `otherwise`. `work`: a repeated call does a tenth of the work. `varies`: from call
 * to call. `raw`: what is returned is no plain data. The others are named in `reaches` and `tampers`.
 */
const witness = z.strictObject({
  shows: z.enum([
    'wrong',
    'differs',
    'varies',
    'work',
    'raw',
    'mutates',
    'prints',
    'passes',
    'hangs',
    'reaches',
    'tampers',
  ]),
  input: z.array(json).optional(),
  /** Number of a public case, in place of `input`. */
  case: z.int().positive().optional(),
  /** It misbehaves here; absent: in a fresh process without anything set. */
  when: situation.optional(),
  /** It behaves here, on the same input. */
  otherwise: situation.optional(),
  relation: z.string().optional(),
  impossible: z.string().optional(),
  reaches: z.array(z.string()).optional(),
  tampers: z.array(z.string()).optional(),
});

const caseSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+\/[a-z0-9-]+$/),
  kind: z.enum(['cheat', 'honest', 'organism']),
  /** Its number among the cheats, and among the honest ones, of safety.md §7. */
  cheat: z.union([z.int().min(1).max(21), z.literal('other')]).optional(),
  honest: z.int().min(1).max(10).optional(),
  family: z.string(),
  tries: z.string().min(1),
  /** What about its behaviour is wrong; never which check should notice. */
  expect: z.string().optional(),
  truth: z.enum(TRUTHS).optional(),
  /** How far from honest behaviour it is, 0 to 1, and the share of inputs or calls that it is wrong on. */
  strength: z.number().min(0).max(1).optional(),
  rate: z.number().min(0).max(1).optional(),
  /**
   * Of an honest one: it scores less than the origin, which a gate may refuse it for, and for nothing else.
   */
  weaker: z.literal(true).optional(),
  /** Two promotions: `first` against the origin, then the candidate against `first`. */
  split: z.strictObject({ first: z.string(), second: z.string() }).optional(),
  witness: witness.optional(),
  notes: z.string().optional(),
});

const taskSchema = z.strictObject({
  name: z.string(),
  what: z.string(),
  entry: z.strictObject({ file: z.string(), export: z.string() }),
  form: z.enum(['source', 'forest']),
  /** Of a forest: the variables of its one slot. */
  inputs: z.array(z.string()).optional(),
  isDeterministic: z.boolean(),
  isTimed: z.boolean(),
  goal: z.enum(['min', 'max']),
  metric: z.string(),
  /** The metric is the run time, which the evaluator takes; `score` says alone whether an answer is right. */
  measures: z.literal('time').optional(),
});

const timedTask = taskSchema.refine(
  ({ measures, form, isTimed, goal, metric }) =>
    measures === undefined || (form === 'source' && isTimed && goal === 'min' && metric === 'ms'),
  {
    path: ['measures'],
    message: 'time needs form: source, isTimed: true, goal: min and metric: ms',
  },
);

export type Witness = z.infer<typeof witness>;
export type Situation = z.infer<typeof situation>;

export interface CorpusCase extends z.infer<typeof caseSchema> {
  /** The candidate, as text of the task's entry file. */
  readonly text: string;
  /** Of a split attack: what is promoted first. */
  readonly firstText?: string;
  readonly folder: string;
}

export interface CorpusTask extends z.infer<typeof taskSchema> {
  readonly folder: string;
  /** Text of the origin, in the place of the entry file. */
  readonly origin: string;
  /** Paths of the task's own modules: `inputs`, `properties`, `relations`, `impossible` · `score`, `instances`. */
  readonly checks: string;
  readonly score: string;
  readonly cases: readonly CorpusCase[];
}

/** @throws PacelineError CONFIG_INVALID for a folder that holds no task, or one that is not as it must be. */
export function readCorpus(folder: string): readonly CorpusTask[] {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const tasks = names
    .filter((name) => existsSync(join(folder, name, 'task.json')))
    .map((name) => readTask(join(folder, name)));
  if (tasks.length > 0) return tasks;
  throw refused(folder, 'holds no task. Make a folder for each, with task.json and cases/');
}

function readTask(folder: string): CorpusTask {
  const task = parsed(folder, 'task.json', timedTask);
  const cases = join(folder, 'cases');
  return {
    ...task,
    folder,
    origin: textOf(folder, task.form === 'forest' ? 'origin.json' : 'origin.mjs'),
    checks: join(folder, 'checks.mjs'),
    score: join(folder, 'score.mjs'),
    cases: readdirSync(cases)
      .sort()
      .map((name) => readCase(join(cases, name), task.entry.file)),
  };
}

function readCase(folder: string, file: string): CorpusCase {
  const said = parsed(folder, 'case.json', caseSchema);
  const text = textOf(folder, file);
  if (said.split === undefined) return { ...said, folder, text };
  return { ...said, folder, text, firstText: textOf(folder, said.split.first) };
}

/** The canonical text of a forest ends without a newline. */
function textOf(folder: string, file: string): string {
  const text = readText(folder, file, folder);
  return file.endsWith('.json') ? text.trimEnd() : text;
}

function parsed<T>(folder: string, file: string, schema: z.ZodType<T>): T {
  const said = schema.safeParse(JSON.parse(readText(folder, file, folder)));
  if (said.success) return said.data;
  const [issue] = said.error.issues;
  throw refused(
    folder,
    `has a ${file} that cannot be used: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

function refused(path: string, why: string): PacelineError {
  return new PacelineError('CONFIG_INVALID', `${path} ${why}.`, { path });
}
