/**
 * `paceline.yaml`: read, checked, frozen at the door. Unknown keys are errors with the nearest known
 * name; nothing is accepted and ignored.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { parseArgsStringToArgv } from 'string-argv';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { PacelineError } from '../core/errors.ts';
import { parseDurationMs } from './duration.ts';

/** `90s`, `3m`, `1h`, or a number of milliseconds. */
const duration = z
  .union([z.number().nonnegative(), z.string()])
  .transform((value, context) => {
    const parsed = typeof value === 'number' ? value : parseDurationMs(value);
    if (parsed !== undefined) return parsed;
    context.addIssue(`"${value}" is not a duration; write for example 90s, 3m or 1h`);
    return z.NEVER;
  })
  .meta({ description: 'A duration: 500ms, 90s, 3m, 1h, or a number of milliseconds.' });

/** A program and its arguments: never run through a shell. */
const command = z
  .union([z.string().min(1), z.array(z.string()).min(1)])
  .transform((value) => (typeof value === 'string' ? parseArgsStringToArgv(value) : [...value]))
  .meta({ description: 'A program and its arguments, as one line or a list. No shell runs it.' });

/** `2 sigma`: in units of the noise of one evaluation. */
const sigmas = z
  .union([z.number().positive(), z.string().regex(/^\s*[\d.]+\s*sigma\s*$/)])
  .transform((value) => (typeof value === 'number' ? value : Number.parseFloat(value)))
  .pipe(z.number().min(0.25).max(2))
  .meta({ description: 'Smallest effect worth finding, in sigma of one evaluation: 0.25 to 2.' });

const identifier = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/);

const geneticProposer = z.strictObject({
  use: z.literal('genetic'),
  share: z.number().positive().default(1),
});
const cmaEsProposer = z.strictObject({
  use: z.literal('cma-es'),
  /** File of a forest whose constants are tuned. */
  template: z.string(),
  lambda: z.int().min(4).max(512).default(24),
  sigma: z.number().positive().default(0.5),
  generations: z.int().min(1).max(1000).default(10),
  /** Independent searches, each with its own distribution. */
  islands: z.int().min(1).max(16).default(1),
  share: z.number().positive().default(1),
});
const proposer = z.union([
  z.literal('genetic').transform(() => ({ use: 'genetic' as const, share: 1 })),
  z.discriminatedUnion('use', [geneticProposer, cmaEsProposer]),
]);

export const configSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'use lower-case letters, digits and dashes'),
  kind: z.literal('code'),
  surface: z.strictObject({
    /** The one file that is improved: TypeScript of the closed language. */
    edit: z.array(z.string()).length(1),
    readonly: z.array(z.string()).default([]),
  }),
  language: z.strictObject({
    slots: z.array(z.strictObject({ name: identifier, inputs: z.array(identifier).min(1) })).min(1),
  }),
  evaluator: z.strictObject({
    command,
    class: z.enum(['split', 'fused']),
    /** Module of the task that scores tabulated forests in process, for search only. */
    interpreter: z.string(),
    metrics: z
      .array(z.strictObject({ name: identifier, goal: z.enum(['min', 'max']), unit: z.string() }))
      .length(1),
    params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    timeout: duration.default(60_000),
  }),
  splits: z
    .strictObject({ generator: command.optional(), epochTrials: z.int().min(1).default(200) })
    .prefault({}),
  rule: z
    .strictObject({
      alpha: z.number().gt(0).lt(0.5).default(0.05),
      mode: z.enum(['fwer', 'e-lond']).default('fwer'),
      smallestEffect: sigmas.default(2),
      /** Metric units: a gain must exceed it. */
      minEffect: z.number().nonnegative().default(0),
      method: z.enum(['symmetric', 'passfail', 'bounded', 't-mixture']).default('symmetric'),
      /** For method bounded: the largest possible difference of one pair. */
      bound: z.number().positive().optional(),
    })
    .prefault({}),
  control: z
    .strictObject({
      arms: z.array(z.literal('best-of-n')).max(1).default(['best-of-n']),
      share: z.number().min(0).max(0.5).default(0.2),
    })
    .prefault({}),
  proposers: z.array(proposer).min(1),
  budget: z.strictObject({
    wall: duration.optional(),
    trials: z.int().nonnegative().optional(),
    evals: z.int().nonnegative().optional(),
  }),
  autonomy: z.strictObject({ level: z.literal(4).default(4) }).prefault({}),
  seed: z.union([z.string(), z.number()]).transform(String).default('1'),
  lookahead: z.int().min(1).max(1024).default(8),
  workers: z.int().min(1).max(64).optional(),
});

export type Config = z.infer<typeof configSchema>;
export const CONFIG_FILE = 'paceline.yaml';

export interface LoadedConfig {
  readonly config: Config;
  readonly path: string;
  /** Folder of the config: every relative path in it starts here. */
  readonly root: string;
}

/** @throws PacelineError `CONFIG_MISSING` or `CONFIG_INVALID`, with the place and what to write. */
export function loadConfig(file: string): LoadedConfig {
  const path = resolve(file);
  if (!existsSync(path)) {
    throw new PacelineError(
      'CONFIG_MISSING',
      `There is no ${path}. Run paceline init --example bin-packing for a runnable folder, or give --config FILE.`,
      { path },
    );
  }
  const config = parseConfig(readYaml(path), path);
  return { config: Object.freeze(config), path, root: dirname(path) };
}

function readYaml(path: string): unknown {
  try {
    return parseYaml(readFileSync(path, 'utf8'), { prettyErrors: true });
  } catch (cause) {
    const where = cause instanceof YAMLParseError ? cause.message : String(cause);
    throw new PacelineError(
      'CONFIG_INVALID',
      `${path} is not readable YAML: ${where}`,
      { path },
      { cause },
    );
  }
}

/** @throws PacelineError `CONFIG_INVALID` naming every problem, one a line. */
export function parseConfig(value: unknown, path: string): Config {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(describeIssue);
  throw new PacelineError(
    'CONFIG_INVALID',
    `${path} cannot be used:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    {
      path,
      problems,
    },
  );
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const place = issue.path.join('.') || 'the file';
  if (issue.code !== 'unrecognized_keys') return [`${place}: ${issue.message}`];
  const known = knownKeys(issue.path);
  return issue.keys.map((key) => {
    const near = known.length > 0 ? `; did you mean ${closest(key, known)}?` : '';
    return `${place}: unknown key "${key}"${near}`;
  });
}

/** Keys of the object schema at a path, read from the published JSON Schema. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let at: JsonSchema | undefined = configJsonSchema() as JsonSchema;
  for (const part of path) {
    at = typeof part === 'number' ? at?.items : (at?.properties?.[String(part)] ?? undefined);
  }
  return Object.keys(at?.properties ?? {});
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** The JSON Schema published as `schema/paceline.schema.json`. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: 'input', target: 'draft-2020-12' });
}
