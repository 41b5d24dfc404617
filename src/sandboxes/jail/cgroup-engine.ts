/**
 * A group of version 2 for this engine, below which those of its runs are made: `paceline-PID-START-…`, and in
 * it `engine` for the engine itself where it stood in the way. The kernel takes controllers away from no
 * group of which a child hands them on, so that an engine that ends never lifts the limits of another.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Home, homeIn, lentIn, NEEDED } from './cgroup-home.ts';
import {
  ASIDE,
  abandonedIn,
  foldersIn,
  leave,
  move,
  pause,
  quietly,
  removeEngine,
  type Settled,
  TRIES,
} from './cgroup-leave.ts';
import type { GroupPlace, OwnGroup } from './cgroup-place.ts';
import { asker, engineTree, processesIn, startOf, treeSeen, wordsIn } from './cgroup-read.ts';
import { noHomeText } from './cgroup-remedy.ts';

let place: GroupPlace | undefined;

/** The same for the whole of a process; taken away at its exit, and after a kill by whoever comes next. */
export function enginePlace(found: OwnGroup): GroupPlace | string {
  if (place !== undefined) return place;
  const home = homeIn(treeSeen(found));
  if (typeof home === 'string') return noHomeText(home, asker(found));
  const settled = settledIn(home);
  try {
    abandonedIn(home.folder).forEach(removeEngine);
    mkdirSync(settled.own);
    const why = settle(home, settled.own);
    if (why !== undefined) {
      leave(settled);
      return noHomeText(why, asker(found));
    }
  } catch (error) {
    leave(settled);
    return `no control group can be made (${(error as NodeJS.ErrnoException).code})`;
  }
  process.once('exit', () => void quietly(() => leave(settled)));
  place = { version: 2, memory: settled.own, tasks: settled.own, cpu: settled.own };
  return place;
}

function settledIn({ folder }: Home): Settled {
  // In this order: another that leaves in between is still heard.
  const beside = foldersIn(folder);
  const lent = lentIn(wordsIn(join(folder, 'cgroup.subtree_control')), beside);
  const name = ['paceline', process.pid, startOf('self'), ...lent].join('-');
  return { folder, own: join(folder, name), lent };
}

/** Again for as long as a process is still being forked, or another engine has just left. */
function settle({ folder, isHeld }: Home, own: string): 'foreign' | undefined {
  for (let left = TRIES; ; left--) {
    if (isHeld && !isMovedAside(folder, join(own, ASIDE))) return 'foreign';
    try {
      handOn(folder);
      handOn(own);
      return undefined;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (left === 0 || !['EBUSY', 'ENOENT'].includes(code)) throw error;
      pause();
    }
  }
}

/** Whether all that the folder holds was ours, and now is in the other. */
function isMovedAside(folder: string, aside: string): boolean {
  const held = processesIn(folder);
  const ours = engineTree();
  // One that has ended since is nobody's.
  if (held.some((pid) => !ours.has(pid) && (pid === 0 || startOf(pid) !== undefined))) return false;
  mkdirSync(aside, { recursive: true });
  for (const pid of held) move(pid, aside);
  return true;
}

function handOn(folder: string): void {
  const control = join(folder, 'cgroup.subtree_control');
  writeFileSync(control, NEEDED.map((name) => `+${name}`).join(' '));
  quietly(() => writeFileSync(control, '+cpu'));
}
