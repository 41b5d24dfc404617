/**
 * Processes that outlive their rollout: they left their group (setsid, a daemon), or paceline itself
 * was killed without warning. They keep the environment they were started with, which names the
 * folder of the rollout. One that also clears its environment escapes; holding that one needs the
 * jail's process namespace.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A killed process may have forked a moment before: look again until nothing is found. */
const MAX_ROUNDS = 10;

/** Kills every process whose candidate lies below `folder`: that of one rollout, or of all of a study. */
export function killStrays(folder: string): void {
  const mark = `\0PACELINE_CANDIDATE=${resolve(folder)}/`;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const strays = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && carries(name, mark));
    for (const pid of strays) kill(Number(pid));
    if (strays.length === 0) return;
  }
}

/** Other people's processes cannot be read, ended ones have nothing to read: neither is ours. */
function carries(pid: string, mark: string): boolean {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'utf8')}`.includes(mark);
  } catch {
    return false;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
