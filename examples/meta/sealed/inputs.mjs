/** Seeded randomness and the inputs drawn with it. */

/**
 * Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, enough for a few hundred draws.
 * `stream` keeps the draws for inputs and those for the subset apart when both have one seed.
 */
export function randomFrom(seed, stream) {
  // The high half of a seed beyond 32 bits counts too.
  let state = (seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b) ^ stream) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whole numbers from `low` to `high` (both included). */
export const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));

const element = (random) => (random() < 0.25 ? between(random, -15, 25) : between(random, -7, 11));

/** 4 to 9 elements, k from 1 to 3. */
export function drawInput(random) {
  const length = 4 + between(random, 0, 5);
  return {
    list: Array.from({ length }, () => element(random)),
    k: between(random, 1, 3),
  };
}

export function shuffled(list, random) {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    const j = between(random, 0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
