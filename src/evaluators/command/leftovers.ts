/**
 * Evaluator processes outlive a parent that was killed without warning. Each leaves its number and
 * start time beside its rollout, so that whoever holds the study next can end it: a number that was
 * given to another process meanwhile has another start time.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROCESS_FILE = 'process';

/** Notes the leader of a process group in the folder of its rollout. */
export function noteProcess(folder: string, pid: number): void {
  const started = startTime(pid);
  if (started !== undefined) writeFileSync(join(folder, PROCESS_FILE), `${pid} ${started}`);
}

/** Ends every group still alive of the rollouts below `directory`. @returns how many there were. */
export function killLeftovers(directory: string): number {
  if (!existsSync(directory)) return 0;
  return readdirSync(directory).filter((rollout) => killNoted(join(directory, rollout))).length;
}

function killNoted(folder: string): boolean {
  const file = join(folder, PROCESS_FILE);
  if (!existsSync(file)) return false;
  const [pid = '', started] = readFileSync(file, 'utf8').split(' ');
  if (started === undefined || startTime(Number(pid)) !== started) return false;
  try {
    process.kill(-Number(pid), 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/** Fields of /proc/PID/stat after the name, which may hold blanks itself; the 20th is the start. */
const START_FIELD = 19;

function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_FIELD];
  } catch {
    return undefined;
  }
}
