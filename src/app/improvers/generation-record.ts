/** What was decided of a generation, beside it: evidence, mechanism and audit, each written once it is known. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Hash } from '../../core/hash.ts';
import { replaceDurably } from '../../stores/durable.ts';
import { readRecord } from '../read-record.ts';
import { stateFolder } from '../study-files.ts';

const claim = z.strictObject({
  verdict: z.enum(['helped', 'hurt', 'no-evidence', 'not-testable']),
  /** What one pair is. */
  unit: z.enum(['seed', 'task']),
  n: z.int(),
  wins: z.int(),
  losses: z.int(),
  difference: z.number(),
  /** In full: improver/comparison.ts. */
  words: z.string(),
});

const record = z
  .strictObject({
    schema: z.literal('paceline/generation/1'),
    id: z.string(),
    generation: z.int(),
    verdict: z.enum(['promoted', 'rejected', 'withdrawn']),
    why: z.string(),
    /** Geometric mean of candidates on the validation fold: of the parent, and its own. */
    validation: z.tuple([z.number(), z.number()]),
    claim: claim.exactOptional(),
    /** Predicted in the improver, measured by its ablation. */
    mechanism: z
      .strictObject({ measured: z.number(), isSignRight: z.boolean(), error: z.number() })
      .exactOptional(),
    /** Of the net that was trained for it (improver/net-gate.ts), and the CPU time of training and trial. */
    net: z
      .strictObject({
        isKept: z.boolean(),
        n: z.int(),
        wins: z.int(),
        losses: z.int(),
        gain: z.number(),
        words: z.string(),
        cpuMs: z.int(),
      })
      .exactOptional(),
    /** The claim again, on other seeds. */
    audit: claim.exactOptional(),
  })
  // At most one generation of self-modification may stand unaudited (safety.md §4): it is never recorded.
  .refine(
    ({ verdict, audit }) => verdict !== 'promoted' || audit?.verdict === 'helped',
    'a promotion is recorded with an audit that bears it out',
  );

export type GenerationRecord = z.infer<typeof record>;
export type GenerationClaim = z.infer<typeof claim>;

const pathOf = (root: string, id: Hash): string =>
  join(stateFolder(root), 'improvers', `${id.replace('sha256:', '')}.record.json`);

/** Checked as it is when it is read: nothing builds on a promotion without its audit. */
export function writeGeneration(root: string, one: GenerationRecord): void {
  replaceDurably(pathOf(root, one.id), `${JSON.stringify(record.parse(one))}\n`);
}

/** Undefined of a generation of which nothing was decided here: generation 0, or one that was imported. */
export function generationRecord(root: string, id: Hash): GenerationRecord | undefined {
  const path = pathOf(root, id);
  if (!existsSync(path)) return undefined;
  const remedy = 'Take the file away: what was decided of this generation is then unknown.';
  return readRecord(path, { schema: record, remedy });
}
