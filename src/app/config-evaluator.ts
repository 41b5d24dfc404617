/** How an evaluator and its stages are named in a config. */
import { z } from 'zod';
import { LONGEST_TIMER_MS } from '../core/clock.ts';
import { bytes, command, duration } from './config-values.ts';

/** As evaluators report it: `combined_score`. */
const metricName = z
  .string()
  .regex(/^[A-Za-z]\w*$/, 'use letters, digits and underscores, a letter first');

/** Less than any interpreter needs to start would end every rollout. */
const LEAST_MEMORY_BYTES = 16 * 1024 * 1024;

/** When a rollout is ended before its timeout; one that cannot be kept on this machine is refused. */
const limits = z.strictObject({
  /** CPU time of all processes of a rollout together. */
  cpu: duration.pipe(z.number().min(100).max(LONGEST_TIMER_MS)).optional(),
  /** Resident memory of all processes of a rollout together. */
  memory: bytes.pipe(z.number().min(LEAST_MEMORY_BYTES)).optional(),
  /** Its answer: absent means 1mb. What it prints besides is cut, not limited. */
  output: bytes.pipe(z.number().min(1)).optional(),
  /** Any one file it writes. */
  file: bytes.pipe(z.number().min(0)).optional(),
  /** Everything in the candidate's folder together, and as much again in /tmp: absent means 64mb. */
  disk: bytes.pipe(z.number().min(4096)).optional(),
  /** With use: split, how often functions and bodies of loops of a candidate may begin in one answer. */
  steps: z.int().min(1).optional(),
  /** At the same time; 1 means that it may start none. Absent: 1 of a function or a solver, else 16. */
  processes: z.int().min(1).max(4096).optional(),
});

const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({});
const timeout = duration.pipe(z.number().min(1).max(LONGEST_TIMER_MS)).default(60_000);
const measured = { name: metricName, goal: z.enum(['min', 'max']), unit: z.string() };
const metric = z.discriminatedUnion(
  'role',
  [
    /** The one number that is improved. */
    z.strictObject({
      ...measured,
      role: z.literal('objective').optional(),
      /** `time`: measured alone, in blocks A B B A, warmed up, and logged before any statistics. */
      kind: z.literal('time').exactOptional(),
    }),
    /** Must not get worse by more than `margin`: shown in the confirm, beside the objective. */
    z.strictObject({
      ...measured,
      role: z.literal('guard'),
      /** Metric units: how much worse still passes. */
      margin: z.number().nonnegative(),
      /** The largest possible difference of one pair: the test is then of the mean. */
      bound: z.number().positive().optional(),
    }),
    /** Recorded and shown with every gain; decides nothing. */
    z.strictObject({ ...measured, role: z.literal('info') }),
  ],
  { error: 'write role: objective (the default), guard or info' },
);
/** What every evaluator has, whatever runs it. */
const judged = {
  /** With `language`: module of the task that scores tabulated forests in process, for search only. */
  interpreter: z.string().optional(),
  /** One objective, and any number of guards and informational metrics beside it. */
  metrics: z
    .array(metric)
    .refine((all) => all.filter(isObjective).length === 1, 'name exactly one objective')
    .refine(
      (all) => new Set(all.map(({ name }) => name)).size === all.length,
      'name each metric once',
    ),
  /**
   * Whether the same seed gives the same value; checked at the start, and a mismatch is named.
   * Default true, and never true of times.
   */
  deterministic: z.boolean().optional(),
  /** Of times: runs of the case that each process makes first and that do not count. Default 1; 0 where answers are printed. */
  warmup: z.int().min(0).max(100).optional(),
  /** Values of training cases are taken over from earlier trials of their epoch; confirms never are. */
  cache: z.boolean().optional(),
  params,
  timeout,
  limits: limits.optional(),
};
/** Where it starts: the folder of the config, or that of the candidate with `surface.include` beside it. */
const cwd = z.enum(['root', 'candidate']).default('root');
const evaluatorClass = z.enum(['split', 'fused']);
const taskModule = z
  .string()
  .regex(/\.m?[jt]s$/, 'name a module that ends in .mjs, .js, .ts or .mts');
/** File of the task with `evaluate(program_path) -> dict`, as OpenEvolve has it. */
const python = {
  module: z.string().regex(/\.py$/, 'name a Python file that ends in .py'),
  /** Interpreter, on PATH or by its path. */
  python: z.string().min(1).default('python3'),
  /** Its function that is called with the program's path. */
  function: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'name a function of the module, for example evaluate_stage1')
    .default('evaluate'),
  /** The metric is the mean of the other numbers that the function returns, but for these. */
  mean: z.strictObject({ except: z.array(z.string()).default([]) }).optional(),
};
/** A cheap stage before the screen: most of what is hopeless ends here. It never decides a claim. */
const staged = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'use lower-case letters, digits and dashes'),
  metric: z.strictObject({
    name: metricName,
    goal: z.enum(['min', 'max']),
  }),
  /** Worst mean of the metric that goes on (included). */
  threshold: z.number(),
  /** Training cases it is measured on. */
  cases: z.int().min(1).max(64).default(1),
  params,
  timeout,
};
const stage = z.discriminatedUnion(
  'use',
  [
    z.strictObject({ use: z.literal('command').optional(), command, cwd, ...staged }),
    z.strictObject({ use: z.literal('function'), module: taskModule, ...staged }),
    z.strictObject({ use: z.literal('python-evaluate'), ...python, ...staged }),
  ],
  { error: 'write use: command (the default), function or python-evaluate' },
);
/** In order, cheap first. */
const stages = z.array(stage).min(1).max(8).optional();
const commandEvaluator = z.strictObject({
  /** Absent means command. */
  use: z.literal('command').optional(),
  command,
  cwd,
  class: evaluatorClass,
  /**
   * `printed`: the metrics are read from what it prints, such as `METRIC p50_ms=12.3` or `p50_ms: 12.3 ms`;
   * whatever runs there can print, so class is fused. Absent: on the channel, under the rollout's nonce.
   */
  answers: z.enum(['channel', 'printed']).optional(),
  stages,
  ...judged,
});
const functionEvaluator = z.strictObject({
  use: z.literal('function'),
  /** Module of the task that exports `evaluate({ candidate, cases, params })`: JavaScript or TypeScript. */
  module: taskModule,
  class: evaluatorClass,
  stages,
  ...judged,
});
const splitEvaluator = z.strictObject({
  use: z.literal('split'),
  /** Module that exports `ask` and `score`: JavaScript or TypeScript. It never sees a candidate. */
  judge: taskModule,
  /**
   * Module that exports `solve({ candidate, input, params })`, or a Python file with
   * `solve(candidate, input, params)`; a candidate may read all of its folder.
   */
  solver: z
    .string()
    .regex(/\.(m?[jt]s|py)$/, 'name a module that ends in .mjs, .js, .ts, .mts or .py'),
  /** Of a Python solver: its interpreter, on PATH or by its path. Absent: python3. */
  python: z.string().min(1).optional(),
  class: z.literal(
    'split',
    'use: split keeps the candidate away from the score: write class: split',
  ),
  /** Inputs handed over at a time: with 1, the default, each is answered before the next is seen. */
  batch: z.int().min(1).max(100_000).default(1),
  stages,
  ...judged,
});
const pythonEvaluator = z.strictObject({
  use: z.literal('python-evaluate'),
  ...python,
  /** Such evaluators load the program themselves. */
  class: z.literal('fused', 'python-evaluate loads the candidate itself: write class: fused'),
  stages,
  ...judged,
});
const innerStudyEvaluator = z.strictObject({
  /** Scores improvers of the GP engine (kind: improver): short studies under each, of families of policies. */
  use: z.literal('inner-study'),
  /** Folder with families.mjs and references.json (examples/meta/policies/README.md). */
  tasks: z.string().min(1),
  /** Budgets of the families in turn, in children of the start's size, all work charged at frozen prices. */
  steps: z.array(z.int().min(1).max(1_000_000)).min(1).default([60, 100, 160]),
  class: z
    .literal('split', 'improvers are data and run nothing: write class: split')
    .default('split'),
  stages,
  ...judged,
  metrics: judged.metrics.prefault([{ name: 'regret', goal: 'min', unit: 'of the way' }]),
});
export const evaluator = z.discriminatedUnion(
  'use',
  [commandEvaluator, functionEvaluator, splitEvaluator, pythonEvaluator, innerStudyEvaluator],
  { error: 'write use: command (the default), function, split, python-evaluate or inner-study' },
);

function isObjective({ role }: { readonly role?: string | undefined }): boolean {
  return role === undefined || role === 'objective';
}
