/** Islands against control blocks: what is recorded of their finals, and what cannot be compared. */
import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { type Final, ISLANDS_LEVEL, judgeIslands } from './islands.ts';

const COST = { name: 'cost', unit: 'bins', goal: 'min' } as const;
const SCORE = { ...COST, goal: 'max' } as const;
const TIME = { name: 'time', unit: 's', goal: 'min', kind: 'time' } as const;

const finalsOf = (isIsland: boolean, levels: readonly (number | null)[]): readonly Final[] =>
  levels.map((level, i) => {
    const arm = `${isIsland ? 'island' : 'block'} ${i + 1}`;
    const values = level === null ? [1, null] : [level - 0.5, level + 0.5];
    return { arm, candidate: sha256(arm), isIsland, values };
  });
const judged = (islands: readonly number[], blocks: readonly number[], metric: object = COST) =>
  judgeIslands([...finalsOf(true, islands), ...finalsOf(false, blocks)], {
    metric: metric as typeof COST,
    atEvals: 40,
  });

const LOW = [10, 10.1, 10.2, 10.3, 10.4, 10.5];
const HIGH = [14, 14.1, 14.2];

test('a search that leaves lower costs helped, with the number and both bounds above 0', () => {
  const outcome = judged(LOW, HIGH);
  expect(outcome.verdict).toBe('helped');
  expect(outcome.difference).toBeCloseTo(3.85, 9);
  const [lower = Number.NaN, upper = Number.NaN] = outcome.interval ?? [];
  expect(lower).toBeGreaterThan(0);
  expect(upper).toBeGreaterThan(lower);
  // 1 of the 84 ways to choose 3 of 9.
  expect(outcome.p).toBeCloseTo(1 / 84, 9);
  expect(outcome.words).toContain('at the budget of one island, 40 evaluations');
});

test('the side follows the goal of the metric', () => {
  expect(judged(HIGH, LOW).verdict).toBe('hurt');
  expect(judged(HIGH, LOW).difference).toBeCloseTo(-3.85, 9);
  expect(judged(LOW, HIGH, SCORE).verdict).toBe('hurt');
});

test('times are compared by their logarithms', () => {
  const { difference } = judged([1, 1, 1], [1, 1, 1.001], TIME);
  const ofLevel = (level: number) => -(Math.log(level - 0.5) + Math.log(level + 0.5)) / 2;
  expect(difference).toBeCloseTo((ofLevel(1) - ofLevel(1.001)) / 3, 9);
});

test('too few finals have a difference and no interval', () => {
  const outcome = judged([10], [14]);
  expect(outcome).toMatchObject({ verdict: 'not-testable', difference: 4 });
  expect(outcome).not.toHaveProperty('interval');
});

test('a final without a score is named, and nothing is computed from the others', () => {
  const finals = [...finalsOf(true, [10, null, 10]), ...finalsOf(false, [14, null])];
  expect(judgeIslands(finals, { metric: COST, atEvals: 40 })).toEqual({
    verdict: 'not-testable',
    words: 'not testable: island 2, block 2 without a score on some of the common cases',
  });
});

test('finals that are all one candidate are no comparison; one other makes it one', () => {
  const all = [...finalsOf(true, LOW), ...finalsOf(false, HIGH)];
  const same = all.map((final) => ({ ...final, candidate: sha256('origin') }));
  expect(judgeIslands(same, { metric: COST, atEvals: 40 })).toEqual({
    verdict: 'not-testable',
    words:
      'not testable: at the smallest spend of all arms, 40 evaluations, every final was the same candidate',
  });
  const [first, ...others] = same;
  const one = [...others, { ...first, candidate: sha256('another') }] as readonly Final[];
  expect(judgeIslands(one, { metric: COST, atEvals: 40 }).verdict).toBe('helped');
});

test('the interval is recorded as one of 90 %', () => {
  expect(ISLANDS_LEVEL).toBeCloseTo(0.9, 12);
});
