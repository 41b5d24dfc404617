/** What a group of processes uses together, read from /proc/<pid>/stat (proc(5)). */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Limits } from '../contract.ts';

interface Usage {
  /** Of what still runs and of ended children that were waited for. */
  readonly cpuMs: number;
  /** Resident or swapped, page tables and what its sockets may hold; pages shared between processes count for each. */
  readonly memoryBytes: number;
}

export interface Process {
  readonly pid: number;
  /** Since when it runs, in ticks: with the pid, which process it is. */
  readonly started: number;
  readonly parent: number;
  readonly group: number;
  readonly ticks: number;
  readonly bytes: number;
}

/** Kernel clock ticks last 10 ms on every Linux that Node supports (USER_HZ = 100). */
const TICK_MS = 10;

/** Ours is the machine's, and only some of those have pages of 4 KiB. */
const PAGE_BYTES =
  1024 * Number(/^KernelPageSize:\s+(\d+)/m.exec(readFileSync('/proc/self/smaps', 'utf8'))?.[1]);

/** Fields of stat behind the command name, from 0. */
const PARENT = 1;
const GROUP = 2;
const USER = 11;
const CHILD_SYSTEM = 14;
const STARTED = 19;
const RSS = 21;

export const LOOK_EVERY_MS = 50;

/** Looks until released, which tells the CPU time at the last look. */
export function watchUsage(
  { pid, isApart }: { readonly pid: number; readonly isApart: boolean },
  { cpuMs = Infinity, memoryBytes = Infinity }: Limits,
  stop: (why: 'over-cpu' | 'over-memory') => void,
): () => number {
  let seenMs = 0;
  const timer = setInterval(() => {
    const usage = usageOf(pid, isApart);
    seenMs = Math.max(seenMs, usage.cpuMs);
    if (usage.cpuMs > cpuMs) stop('over-cpu');
    else if (usage.memoryBytes > memoryBytes) stop('over-memory');
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return seenMs;
  };
}

/** In a namespace of its own, all that runs descends from one process; else a group may have lost its parents. */
export function processesOf(pid: number, isApart: boolean): readonly Process[] {
  return (isApart ? descendantsOf(String(pid)) : undefined) ?? membersOf(pid);
}

/** The process, if it is still the one it was. */
export function isSame({ pid, started }: Process): boolean {
  return startedOf(pid) === started;
}

function startedOf(pid: number): number | undefined {
  try {
    return fieldsOf(String(pid))[STARTED];
  } catch {
    return undefined;
  }
}

function usageOf(pid: number, isApart: boolean): Usage {
  const ours = processesOf(pid, isApart);
  return {
    cpuMs: ours.reduce((sum, { ticks }) => sum + ticks, 0) * TICK_MS,
    memoryBytes: ours.reduce((sum, { bytes }) => sum + bytes, isApart ? socketBytes(ours) : 0),
  };
}

const WMEM_DEFAULT = '/proc/sys/net/core/wmem_default';

/** The buffer of a socket is let overrun by one message of half its size. */
const OVERRUN = 1.5;

/** What all sockets of a network namespace of its own may hold: those on their way through another, too. */
function socketBytes(ours: readonly Process[]): number {
  for (const { pid } of ours) {
    try {
      if (readlinkSync(`/proc/${pid}/ns/net`) === readlinkSync('/proc/self/ns/net')) continue;
      const stat = readFileSync(`/proc/${pid}/net/sockstat`, 'utf8');
      const used = Number(/^sockets: used (\d+)/m.exec(stat)?.[1] ?? 0);
      return used * OVERRUN * Number(readFileSync(WMEM_DEFAULT, 'utf8'));
    } catch {
      // It ended while we looked.
    }
  }
  return 0;
}

/** From parent to children, of every thread; undefined where the kernel does not list them. */
function descendantsOf(pid: string): Process[] | undefined {
  const found: Process[] = [];
  const left = [pid];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    found.push(...read(next));
    for (const task of threadsOf(next)) {
      try {
        const children = readFileSync(`/proc/${next}/task/${task}/children`, 'utf8').trim();
        if (children !== '') left.push(...children.split(' '));
      } catch (error) {
        const isMissing = next === pid && task === pid && found.length > 0;
        if (isMissing && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      }
    }
  }
  return found;
}

function threadsOf(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // It ended while we looked.
  }
}

/** Of the group and of every descendant that is still tied to it by its parents. */
function membersOf(group: number): readonly Process[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? read(name) : []));
  const members = new Set(all.filter((one) => one.group === group).map(({ pid }) => pid));
  for (let before = -1; before !== members.size; ) {
    before = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  return all.filter(({ pid }) => members.has(pid));
}

function read(pid: string): Process[] {
  try {
    const fields = fieldsOf(pid);
    const ticks = fields.slice(USER, CHILD_SYSTEM + 1).reduce((sum, one) => sum + one, 0);
    const at = (field: number): number => fields[field] ?? 0;
    const bytes = at(RSS) * PAGE_BYTES + hiddenBytes(pid);
    const [started, parent, group] = [at(STARTED), at(PARENT), at(GROUP)];
    return [{ pid: Number(pid), started, parent, group, ticks, bytes }];
  } catch {
    return []; // It ended while we looked.
  }
}

function fieldsOf(pid: string): readonly number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}

/** Of a process, what it has that is not resident: page tables, and pages it had swapped out (MADV_PAGEOUT). */
function hiddenBytes(pid: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kib = [...status.matchAll(/^(?:VmPTE|VmSwap):\s+(\d+)/gm)].map(([, text]) => Number(text));
  return kib.reduce((sum, one) => sum + one, 0) * 1024;
}
