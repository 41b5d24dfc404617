/** What every jail needs before a run starts: its limits, its user, its view, its filter. */
import { existsSync, statSync } from 'node:fs';
import type { Limits, Run } from '../contract.ts';
import { capped } from '../runner/caps.ts';
import { type Group, makeGroup } from './cgroup.ts';
import type { GroupPlace } from './cgroup-place.ts';
import { filterBytes } from './seccomp.ts';
import type { Arch } from './syscalls.ts';
import { type Toolchain, toolchainOf } from './toolchain.ts';
import { give, refuseClosed } from './user.ts';

export interface Mounted {
  readonly path: string;
  readonly as: 'read' | 'write' | 'empty folder' | 'empty file';
}

export interface Prepared {
  readonly limits: Limits & typeof DEFAULTS;
  /** Before the program that makes the jail. */
  readonly caps: readonly string[];
  readonly group: Group | undefined;
  readonly filter: Uint8Array;
  readonly toolchain: Toolchain;
  /** In the order to mount them: what lies inside another comes after it. */
  readonly mounts: readonly Mounted[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Where a run does not say: enough for an interpreter and a data set, too little to harm a laptop. */
const DEFAULTS = { memoryBytes: 2 ** 30, diskBytes: 64 * 2 ** 20, processes: 1 };

/** Threads of Node's own and of a few workers. */
const TASKS_OF_ONE = 40;

export interface Means {
  /** Where a control group can be made. */
  readonly groups: GroupPlace | undefined;
  readonly user: number | undefined;
}

/** @throws PacelineError CONFIG_INVALID where the user of the jail cannot reach what it is to see. */
export function prepared(run: Run, { groups, user }: Means): Prepared {
  if (user !== undefined) {
    refuseClosed([...run.reads, ...run.writes]);
    for (const folder of run.writes) give(user, folder, run.reads);
  }
  const limits = { ...DEFAULTS, ...run.limits };
  const { cpuMs, memoryBytes, fileBytes, processes } = limits;
  const tasks = TASKS_OF_ONE * processes;
  const group = groups && makeGroup(groups, { memoryBytes, tasks });
  const kept = {
    ...(cpuMs === undefined ? {} : { cpuMs }),
    ...(fileBytes === undefined ? {} : { fileBytes }),
    ...(group ? {} : { dataBytes: memoryBytes }),
  };
  const toolchain = toolchainOf(run.argv[0] ?? '', run.cwd);
  return {
    limits,
    caps: capped({ ...kept, tasks }),
    group,
    // Memory shared between processes is counted by a control group and by nothing else.
    filter: filterBytes({
      arch: process.arch as Arch,
      fork: processes > 1,
      sharedMemory: group !== undefined,
    }),
    toolchain,
    mounts: mountsOf(run),
    environment: { PATH: toolchain.path, HOME: '/tmp', ...run.environment },
  };
}

function mountsOf({ reads, writes, hides }: Run): readonly Mounted[] {
  const mounts: readonly Mounted[] = [
    ...reads.map((path) => ({ path, as: 'read' }) as const),
    ...writes.map((path) => ({ path, as: 'write' }) as const),
    ...hides.filter(existsSync).map((path) => ({ path, as: emptied(path) })),
  ];
  return [...mounts].sort((a, b) => a.path.length - b.path.length);
}

function emptied(path: string): Mounted['as'] {
  return statSync(path).isDirectory() ? 'empty folder' : 'empty file';
}
