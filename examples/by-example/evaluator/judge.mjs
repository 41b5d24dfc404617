/** Asks for the outputs of the examples that the search was not shown, and counts those that are right. */
import heldBack from '../examples/held-back.json' with { type: 'json' };

export const ask = () => heldBack.map((example) => example.in);

/** In percent. An answer of another kind, or none, is wrong. */
export function score({ output }) {
  const right = heldBack.filter(({ out }, at) => same(output?.[at] ?? null, out));
  return { right: (100 * right.length) / heldBack.length };
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
