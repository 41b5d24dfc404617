/**
 * A process that leaves its group (setsid, a daemon) outlives the kill of the group, but keeps the
 * environment it was started with: the folder of its rollout names it. One that also clears its
 * environment escapes; holding that one needs the jail's process namespace.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** A killed process may have forked a moment before: look again until nothing is found. */
const MAX_ROUNDS = 10;

/** Kills every process whose environment holds `mark` (`NAME=value`, unique to one rollout). */
export function killStrays(mark: string): void {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const strays = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && carries(name, mark));
    for (const pid of strays) kill(Number(pid));
    if (strays.length === 0) return;
  }
}

/** Other people's processes cannot be read, ended ones have nothing to read: neither is ours. */
function carries(pid: string, mark: string): boolean {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'utf8')}`.includes(`\0${mark}\0`);
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
