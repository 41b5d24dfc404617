/** The sentences all stores share: equal failures are told in equal words. */
import { distance } from 'fastest-levenshtein';
import { PacelineError, THEN_RESUME } from '../core/errors.ts';
import type { Hash } from '../core/hash.ts';

/** Who writes a study; `startedMs` is wall time since the epoch. For people: the lock decides. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly startedMs: number;
}

/** How many names a message lists before it stops being one. */
const LISTED = 5;
/** A name this many edits away is a slip of the fingers, not another study. */
const TYPO_EDITS = 4;

/** `STUDY_UNKNOWN`, naming what exists and the closest name. */
export function unknownStudy(study: string, known: readonly string[]): PacelineError {
  const sentence = `There is no study "${study}" here. ${hint(study, known)}`;
  return new PacelineError('STUDY_UNKNOWN', sentence, { study, known });
}

function hint(study: string, known: readonly string[]): string {
  if (known.length === 0) return 'None has been started yet; start one with paceline run.';
  const more = known.length > LISTED ? ` and ${known.length - LISTED} more` : '';
  const listing = `There is: ${known.slice(0, LISTED).join(', ')}${more}.`;
  const [closest] = [...known].sort((a, b) => distance(study, a) - distance(study, b));
  const isTypo = closest !== undefined && distance(study, closest) <= TYPO_EDITS;
  return isTypo ? `Did you mean "${closest}"? ${listing}` : listing;
}

export function studyLocked(study: string, by: Owner | undefined): PacelineError {
  const who = by
    ? `process ${by.pid} on ${by.host} since ${new Date(by.startedMs).toISOString()}`
    : 'another process';
  return new PacelineError(
    'STUDY_LOCKED',
    `The study "${study}" is being run by ${who}. Wait for it, end it with paceline stop, or start another study.`,
    { study, ...by },
  );
}

export function closedHandle(): PacelineError {
  return new PacelineError('INTERNAL', 'This ledger is closed. Open the study again.');
}

export function readOnlyHandle(): PacelineError {
  return new PacelineError(
    'INTERNAL',
    'This ledger was opened for reading. Open the study for writing.',
  );
}

/** The first error a caller sees when a commit failed; later calls get `poisonedHandle`. */
export function diskFailed(folder: string, cause: unknown): PacelineError {
  return new PacelineError(
    'DISK_FAILED',
    `The ledger in ${folder} could not be written: ${reasonOf(cause)}. Free some space or check the disk, ${THEN_RESUME}; everything up to the last commit is safe.`,
    { folder },
    { cause },
  );
}

/** Whoever removes the folder of a running study ends it: at the next commit, not at its report. */
export function ledgerGone(folder: string): PacelineError {
  return new PacelineError(
    'DISK_FAILED',
    `The ledger in ${folder} was removed or replaced while the study ran, so nothing more of it would be kept. Put the folder back as it was and run paceline resume, or start a new study.`,
    { folder },
  );
}

/** With the reason of the first: it may be the only one of the two that anybody sees. */
export function poisonedHandle(cause: PacelineError): PacelineError {
  return new PacelineError(
    'HANDLE_POISONED',
    `${cause.message} Nothing more is decided until then: memory is ahead of the disk.`,
    cause.data,
    { cause },
  );
}

export function alteredBlob(hash: Hash): PacelineError {
  return new PacelineError(
    'LEDGER_ALTERED',
    `The bytes stored as ${hash} are not those bytes any more. Run paceline verify and restore a copy.`,
    { hash },
  );
}

export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
