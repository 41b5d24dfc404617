/** Claims over seeds: what twelve may say and eleven may not. */
import { expect, test } from 'vitest';
import { claimOverSeeds, sidesOf, signedPoints } from './by-seed.ts';

const pairs = (n: number, at: (i: number) => number): readonly number[] =>
  Array.from({ length: n }, (_, i) => at(i));
const sides = sidesOf('a', 'b');

test('eleven seeds claim nothing, however they agree, and name n, interval and record', () => {
  const eleven = claimOverSeeds(
    pairs(11, (i) => 20 + i),
    sides,
  );
  expect(eleven.finding).toBeUndefined();
  expect(eleven).toMatchObject({ n: 11, wins: 11, losses: 0, difference: 25 });
  expect(eleven.words).toMatch(
    /^no claim under 12 seeds: a − b \+25\.0 points \[\+\d.*\], 11 seeds, 11 won, 0 lost$/,
  );
});

test('one seed has no interval, and an interval that is shown elsewhere is the one named', () => {
  expect(claimOverSeeds([-2], sides).words).toBe(
    'no claim under 12 seeds: a − b −2.0 points [−∞, +∞], 1 seed, 0 won, 1 lost',
  );
  expect(claimOverSeeds([1, 2], sides, [1, 2]).words).toContain('[+1.0, +2.0], 2 seeds');
});

test('twelve may: better, worse, and no evidence with whom it is of', () => {
  const of = (at: (i: number) => number) =>
    claimOverSeeds(pairs(12, at), sidesOf('a', 'b', 'texts'));
  expect(of((i) => 20 + i)).toMatchObject({ finding: { verdict: 'helped' } });
  expect(of((i) => 20 + i).words).toMatch(/^a beats b on texts: .* over 12 seeds, 12 won, 0 lost$/);
  expect(of((i) => -5 - i).words).toMatch(/^a is worse than b on texts: /);
  expect(of((i) => (i % 2 === 0 ? 3 : -3)).words).toMatch(
    /^a − b on texts, over 12 seeds, 6 won, 6 lost: no evidence/,
  );
});

test('a pair that is equal is neither won nor lost', () => {
  expect(claimOverSeeds([0, 1, -1, 0], sides)).toMatchObject({ n: 4, wins: 1, losses: 1 });
});

test('points have a sign', () => {
  expect([1.25, -0.3, 0, Number.NEGATIVE_INFINITY].map(signedPoints)).toEqual([
    '+1.3',
    '−0.3',
    '+0.0',
    '−∞',
  ]);
});
