/** What follows from what the evaluator gave for the initial program. */
import { expect, test } from 'vitest';
import type { Mapped } from './describe.ts';
import type { Looked } from './looked.ts';
import { settled } from './settle.ts';

const MAPPED: Mapped = {
  program: 'initial_program.py',
  text: { stages: ['evaluate_stage1'], imports: [] },
  value: { evaluator: { timeout: '60s' } },
  functions: ['evaluate_stage1', 'evaluate'],
  thresholds: [0.5],
  dimensions: ['latency', 'complexity'],
  python: 'python3',
  models: [],
  isKeyWritten: false,
};

const LOOKED: Looked = {
  function: 'evaluate',
  isMean: false,
  values: [1, 2, 3],
  repeats: true,
  wallMs: 100,
};
const STAGE: Looked = { ...LOOKED, function: 'evaluate_stage1', values: [0.5, 0.9] };

function evaluatorOf(looked: readonly Looked[]): Readonly<Record<string, unknown>> {
  return settled(MAPPED, looked).value['evaluator'] as Readonly<Record<string, unknown>>;
}

test('values that differ by seed are tested, stages and metrics beside them', () => {
  const { value, said } = settled(MAPPED, [STAGE, LOOKED]);
  expect(value).not.toHaveProperty('rule');
  expect(value['evaluator']).toMatchObject({
    function: 'evaluate',
    metrics: [
      { name: 'combined_score', goal: 'max' },
      { name: 'latency', role: 'info' },
    ],
    stages: [{ name: 'stage1', threshold: 0.5, function: 'evaluate_stage1' }],
  });
  expect(value['evaluator']).not.toHaveProperty('deterministic');
  expect(said.join(' ')).toMatch(/tested on fresh seeds\. Cheap stages before it: 1\./);
});

test('values that differ on one seed are declared noisy', () => {
  expect(evaluatorOf([{ ...LOOKED, repeats: false }])).toMatchObject({ deterministic: false });
});

test('one value always is exact, and has no stages', () => {
  const { value, said } = settled(MAPPED, [STAGE, { ...LOOKED, values: [2, 2, 2] }]);
  expect(value['rule']).toEqual({ mode: 'exact', exact: { tolerance: 0, verifier: 'itself' } });
  expect(value['evaluator']).not.toHaveProperty('stages');
  expect(said.join(' ')).toMatch(/no second program looks\. The stages before it are left out/);
});

test('one value with hiccups is refused; a coin, and what its seed decides, are not', () => {
  const ones = Array.from({ length: 18 }, () => 1);
  const look = (others: readonly number[], repeats: boolean) =>
    settled(MAPPED, [{ ...LOOKED, values: [...ones, ...others], repeats }]);
  expect(() => look([0.9], false)).toThrow(
    /evaluate of evaluator\.py gave 1 in 18 of 19 runs of the initial program, and another value, such as 0\.9/,
  );
  expect(() => look([0.9], true)).not.toThrow();
  expect(() => look([0, 0, 0, 0, 0, 0], false)).not.toThrow();
});

test('a stage that the initial program fails is left out, and said', () => {
  const { value, said } = settled(MAPPED, [{ ...STAGE, values: [0.9, 0.4] }, LOOKED]);
  expect(value['evaluator']).not.toHaveProperty('stages');
  expect(said.join(' ')).toMatch(
    /evaluate_stage1 is left out: it would stop initial_program\.py itself/,
  );
});

test('a mean leaves out the dimensions where it decides, and nothing where it is a threshold', () => {
  expect(
    evaluatorOf([
      { ...STAGE, isMean: true },
      { ...LOOKED, isMean: true },
    ]),
  ).toMatchObject({
    mean: { except: ['latency', 'complexity'] },
    metrics: [{ name: 'mean_of_metrics' }, { name: 'latency' }],
    stages: [{ mean: { except: [] }, metric: { name: 'mean_of_metrics' } }],
  });
});

test('a rollout has time for all cases of a process', () => {
  expect(evaluatorOf([LOOKED])).toMatchObject({ timeout: '60000ms' });
  expect(evaluatorOf([{ ...LOOKED, wallMs: 20_000 }])).toMatchObject({ timeout: '720000ms' });
});
