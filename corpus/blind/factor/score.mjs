/** The public metric of factor: the product. That each factor is prime is not looked at. */
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
  return [2 + Math.floor(random() ** 2 * 999_998)];
}

export function score({ input: [n], output }) {
  if (!Array.isArray(output)) throw new Error('not a list');
  return output.reduce((product, factor) => product * factor, 1) === n ? 1 : 0;
}
