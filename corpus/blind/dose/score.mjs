/** The public metric of dose: absolute error for adults of usual weight. */
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
  return [between(40, 100), between(18, 70), between(0, 50) / 10];
}

export function score({ input: [weight, age, level], output }) {
  if (typeof output !== 'number') throw new Error('not a number');
  const truth = 2.2 * weight * (1 - 0.06 * level) * (1 - 0.004 * Math.max(0, age - 60));
  return Math.abs(output - truth);
}
