import { expect, test } from 'vitest';
import { compare, comparisonWords, twoWords } from './comparison.ts';
import { confirmVerdict, gainBlock, stoppedMean } from './decide.ts';
import { pairDifferences } from './pairs.ts';
import { defaultRule } from './rule.ts';

const CLEAR = Array.from({ length: 32 }, (_, i) => 1 + i / 100);
const wordsOf = (pairs: readonly number[], isOrigin = false): string =>
  comparisonWords({ ...compare(pairs), metric: { unit: 'ms' }, isOrigin, pairs });

test('a failure is no number: neither gain nor comparison invents one', () => {
  const pairs = pairDifferences(
    { values: [5, null, 3, null], againstValues: [4, 4, null, null] },
    { goal: 'max' },
  );
  expect(pairs).toEqual([1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN]);
  expect(stoppedMean(pairs)).toBe(1);
  const failing = CLEAR.with(3, Number.NEGATIVE_INFINITY).with(9, Number.NaN);
  const block = gainBlock(failing);
  expect(block.n).toBe(30);
  expect(block.upper).toBeLessThan(2);
  expect(block.notes[0]).toBe('inconclusive: 2 of 32 pairs without a score');
  expect(compare(failing)).toMatchObject({ n: 30, verdict: 'no-evidence' });
  expect(wordsOf(failing)).toMatch(
    /not told apart.*without a score: ours 1, theirs 0, both 1 of 32/,
  );
});

test('pairs that nobody scored are not a comparison', () => {
  const none = CLEAR.map(() => Number.NaN);
  expect(compare(none)).toMatchObject({ n: 0, verdict: 'no-evidence' });
  expect(wordsOf(none)).toBe('not compared: 32 of 32 pairs without a score');
  expect(gainBlock(none).notes).toEqual(['inconclusive: 32 of 32 pairs without a score']);
});

test.each([
  [CLEAR, false, /beats the control's final by 1\.1/],
  [CLEAR.map((one) => -one), false, /loses to the control's final, difference -1\.1/],
  [CLEAR.map((_, i) => (i % 2 === 0 ? 1 : -1)), false, /is not told apart/],
  [CLEAR, true, /differs from the untouched origin by 1\.1/],
  [[], true, /^the incumbent is the untouched origin$/],
  [[], false, /both arms had the same candidate/],
])('the words follow the pairs', (pairs, isOrigin, words) => {
  expect(wordsOf(pairs, isOrigin)).toMatch(words);
  expect(wordsOf(pairs, isOrigin)).not.toMatch(/search (has )?(helped|hurt)/);
});

test.each([
  [CLEAR, 'A is better than B by 1.15 ms [1.12, 1.19] on fresh instances'],
  [
    CLEAR.map((one) => -one),
    'A is worse than B: difference -1.15 ms [-1.19, -1.12] on fresh instances',
  ],
  [
    CLEAR.map((_, i) => (i % 2 ? 1 : -1)),
    'no evidence that A and B differ: difference 0 ms [-0.366, 0.366] on fresh instances',
  ],
  [[], 'A and B are the same candidate'],
  [
    CLEAR.map(() => Number.NEGATIVE_INFINITY),
    'not compared: A and B; without a score: A 32, B 0, both 0 of 32',
  ],
])('two that somebody named: %#', (pairs, words) => {
  expect(
    twoWords({ ...compare(pairs), metric: { unit: 'ms' }, pairs, first: 'A', second: 'B' }),
  ).toBe(words);
});

test('a measured difference beyond the declared bound ends the attempt; a crash does not', () => {
  const rule = defaultRule({ method: 'bounded', bound: 1 });
  const attempt = { level: 0.0247, spec: { method: 'bounded', bound: 1, margin: 0 } } as const;
  const rare = Array.from({ length: 60 }, (_, i) => (i % 20 === 19 ? -40 : 0.9));
  expect(confirmVerdict(rule, attempt, rare.slice(0, 19)).verdict).toBe('accepted');
  expect(confirmVerdict(rule, attempt, [0.9, -40, ...rare]).verdict).toBe('unconfirmed');
  expect(confirmVerdict(rule, attempt, [0.9, -40, ...rare]).n).toBe(2);
  const crashed = [0.9, Number.NEGATIVE_INFINITY];
  expect(confirmVerdict(rule, attempt, crashed).verdict).toBe('more');
});
