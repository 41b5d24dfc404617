/** What every jail needs before a run starts: its limits, its user, its view, its filter. */
import { statSync } from 'node:fs';
import { release } from 'node:os';
import { dirname } from 'node:path';
import { memoised } from '../../source/memo.ts';
import type { Limits, Run } from '../contract.ts';
import { capped } from '../runner/caps.ts';
import { type Group, makeGroup } from './cgroup.ts';
import type { GroupPlace } from './cgroup-place.ts';
import { type Copy, copiesOf } from './copies.ts';
import { hiddenPlaces } from './hidden.ts';
import { filterBytes } from './seccomp.ts';
import { refuseClosed, staged } from './staged.ts';
import type { Arch } from './syscalls.ts';
import { ofSystem, type Toolchain, toolchainOf } from './toolchain.ts';
import { jailUsers } from './user.ts';

export interface Mounted {
  /** Where it is found outside; of what is empty or copied nowhere. */
  readonly source: string;
  readonly path: string;
  /** `write`: a file system of its own, filled with copies. */
  readonly as: 'read' | 'write' | 'empty folder' | 'empty file';
}

export interface Prepared {
  readonly limits: Limits & typeof DEFAULT_LIMITS;
  /** The words before the program that makes the jail. */
  readonly before: readonly string[];
  /**
   * The words before the program, inside: what a limit on files or processes would keep from making
   * the jail itself.
   */
  readonly within: readonly string[];
  /** The user to start them as; undefined: ours, and the words change it where that is due. */
  readonly user: number | undefined;
  readonly group: Group | undefined;
  readonly filter: Uint8Array;
  readonly toolchain: Toolchain;
  /** Of the run, with the program behind a shim. */
  readonly argv: readonly string[];
  /** In the order to mount them: what lies inside another comes after it. */
  readonly mounts: readonly Mounted[];
  /** What is put into the folders it may write. */
  readonly copies: readonly Copy[];
  /** Of each such folder: what it may write there comes to what was put there. */
  readonly folderBytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly hostname: string;
}

/** Where a run does not say: enough for an interpreter and a data set, too little to harm a laptop. */
export const DEFAULT_LIMITS = { memoryBytes: 2 ** 30, diskBytes: 64 * 2 ** 20, processes: 1 };

/** The same on every machine: a program cannot tell where it runs by it. */
const HOSTNAME = 'jail';

/** Threads of Node's own and of a few workers; of each further process those of a plain one. */
const TASKS_OF_FIRST = 40;
const TASKS_OF_OTHERS = 12;

/**
 * Prepares the runs of one sandbox, each for a user of its own.
 *
 * @param groups Where a control group can be made.
 */
export function preparer(groups: GroupPlace | undefined): (run: Run) => Prepared {
  const nextUser = jailUsers();
  // Looking a program up can take a process of its own, and runs of a sandbox start few different ones.
  const toolchains = memoised((key) => {
    const [program = '', cwd = ''] = key.split('\0');
    return toolchainOf(program, cwd);
  });
  return (run) => {
    const toolchain = toolchains(`${run.argv[0] ?? ''}\0${lookedUpFrom(run)}`);
    return prepared(run, { groups, user: nextUser(), toolchain });
  };
}

/**
 * Not from a folder that the run may write: a shim runs outside the jail and reads which program is meant
 * from the files around it (.python-version), and those could be a candidate's.
 */
function lookedUpFrom({ argv: [word = ''], cwd, writes }: Run): string {
  if (word.includes('/') && !word.startsWith('/')) return cwd;
  const own = writes.find((folder) => cwd === folder || cwd.startsWith(`${folder}/`));
  return own === undefined ? cwd : dirname(own);
}

interface Means {
  readonly groups: GroupPlace | undefined;
  readonly user: number | undefined;
  readonly toolchain: Toolchain;
}

interface Within {
  /** Undefined where the kernel would count other processes of the user too. */
  readonly tasks: number | undefined;
  readonly fileBytes: number | undefined;
}

/** @throws PacelineError CONFIG_INVALID where the user of the jail may not read what it is to see. */
function prepared(run: Run, { groups, user, toolchain }: Means): Prepared {
  const reads = [...toolchain.reads, ...run.reads];
  const shows = run.shows ?? [];
  const shown = [...run.reads, ...shows.map(({ source }) => source)];
  if (user !== undefined) shown.forEach(refuseClosed);
  const stage =
    user === undefined ? undefined : staged([...new Set([...toolchain.reads, ...shown])], user);
  const limits = { ...DEFAULT_LIMITS, ...run.limits };
  const { cpuMs, memoryBytes, fileBytes, processes } = limits;
  const { ownNetwork = false, killsOn = [] } = run;
  const tasks = TASKS_OF_FIRST + TASKS_OF_OTHERS * (processes - 1);
  const group = groups && makeGroup(groups, { memoryBytes, tasks });
  const copies = copiesOf(run.writes, [...run.reads, ...shows.map(({ path }) => path)]);
  const kept = {
    openBefore: copies.length,
    ...(cpuMs === undefined ? {} : { cpuMs }),
    ...(group ? {} : { dataBytes: memoryBytes }),
  };
  return {
    limits,
    before: [...(stage?.words ?? []), ...capped(kept)],
    within: limitedWithin({
      tasks: group || countsByNamespace(release()) ? tasks : undefined,
      fileBytes,
    }),
    user: stage ? undefined : user,
    group,
    filter: filterBytes({
      arch: process.arch as Arch,
      fork: processes > 1,
      // Counted by a control group and by nothing else.
      sharedMemory: group !== undefined,
      ownNetwork,
      kills: killsOn,
    }),
    toolchain,
    argv: [toolchain.program, ...run.argv.slice(1)],
    mounts: mountsOf({ ...run, reads }, stage?.sourceOf ?? ((path) => path)),
    copies,
    folderBytes: copies.reduce((sum, { bytes }) => sum + bytes, limits.diskBytes),
    environment: { PATH: toolchain.path, HOME: '/tmp', ...run.environment },
    hostname: run.hostname ?? HOSTNAME,
  };
}

/** RLIMIT_NPROC counts within a user namespace, not all that a user runs: since Linux 5.14. */
export function countsByNamespace(kernel: string): boolean {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}

function limitedWithin({ tasks, fileBytes }: Within): readonly string[] {
  const flags = [
    ...(tasks === undefined ? [] : [`--nproc=${tasks}`]),
    ...(fileBytes === undefined ? [] : [`--fsize=${fileBytes}`]),
  ];
  return flags.length === 0 ? [] : [ofSystem('prlimit'), ...flags, '--'];
}

function mountsOf(
  { reads, shows = [], writes, hides }: Run,
  sourceOf: (path: string) => string,
): readonly Mounted[] {
  const mounts: readonly Mounted[] = [
    ...reads.map((path) => ({ source: sourceOf(path), path, as: 'read' as const })),
    ...shows.map(({ source, path }) => ({ source: sourceOf(source), path, as: 'read' as const })),
    ...writes.map((path) => ({ source: path, path, as: 'write' as const })),
    ...hiddenPlaces(hides, reads).map((path) => ({ source: path, path, as: emptied(path) })),
  ];
  return [...mounts].sort((a, b) => a.path.length - b.path.length);
}

function emptied(path: string): Mounted['as'] {
  return statSync(path).isDirectory() ? 'empty folder' : 'empty file';
}
