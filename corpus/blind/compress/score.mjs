/** The public metric of compress: cost per character of tokens that decode to a text as long. */
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

const WORDS = ['the', 'loop', 'gate', 'gain', 'claim', 'of', 'a', 'jail', 'proof', 'pace'];

export function instances(seed) {
  const random = numbers(seed);
  const words = Array.from({ length: 24 }, () => WORDS[Math.floor(random() * WORDS.length)]);
  return [words.join(' ')];
}

export function score({ input: [text], output }) {
  if (!Array.isArray(output)) throw new Error('not a list');
  let cost = 0;
  let length = 0;
  for (const token of output) {
    if (typeof token !== 'string' && !(Array.isArray(token) && token[0] <= length)) {
      throw new Error('repeats what is not there');
    }
    cost += typeof token === 'string' ? token.length : 2;
    length += typeof token === 'string' ? token.length : token[1];
  }
  if (length !== text.length) throw new Error('another length');
  return length === 0 ? 0 : cost / length;
}
