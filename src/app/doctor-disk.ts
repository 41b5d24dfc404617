import {
  accessSync,
  closeSync,
  constants,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { systemClock } from './system-clock.ts';

/** One line of `doctor`. */
export interface Finding {
  readonly check: string;
  /** `limited`: works, with a limit the detail names. */
  readonly state: 'ok' | 'limited' | 'failed';
  readonly detail: string;
  /** Exit code of the failure. */
  readonly exitCode?: number;
}

/** Magic numbers of statfs(2): the study lock does not hold on these. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x517b, 'SMB'],
  [0x01021997, '9p'],
  [0x65735546, 'FUSE'],
]);
const MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

const GIB = 1024 ** 3;
/** A study of 100,000 trials takes about 0.1 GiB. */
const LEAST_FREE_GIB = 0.5;

export function checkFolder(root: string): Finding {
  try {
    accessSync(root, constants.R_OK | constants.W_OK);
  } catch {
    const detail = `${root} is not writable; studies are kept in .paceline below it`;
    return { check: 'folder', state: 'failed', detail, exitCode: 73 };
  }
  const { type, bavail, bsize } = statfsSync(root);
  const network = NETWORK.get(type >>> 0);
  if (network) {
    const detail = `${root} is on ${network}, where two writers cannot be kept apart; use a local disk`;
    return { check: 'folder', state: 'failed', detail, exitCode: 73 };
  }
  const free = (bavail * bsize) / GIB;
  const detail = `${root}, ${free.toFixed(1)} GiB free`;
  if (MEMORY.has(type >>> 0))
    return { check: 'folder', state: 'limited', detail: `${detail}, in memory: lost at shutdown` };
  return { check: 'folder', state: free < LEAST_FREE_GIB ? 'limited' : 'ok', detail };
}

const SYNCS = 100;

/** What one durable commit costs here at least: an appended 4 KiB and its fdatasync. */
export function measureFdatasync(root: string): readonly number[] {
  const folder = mkdtempSync(join(root, '.paceline-doctor-'));
  const file = openSync(join(folder, 'sync'), 'w');
  const block = Buffer.alloc(4096, 1);
  try {
    const times = Array.from({ length: SYNCS }, () => {
      const start = systemClock.monotonicMs();
      writeSync(file, block);
      fdatasyncSync(file);
      return systemClock.monotonicMs() - start;
    });
    return times.sort((a, b) => a - b);
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}

export function checkDisk(root: string): Finding {
  try {
    const times = measureFdatasync(root);
    const at = (share: number): string => (times[Math.floor(share * times.length)] ?? 0).toFixed(2);
    return {
      check: 'disk',
      state: 'ok',
      detail: `fdatasync p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
    };
  } catch (error) {
    return { check: 'disk', state: 'failed', detail: (error as Error).message, exitCode: 74 };
  }
}
