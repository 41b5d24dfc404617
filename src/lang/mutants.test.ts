import { expect, test } from 'vitest';
import { encodeForest } from './codec.ts';
import { apply, constant, variable } from './forest.ts';
import { forestMutants } from './mutants.ts';

const vocabulary = { slots: [{ name: 'score', inputs: ['a', 'b'], result: 'real' as const }] };

test('each node of a forest is mutated, one at a time, into a valid forest', () => {
  const [a, b] = [variable('a'), variable('b')];
  const tree = apply('if', [
    apply('lt', [a, constant(2)]),
    apply('neg', [b]),
    apply('min', [a, b]),
  ]);
  const text = encodeForest({ slots: { score: tree } });
  const made = forestMutants(text, vocabulary);
  expect(made.map(({ what }) => what)).toMatchInlineSnapshot(`
    [
      "score, node 0: the branches of if exchanged",
      "score, node 1: le for lt",
      "score, node 2: b for a",
      "score, node 3: 3 for 2",
      "score, node 3: 0 for 2",
      "score, node 4: nothing for neg",
      "score, node 5: a for b",
      "score, node 6: max for min",
      "score, node 7: b for a",
      "score, node 8: a for b",
    ]
  `);
  expect(new Set([text, ...made.map((one) => one.text)]).size).toBe(made.length + 1);
  for (const one of made) expect(forestMutants(one.text, vocabulary).length).toBeGreaterThan(0);
});
