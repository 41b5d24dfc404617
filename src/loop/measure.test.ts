import { expect, test } from 'vitest';
import type { MeasureRequest } from '../evaluators/contract.ts';
import type { Queue } from '../queues/contract.ts';
import { measureAlone } from './measure.ts';

const NEVER = new AbortController().signal;

/** Each case is its own value; remembers what it was asked. */
function listening(workers: number) {
  const asked: MeasureRequest[] = [];
  const queue: Queue = {
    traits: { workers },
    measure(requests) {
      asked.push(...requests);
      return requests.map(({ cases }) => ({
        cases: cases.map((value) => ({ outcome: 'scored', value }) as const),
        cpuMs: 0,
      }));
    },
    close() {},
  };
  return { queue, asked };
}

const candidate = { id: 'sha256:0', text: '' } as const;

test.each([
  [1, [7], [[7]]],
  [1, [3, 1, 2], [[3, 1, 2]]],
  [
    2,
    [3, 1, 2, 9, 4],
    [
      [3, 2, 4],
      [1, 9],
    ],
  ],
  [4, [5, 6], [[5], [6]]],
])('%i workers, cases %j: dealt as %j, returned in order', async (workers, cases, dealt) => {
  const { queue, asked } = listening(workers);
  const results = await measureAlone(queue, { candidate, cases }, { signal: NEVER });
  expect(results.map((one) => one.outcome === 'scored' && one.value)).toEqual(cases);
  expect(asked.map((request) => request.cases)).toEqual(dealt);
});

test('nothing to measure is no request for nothing', async () => {
  const { queue } = listening(2);
  expect(await measureAlone(queue, { candidate, cases: [] }, { signal: NEVER })).toEqual([]);
});
