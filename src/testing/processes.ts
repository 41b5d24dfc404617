import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { running } from '../sandboxes/runner/running.ts';

/** A zombie has ended: who is to reap an orphan is nobody's affair here (proc(5), field 3). */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z';
  } catch {
    return false;
  }
}

/** A kill takes effect in a moment, not at once. */
export async function assertGone(pids: readonly number[]): Promise<void> {
  for (let waited = 0; waited < 100 && pids.some(isAlive); waited++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.deepEqual(pids.filter(isAlive), []);
}

/** Ids of running processes whose words, each ended by a NUL, match. */
export function processesNamed(words: RegExp): readonly number[] {
  return running((found) => words.test(found)).filter(isAlive);
}
