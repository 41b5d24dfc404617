/** Limits the kernel keeps for each process and its children: prlimit(1) of util-linux sets them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Limits } from '../contract.ts';

/**
 * What one process may map beyond the memory limit: an interpreter maps more than it uses, and the
 * watch on what is used fires first and says so. This one holds what grows faster than it looks.
 */
const MAPPED_HEADROOM_BYTES = 512 * 1024 * 1024;

/** A process is ended by the kernel this much after the watch should have done it. */
const CPU_GRACE_S = 1;

const MOST_OPEN_FILES = 4096;

/** What every Linux gives by default: pipes and the like are memory of the kernel that no rlimit counts. */
const MOST_OPEN_UNCOUNTED = 1024;

export interface Capped extends Partial<Limits> {
  /** Private memory that can be written, exactly: Buffers and WebAssembly count, code does not. */
  readonly dataBytes?: number;
  /** Descriptors that whatever makes a jail is handed, and has closed before the program begins. */
  readonly openBefore?: number;
}

/** The words before a program that put it under the caps. */
export function capped(caps: Capped): readonly string[] {
  const { cpuMs, memoryBytes, dataBytes, fileBytes, openBefore = 0 } = caps;
  const most = dataBytes === undefined ? MOST_OPEN_FILES : MOST_OPEN_UNCOUNTED;
  const flags = [
    '--core=0',
    '--memlock=0',
    '--msgqueue=0',
    `--nofile=${openFiles(most + openBefore)}`,
  ];
  if (cpuMs !== undefined) {
    const seconds = Math.ceil(cpuMs / 1000) + CPU_GRACE_S;
    flags.push(`--cpu=${seconds}:${seconds + CPU_GRACE_S}`);
  }
  if (memoryBytes !== undefined) flags.push(`--data=${memoryBytes + MAPPED_HEADROOM_BYTES}`);
  if (dataBytes !== undefined) flags.push(`--data=${dataBytes}`);
  if (fileBytes !== undefined) flags.push(`--fsize=${fileBytes}`);
  return ['prlimit', ...flags, '--'];
}

/** Why caps cannot be set here; undefined when they can. */
export function capsMissing(limits: Limits): string | undefined {
  const [program = '', ...flags] = capped(limits);
  const { error, status, stderr } = spawnSync(program, [...flags, 'true'], { encoding: 'utf8' });
  if (error !== undefined) return 'prlimit, a part of util-linux, is not installed';
  return status === 0 ? undefined : `prlimit refused it (${stderr.trim()})`;
}

/** Our own hard limit where it is lower: nobody but root may raise it (proc(5)). */
function openFiles(most: number): number {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const hard = Number(/^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1] ?? most);
  return Math.min(hard, most);
}
