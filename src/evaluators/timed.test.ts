import { expect, test } from 'vitest';
import type { CaseResult, Evaluator, MeasureRequest } from './contract.ts';
import { timedEvaluator } from './timed.ts';

const NEVER = new AbortController().signal;
const CANDIDATE = { id: 'a', text: 'a' };

/** Answers the runs of each process with the next values of a list. */
function scripted(processes: readonly (readonly (number | string)[])[]) {
  const asked: MeasureRequest[] = [];
  const evaluator: Evaluator = {
    traits: { place: 'process', deterministic: true, isolation: 'J0' },
    measure(requests) {
      return requests.map((request) => {
        const values = processes[asked.length] ?? [];
        asked.push(request);
        const cases = values.map(
          (value): CaseResult =>
            typeof value === 'number'
              ? { outcome: 'scored', value }
              : { outcome: 'crashed', message: value },
        );
        return { cases, cpuMs: 1 };
      });
    },
    close() {},
  };
  return { asked, evaluator };
}

const timesOf = async (processes: readonly (readonly (number | string)[])[], warmup = 1) => {
  const { asked, evaluator } = scripted(processes);
  const cases = processes.map((_, i) => 10 + i);
  const timed = timedEvaluator({ evaluator, warmup });
  const [measured] = await timed.measure([{ candidate: CANDIDATE, cases }], NEVER);
  return { asked, measured, timed };
};

test('each time is of a process of its own, its warm-up runs of the same case thrown away', async () => {
  const { asked, measured, timed } = await timesOf(
    [
      [900, 800, 5],
      [900, 700, 6],
    ],
    2,
  );
  expect(asked.map(({ cases }) => cases)).toEqual([
    [10, 10, 10],
    [11, 11, 11],
  ]);
  expect(measured?.cases).toEqual([
    { outcome: 'scored', value: 5 },
    { outcome: 'scored', value: 6 },
  ]);
  expect(measured?.cpuMs).toBe(2);
  expect(timed.traits).toMatchObject({
    deterministic: false,
    isolation: expect.stringMatching(/process of its own, after 2 discarded warm-up runs/),
  });
});

test('no time is 0 or less, and a warm-up that failed is no time either', async () => {
  const { measured } = await timesOf([[5, 0], [5, -1], ['broken', 5], [5]], 1);
  expect(measured?.cases.map(({ outcome }) => outcome)).toEqual([
    'invalid',
    'invalid',
    'crashed',
    'scored',
  ]);
  expect(measured?.cases[0]).toMatchObject({ message: expect.stringMatching(/finer clock/) });
});
