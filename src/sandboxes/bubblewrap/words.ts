/** What bubblewrap (0.8 or newer) is told: nothing is visible but what is named here. */
import type { Copy } from '../jail/copies.ts';
import type { Mounted } from '../jail/prepared.ts';
import type { Toolchain } from '../jail/toolchain.ts';

export interface View {
  readonly toolchain: Toolchain;
  readonly mounts: readonly Mounted[];
  readonly copies: readonly Copy[];
  readonly cwd: string;
  /** Of /tmp; besides it only folders that are named for it can be written. */
  readonly diskBytes: number;
  readonly folderBytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly hostname: string;
  readonly seccompFd: number;
  /** Where the first file to copy stands open; the others follow. */
  readonly firstFileFd: number;
  /** Where it tells the process it made, and how that ended: nothing of the latter where it never began. */
  readonly statusFd: number;
  /** Holds the program back until something is written there. */
  readonly blockFd?: number | undefined;
  /** Whether there is room for memory that processes share. */
  readonly isShared: boolean;
  /** Whether memory is counted whoever maps it. */
  readonly isCounted: boolean;
}

const DEVICES = ['null', 'full', 'random', 'urandom'];
const STREAMS = ['stdin', 'stdout', 'stderr'];

export function bubblewrapWords(view: View): readonly string[] {
  const emptied = view.mounts.filter(({ as }) => as === 'empty folder');
  return [
    // --unshare-all only tries the user namespace.
    ['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent'],
    ['--new-session', '--cap-drop', 'ALL', '--clearenv', '--hostname', view.hostname],
    Object.entries(view.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    view.toolchain.links.flatMap(([target, name]) => ['--symlink', target, name]),
    devices(view),
    ['--size', String(view.diskBytes), '--perms', '1777', '--tmpfs', '/tmp'],
    view.isShared
      ? ['--size', String(view.diskBytes), '--perms', '1777', '--tmpfs', '/dev/shm']
      : [],
    view.mounts.flatMap((mount) => mounted(mount, view.folderBytes)),
    copied(view),
    emptied.flatMap(({ path }) => ['--remount-ro', path]),
    ['--dir', view.cwd, '--chdir', view.cwd],
    // The root, too, is a file system in memory without a size.
    ['--remount-ro', '/', '--seccomp', String(view.seccompFd)],
    ['--json-status-fd', String(view.statusFd)],
    view.blockFd === undefined ? [] : ['--block-fd', String(view.blockFd)],
  ].flat();
}

/** No --dev: its file system has no size, its terminals are not needed. */
function devices({ isCounted }: View): readonly string[] {
  return [
    // A shared map of /dev/zero is memory of nobody; /dev/full reads the same and cannot be mapped.
    ['--dev-bind', isCounted ? '/dev/zero' : '/dev/full', '/dev/zero'],
    DEVICES.flatMap((name) => ['--dev-bind', `/dev/${name}`, `/dev/${name}`]),
    // bubblewrap itself is process 1: what it was told and its memory are nobody's business.
    ['--proc', '/proc', '--perms', '0000', '--size', '4096', '--tmpfs', '/proc/1'],
    // Whoever is jailed owns it, and it holds files without number.
    ['--remount-ro', '/proc/1'],
    ['--symlink', '/proc/self/fd', '/dev/fd'],
    STREAMS.flatMap((name, fd) => ['--symlink', `/proc/self/fd/${fd}`, `/dev/${name}`]),
  ].flat();
}

function mounted({ source, path, as }: Mounted, folderBytes: number): readonly string[] {
  switch (as) {
    case 'read':
      return ['--ro-bind', source, path];
    case 'write':
      return ['--size', String(folderBytes), '--perms', '0755', '--tmpfs', path];
    case 'empty file':
      return ['--ro-bind', '/dev/null', path];
    default:
      return ['--size', '4096', '--perms', '0755', '--tmpfs', path];
  }
}

function copied({ copies, firstFileFd }: View): readonly string[] {
  let fd = firstFileFd;
  return copies.flatMap(({ as, path, mode, target = '' }) => {
    if (as === 'link') return ['--symlink', target, path];
    const perms = ['--perms', mode.toString(8).padStart(4, '0')];
    return as === 'folder' ? [...perms, '--dir', path] : [...perms, '--file', String(fd++), path];
  });
}
