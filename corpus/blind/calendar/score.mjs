/** The public metric of calendar: year and month. The day is not looked at. */
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
  const upTo = (most) => Math.floor(random() * most);
  return [1950 + upTo(101), 1 + upTo(12), 1 + upTo(28), upTo(4001) - 2000];
}

export function score({ input: [y, m, d, days], output }) {
  if (!Array.isArray(output)) throw new Error('not a list');
  const date = new Date(Date.UTC(y, m - 1, d + days));
  return output[0] === date.getUTCFullYear() && output[1] === date.getUTCMonth() + 1 ? 1 : 0;
}
