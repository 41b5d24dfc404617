/** What of the state folder can go, what of it goes, and why the rest stays. */
import { join } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { type Garbage, leftoversOf, removeGarbage } from './leftovers.ts';
import { holdersIn } from './members.ts';
import { bytesBelow } from './state-size.ts';
import { isUnreadable, readStatuses, type StudyStatus } from './status.ts';
import { readStudyRecord, stateFolder, studyFolder } from './study-files.ts';

export interface GcRequest {
  readonly root: string;
  /** Finished studies to keep, the newest; absent: all. */
  readonly keep?: number | undefined;
  /** Bytes the folder may hold afterwards: the oldest finished studies go until it does. */
  readonly maxBytes?: number | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface GcReport {
  readonly removed: readonly Garbage[];
  /**
   * Damaged studies always; finished ones that others rest on, when finished ones were to go; and all that
   * stands against it where `maxBytes` is not reached.
   */
  readonly spared: readonly Garbage[];
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** Running and interrupted studies are never touched: only what is finished or belongs to nobody. */
export async function collectGarbage(request: GcRequest): Promise<GcReport> {
  const { root, keep, maxBytes, dryRun = false } = request;
  const state = stateFolder(root);
  const bytesBefore = bytesBelow(state);
  const { debris, damaged, held } = leftoversOf(root);
  const studies = await studiesOf(root);
  const { finished } = studies;
  const beyond = keep === undefined ? 0 : Math.max(0, finished.length - keep);
  const chosen = [
    ...debris,
    ...finished.slice(0, beyond).map((id) => studyOf(root, id, 'finished')),
  ];
  let left = bytesBefore - total(chosen);
  for (const id of finished.slice(beyond)) {
    if (maxBytes === undefined || left <= maxBytes) break;
    const garbage = studyOf(root, id, 'finished, to make room');
    chosen.push(garbage);
    left -= garbage.bytes;
  }
  if (!dryRun) for (const { path } of chosen) removeGarbage(root, path);
  const isAsked = keep !== undefined || maxBytes !== undefined;
  const isBeyond = maxBytes !== undefined && left > maxBytes;
  const spared = [
    ...damaged,
    ...studies.damaged,
    ...(isAsked ? studies.members : []),
    ...(isBeyond ? [...studies.unfinished, ...held] : []),
  ];
  return { removed: chosen, spared, bytesBefore, bytesAfter: left };
}

interface Sorted {
  /** Finished, held by nobody and no part of anything larger, oldest first. */
  readonly finished: string[];
  readonly members: Garbage[];
  readonly damaged: Garbage[];
  readonly unfinished: Garbage[];
}

async function studiesOf(root: string): Promise<Sorted> {
  const holderOf = holdersIn(root);
  const sorted: Sorted = { finished: [], members: [], damaged: [], unfinished: [] };
  for (const one of await readStatuses(root)) {
    const { id } = one;
    const damage = isUnreadable(one) ? one.why : damageOf(root, id);
    const work = isUnreadable(one) ? undefined : workOn(one);
    const holder = holderOf(id);
    if (damage !== undefined) sorted.damaged.push(studyOf(root, id, damage));
    else if (work !== undefined) sorted.unfinished.push(studyOf(root, id, work));
    else if (holder !== undefined) sorted.members.push(studyOf(root, id, holder));
    else sorted.finished.push(id);
  }
  return sorted;
}

/** Its ledger can be read, and its record cannot. */
function damageOf(root: string, id: string): string | undefined {
  try {
    readStudyRecord(root, id);
    return undefined;
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return error.message;
  }
}

function workOn({ id, state, pid }: StudyStatus): string | undefined {
  if (pid !== undefined) return `process ${pid} has it open`;
  if (state === 'finished') return undefined;
  if (state === 'waits-for-approval') {
    return `waits for a person: decide with paceline approve ${id}, or remove its folder if it is not wanted`;
  }
  return `interrupted: finish it with paceline resume ${id}, or remove its folder if it is not wanted`;
}

function studyOf(root: string, id: string, why: string): Garbage {
  return { path: join('studies', id), bytes: bytesBelow(studyFolder(root, id)), why };
}

function total(garbage: readonly Garbage[]): number {
  return garbage.reduce((sum, { bytes }) => sum + bytes, 0);
}
