/**
 * A jail by bubblewrap: namespaces of its own for processes, network and files, a user that owns
 * nothing, the system call filter of jail/seccomp.ts. With a control group it is J4; without, J3:
 * memory is then held by RLIMIT_DATA and by the watch on what all processes use together.
 */
import { bubblewrapWords } from './bubblewrap/words.ts';
import type { Sandbox } from './contract.ts';
import type { GroupPlace } from './jail/cgroup-place.ts';
import { type Prepared, preparer } from './jail/prepared.ts';
import { locate } from './jail/toolchain.ts';
import { jailTraits } from './jail/traits.ts';
import { type Confined, FIRST_INPUT } from './runner/confined.ts';
import { runner } from './runner/runner.ts';

export interface BubblewrapOptions {
  /** Names the owner, for example a study's work folder: nobody else may use it at the same time. */
  readonly scope: string;
  /** Where control groups can be made; without one the level is J3. */
  readonly groups?: GroupPlace | undefined;
}

export function bubblewrapSandbox({ scope, groups }: BubblewrapOptions): Sandbox {
  const prepare = preparer(groups);
  const level = groups === undefined ? 'J3' : 'J4';
  const isolation = `${level}: a jail by bubblewrap, without network, other files or other processes`;
  return runner(scope, {
    traits: jailTraits({ level, isolation }),
    confine: (run) => jailed(run.cwd, prepare(run)),
  });
}

function jailed(cwd: string, prepared: Prepared): Confined {
  const { limits, before, within, argv, user, group, filter, ...seen } = prepared;
  const files = seen.copies.filter(({ as }) => as === 'file').map(({ path }) => path);
  const afterInputs = FIRST_INPUT + 2 + files.length;
  const isShared = limits.processes > 1;
  const written = seen.mounts.flatMap(({ as, path }) => (as === 'write' ? [path] : []));
  const words = bubblewrapWords({
    ...seen,
    cwd,
    diskBytes: limits.diskBytes,
    seccompFd: FIRST_INPUT + 1,
    firstFileFd: FIRST_INPUT + 2,
    statusFd: afterInputs,
    blockFd: group && afterInputs + 1,
    isShared,
    isCounted: group !== undefined,
  });
  return {
    argv: [
      ...before,
      locate('bwrap', '/'),
      '--args',
      String(FIRST_INPUT),
      '--',
      ...within,
      ...argv,
    ],
    environment: {},
    cwd: '/',
    limits,
    user,
    inputs: [Buffer.from(words.map((word) => `${word}\0`).join('')), filter, ...files],
    ownDisks: ['/tmp', ...written, ...(isShared ? ['/dev/shm'] : [])],
    isIndirect: true,
    tellsStatus: true,
    group,
  };
}
