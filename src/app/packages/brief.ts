/**
 * A work package: `packages/NAME/brief.yaml` says what is asked and what will count as an answer; a study tries it;
 * `packages/NAME/package.md` is what a colleague reads. The brief's hash is in the first entry of the ledger, so its
 * criteria are older than anything that was measured.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import { type Hash, sha256 } from '../../core/hash.ts';
import { checkAgainst, readYamlFile } from '../checked-yaml.ts';
import { CONFIG_FILE } from '../config.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,40}$/;
const text = z.string().trim().min(1).max(4_000);
const id = z.string().regex(NAME, 'use lower-case letters, digits and dashes');

const criterion = z.discriminatedUnion(
  'ask',
  [
    /** The gain over the untouched origin, on fresh pairs: the low end of its interval. */
    z.strictObject({ id, ask: z.literal('gain'), atLeast: z.number() }),
    /** The final comparison says that it is ahead of that control arm. */
    z.strictObject({ id, ask: z.literal('ahead-of'), arm: z.string().min(1) }),
    z.strictObject({ id, ask: z.literal('promotions'), atLeast: z.int().positive() }),
    z.strictObject({ id, ask: z.literal('evals'), atMost: z.int().positive() }),
    /** Follow-ons that were tried and had an answer. */
    z.strictObject({ id, ask: z.literal('follow-ons'), atLeast: z.int().positive() }),
    /** Every decision follows from the ledger. */
    z.strictObject({ id, ask: z.literal('verified') }),
  ],
  { error: 'write ask: gain, ahead-of, promotions, evals, follow-ons or verified' },
);
export type Criterion = z.infer<typeof criterion>;

const brief = z.strictObject({
  schema: z.literal('paceline.package/1'),
  title: text,
  /** What is to be found out. */
  question: text,
  /** How: for people. What is really done is in the config. */
  plan: text,
  /** Beside the folder `packages`. */
  config: z
    .string()
    .regex(/^[\w.-]+\.ya?ml$/, 'name a YAML file of this folder')
    .default(CONFIG_FILE),
  /** Fixed before the first trial. */
  acceptance: z
    .array(criterion)
    .min(1)
    .max(16)
    .refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'name each id once'),
});
export type Brief = z.infer<typeof brief>;

export interface Package {
  readonly root: string;
  readonly name: string;
  readonly brief: Brief;
  readonly hash: Hash;
  /** The one study that answers it. */
  readonly study: string;
  /** What a colleague reads. */
  readonly page: string;
}

export function packageFolder(root: string, name: string): string {
  if (NAME.test(name)) return join(root, 'packages', name);
  throw new PacelineError(
    'USAGE',
    `"${name}" is no name of a work package: use lower-case letters, digits and dashes.`,
    { name },
  );
}

/** @throws PacelineError `CONFIG_MISSING`, `CONFIG_INVALID` with every problem, or `USAGE` for the name. */
export function readPackage(root: string, name: string): Package {
  const folder = packageFolder(root, name);
  const path = join(folder, 'brief.yaml');
  const value = readYamlFile(path, `Write it with paceline package new ${name}.`);
  const form = { schema: brief, jsonSchema: () => z.toJSONSchema(brief, { io: 'input' }) };
  return {
    root: resolve(root),
    name,
    brief: checkAgainst(form, value, path),
    hash: sha256(readFileSync(path, 'utf8')),
    study: `package-${name}`,
    page: join(folder, 'package.md'),
  };
}

/** @returns the path of the brief. @throws PacelineError `WORKSPACE` where there is one. */
export function writeBrief(root: string, name: string): string {
  const folder = packageFolder(root, name);
  const path = join(folder, 'brief.yaml');
  if (existsSync(path)) {
    throw new PacelineError(
      'WORKSPACE',
      `There is ${path} already. Edit it, or name the new work package otherwise.`,
      { path },
    );
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, TEMPLATE);
  return path;
}

const TEMPLATE = `schema: paceline.package/1
title: What this is about, in one line
question: What is to be found out?
plan: How, in a few sentences. What is really done is in the config.
config: paceline.yaml
# What will count as an answer. Its hash is in the first entry of the ledger: edit it before the first run only.
acceptance:
  - { id: gain, ask: gain, atLeast: 0 }              # low end of the interval over the origin, metric units
  - { id: control, ask: ahead-of, arm: best-of-n }   # plain sampling would not have found it
  - { id: followed, ask: follow-ons, atLeast: 2 }    # the claim was attacked: follow-ons with an answer
  - { id: verified, ask: verified }                  # every decision follows from the ledger
`;
