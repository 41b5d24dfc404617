import { expect, test } from 'vitest';
import { noiseFloor } from '../stats/noise-floor.ts';
import { addAnswer, answerOf, holdoutStep, newSealedSet, promotionsOf, sizeOf } from './holdout.ts';
import { defaultRule } from './rule.ts';

const METRIC = { goal: 'max' } as const;
const CASES = 20;
const id = (digit: string): string => `sha256:${digit.repeat(64)}`;
const BASE = id('a');

/** Alternating around `level`: no scatter but its own. */
const around = (level: number): number[] =>
  Array.from({ length: CASES }, (_, i) => level + (i % 2 === 0 ? 1 : -1));

const setOf = (queries = 3, promotions?: number) =>
  newSealedSet(
    {
      generation: 1,
      cases: CASES,
      queries,
      ...(promotions === undefined ? {} : { promotions }),
      step: 0.5,
      candidate: BASE,
      evals: CASES,
      values: around(10),
    },
    METRIC,
  );

const asked = (digit: string, values: (number | null)[], block = { mean: 1, sd: 1, n: 12 }) => ({
  candidate: id(digit),
  against: BASE,
  block,
  values,
  againstValues: around(10),
});

test('the step is of the scale of a pair, and of the deviation where that is 0', () => {
  const floor = noiseFloor([1, 2, 3, 4, 5, 6, 7, 8]);
  const step = holdoutStep(defaultRule(), floor, 16);
  expect(step).toBeCloseTo((2 * floor.confirmScale) / 4, 12);
  const flat = noiseFloor([1, 1, 1, 1, 1, 1, 1, 5]);
  expect(flat.confirmScale).toBe(0);
  expect(holdoutStep(defaultRule(), flat, 16)).toBeCloseTo((Math.SQRT2 * Math.SQRT2) / 2, 12);
});

test('a gain that the sealed cases bear out passes, improved or not', () => {
  const set = setOf();
  expect(answerOf(set, asked('b', around(11)), METRIC)).toEqual({
    query: 1,
    verdict: 'improved',
    gate: 'pass',
    queriesLeft: 2,
  });
  const small = asked('b', around(10.2), { mean: 0.2, sd: 1, n: 12 });
  expect(answerOf(set, small, METRIC)).toMatchObject({ verdict: 'not-improved', gate: 'pass' });
});

test('a gain more than three standard errors above that of the sealed cases is refused', () => {
  const error = Math.sqrt(1 / 12);
  const block = (mean: number) => ({ mean, sd: 1, n: 12 });
  const at = (mean: number) => answerOf(setOf(), asked('b', around(10), block(mean)), METRIC);
  expect(at(2.9 * error)).toMatchObject({ gate: 'pass' });
  expect(at(3.1 * error)).toMatchObject({ gate: 'fail', retired: 'contradicted', queriesLeft: 2 });
  const under = answerOf(setOf(), asked('b', around(12), block(0.1)), METRIC);
  expect(under).toMatchObject({ gate: 'pass', verdict: 'improved', retired: 'contradicted' });
});

test('differences without any scatter are compared exactly, rounding apart', () => {
  const exact = { mean: 0.1 + 0.2, sd: 0, n: 12 };
  expect(answerOf(setOf(), asked('b', around(10.3), exact), METRIC).gate).toBe('pass');
  const less = { ...exact, mean: 0.31 };
  expect(answerOf(setOf(), asked('b', around(10.3), less), METRIC).gate).toBe('fail');
});

test('no score where the incumbent has one is refused, and nothing unknown passes', () => {
  const broken = [null, ...around(11).slice(1)];
  expect(answerOf(setOf(), asked('b', broken), METRIC)).toMatchObject({
    verdict: 'not-improved',
    gate: 'fail',
    retired: 'contradicted',
  });
  const unknown = { ...asked('b', around(11)), againstValues: around(10).map(() => null) };
  expect(answerOf(setOf(), unknown, METRIC)).toMatchObject({ gate: 'fail' });
  const unmeasured = asked('b', around(11), { mean: 0, sd: 0, n: 0 });
  expect(answerOf(setOf(), unmeasured, METRIC)).toMatchObject({ gate: 'fail' });
});

test('the last question retires the set, and each answer counts from the last rung', () => {
  const set = setOf(2);
  const first = asked('b', around(11));
  const body = { ...first, generation: 1, evals: CASES, ...answerOf(set, first, METRIC) };
  addAnswer(set, body, METRIC);
  const again = answerOf(set, asked('c', around(11.1)), METRIC);
  expect(again).toMatchObject({
    query: 2,
    verdict: 'not-improved',
    queriesLeft: 0,
    retired: 'spent',
  });
  const higher = answerOf(set, asked('c', around(11.6), { mean: 1.6, sd: 1, n: 12 }), METRIC);
  expect(higher.verdict).toBe('improved');
});

test('a set is retired with the last promotion that it may let pass, which are √n', () => {
  expect([1, 20, 24, 25, 100].map(promotionsOf)).toEqual([1, 4, 4, 5, 10]);
  const set = setOf(20, 2);
  const pass = (digit: string, level: number, block = { mean: 1, sd: 1, n: 12 }) => {
    const question = asked(digit, around(level), block);
    const answer = answerOf(set, question, METRIC);
    addAnswer(set, { ...question, generation: 1, evals: CASES, ...answer }, METRIC);
    return answer;
  };
  expect(pass('b', 11)).not.toHaveProperty('retired');
  expect(pass('c', 10.2, { mean: 0.2, sd: 1, n: 12 })).toMatchObject({
    gate: 'pass',
    retired: 'promoted',
    queriesLeft: 18,
  });
});

test('the size of a list is of what was scored on both sides', () => {
  expect(sizeOf([1, 3, Number.NaN, Number.NEGATIVE_INFINITY])).toEqual({
    mean: 2,
    sd: Math.SQRT2,
    n: 2,
  });
  expect(sizeOf([])).toEqual({ mean: 0, sd: 0, n: 0 });
});
