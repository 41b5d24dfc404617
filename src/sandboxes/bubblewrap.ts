/**
 * A jail by bubblewrap: namespaces of its own for processes, network and files, a user that owns
 * nothing, the system call filter of jail/seccomp.ts. With a control group it is J4; without, J3:
 * memory is then held by RLIMIT_DATA and by the watch on what all processes use together.
 */
import { existsSync, statSync } from 'node:fs';
import { bubblewrapWords, type Mounted } from './bubblewrap/words.ts';
import type { Enforcement, Run, Sandbox, SandboxTraits } from './contract.ts';
import { makeGroup } from './jail/cgroup.ts';
import type { GroupPlace } from './jail/cgroup-place.ts';
import { filterBytes } from './jail/seccomp.ts';
import type { Arch } from './jail/syscalls.ts';
import { toolchainOf } from './jail/toolchain.ts';
import { give, jailUsers, refuseClosed } from './jail/user.ts';
import { capped } from './runner/caps.ts';
import { type OneCore, oneCore } from './runner/one-core.ts';
import { type Confined, FIRST_INPUT, runner } from './runner/runner.ts';

export interface BubblewrapOptions {
  /** Names the owner, for example a study's work folder: nobody else may use it at the same time. */
  readonly scope: string;
  /** Where control groups can be made; without one the level is J3. */
  readonly groups?: GroupPlace | undefined;
}

/** Where a run does not say: enough for an interpreter and a data set, too little to harm a laptop. */
const DEFAULTS = { memoryBytes: 2 ** 30, diskBytes: 64 * 2 ** 20, processes: 1 };

/** Threads of Node's own and of a few workers. */
const TASKS_OF_ONE = 40;

export function bubblewrapSandbox({ scope, groups }: BubblewrapOptions): Sandbox {
  const core = oneCore();
  const nextUser = jailUsers();
  const pin = 'words' in core ? core.words : [];
  return runner(scope, {
    traits: traitsOf(groups !== undefined, core),
    confine: (run) => jailed(run, { groups, user: nextUser(), pin: run.oneCore ? pin : [] }),
  });
}

interface Means {
  readonly groups: GroupPlace | undefined;
  readonly user: number | undefined;
  readonly pin: readonly string[];
}

function jailed(run: Run, { groups, user, pin }: Means): Confined {
  if (user !== undefined) {
    refuseClosed([...run.reads, ...run.writes]);
    for (const folder of run.writes) give(user, folder, run.reads);
  }
  const limits = { ...DEFAULTS, ...run.limits };
  const { memoryBytes, processes } = limits;
  const tasks = TASKS_OF_ONE * processes;
  const group = groups && makeGroup(groups, { memoryBytes, tasks });
  const { memoryBytes: _counted, ...others } = run.limits;
  const caps = capped({ ...(group ? others : { ...others, memoryBytes }), tasks });
  const filter = {
    arch: process.arch as Arch,
    fork: processes > 1,
    sharedMemory: group !== undefined,
  };
  return {
    argv: [...pin, ...caps, 'bwrap', '--args', String(FIRST_INPUT), '--', ...run.argv],
    environment: {},
    cwd: '/',
    limits,
    user,
    inputs: [wordsFor(run, limits.diskBytes, group !== undefined), filterBytes(filter)],
    isIndirect: true,
    group,
  };
}

function wordsFor(run: Run, diskBytes: number, isHeld: boolean): Uint8Array {
  const toolchain = toolchainOf(run.argv[0] ?? '', run.cwd);
  const words = bubblewrapWords({
    toolchain,
    mounts: mountsOf(run),
    cwd: run.cwd,
    diskBytes,
    environment: { PATH: toolchain.path, HOME: '/tmp', ...run.environment },
    seccompFd: FIRST_INPUT + 1,
    hold: isHeld ? { infoFd: FIRST_INPUT + 2, blockFd: FIRST_INPUT + 3 } : undefined,
  });
  return Buffer.from(words.map((word) => `${word}\0`).join(''));
}

function mountsOf({ reads, writes, hides }: Run): readonly Mounted[] {
  return [
    ...reads.map((path): Mounted => ({ path, as: 'read' })),
    ...writes.map((path): Mounted => ({ path, as: 'write' })),
    ...hides
      .filter((path) => existsSync(path))
      .map((path): Mounted => {
        return { path, as: statSync(path).isDirectory() ? 'empty folder' : 'empty file' };
      }),
  ];
}

function traitsOf(hasGroups: boolean, core: OneCore): SandboxTraits {
  const looked = 'all processes of a run together, looked at 20 times a second';
  return {
    level: hasGroups ? 'J4' : 'J3',
    isolation: `${hasGroups ? 'J4' : 'J3'}: a jail by bubblewrap, without network, other files or other processes`,
    enforces: {
      wallMs: { how: 'the jail is killed with all that is in it' },
      outputBytes: { how: 'the jail is killed with all that is in it' },
      cpuMs: { how: looked },
      memoryBytes: {
        how: hasGroups ? 'a control group of the kernel' : `RLIMIT_DATA, and ${looked}`,
      },
      fileBytes: { how: 'each file, by the kernel' },
      diskBytes: {
        how: 'the size of its own file system; folders it may write are looked at 20 times a second',
      },
      processes: {
        how: hasGroups ? 'a control group of the kernel' : 'RLIMIT_NPROC of a user of its own',
      },
    },
    oneCore: pinning(core),
  };
}

function pinning(core: OneCore): Enforcement {
  return 'core' in core ? { how: `pinned to core ${core.core}` } : { unenforced: core.missing };
}
