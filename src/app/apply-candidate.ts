/** Writes a candidate's files back to where the origin came from. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import type { Files } from '../tasks/contract.ts';
import { type CandidateRecord, showCandidate } from './show-candidate.ts';

export interface ApplyRequest {
  readonly root: string;
  readonly id: string;
  /** First digits of a candidate's id; absent, the incumbent. */
  readonly candidate?: string | undefined;
  /** A candidate that no claim speaks for may be written too. */
  readonly unproven?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface Applied {
  readonly candidate: string;
  /** Paths of the files that differ, from the study's folder. */
  readonly written: readonly string[];
  readonly diff: string;
  readonly scope: readonly string[];
}

/**
 * Only over the files that the study began with: what was edited since is not thrown away.
 * @throws PacelineError `USAGE` for a candidate that was never promoted, `WORKSPACE` for files that
 *   are neither the origin's nor the candidate's.
 */
export async function applyCandidate(request: ApplyRequest): Promise<Applied> {
  const { root, id, candidate, unproven = false, dryRun = false } = request;
  const record = await showCandidate(root, id, candidate);
  if (!unproven) refuseUnproven(record);
  const changed = Object.entries(record.files).filter(
    ([path, text]) => textOf(root, path) !== text,
  );
  for (const [path] of changed) refuseEdited(root, path, record.originFiles);
  if (!dryRun) for (const [path, text] of changed) replace(join(root, path), text);
  const { id: written, diff, scope } = record;
  return { candidate: written, written: changed.map(([path]) => path), diff, scope };
}

function refuseUnproven({ id, isOrigin, wasPromoted }: CandidateRecord): void {
  if (isOrigin || wasPromoted) return;
  throw new PacelineError(
    'USAGE',
    `${id} was never promoted: nothing shows that it is better. Look at it with paceline show; to write it all the same, add --unproven.`,
    { candidate: id },
  );
}

/** Undefined where there is no such file. */
function textOf(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

function refuseEdited(root: string, path: string, origin: Files): void {
  const now = textOf(root, path);
  if (now === undefined || now === origin[path]) return;
  throw new PacelineError(
    'WORKSPACE',
    `${path} is no longer as it was when the study began. Commit or put aside what you changed there, or take the patch: paceline diff | git apply.`,
    { path },
  );
}

/** Whole or not at all, also when the power goes. */
function replace(path: string, text: string): void {
  const aside = `${path}.paceline-new`;
  writeFileSync(aside, text, { flush: true });
  renameSync(aside, path);
}
