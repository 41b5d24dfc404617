/** Reads the tree of version 2 around us: our group and those above it, and what systemd says of a unit. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type GroupSeen, isUnit, type TreeSeen, treeOf, upTo } from './cgroup-home.ts';
import type { OwnGroup } from './cgroup-place.ts';
import type { Asker } from './cgroup-remedy.ts';

/** For systemd to say one word. */
const ANSWERS_WITHIN_MS = 5000;

export function treeSeen({ own, top }: OwnGroup): TreeSeen {
  return { groups: upTo(own, top).map(groupSeen), ours: engineTree(), isDelegated };
}

export function asker({ own, top }: OwnGroup): Asker {
  const uid = process.getuid?.() ?? 0;
  return {
    top,
    uid,
    isUnderSystemd: upTo(own, top).some(isUnit),
    hasManager: existsSync(`/run/user/${uid}/systemd/private`),
  };
}

function groupSeen(folder: string): GroupSeen {
  return {
    folder,
    isRoot: !existsSync(join(folder, 'cgroup.type')),
    controllers: wordsIn(join(folder, 'cgroup.controllers')),
    processes: processesIn(folder),
    isWritable: ['.', 'cgroup.procs', 'cgroup.subtree_control'].every((name) =>
      mayWrite(join(folder, name)),
    ),
  };
}

export function processesIn(folder: string): readonly number[] {
  return wordsIn(join(folder, 'cgroup.procs')).map(Number);
}

/** None where it cannot be read. */
export function wordsIn(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\s+/).filter(Boolean);
  } catch {
    return [];
  }
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export function engineTree(): ReadonlySet<number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = pids.map((pid): [number, number] => [Number(pid), Number(statOf(pid)[PARENT])]);
  return treeOf(process.pid, new Map(parents));
}

/** Fields of /proc/<pid>/stat behind the command name, from 0 (proc(5)). */
const PARENT = 1;
const START_TICKS = 19;

/** Empty once it has ended. */
function statOf(pid: number | string): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** When a process began, in ticks: its number may be another's later. */
export function startOf(pid: number | string): string | undefined {
  return statOf(pid)[START_TICKS];
}

/** Where systemd does not answer nothing is taken for delegated. */
function isDelegated(unit: string): boolean {
  const user = /\/user@(\d+)\.service\//.exec(unit)?.[1];
  const manager = user === undefined ? [] : ['--user'];
  const env = user === undefined ? {} : { XDG_RUNTIME_DIR: `/run/user/${user}` };
  const words = [...manager, 'show', '--property=Delegate', '--value', '--', basename(unit)];
  const { stdout } = spawnSync('systemctl', words, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: ANSWERS_WITHIN_MS,
    killSignal: 'SIGKILL',
  });
  return stdout?.trim() === 'yes';
}
