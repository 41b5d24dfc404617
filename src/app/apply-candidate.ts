/** Writes a candidate's files back to where the origin came from. */
import { chmodSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { placeDurably } from '../stores/durable.ts';
import type { Files } from '../tasks/contract.ts';
import { type CandidateRecord, showCandidate } from './show-candidate.ts';

export interface ApplyRequest {
  readonly root: string;
  readonly id: string;
  /** First digits of a candidate's id; absent, the incumbent. */
  readonly candidate?: string | undefined;
  /** A candidate that no claim speaks for may be written too. */
  readonly unproven?: boolean | undefined;
  /** A person has read what a fused evaluator promoted. */
  readonly reviewed?: boolean | undefined;
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
 * @throws PacelineError `USAGE` for a candidate that was never promoted, or that nobody read where the
 *   evaluator is fused, `WORKSPACE` for files that
 *   are neither the origin's nor the candidate's.
 */
export async function applyCandidate(request: ApplyRequest): Promise<Applied> {
  const { root, id, candidate, unproven = false, reviewed = false, dryRun = false } = request;
  const record = await showCandidate(root, id, candidate);
  if (!unproven) refuseUnproven(record);
  if (!reviewed && !dryRun) refuseUnread(record);
  const changed = Object.keys(record.files).filter((path) => !isIn(root, path, record.files));
  for (const path of changed) refuseEdited(root, path, record);
  if (!dryRun) {
    replaceAll(
      root,
      changed.map((path) => [path, underComment(root, path, record)] as const),
    );
  }
  const { id: written, diff, scope } = record;
  return { candidate: written, written: changed, diff, scope };
}

function refuseUnproven({ id, isOrigin, wasPromoted }: CandidateRecord): void {
  if (isOrigin || wasPromoted) return;
  throw new PacelineError(
    'USAGE',
    `${id} was never promoted: nothing shows that it is better. Look at it with paceline show; to write it all the same, add --unproven.`,
    { candidate: id },
  );
}

/** Its score is no evidence against what it did to its own grade: somebody has to look. */
function refuseUnread({ id, isOrigin, isFused }: CandidateRecord): void {
  if (isOrigin || !isFused) return;
  throw new PacelineError(
    'USAGE',
    `${id} ran beside what scored it (class: fused) and could have reached its grade. Read it with paceline diff, then add --reviewed; or let another process score it (use: split, docs/evaluators.md).`,
    { candidate: id },
  );
}

/** Undefined where no regular file of the task stands: none at all, a folder, a link, one beyond a link. */
function textOf(root: string, path: string): string | undefined {
  try {
    const whole = join(realpathSync(root), path);
    return realpathSync(whole) === whole ? readFileSync(whole, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function refuseEdited(root: string, path: string, record: CandidateRecord): void {
  if (isIn(root, path, record.originFiles)) return;
  const now = textOf(root, path);
  const what =
    now === undefined
      ? 'is no file here any more, or one that cannot be read'
      : 'is no longer as it was when the study began';
  throw new PacelineError(
    'WORKSPACE',
    `${path} ${what}. Commit or put aside what you changed there, or take the patch: paceline diff | git apply.`,
    { path },
  );
}

const COMMENT_ABOVE = /^(?:[ \t]*(?:\/\/[^\n]*)?\n|\/\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\n)*/;

/** A closed language keeps no comments: one above the code is no change, and stays where it is. */
function isIn(root: string, path: string, files: Files): boolean {
  const now = textOf(root, path);
  const own = files[path];
  if (now === undefined || own === undefined) return false;
  return now === own || now.replace(COMMENT_ABOVE, '') === own;
}

/** Where the origin's text is kept as it is, so is the candidate's. */
function underComment(root: string, path: string, of: CandidateRecord): string {
  const [now = '', text = ''] = [textOf(root, path), of.files[path]];
  return now === of.originFiles[path] ? text : (COMMENT_ABOVE.exec(now)?.[0] ?? '') + text;
}

/**
 * Each file whole or not at all, also when the power goes, with the rights that it had. All are
 * written out before the first is put in place: what cannot be written leaves every file as it was.
 */
function replaceAll(
  root: string,
  changed: readonly (readonly [path: string, text: string])[],
): void {
  const targets = changed.map(([path, text]) => ({ path: join(root, path), text }));
  try {
    for (const { path, text } of targets) {
      rmSync(asideOf(path), { force: true });
      writeFileSync(asideOf(path), text, { flag: 'wx', flush: true });
      chmodSync(asideOf(path), statSync(path).mode & PERMISSIONS);
    }
    for (const { path } of targets) placeDurably(asideOf(path), path);
  } catch (cause) {
    for (const { path } of targets) rmSync(asideOf(path), { force: true });
    throw new PacelineError(
      'WORKSPACE',
      `The candidate cannot be written: ${(cause as Error).message}. Make the files and their folders writable or free some space, then apply again.`,
      { files: changed.map(([path]) => path) },
      { cause },
    );
  }
}

const PERMISSIONS = 0o7777;

function asideOf(path: string): string {
  return `${path}.paceline-new`;
}
