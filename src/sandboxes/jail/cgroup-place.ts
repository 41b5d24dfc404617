/** Finds the control group we are in (cgroups(7)): version 1 keeps a tree for each resource, 2 one for all. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders below which a group can be made; the same one three times in version 2. */
export interface GroupPlace {
  readonly version: 1 | 2;
  readonly memory: string;
  readonly tasks: string;
  /** Where CPU time is counted; undefined where it is not. */
  readonly cpu: string | undefined;
}

/** Where we are in the one tree of version 2: below which of its groups ours can be made is another question. */
export interface OwnGroup {
  readonly version: 2;
  readonly own: string;
  /** As far up as we see. */
  readonly top: string;
}

interface Mount {
  readonly type: string;
  readonly root: string;
  readonly point: string;
  readonly options: readonly string[];
}

export function groupPlace(): GroupPlace | OwnGroup | string {
  if (!existsSync('/proc/self/cgroup')) return 'this kernel has no control groups';
  const own = ownPaths(readFileSync('/proc/self/cgroup', 'utf8'));
  const mounts = mountsIn(readFileSync('/proc/self/mountinfo', 'utf8'));
  const inVersion1 = (name: string): string | undefined =>
    folderOf(
      mounts.find(({ type, options }) => type === 'cgroup' && options.includes(name)),
      own.get(name),
    );
  const [memory, tasks] = [inVersion1('memory'), inVersion1('pids')];
  if (memory !== undefined && tasks !== undefined) {
    return { version: 1, memory, tasks, cpu: inVersion1('cpuacct') };
  }
  const mount = mounts.find(({ type }) => type === 'cgroup2');
  if (mount === undefined) return 'no control group file system is mounted';
  const one = folderOf(mount, own.get(''));
  // Of a group outside our namespace the path begins with `/..`.
  const isSeen = one !== undefined && !own.get('')?.startsWith('/..');
  if (!isSeen) return 'our control group lies outside the file system that is mounted';
  return { version: 2, own: one, top: mount.point };
}

/** Our path by controller; by the empty name in version 2. */
export function ownPaths(text: string): ReadonlyMap<string, string> {
  const rows = text.trim().split('\n');
  return new Map(
    rows.flatMap((row) => {
      const [, names = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(row) ?? [];
      return names.split(',').map((name): [string, string] => [name, path]);
    }),
  );
}

/** proc(5): `id parent device root point options … - type source options`. */
export function mountsIn(text: string): readonly Mount[] {
  return text.split('\n').flatMap((row) => {
    const [left = '', right = ''] = row.split(' - ');
    const [type = '', , options = ''] = right.split(' ');
    const [, , , root = '', point = ''] = left.split(' ');
    return type.startsWith('cgroup') ? [{ type, root, point, options: options.split(',') }] : [];
  });
}

/** In a container the mount begins further down than the path does. */
function folderOf(mount: Mount | undefined, path: string | undefined): string | undefined {
  if (mount === undefined || path === undefined) return undefined;
  const isBelow = mount.root !== '/' && path.startsWith(mount.root);
  const folder = join(mount.point, isBelow ? path.slice(mount.root.length) : path);
  return existsSync(folder) ? folder : undefined;
}
