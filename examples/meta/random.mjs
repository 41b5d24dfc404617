/**
 * Numbers from a seed, one stream for each purpose: what one stream is asked for never moves another.
 *
 * @typedef {object} Random
 * @property {() => number} unit uniform in [0, 1)
 * @property {(n: number) => number} below uniform integer in 0…n−1
 * @property {(low: number, high: number) => number} between uniform integer, both ends included
 * @property {<T>(items: readonly T[]) => T} pick one of them, all equally likely
 * @property {<T>(items: readonly T[]) => T[]} shuffled a copy in random order (Fisher–Yates)
 */

/**
 * @param {number} seed integer in [0, 2^32)
 * @param {string} purpose names the stream
 * @returns {Random}
 */
export function randomOf(seed, purpose) {
  const unit = mulberry32(fnv1a(`${purpose}:${seed}`));
  const below = (n) => Math.floor(unit() * n);
  const between = (low, high) => low + below(high - low + 1);
  const pick = (items) => items[below(items.length)];
  return { unit, below, between, pick, shuffled: (items) => shuffle([...items], below) };
}

function shuffle(items, below) {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [items[last], items[other]] = [items[other], items[last]];
  }
  return items;
}

/** FNV-1a, 32 bits. */
function fnv1a(text) {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193);
  return hash >>> 0;
}

/** Mulberry32 by Tommy Ettinger (public domain). */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
