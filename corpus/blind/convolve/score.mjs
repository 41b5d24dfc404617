/** Whether an answer is right: what is measured is the time, which the evaluator takes. */
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

/** A prime below 2²⁶: products of two remainders are exact. */
const PRIME = 67_108_859;
const POINTS = [2, 31_337, 5_550_123, 61_234_567];

export function instances(seed) {
  const random = numbers(seed);
  const list = () =>
    Array.from({ length: 900 + Math.floor(random() * 201) }, () => Math.floor(random() * 100));
  return [list(), list()];
}

/** The product is compared at a few points, modulo a prime. */
export function score({ input: [a, b], output }) {
  if (!Array.isArray(output)) throw new Error('not a list');
  if (output.length !== a.length + b.length - 1) throw new Error('not of the right degree');
  for (const x of POINTS) {
    if (at(output, x) !== (at(a, x) * at(b, x)) % PRIME) throw new Error(`wrong at ${x}`);
  }
  return 1;
}

function at(list, x) {
  let sum = 0;
  for (let i = 0; i < list.length; i += 1) sum = (sum * x + +list[i]) % PRIME;
  return sum;
}
