/** Takes the group of an engine away: its own at its exit, and those of engines that were killed. */
import { existsSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE, WANTED } from './cgroup-home.ts';
import { engineTree, processesIn, startOf, wordsIn } from './cgroup-read.ts';

export interface Settled {
  /** In which the groups of engines are. */
  readonly folder: string;
  readonly own: string;
  /** Controllers that the folder hands on because of engines, and no longer than they need them. */
  readonly lent: readonly string[];
}

/** Where the engine itself is, in its own group, if it was moved. */
export const ASIDE = 'engine';

export const TRIES = 100;
const BETWEEN_TRIES_MS = 10;

/** As it was before, unless another engine is at work there: then whoever is the last does it. */
export function leave({ folder, own, lent }: Settled): void {
  removeEngine(own);
  const left = [own, ...abandonedIn(folder)].filter((engine) => existsSync(engine));
  for (const engine of left) handedOff(engine, WANTED);
  if (!handedOff(folder, lent)) return;
  const ours = engineTree();
  for (const engine of left) {
    for (const pid of processesIn(join(engine, ASIDE))) {
      if (ours.has(pid)) quietly(() => move(pid, folder));
    }
    removeEngine(engine);
  }
}

/** Whether they are taken back: not from a group of which a child hands them on. */
function handedOff(folder: string, names: readonly string[]): boolean {
  const control = join(folder, 'cgroup.subtree_control');
  const on = wordsIn(control).filter((name) => names.includes(name));
  const words = on.map((name) => `-${name}`).join(' ');
  return words === '' || quietly(() => writeFileSync(control, words));
}

/** Of engines that are gone, and seen to be: not those of another process namespace. */
export function abandonedIn(folder: string): readonly string[] {
  return foldersIn(folder).flatMap((name) => {
    const [, pid = '', start] = ENGINE.exec(name) ?? [];
    if (start === undefined || startOf(pid) === start) return [];
    const engine = join(folder, name);
    return processesIn(join(engine, ASIDE)).includes(0) ? [] : [engine];
  });
}

/** Its runs, ended if they still run, and itself unless something of it was started to stay. */
export function removeEngine(engine: string): void {
  const names = foldersIn(engine).filter((name) => name !== ASIDE);
  for (const name of names) removeRun(join(engine, name));
  quietly(() => rmdirSync(join(engine, ASIDE)));
  quietly(() => rmdirSync(engine));
}

function removeRun(folder: string): void {
  const kill = join(folder, 'cgroup.kill');
  if (!processesIn(folder).includes(0)) quietly(() => writeFileSync(kill, '1', { flag: 'r+' }));
  for (let left = TRIES; left > 0 && !quietly(() => rmdirSync(folder)); left--) pause();
}

/** Folders alone: the files of a group are the kernel's. */
export function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

export function move(pid: number, folder: string): void {
  try {
    writeFileSync(join(folder, 'cgroup.procs'), `${pid}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BETWEEN_TRIES_MS);
}

/** Whether it was done. */
export function quietly(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
