import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from './threads/chunk.ts';
import { split } from './threads/chunk.ts';
import { threadQueue } from './threads.ts';

const workersAlive = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort').length;

const interpreter = {
  module: join(import.meta.dirname, '../../test/conformance/fixtures/interpreter.mjs'),
  vocabulary: { slots: [{ name: 'priority', inputs: ['item', 'space'], result: 'real' }] } as const,
  params: {},
  metric: 'excess',
};

test('an interpreter that cannot be built is an error with its reason, and leaves no thread', async () => {
  const before = workersAlive();
  const absent = { ...interpreter, module: '/no/such/module.mjs' };
  await expect(threadQueue({ workers: 2, interpreter: absent })).rejects.toMatchObject({
    code: 'EVALUATOR_FAILED',
    message: expect.stringContaining('/no/such/module.mjs'),
  });
  expect(workersAlive()).toBe(before);
});

test('closing rejects what is under way and whatever comes later', async () => {
  const queue = await threadQueue({ workers: 1, interpreter });
  const candidate = { id: 'sha256:0', text: '{"priority":["v","item"]}' };
  const requests = Array(500).fill({ candidate, cases: [1] });
  const never = new AbortController().signal;
  const under = expect(queue.measure(requests, never)).rejects.toThrow('closed');
  await queue.close();
  await under;
  await expect(queue.measure(requests, never)).rejects.toThrow('closed');
});

test('a split keeps every request once and in order, in at most as many parts as asked', () => {
  const call: Call = { results: [], open: 0, isOver: false, resolve() {}, reject() {} };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (count, parts) => {
        const requests = Array.from({ length: count }, (_, i) => ({
          candidate: { id: String(i), text: '' },
          cases: [],
        }));
        const chunks = split({ call, from: 5, requests, losses: 1 }, parts);
        expect(chunks.length).toBeLessThanOrEqual(parts);
        expect(chunks.flatMap((chunk) => chunk.requests)).toEqual(requests);
        for (const { from, requests: own } of chunks) expect(own[0]).toBe(requests[from - 5]);
      },
    ),
  );
});
