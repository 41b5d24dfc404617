/** A control group of the kernel for one run, below the group we are in: its limits stay ours. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { enginePlace } from './cgroup-engine.ts';
import { type GroupPlace, groupPlace } from './cgroup-place.ts';

export interface GroupLimits {
  readonly memoryBytes: number;
  /** Processes and threads together. */
  readonly tasks: number;
}

export interface Group {
  /** Puts a process in, with all that it starts from now on. */
  add(pid: number): void;
  /** Whether the kernel ended something in it for the memory it used. */
  ranOutOfMemory(): boolean;
  /** Used by all that ever ran in it; undefined where it is not counted. */
  cpuMs(): number | undefined;
  /** Takes it away once nothing in it runs. */
  remove(): Promise<void>;
}

const NAME = 'paceline-';
const REMOVE_TRIES = 100;
const BETWEEN_TRIES_MS = 10;

let made = 0;

/** @throws where we may not: EACCES, EROFS. */
export function makeGroup(place: GroupPlace, limits: GroupLimits): Group {
  const name = `${NAME}${process.pid}-${made++}`;
  const [memory, tasks] = [join(place.memory, name), join(place.tasks, name)];
  const cpu = place.cpu && join(place.cpu, name);
  const folders = foldersOf(place).map((folder) => join(folder, name));
  for (const folder of folders) mkdirSync(folder);
  try {
    limit({ memory, tasks }, place.version, limits);
  } catch (error) {
    folders.forEach(removeFolder);
    throw error;
  }
  const kills = join(memory, place.version === 1 ? 'memory.oom_control' : 'memory.events');
  return {
    add: (pid) =>
      folders.forEach((folder) => writeFileSync(join(folder, 'cgroup.procs'), `${pid}`)),
    ranOutOfMemory: () => /^oom_kill [1-9]/m.test(readFileSync(kills, 'utf8')),
    cpuMs: () => (cpu ? cpuMsIn(cpu, place.version) : undefined),
    async remove() {
      if (place.version === 2) endAll(memory);
      for (let i = 0; i < REMOVE_TRIES && !folders.map(removeFolder).every(Boolean); i++) {
        await sleep(BETWEEN_TRIES_MS);
      }
    },
  };
}

const NS_PER_MS = 1e6;

function cpuMsIn(folder: string, version: 1 | 2): number {
  if (version === 1) return Number(readFileSync(join(folder, 'cpuacct.usage'), 'utf8')) / NS_PER_MS;
  const stat = readFileSync(join(folder, 'cpu.stat'), 'utf8');
  return Number(/^usage_usec (\d+)/m.exec(stat)?.[1]) / 1000;
}

function limit(
  { memory, tasks }: { readonly memory: string; readonly tasks: string },
  version: 1 | 2,
  limits: GroupLimits,
): void {
  const set = (folder: string, file: string, value: number): void =>
    writeFileSync(join(folder, file), `${value}`);
  const whereKept = (file: string, value: number): void => {
    if (existsSync(join(memory, file))) set(memory, file, value);
  };
  set(memory, version === 1 ? 'memory.limit_in_bytes' : 'memory.max', limits.memoryBytes);
  // Swap is memory, too.
  if (version === 1) whereKept('memory.memsw.limit_in_bytes', limits.memoryBytes);
  else whereKept('memory.swap.max', 0);
  whereKept('memory.oom.group', 1);
  set(tasks, 'pids.max', limits.tasks);
}

/** From Linux 5.14 on: what has left its namespace or is being forked dies, too. */
function endAll(folder: string): void {
  const file = join(folder, 'cgroup.kill');
  if (existsSync(file)) writeFileSync(file, '1');
}

/** Whether it is gone. */
function removeFolder(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** Where groups can be made, tried by making one, or why they cannot. */
export function workingPlace(): GroupPlace | string {
  const found = groupPlace();
  if (typeof found === 'string') return found;
  const place = 'own' in found ? enginePlace(found) : found;
  if (typeof place === 'string') return place;
  if (place.version === 1) removeAbandoned(place);
  try {
    void makeGroup(place, { memoryBytes: 2 ** 30, tasks: 10 }).remove();
    return place;
  } catch (error) {
    return `no control group can be made (${(error as NodeJS.ErrnoException).code})`;
  }
}

/** Groups of engines that are gone. */
function removeAbandoned(place: GroupPlace): void {
  for (const folder of foldersOf(place)) {
    for (const name of readdirSync(folder)) {
      const pid = /^paceline-(\d+)-\d+$/.exec(name)?.[1];
      if (pid !== undefined && !existsSync(`/proc/${pid}`)) removeFolder(join(folder, name));
    }
  }
}

function foldersOf({ memory, tasks, cpu }: GroupPlace): readonly string[] {
  return [...new Set([memory, tasks, ...(cpu === undefined ? [] : [cpu])])];
}
