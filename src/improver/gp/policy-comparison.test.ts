import { expect, test } from 'vitest';
import { type PolicyReading, policyLine, policyPairs, taskTable } from './policy-comparison.ts';

const reading = (line: string, task: string, seed: number, regret: number): PolicyReading => ({
  line,
  task,
  seed,
  regret,
  evals: 10,
  cpuMs: 5,
});
const ALL = [
  reading('a', 'x', 1, 0.4),
  reading('a', 'y', 1, 0.6),
  reading('a', 'x', 2, 0.8),
  reading('a', 'y', 2, 0.4),
  reading('b', 'x', 1, 0.2),
  reading('b', 'y', 1, 0.7),
  reading('b', 'x', 2, 0.3),
  reading('b', 'y', 2, 0.5),
];

test('a line is the mean over tasks and seeds, with what all tasks of a seed took', () => {
  expect(policyLine(ALL, 'a')).toMatchObject({ evals: 20, cpuMs: 10 });
  expect(policyLine(ALL, 'a').regret).toBeCloseTo(0.55, 12);
});

test('pairs are seeds, and families are won by their means', () => {
  const { saved, tasksWon, tasks } = policyPairs(ALL, 'b', 'a');
  expect(saved.map((one) => Number(one.toFixed(12)))).toEqual([0.05, 0.2]);
  expect([tasksWon, tasks]).toEqual([1, 2]);
  expect(policyPairs(ALL, 'a', 'a')).toEqual({ saved: [0, 0], tasksWon: 0, tasks: 2 });
});

test('the table has a row for each task', () => {
  const [x, y] = taskTable(ALL, ['a', 'b']);
  expect(x?.task).toBe('x');
  expect(x?.regrets['a']).toBeCloseTo(0.6, 12);
  expect(y?.regrets['b']).toBeCloseTo(0.6, 12);
});

test('planted: a family that one line did not run is won by nobody, and is no regret of 1', () => {
  const without = ALL.filter(({ line, task }) => line === 'a' || task === 'x');
  expect(policyPairs(without, 'b', 'a')).toMatchObject({ tasksWon: 1, tasks: 1 });
  expect(policyPairs(without, 'a', 'b')).toMatchObject({ tasksWon: 0, tasks: 1 });
  const [, y] = taskTable(without, ['a', 'b']);
  expect(Object.keys(y?.regrets ?? {})).toEqual(['a']);
});
