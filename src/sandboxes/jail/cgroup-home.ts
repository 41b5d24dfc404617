/**
 * Where groups of version 2 can be made, decided from what was read. The kernel gives controllers only to
 * the children of a group that itself holds no process (cgroups(7), "no internal processes"), and systemd
 * changes what lies below a unit as it likes unless the unit is delegated (systemd.resource-control(5)).
 */
import { basename, dirname, resolve } from 'node:path';

/** A group of version 2 as it was read. */
export interface GroupSeen {
  readonly folder: string;
  /** The kernel's own root, which alone may hold processes beside groups that are limited. */
  readonly isRoot: boolean;
  readonly controllers: readonly string[];
  /** 0 stands for one of another process namespace. */
  readonly processes: readonly number[];
  readonly isWritable: boolean;
}

export interface TreeSeen {
  /** Ours first, then those above it, as far as we see. */
  readonly groups: readonly GroupSeen[];
  /** The engine's process and all that descend from it. */
  readonly ours: ReadonlySet<number>;
  /** Whether systemd leaves alone what is below this unit. */
  readonly isDelegated: (folder: string) => boolean;
}

export interface Home {
  readonly folder: string;
  /** Whether it holds processes, all ours, that have to go into a child of it first. */
  readonly isHeld: boolean;
}

/** Why there is none: `foreign` and the like are told with what to do (cgroup-remedy.ts). */
export type NoHome = 'foreign' | 'undelegated' | 'unwritable' | 'uncontrolled';

export const NEEDED = ['memory', 'pids'];

/**
 * Of an engine: its process and when that began, by which one that is gone is known, and the controllers
 * that the group above hands on because of engines.
 */
export const ENGINE = /^paceline-(\d+)-(\d+)((?:-[a-z]+)*)$/;

/**
 * The nearest group, from ours up to the unit that systemd made, which holds no process of others. What an
 * engine made is passed over: another that was started in it stands beside, not below.
 */
export function homeIn({ groups, ours, isDelegated }: TreeSeen): Home | NoHome {
  let why: NoHome = 'foreign';
  for (const group of groups.filter(({ folder }) => !isOfEngine(folder))) {
    const cause = whyNot(group, ours, isDelegated);
    if (cause === undefined) {
      return { folder: group.folder, isHeld: !group.isRoot && group.processes.length > 0 };
    }
    why = cause;
    if (isUnit(group.folder)) break;
  }
  return why;
}

function whyNot(
  { folder, isRoot, processes, controllers, isWritable }: GroupSeen,
  ours: TreeSeen['ours'],
  isDelegated: TreeSeen['isDelegated'],
): NoHome | undefined {
  if (!isRoot && processes.some((pid) => !ours.has(pid))) return 'foreign';
  if (!isWritable) return 'unwritable';
  if (NEEDED.some((name) => !controllers.includes(name))) return 'uncontrolled';
  return isUnit(folder) && !isDelegated(folder) ? 'undelegated' : undefined;
}

/** A folder and those above it, the top included. */
export function upTo(folder: string, top: string): readonly string[] {
  const [own, last] = [resolve(folder), resolve(top)];
  return own === last || !own.startsWith(last) ? [own] : [own, ...upTo(dirname(own), last)];
}

/** systemd names all that it makes so, and nothing below a delegated unit is its. */
export function isUnit(folder: string): boolean {
  return /\.(?:scope|service|slice|socket|mount|swap)$/.test(basename(folder));
}

export function isOfEngine(folder: string): boolean {
  return folder.split('/').some((name) => ENGINE.test(name));
}

/**
 * `cpu` keeps many threads of one run from starving the others, where it can be had; nothing else rests
 * on it.
 */
export const WANTED = [...NEEDED, 'cpu'];

/**
 * What the last engine in a folder takes back from it: what none of them found there, and what those that
 * are there, or died there, say they did not find.
 */
export function lentIn(handedOn: readonly string[], beside: readonly string[]): readonly string[] {
  const said = beside.flatMap((name) => ENGINE.exec(name)?.[3]?.split('-') ?? []);
  return WANTED.filter((name) => !handedOn.includes(name) || said.includes(name));
}

/** A process and all that descend from it, from the parent of each. */
export function treeOf(pid: number, parents: ReadonlyMap<number, number>): ReadonlySet<number> {
  const tree = new Set([pid]);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const [child, parent] of parents) if (tree.has(parent)) tree.add(child);
  }
  return tree;
}
