import { expect, test } from 'vitest';
import { differences } from '../../improver/recursion/summary.ts';
import { stated } from './statements.ts';

const of = (pairs: readonly number[]) =>
  stated({
    first: 'recursive',
    second: 'control',
    on: 'unseen cells',
    difference: differences(pairs, { generation: 6, what: 'test' }),
  });

const pairs = (n: number, at: (i: number) => number): readonly number[] =>
  Array.from({ length: n }, (_, i) => at(i));

test('eleven seeds claim nothing, however they agree; twelve may', () => {
  const eleven = of(pairs(11, (i) => 20 + i));
  expect(eleven.finding).toBeUndefined();
  expect(eleven.words).toMatch(
    /^no claim under 12 seeds: recursive − control on unseen cells \+25\.0 points \[.*\], 11 seeds, 11 won, 0 lost$/,
  );
  const twelve = of(pairs(12, (i) => 20 + i));
  expect(twelve.finding?.verdict).toBe('helped');
  expect(twelve.words).toMatch(
    /^recursive beats control on unseen cells: difference 25\.5 points \[.*\] over 12 seeds, 12 won, 0 lost$/,
  );
});

test('a line that loses is said to be worse, one that does neither is no evidence', () => {
  expect(of(pairs(12, (i) => -5 - i)).words).toMatch(/^recursive is worse than control on unseen/);
  const even = of(pairs(12, (i) => (i % 2 === 0 ? 3 : -3)));
  expect(even.finding?.verdict).toBe('no-evidence');
  expect(even.words).toMatch(
    /^recursive − control on unseen cells, over 12 seeds, 6 won, 6 lost: no evidence/,
  );
});

test('more seeds than signs can be counted for are judged one after another', () => {
  const many = of(pairs(24, (i) => 20 + (i % 3)));
  expect(many.finding?.logE).toBeGreaterThan(Math.log(20));
  expect(many.finding?.verdict).toBe('helped');
});
