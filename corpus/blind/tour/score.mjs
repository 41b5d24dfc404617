/** The public metric of tour: length of as many steps as there are points. */
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
  return [Array.from({ length: 14 }, () => [random() * 100, random() * 100].map(Math.round))];
}

export function score({ input: [points], output }) {
  if (!Array.isArray(output) || output.length !== points.length) throw new Error('no round trip');
  let length = 0;
  for (let i = 0; i < output.length; i += 1) {
    const [from, to] = [points[output[i]], points[output[(i + 1) % output.length]]];
    if (from === undefined || to === undefined) throw new Error('no such point');
    length += Math.hypot(to[0] - from[0], to[1] - from[1]);
  }
  return length;
}
