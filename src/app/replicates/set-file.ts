/**
 * A replicate set: paired studies of one config, each an ordinary study with its own seed and ledger.
 *
 *     .paceline/replicates/<id>/   set.json: what was planned, and what each pair gave; report.md
 *
 * Seeds and study ids are planned before the first study starts, so that a set resumes as a whole.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FEWEST_PAIRS, MOST_FIXED_PAIRS } from '../../claims/process.ts';
import { PacelineError } from '../../core/errors.ts';
import { parseConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { readRecord } from '../read-record.ts';
import { oldestFirst, stateFolder } from '../study-files.ts';
import { writeRecord } from '../whole-record.ts';

const SET_FILE = 'set.json';

const pair = z.strictObject({
  seed: z.string(),
  study: z.string(),
  /** As recorded by the study's own final comparison, positive where the search was better. */
  effect: z.number().exactOptional(),
  /** Head of its ledger when that was read. */
  head: z.string().exactOptional(),
});

const replicateSet = z.strictObject({
  schema: z.literal('paceline.replicates/1'),
  id: z.string(),
  config: z.unknown(),
  /** Fixed beforehand, or pairs until the e-process decides, at most so many. */
  design: z.enum(['fixed', 'until-decided']),
  pairs: z.array(pair).min(FEWEST_PAIRS),
  /** The sentence they bear so far. */
  words: z.string().exactOptional(),
});

export type ReplicateSet = z.infer<typeof replicateSet>;
export type Pair = ReplicateSet['pairs'][number];

/** More would take longer than anyone waits, and the e-process has long decided what it can. */
const MOST_OPEN_PAIRS = 200;

export interface SetPlan {
  readonly design: ReplicateSet['design'];
  readonly pairs: number;
}

/** Both sides of every pair get the same budget: half of the trials are the control's. */
export function planSet(root: string, config: Config, { design, pairs }: SetPlan): ReplicateSet {
  const most = design === 'fixed' ? MOST_FIXED_PAIRS : MOST_OPEN_PAIRS;
  if (pairs < FEWEST_PAIRS || pairs > most) {
    throw new PacelineError(
      'USAGE',
      `A replicate set has ${FEWEST_PAIRS} to ${most} paired studies, not ${pairs}: fewer than ${FEWEST_PAIRS} cannot reach 5 %, and beyond ${MOST_FIXED_PAIRS} use --replicates until-decided --max N.`,
      { pairs },
    );
  }
  const control = { arms: ['best-of-n'], share: 0.5, design: 'paired' };
  const id = `${config.name}-set-${randomBytes(3).toString('hex')}`;
  const set: ReplicateSet = {
    schema: 'paceline.replicates/1',
    id,
    config: parseConfig({ ...config, control }, 'the config of a replicate set'),
    design,
    pairs: Array.from({ length: pairs }, (_, i) => ({
      seed: `${config.seed}/${i + 1}`,
      study: `${id}-${i + 1}`,
    })),
  };
  writeSet(root, set);
  return set;
}

export function setFolder(root: string, id: string): string {
  return join(stateFolder(root), 'replicates', id);
}

function setPath(root: string, id: string): string {
  return join(setFolder(root, id), SET_FILE);
}

export function isSet(root: string, id: string): boolean {
  return existsSync(setPath(root, id));
}

export function listSets(root: string): readonly string[] {
  return oldestFirst(join(stateFolder(root), 'replicates'), SET_FILE);
}

/** @throws PacelineError `WORKSPACE` for a damaged file. */
export function readSet(root: string, id: string): ReplicateSet {
  const remedy = 'Restore it from a copy; the ledgers of its studies are untouched.';
  return readRecord(setPath(root, id), { schema: replicateSet, remedy });
}

export function writeSet(root: string, set: ReplicateSet): void {
  writeRecord(root, set, { path: setPath(root, set.id), what: 'The replicate set' });
}

/** The config of one of its studies. */
export function configOfPair(set: ReplicateSet, { seed }: Pair): Config {
  return parseConfig({ ...(set.config as object), seed }, `the config of ${set.id}`);
}
