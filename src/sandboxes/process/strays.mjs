/**
 * Processes that outlive their run: they left their group (setsid, a daemon), or paceline itself was
 * killed without warning. They keep the environment they were started with, and PACELINE_RUN in it.
 * One that also clears its environment escapes; holding that one needs the jail's process namespace.
 * Plain JavaScript because the leash, a process of its own, runs it too.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** A killed process may have forked a moment before: look again until nothing is found. */
const MAX_ROUNDS = 10;

/** Kills every process of the runs whose mark starts with `prefix`. */
export function killStrays(prefix) {
  const mark = `\0PACELINE_RUN=${prefix}`;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const strays = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && carries(name, mark));
    for (const pid of strays) kill(Number(pid));
    if (strays.length === 0) return;
  }
}

/** Kills a process or, by its negative number, a group. */
export function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** Other people's processes cannot be read, ended ones have nothing to read: neither is ours. */
function carries(pid, mark) {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'utf8')}`.includes(mark);
  } catch {
    return false;
  }
}
