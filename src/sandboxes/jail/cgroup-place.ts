/** Finds the control group we are in (cgroups(7)): version 1 keeps a tree for each resource, 2 one for all. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders below which a group can be made; the same one twice in version 2. */
export interface GroupPlace {
  readonly version: 1 | 2;
  readonly memory: string;
  readonly tasks: string;
  /** Where CPU time is counted; undefined where it is not. */
  readonly cpu: string | undefined;
}

interface Mount {
  readonly type: string;
  readonly root: string;
  readonly point: string;
  readonly options: readonly string[];
}

export function groupPlace(): GroupPlace | string {
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
  const one = folderOf(
    mounts.find(({ type }) => type === 'cgroup2'),
    own.get(''),
  );
  if (one === undefined) return 'no control group file system is mounted';
  const controllers = readFileSync(join(one, 'cgroup.controllers'), 'utf8').trim().split(' ');
  const missing = ['memory', 'pids'].filter((name) => !controllers.includes(name));
  if (missing.length > 0) return `our control group has no ${missing.join(' and no ')} controller`;
  return { version: 2, memory: one, tasks: one, cpu: one };
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
