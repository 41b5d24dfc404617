/** What bubblewrap (0.8 or newer) is told: nothing is visible but what is named here. */
import type { Mounted } from '../jail/prepared.ts';
import type { Toolchain } from '../jail/toolchain.ts';

export interface View {
  readonly toolchain: Toolchain;
  readonly mounts: readonly Mounted[];
  readonly cwd: string;
  /** Of /tmp, the one place besides what is mounted as `write` where anything can be written. */
  readonly diskBytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly seccompFd: number;
  /** Holds the program back until it is in its control group. */
  readonly hold?: { readonly infoFd: number; readonly blockFd: number } | undefined;
}

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom'];
const STREAMS = ['stdin', 'stdout', 'stderr'];

export function bubblewrapWords(view: View): readonly string[] {
  const emptied = view.mounts.filter(({ as }) => as === 'empty folder');
  return [
    // --unshare-all only tries the user namespace.
    ['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent'],
    ['--new-session', '--cap-drop', 'ALL', '--clearenv', '--hostname', 'jail'],
    Object.entries(view.environment).flatMap(([name, value]) => ['--setenv', name, value]),
    view.toolchain.links.flatMap(([target, name]) => ['--symlink', target, name]),
    devices(),
    ['--size', String(view.diskBytes), '--perms', '1777', '--tmpfs', '/tmp'],
    view.mounts.flatMap(mounted),
    emptied.flatMap(({ path }) => ['--remount-ro', path]),
    ['--dir', view.cwd, '--chdir', view.cwd],
    // The root, too, is a file system in memory without a size.
    ['--remount-ro', '/', '--seccomp', String(view.seccompFd)],
    holding(view.hold),
  ].flat();
}

/** No --dev: its file system has no size, its terminals are not needed. */
function devices(): readonly string[] {
  return [
    DEVICES.flatMap((name) => ['--dev-bind', `/dev/${name}`, `/dev/${name}`]),
    ['--proc', '/proc', '--symlink', '/proc/self/fd', '/dev/fd'],
    STREAMS.flatMap((name, fd) => ['--symlink', `/proc/self/fd/${fd}`, `/dev/${name}`]),
  ].flat();
}

function mounted({ source, path, as }: Mounted): readonly string[] {
  switch (as) {
    case 'read':
      return ['--ro-bind', source, path];
    case 'write':
      return ['--bind', source, path];
    case 'empty file':
      return ['--ro-bind', '/dev/null', path];
    default:
      return ['--size', '4096', '--perms', '0755', '--tmpfs', path];
  }
}

function holding(hold: View['hold']): readonly string[] {
  return hold === undefined
    ? []
    : ['--info-fd', String(hold.infoFd), '--block-fd', String(hold.blockFd)];
}
