import { expect, test } from 'vitest';
import { apply, constant, type Node, variable } from './forest.ts';
import { forestMeasures } from './measures.ts';

const vocabulary = {
  slots: [
    { name: 'priority', inputs: ['item', 'slack'], result: 'real' },
    { name: 'openNew', inputs: ['item'], result: 'real' },
  ],
} as const;
const situations = {
  rows: {
    length: 9,
    columns: {
      item: Float64Array.of(1, 1, 1, 5, 5, 5, 9, 9, 9),
      slack: Float64Array.of(0, 1, 2, 6, 3, 0, 4, 4, 4),
    },
  },
  groupSize: 3,
};
const measures = forestMeasures(vocabulary, situations);
const measured = (name: string, priority: Node): number | undefined =>
  measures.get(name)?.({ slots: { priority, openNew: constant(0) } });

test('nodes, levels and numbers are counted', () => {
  const priority = apply('*', [apply('neg', [variable('slack')]), constant(2)]);
  expect(measured('size', priority)).toBe(5);
  expect(measured('size.priority', priority)).toBe(4);
  expect(measured('size.openNew', priority)).toBe(1);
  expect(measured('depth', priority)).toBe(3);
  expect(measured('constants', priority)).toBe(2);
});

test('a choice is placed among its options: least 0, most 1', () => {
  expect(measured('choice.priority.slack', variable('slack'))).toBe(1);
  expect(measured('choice.priority.slack', apply('neg', [variable('slack')]))).toBe(0);
});

test('of equally preferred options the first is the choice', () => {
  expect(measured('choice.priority.slack', constant(1))).toBe((0 + 1) / 2);
});

test('where an input never differs between options nothing can be told', () => {
  expect(measured('choice.priority.item', variable('slack'))).toBeNaN();
});

test('without situations there is no behaviour to measure', () => {
  expect([...forestMeasures(vocabulary, undefined).keys()]).toEqual([
    'size',
    'depth',
    'constants',
    'size.priority',
    'size.openNew',
  ]);
});
