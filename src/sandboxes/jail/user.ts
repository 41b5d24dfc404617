/** The user a jailed program is: when we are root one that owns nothing, and another for each run. */
import { readFileSync } from 'node:fs';

/** Far above what is given to people and services. */
const PREFERRED_FIRST = 1_900_000_000;
const USERS = 1000;

/** Ids used one after the other, so that no two runs at once are one user; undefined: ours. */
export function jailUsers(): () => number | undefined {
  if (process.getuid?.() !== 0) return () => undefined;
  const first = firstOf(readFileSync('/proc/self/uid_map', 'utf8'));
  if (first === undefined) return () => undefined;
  const offset = process.pid % USERS;
  let used = 0;
  return () => first + ((offset + used++) % USERS);
}

/** In a container with few users the last of them; undefined with fewer: its root is somebody's own user. */
export function firstOf(uidMap: string): number | undefined {
  const ranges = uidMap
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([first = 0, , count = 0]) => ({ first, last: first + count - 1 }));
  const holds = (id: number): boolean =>
    ranges.some(({ first, last }) => first <= id && id + USERS - 1 <= last);
  if (holds(PREFERRED_FIRST)) return PREFERRED_FIRST;
  const last = ranges.map((range) => range.last - USERS + 1).filter(holds);
  return last.length === 0 ? undefined : Math.max(...last);
}
