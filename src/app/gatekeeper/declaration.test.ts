/** What the checks are told of `safety`, and that a study's promise changes with it. */
import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { declarationOf, gatesPromiseOf } from './declaration.ts';

const written = (safety: object, metric: object = { name: 'loss', goal: 'min', unit: '' }) =>
  parseConfig(
    {
      name: 'test',
      kind: 'code',
      surface: { edit: ['sort.mjs'] },
      evaluator: { command: 'node judge.mjs', class: 'fused', metrics: [metric] },
      proposers: ['genetic'],
      budget: { trials: 10 },
      safety,
    },
    'a test',
  );

test('margin and jump are handed on as they are written', () => {
  const declared = declarationOf(written({ margin: 0.5, jump: 20 }), 'J3');
  expect(declared.tolerance?.margin).toBe(0.5);
  expect(declared.jump).toBe(20);
  expect(declarationOf(written({}), 'J3')).not.toHaveProperty('jump');
});

test('of a time the margin is a share, and no run is shorter than it can be', () => {
  const time = { name: 'ms', goal: 'min', unit: 'ms', kind: 'time' };
  const { tolerance } = declarationOf(written({ margin: 0.05, fastest: 2 }, time), 'J3');
  expect(tolerance?.margin).toBeCloseTo(Math.log(1.05), 12);
  expect(tolerance?.fastest).toBe(2);
});

test('a promise names what it was made of: another margin is another', () => {
  const of = (safety: object) => gatesPromiseOf(written(safety), { debtWeight: 1 }, 'J3').declared;
  expect(of({ margin: 1 })).not.toBe(of({ margin: 2 }));
});

test.each([
  [{ margin: 0 }, /safety\.margin/],
  [{ jump: 1 }, /safety\.jump/],
  [{ manifest: { privileges: ['everything'] } }, /safety\.manifest\.privileges/],
])('refused: %j', (safety, says) => {
  expect(() => written(safety)).toThrow(says);
});
