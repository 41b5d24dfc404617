/** The public metric of drag: absolute error against the wind tunnel, at moderate speeds and angles. */
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
  const tenth = (value) => Math.round(value * 10) / 10;
  return [tenth(5 + random() * 35), tenth(random() * 20 - 10), Math.round(random() * 500)];
}

export function score({ input: [speed, angle, load], output }) {
  if (typeof output !== 'number') throw new Error('not a number');
  const truth = (0.42 + 0.0006 * angle ** 2) * speed ** 2 + 0.08 * load * Math.sqrt(1 + speed / 20);
  return Math.abs(output - truth);
}
