/**
 * Families of policies from a folder: `families.mjs`, which makes the instances and keeps the score, and
 * `references.json`, what was measured once and frozen. Both belong to whoever sets the tasks and run with all
 * rights; candidates are forests, which are interpreted.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import { publicRoot } from '../../core/rng.ts';
import {
  type Instance,
  type PolicyFamily,
  type PolicyTask,
  policyTask,
} from '../../improver/gp/policy-task.ts';
import type { Scale } from '../../improver/gp/regret.ts';

const cost = z.number();
const milliseconds = z.number().nonnegative();
const prices = z
  .strictObject({
    evaluation: milliseconds,
    node: milliseconds,
    hash: milliseconds,
    child: milliseconds.positive(),
  })
  .readonly();
const frozen = z
  .strictObject({
    seed: z.int().min(0).max(0xffffffff),
    start: cost,
    reference: cost,
    prices: z.strictObject({ full: prices, twin: prices }).readonly(),
  })
  .refine(({ start, reference }) => reference < start, {
    error: 'the reference must be below the start, or no regret can be told',
  })
  .readonly();
const referencesSchema = z.strictObject({
  schema: z.literal('paceline/policy-references/1'),
  /** How they came about, for people. */
  made: z.string(),
  families: z.record(z.string(), frozen),
});

export type Frozen = z.infer<typeof frozen>;
export type References = z.infer<typeof referencesSchema>;

export interface PolicyEntry extends PolicyTask {
  readonly name: string;
  readonly split: PolicyFamily['split'];
  readonly scale: Scale;
}

export const FAMILIES_FILE = 'families.mjs';
export const REFERENCES_FILE = 'references.json';

/** @throws PacelineError CONFIG_INVALID for a folder without families, or with one that was not frozen. */
export async function loadPolicies(folder: string): Promise<readonly PolicyEntry[]> {
  return (await frozenFamilies(folder)).map(([family, known]) => policyEntry(family, known));
}

/**
 * Names of the training families, none of which is run: one that hangs where it builds its instances would take
 * this thread with it.
 *
 * @throws PacelineError as `loadPolicies` does.
 */
export async function trainingNames(folder: string): Promise<readonly string[]> {
  const families = await frozenFamilies(folder);
  return families.flatMap(([{ name, split }]) => (split === 'train' ? [name] : []));
}

async function frozenFamilies(
  folder: string,
): Promise<readonly (readonly [PolicyFamily, Frozen])[]> {
  const families = await loadFamilies(folder);
  const references = readReferences(folder);
  return families.map((family) => {
    const known = references.families[family.name];
    if (known !== undefined) return [family, known];
    throw refuse(folder, `${REFERENCES_FILE} says nothing of ${JSON.stringify(family.name)}`);
  });
}

export function policyEntry(
  family: PolicyFamily,
  { seed, prices: own, ...scale }: Frozen,
): PolicyEntry {
  const rng = publicRoot(String(seed)).stream(0, 'situations');
  const task = policyTask(family, { seed, prices: own, rng });
  return { ...task, name: family.name, split: family.split, scale };
}

export async function loadFamilies(folder: string): Promise<readonly PolicyFamily[]> {
  let found: unknown;
  try {
    const module = await import(pathToFileURL(join(folder, FAMILIES_FILE)).href);
    found = module.families;
  } catch (cause) {
    throw refuse(folder, cause instanceof Error ? cause.message : String(cause), { cause });
  }
  if (!Array.isArray(found) || found.length === 0) throw refuse(folder, 'it exports no `families`');
  return found.map((family) => familyOf(folder, family));
}

const familySchema = z.object({
  name: z.string().min(1),
  split: z.enum(['train', 'held-out']),
  slot: z.object({ name: z.string(), inputs: z.array(z.string()).min(1).readonly() }).readonly(),
  start: z.string(),
  sizes: z.object({ full: z.unknown(), twin: z.unknown() }).readonly(),
  build: z.custom<(seed: number, size: unknown) => Instance>(
    (value) => typeof value === 'function',
  ),
});

function familyOf(folder: string, value: unknown): PolicyFamily {
  const { success, data, error } = familySchema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw refuse(folder, `a family is not right at ${issue?.path.join('.')}: ${issue?.message}`);
}

export function readReferences(folder: string): References {
  try {
    return referencesSchema.parse(JSON.parse(readFileSync(join(folder, REFERENCES_FILE), 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw refuse(folder, `${REFERENCES_FILE}: ${reason}`, { cause });
  }
}

function refuse(folder: string, reason: string, options?: ErrorOptions): PacelineError {
  return new PacelineError(
    'CONFIG_INVALID',
    `The policies in ${folder} cannot be used: ${reason}. Correct the folder, or take examples/meta/policies.`,
    { folder, reason },
    options,
  );
}
