/** The public metric of fare: absolute error on short rides. */
/** mulberry32: numbers from 0, included, to 1, excluded. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function instances(seed) {
  const random = numbers(seed);
  const between = (low, high) => Math.round(low + random() * (high - low));
  return [between(10, 300) / 10, between(2, 60), between(0, 30) / 10];
}

export function score({ input: [distance, duration, demand], output }) {
  if (typeof output !== 'number') throw new Error('not a number');
  return Math.abs(output - (4 + 1.6 * distance + 0.35 * duration * (1 + 0.2 * demand)));
}
