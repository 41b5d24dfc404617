/**
 * What a comparison leaves behind, `.paceline/comparisons/<id>.json`: who was compared, the pairs, and
 * the sentence they bear. Its fresh cases come from a secret of its own, shown when all are measured.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readRecord } from '../read-record.ts';
import { entriesOf, stateFolder } from '../study-files.ts';
import { writeRecord } from '../whole-record.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const values = z.array(z.number().nullable());

const side = z.strictObject({
  study: z.string(),
  candidate: hash,
  /** As the sentence names it. */
  name: z.string(),
});

const metric = z.strictObject({
  name: z.string(),
  goal: z.enum(['min', 'max']),
  unit: z.string(),
  kind: z.literal('time').exactOptional(),
});

/** Fresh pairs of two candidates, their number fixed beforehand; without any both are the same. */
const measured = z.strictObject({
  /** Digest of the secret, said before the first pair. */
  secretCommit: hash,
  secret: z.string(),
  values,
  againstValues: values,
});
export type MeasuredPairs = z.infer<typeof measured>;

const ofCandidates = z.strictObject({
  schema: z.literal('paceline.compare/1'),
  of: z.literal('candidates'),
  id: z.string(),
  first: side,
  second: side,
  metric,
  task: hash,
  evaluator: hash,
  pairs: z.int(),
  measured,
  /** Positive: the first is better. */
  effect: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  /** Pairs scored on both sides. */
  n: z.int(),
  verdict: z.enum(['ahead', 'behind', 'no-evidence', 'identical']),
  words: z.string(),
  /** Comparisons of the same two that this folder held before. */
  earlier: z.int(),
});

export type CandidateComparison = z.infer<typeof ofCandidates>;

const two = <T extends z.ZodType>(one: T) => z.tuple([one, one]);

/** One study of each config, and their finals at the smaller spend of the two. */
const replicate = z.strictObject({
  studies: two(z.string()),
  seeds: two(z.string()),
  result: z
    .strictObject({
      atEvals: z.int(),
      finals: two(hash),
      /** Heads of the ledgers when they were read. */
      heads: two(z.string()),
      measured,
      effect: z.number(),
    })
    .exactOptional(),
});
export type Replicate = z.infer<typeof replicate>;

const ofConfigs = z.strictObject({
  schema: z.literal('paceline.compare/1'),
  of: z.literal('configs'),
  id: z.string(),
  /** Names of the files, and what they said. */
  files: two(z.string()),
  configs: two(z.unknown()),
  metric,
  /** Of each comparison of finals. */
  pairs: z.int(),
  /** Their number is fixed beforehand: judged when all are there. */
  replicates: z.array(replicate),
  words: z.string(),
});

export type ConfigComparison = z.infer<typeof ofConfigs>;

const comparison = z.discriminatedUnion('of', [ofCandidates, ofConfigs]);
export type Comparison = z.infer<typeof comparison>;

export const COMPARISON_START = 'compare-';

export function newComparisonId(): string {
  return `${COMPARISON_START}${randomBytes(3).toString('hex')}`;
}

function folderOf(root: string): string {
  return join(stateFolder(root), 'comparisons');
}

export function comparisonPath(root: string, id: string): string {
  return join(folderOf(root), `${id}.json`);
}

export function isComparison(root: string, id: string): boolean {
  return id.startsWith(COMPARISON_START) && existsSync(comparisonPath(root, id));
}

export function listComparisons(root: string): readonly string[] {
  return entriesOf(folderOf(root))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

/** @throws PacelineError `WORKSPACE` for a damaged file. */
export function readComparison(root: string, id: string): Comparison {
  const remedy = 'Restore it from a copy, or remove it and compare again.';
  return readRecord(comparisonPath(root, id), { schema: comparison, remedy });
}

export function writeComparison(root: string, made: Comparison): void {
  const path = comparisonPath(root, made.id);
  writeRecord(root, made, { path, what: 'The comparison' });
}
