/** 16,384 points of a surface with noise of the case's seed, and how far a program is from it, in tables. */

const POINTS = 16_384;
const NAMES = ['x', 'y', 'z'];
const NOISE = 0.3;

/** mulberry32: numbers in [0, 1) from a 32-bit seed. */
function stream(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = stream(20261128);
const columns = Object.fromEntries(
  NAMES.map((name) => [name, Float64Array.from({ length: POINTS }, () => next() * 6 - 3)]),
);

export const rows = { value: columns };
export const points = Array.from({ length: POINTS }, (_, i) =>
  NAMES.map((name) => columns[name][i]),
);

const smooth = points.map(([x, y, z]) => Math.abs(x) + 0.5 * x * y - Math.sin(z) * 2);

const KEPT = 64;
const kept = new Map();

/** What the points of a case say. */
export function heard(seed) {
  const known = kept.get(seed);
  if (known !== undefined) return known;
  const noise = stream(seed);
  const made = Float64Array.from(smooth, (one) => one + (noise() - noise()) * NOISE);
  if (kept.size >= KEPT) kept.clear();
  kept.set(seed, made);
  return made;
}

export function score({ value }, seed) {
  const wanted = heard(seed);
  let sum = 0;
  for (let i = 0; i < POINTS; i++) sum += Math.abs(value[i] - wanted[i]);
  return { distance: sum / POINTS };
}
