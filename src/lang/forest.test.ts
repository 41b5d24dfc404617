import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forestArbitrary, SAMPLE_VOCABULARY } from '../testing/forest-arbitrary.ts';
import type { Forest, Node } from './forest.ts';
import {
  apply,
  checkForest,
  constant,
  depth,
  mapNodes,
  nodeAt,
  nodeCount,
  parametersOf,
  positions,
  replaceAt,
  roundParameters,
  treeSize,
  typeOf,
  variable,
  withParameters,
} from './forest.ts';
import type { Vocabulary } from './vocabulary.ts';

const ONE: Vocabulary = { slots: [{ name: 'priority', inputs: ['item'], result: 'real' }] };
const ITEM = variable('item');

function one(tree: Node): Forest {
  return { slots: { priority: tree } };
}

test('parameters written back change nothing; other numbers land where they were read', () => {
  fc.assert(
    fc.property(forestArbitrary(), (forest) => {
      const values = parametersOf(forest);
      expect(withParameters(forest, values)).toEqual(forest);
      const others = Float64Array.from(values, (_, i) => i);
      expect(parametersOf(withParameters(forest, others))).toEqual([...others]);
      expect(nodeCount(withParameters(forest, others))).toBe(nodeCount(forest));
    }),
  );
});

test('parameters come slot by slot in sorted order, a table before its arguments', () => {
  const grid: Node = { op: 'grid', x: constant(5), y: ITEM, xs: [0, 1], ys: [0], z: [3, 4] };
  const forest = { slots: { b: apply('+', [constant(1), constant(2)]), a: grid } };
  expect(parametersOf(forest)).toEqual([3, 4, 5, 1, 2]);
});

test('withParameters refuses a wrong count and anything not finite', () => {
  const forest = one(constant(1));
  expect(() => withParameters(forest, [])).toThrow(/parameter 0/);
  expect(() => withParameters(forest, [1, 2])).toThrow(/2 values for 1 parameters/);
  expect(() => withParameters(forest, [Number.NaN])).toThrow(/not finite/);
  expect(() => withParameters(forest, [1e301])).toThrow(/beyond 1e300/);
});

test('rounding is idempotent, drops the minus of zero and keeps a forest valid', () => {
  fc.assert(
    fc.property(forestArbitrary(), (forest) => {
      const rounded = roundParameters(forest);
      expect(roundParameters(rounded)).toEqual(rounded);
      expect(checkForest(rounded, SAMPLE_VOCABULARY)).toBe(rounded);
      expect(parametersOf(rounded).some((value) => Object.is(value, -0))).toBe(false);
    }),
  );
});

test('positions address every node: taking one out and putting it back is the same tree', () => {
  fc.assert(
    fc.property(forestArbitrary(), (forest) => {
      const tree = forest.slots.priority as Node;
      const places = positions(tree);
      expect(places).toHaveLength(treeSize(tree));
      for (const { index, type, node } of places) {
        expect(nodeAt(tree, index)).toBe(node);
        expect(type).toBe(typeOf(node));
        expect(replaceAt(tree, index, node)).toEqual(tree);
        const marked = replaceAt(tree, index, variable('marked'));
        expect(nodeAt(marked, index)).toEqual(variable('marked'));
        expect(treeSize(marked)).toBe(treeSize(tree) - treeSize(node) + 1);
      }
      expect(nodeAt(tree, places.length)).toBeUndefined();
      expect(positions(tree, 'bool').every(({ type }) => type === 'bool')).toBe(true);
    }),
  );
});

test('mapNodes sees children first and leaves the original alone', () => {
  const tree = apply('+', [constant(1), apply('neg', [constant(2)])]);
  const seen: string[] = [];
  const doubled = mapNodes(tree, (node) => {
    seen.push(node.op);
    return node.op === 'const' ? constant(node.value * 2) : node;
  });
  expect(seen).toEqual(['const', 'const', 'neg', '+']);
  expect(parametersOf(one(doubled))).toEqual([2, 4]);
  expect(parametersOf(one(tree))).toEqual([1, 2]);
  expect([nodeCount(one(tree)), depth(one(tree))]).toEqual([4, 3]);
});

test.each<readonly [string, unknown]>([
  ['priority: a node is missing', null],
  ['priority: the operator is unknown', { op: 'toString', args: [] }],
  ['priority/neg[0]: the operator is unknown', { op: 'neg', args: [{ op: 'pow', args: [] }] }],
  ['priority: neg takes 1 arguments', { op: 'neg', args: [ITEM, ITEM] }],
  ['priority: this slot has no input slack', variable('slack')],
  ['priority: every number is finite', constant(Number.NaN)],
  ['priority: every number is finite', constant(Infinity)],
  ['priority/+[1]: real expected, not bool', apply('+', [ITEM, apply('lt', [ITEM, ITEM])])],
  ['priority: the slot gives a real', apply('lt', [ITEM, ITEM])],
  ['priority.xs: knots ascend', { op: 'grid', x: ITEM, y: ITEM, xs: [1, 0], ys: [0], z: [1, 2] }],
])('checkForest refuses %s', (message, tree) => {
  expect(() => checkForest(one(tree as Node), ONE)).toThrow(message);
});

test('checkForest keeps the caps and the set of slots', () => {
  const chain = (levels: number): Node => (levels === 1 ? ITEM : apply('neg', [chain(levels - 1)]));
  const full = (levels: number): Node =>
    levels === 1 ? ITEM : apply('+', [full(levels - 1), full(levels - 1)]);
  expect(checkForest(one(chain(64)), ONE)).toEqual(one(chain(64)));
  expect(() => checkForest(one(chain(65)), ONE)).toThrow(/at most 64 levels/);
  expect(checkForest(one(full(7)), ONE)).toEqual(one(full(7)));
  expect(() => checkForest(one(full(8)), ONE)).toThrow(/at most 200 nodes/);
  expect(() => checkForest({ slots: {} }, ONE)).toThrow(/the slot is missing/);
  expect(() => checkForest({ slots: { priority: ITEM, other: ITEM } }, ONE)).toThrow(
    /no such slot/,
  );
});
