import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { LINES } from '../improver/gp/lines.ts';
import { encodeForest } from '../lang/codec.ts';
import { plannedStudies } from '../testing/planned-studies.ts';
import { innerStudyEvaluator } from './inner-study.ts';

const NEVER = new AbortController().signal;
const text = encodeForest(LINES.textbook);
const candidate = { id: sha256(text), text };
const budgets = [{ steps: 10, cpuMs: 1000 }];

test('a case is the mean over all tasks, on numbers that the case decides', async () => {
  const runner = plannedStudies({ regretOf: (population) => population / 10, noise: 0 });
  const evaluator = innerStudyEvaluator({ runner, budgets });
  const [measured] = await evaluator.measure([{ candidate, cases: [7, 9] }], NEVER);
  expect(measured?.cases).toEqual([
    { outcome: 'scored', value: expect.closeTo(0.7, 12) },
    { outcome: 'scored', value: expect.closeTo(0.7, 12) },
  ]);
  expect(measured?.cpuMs).toBe(2 * runner.tasks.length);
  const keys = runner.calls.map(({ seedKey, task }) => `${seedKey} ${task}`);
  expect(new Set(keys).size).toBe(2 * runner.tasks.length);
});

test('a study that does not end is that outcome, never a number, and the others are not run', async () => {
  const runner = plannedStudies({ regretOf: () => 0, ends: (call) => call !== 3 });
  const evaluator = innerStudyEvaluator({ runner, budgets });
  const [measured] = await evaluator.measure([{ candidate, cases: [1] }], NEVER);
  expect(measured?.cases).toEqual([{ outcome: 'timeout', message: 'It did not end.' }]);
  expect(runner.calls).toHaveLength(3);
});
