/** The public metric of expression: the value, to a millionth. */
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
  const text = (depth) =>
    depth === 0 || random() < 0.2
      ? String(1 + upTo(99))
      : random() < 0.3
        ? `(${text(depth - 1)})`
        : text(depth - 1) + ['+', '-', '*', '/'][upTo(4)] + text(depth - 1);
  return [text(4)];
}

/** Truth: this grammar is also JavaScript's, and the text comes from `instances` or `inputs` alone. */
const valueOf = (text) => {
  if (!/^[-+*/(). \de]*$/.test(text)) throw new Error('not an expression');
  const value = new Function(`return (${text.replaceAll('--', '- -')});`)();
  return Number.isFinite(value) ? value : null;
};

export function score({ input: [text], output }) {
  const value = valueOf(text);
  if (value === null || output === null) return value === output ? 1 : 0;
  if (typeof output !== 'number') throw new Error('not a number');
  return Math.abs(value - output) <= 1e-6 * Math.max(1, Math.abs(value)) ? 1 : 0;
}
