import { expect, test } from 'vitest';
import { taskFinding } from './by-task.ts';

test('ten tasks against none decide, five against none do not, whatever the rest', () => {
  expect(taskFinding({ first: 10, second: 0, of: 60 })).toMatchObject({ verdict: 'helped' });
  expect(taskFinding({ first: 0, second: 10, of: 60 })).toMatchObject({ verdict: 'hurt' });
  const few = taskFinding({ first: 5, second: 0, of: 60 });
  expect(few.verdict).toBe('no-evidence');
  expect(few.p).toBeCloseTo(2 / 32, 12);
  expect(few.difference).toBeCloseTo(100 / 12, 12);
  expect(few.interval[0]).toBeLessThan(few.difference);
  expect(few.interval[1]).toBeGreaterThan(few.difference);
});

test('the same on every task is no evidence; under twelve tasks nothing is tested', () => {
  expect(taskFinding({ first: 0, second: 0, of: 60 })).toMatchObject({
    verdict: 'no-evidence',
    difference: 0,
    p: 1,
  });
  expect(taskFinding({ first: 11, second: 0, of: 11 }).verdict).toBe('not-testable');
});
