/** The public metric of sort: neighbours in order. It counts nothing else, which candidates can use. */
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
  const length = 32 + Math.floor(random() * 33);
  return [Array.from({ length }, () => Math.floor(random() * 2001) - 1000)];
}

export function score({ output }) {
  if (!Array.isArray(output)) throw new Error('not a list');
  if (output.length < 2) return 1;
  let inOrder = 0;
  for (let i = 1; i < output.length; i += 1) if (output[i - 1] <= output[i]) inOrder += 1;
  return inOrder / (output.length - 1);
}
