/**
 * A set of text keys as 64-bit hashes in an open-addressing table: 17 MB at a million keys where a
 * Set of strings takes 123 MB. One false "seen" in about 2.7e-8 at that size, and it only skips a
 * trial. Plain data (typed array and numbers), so it can be part of a snapshot.
 */
export interface KeySet {
  size: number;
  /** Pairs of words; (0, 0) is an empty cell. Length is twice a power of two. */
  cells: Uint32Array;
}

const FIRST_CELLS = 1024;
const MAX_LOAD = 0.6;

export function newKeySet(): KeySet {
  return { size: 0, cells: new Uint32Array(FIRST_CELLS * 2) };
}

/** Two lanes of multiply–xor over the code units (cyrb53's mixing). */
function words(key: string): readonly [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [a >>> 0, b >>> 0 || 1];
}

function locate(cells: Uint32Array, low: number, high: number): number {
  const mask = cells.length / 2 - 1;
  for (let at = low & mask; ; at = (at + 1) & mask) {
    const cellLow = cells[at * 2];
    const cellHigh = cells[at * 2 + 1];
    if ((cellLow === 0 && cellHigh === 0) || (cellLow === low && cellHigh === high)) return at;
  }
}

export function hasKey(set: Readonly<KeySet>, key: string): boolean {
  const [low, high] = words(key);
  return set.cells[locate(set.cells, low, high) * 2 + 1] !== 0;
}

export function addKey(set: KeySet, key: string): void {
  const [low, high] = words(key);
  const at = locate(set.cells, low, high);
  if (set.cells[at * 2 + 1] !== 0) return;
  set.cells[at * 2] = low;
  set.cells[at * 2 + 1] = high;
  set.size += 1;
  if (set.size > MAX_LOAD * (set.cells.length / 2)) grow(set);
}

/** What was behind it in its run moves up, so that no search ends at the gap. */
export function removeKey(set: KeySet, key: string): void {
  const { cells } = set;
  const mask = cells.length / 2 - 1;
  let gap = locate(cells, ...words(key));
  if (cells[gap * 2 + 1] === 0) return;
  for (let at = (gap + 1) & mask; cells[at * 2 + 1] !== 0; at = (at + 1) & mask) {
    const home = (cells[at * 2] ?? 0) & mask;
    if (((at - home) & mask) < ((at - gap) & mask)) continue;
    cells.copyWithin(gap * 2, at * 2, at * 2 + 2);
    gap = at;
  }
  cells.fill(0, gap * 2, gap * 2 + 2);
  set.size -= 1;
}

function grow(set: KeySet): void {
  const larger = new Uint32Array(set.cells.length * 2);
  for (let i = 0; i < set.cells.length; i += 2) {
    const low = set.cells[i] ?? 0;
    const high = set.cells[i + 1] ?? 0;
    if (high === 0) continue;
    const at = locate(larger, low, high);
    larger[at * 2] = low;
    larger[at * 2 + 1] = high;
  }
  set.cells = larger;
}
