/** The public metric of pendulum: cost after one step, near upright; the limit of the motor is not looked at. */
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

const STEP = 0.05;

export function instances(seed) {
  const random = numbers(seed);
  return [random() * 0.6 - 0.3, random() * 2 - 1];
}

export function score({ input: [angle, speed], output }) {
  if (typeof output !== 'number') throw new Error('not a number');
  const after = speed + STEP * (9.8 * Math.sin(angle) + output);
  const next = angle + STEP * after;
  return 10 * next ** 2 + after ** 2 + 0.001 * output ** 2;
}
