/** The public metric of integrate: the absolute error, on slow waves over short ranges. */
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
  const tenths = (min, max) => Math.round((min + random() * (max - min)) * 10) / 10;
  const waves = Array.from({ length: 1 + Math.floor(random() * 3) }, () => [
    tenths(0.1, 3),
    tenths(0.2, 1.5),
    tenths(0, 3),
  ]);
  return [waves, 0, tenths(1, 3)];
}

const truth = (waves, a, b) =>
  waves.reduce(
    (sum, [height, frequency, phase]) =>
      sum +
      (frequency === 0
        ? height * Math.sin(phase) * (b - a)
        : (height * (Math.cos(frequency * a + phase) - Math.cos(frequency * b + phase))) /
          frequency),
    0,
  );

export function score({ input: [waves, a, b], output }) {
  if (typeof output !== 'number') throw new Error('not a number');
  return Math.abs(output - truth(waves, a, b));
}
