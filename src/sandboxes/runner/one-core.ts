/** One core for runs whose time is measured: taskset(1) of util-linux holds them there. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Enforcement } from '../contract.ts';

/** The words before a program that hold it to one core, or why there are none. */
export type OneCore =
  | { readonly core: number; readonly words: readonly string[] }
  | { readonly missing: string };

/** The last core we may use: the first one usually serves the interrupts of the machine. */
export function oneCore(): OneCore {
  const status = readFileSync('/proc/self/status', 'utf8');
  const core = lastOf(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '');
  const [program = '', ...flags] = wordsFor(core);
  const {
    error,
    status: exitCode,
    stderr,
  } = spawnSync(program, [...flags, 'true'], {
    encoding: 'utf8',
  });
  if (error !== undefined) return { missing: 'taskset is missing' };
  if (exitCode !== 0) return { missing: `taskset refused it (${stderr.trim()})` };
  return { core, words: wordsFor(core) };
}

export function coreEnforcement(core: OneCore): Enforcement {
  return 'core' in core ? { how: `pinned to core ${core.core}` } : { unenforced: core.missing };
}

function wordsFor(core: number): readonly string[] {
  return ['taskset', '-c', String(core)];
}

/** Of a list as the kernel writes it: `0-3,8` ends with 8. */
export function lastOf(list: string): number {
  return Number(/(\d+)\s*$/.exec(list)?.[1] ?? 0);
}
