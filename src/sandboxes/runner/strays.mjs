/**
 * Processes that outlive their run: they left their group (setsid, a daemon), or paceline itself was
 * killed without warning. They keep the environment they were started with, and PACELINE_RUN in it.
 * One that also clears its environment escapes; holding that one needs the jail's process namespace.
 * Plain JavaScript because the leash, a process of its own, runs it too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Looks taken until one finds nothing: a killed process may have forked a moment before, and one that
 * is between two programs (execve) shows no environment yet. At most about 200 ms.
 */
const MAX_LOOKS = 100;
const BETWEEN_LOOKS_MS = 2;

/** A process that shows no environment for longer than this after its start never had one. */
const YOUNG_S = 2;

/**
 * Kills every process of the runs whose mark starts with `prefix`. Of a jail the first process shows the
 * mark until it ends, and takes the others with it before it is gone: that is waited for, and no process
 * without an environment. One in another jail could show none for as long as it likes, and we would stand
 * still at every end of a run.
 *
 * @returns how often it looked.
 */
export function killStrays(prefix, { isJailed = false } = {}) {
  let looks = 0;
  while (looks++ < MAX_LOOKS) {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    if (all.filter((pid) => isLeft(pid, { prefix, isJailed })).length === 0) break;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BETWEEN_LOOKS_MS);
  }
  return looks;
}

/**
 * The same of one jail whose first process is known: to read what all processes of the machine were started
 * with takes as long as to answer hundreds of inputs, and while it waits nobody else has to.
 *
 * @returns how often it looked.
 */
export async function killJail(first, prefix) {
  let looks = 0;
  while (looks++ < MAX_LOOKS && isLeft(String(first), { prefix, isJailed: true })) {
    await sleep(BETWEEN_LOOKS_MS);
  }
  return looks;
}

/** Kills one that is of the runs. */
function isLeft(pid, { prefix, isJailed }) {
  const environment = environmentOf(pid);
  if (!`\0${environment}`.includes(`\0PACELINE_RUN=${prefix}`)) {
    return isJailed ? isEndingJail(pid) : environment === '' && isStarting(pid);
  }
  kill(Number(pid));
  return true;
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
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return 'not readable';
  }
}

/** Set in the flags of a process that ends (linux/sched.h). */
const ENDING = 0x4;

/** The first process of a namespace that ends, while the others in it may still run. */
function isEndingJail(pid) {
  try {
    const fields = fieldsOf(pid);
    if ('ZX'.includes(fields[STATE]) || (Number(fields[FLAGS]) & ENDING) === 0) return false;
    return /^NSpid:.*\t1$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function fieldsOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Fields behind the command name in /proc/<pid>/stat, from 0 (proc(5)). */
const STATE = 0;
const PARENT = 1;
const FLAGS = 6;
const START_TICKS = 19;
const TICKS_PER_S = 100;
/** Parent of the kernel's own threads, which never have an environment. */
const KERNEL_PARENT = '2';

function isStarting(pid) {
  try {
    const fields = fieldsOf(pid);
    if ('ZX'.includes(fields[STATE]) || fields[PARENT] === KERNEL_PARENT) return false;
    const [uptime] = readFileSync('/proc/uptime', 'utf8').split(' ');
    return Number(uptime) - Number(fields[START_TICKS]) / TICKS_PER_S < YOUNG_S;
  } catch {
    return false;
  }
}
