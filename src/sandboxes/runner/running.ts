/** Processes of this machine by the words they were started with (proc(5), cmdline). */
import { readdirSync, readFileSync } from 'node:fs';

/** Their ids; `matches` gets the words, each ended by a NUL. */
export function running(matches: (words: string) => boolean): readonly number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.filter((pid) => matches(wordsOf(pid))).map(Number);
}

function wordsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // It has ended.
  }
}
