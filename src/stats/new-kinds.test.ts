import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { kindsOf, lateStart } from './new-kinds.ts';

const grouping = {
  likeness: (a: string, b: string) => (a === b ? 1 : 0),
  joins: 0.5,
  alpha: 0.025,
};
const newIn = (text: string) => kindsOf([...text], grouping).filter(({ isNew }) => isNew);

test('the chance of a late start is the share of all orders, counted one by one', () => {
  // Four members among the five behind the first: C(5, 2) places of two, of which C(3, 2) are in the last three.
  expect(lateStart([3, 4], 6)).toBeCloseTo(3 / 10, 12);
  expect(lateStart([1, 5], 6)).toBe(1);
  expect(lateStart([0, 5], 6)).toBe(1);
});

test('three late ones of nine are new, three of eight cannot be, and one alone never is', () => {
  expect(newIn('aaaaaabbb').map(({ members }) => members)).toEqual([[6, 7, 8]]);
  expect(newIn('aaaaabbb')).toEqual([]);
  expect(newIn('aaaaaaaaaaaaaaaaaaaaab')).toEqual([]);
});

test('what was there from the start, or came and went, is not new', () => {
  expect(newIn('abababababab')).toEqual([]);
  expect(newIn('bbbbbbaaaaaa').map(({ members }) => members[0])).toEqual([6]);
  expect(newIn('aaabbbaaaaaa')).toEqual([]);
});

test('a thing joins the group it is most like on average, and says how near it came where it begins one', () => {
  const likeness = (a: number, b: number) => Math.max(0, 1 - Math.abs(a - b));
  const kinds = kindsOf([0, 0.2, 5, 0.1, 5.3, 4.4], { likeness, joins: 0.5, alpha: 0.025 });
  expect(kinds.map(({ members }) => members)).toEqual([[0, 1, 3], [2, 4], [5]]);
  expect(kinds[0]?.nearest).toBeUndefined();
  expect(kinds[2]?.nearest).toBeCloseTo((0.4 + 0.1) / 2, 12);
});

test('planted: in a random order of kinds hardly any is called new', () => {
  const studies = 800;
  let alarms = 0;
  for (let study = 0; study < studies; study++) {
    const rng = publicRoot('kinds').stream(study, 'order');
    const things = Array.from({ length: 20 }, () => 'abcde'[rng.int(5)] ?? 'a');
    if (kindsOf(things, grouping).some(({ isNew }) => isNew)) alarms += 1;
  }
  expect(alarms / studies).toBeLessThan(0.025 + 3 * Math.sqrt((0.025 * 0.975) / studies));
});
