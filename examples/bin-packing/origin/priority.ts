/**
 * Best fit: the open bin that the item fills most; a new one only if none has room.
 */

export function priority(item: number, slack: number): number {
  return finite(-slack);
}

export function openNew(item: number): number {
  return -1000000000;
}

/** NaN becomes 0, overflow stops at 1e300. */
function finite(v: number): number {
  return Number.isNaN(v) ? 0 : Math.max(-1e300, Math.min(1e300, v));
}
