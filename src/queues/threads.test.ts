import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { Call, Chunk, Job } from './threads/chunk.ts';
import { takeChunk } from './threads/chunk.ts';
import type { ToThread } from './threads/messages.ts';
import { threadQueue } from './threads.ts';

const workersAlive = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort').length;

const interpreter = {
  module: join(import.meta.dirname, '../../test/conformance/fixtures/interpreter.mjs'),
  vocabulary: { slots: [{ name: 'priority', inputs: ['item', 'space'], result: 'real' }] } as const,
  params: {},
  metric: 'excess',
};

const slowInterpreter = {
  ...interpreter,
  module: join(import.meta.dirname, '../../bench/dispatch-task.mjs'),
  params: { ms: 5, how: 'waits' },
  metric: 'value',
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

test.each([undefined, '/no/such/entry.js'])(
  'a thread starts from source, or from the built entry that is named: %s',
  async (built) => {
    vi.stubEnv('PACELINE_BUILT_WORKER', built);
    const started = threadQueue({ workers: 1, interpreter }).then((queue) => queue.close());
    await (built ? expect(started).rejects.toThrow(built) : started);
  },
);

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

afterEach(() => void vi.unstubAllEnvs());

const callOf = (isOver = false): Call => ({
  results: [],
  open: 1,
  isOver,
  resolve() {},
  reject() {},
});

test('chunks have every job once and in order, suspects alone, and none that nobody waits for', () => {
  const arbitrary = fc.record({ losses: fc.nat({ max: 1 }), isOver: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(arbitrary, { maxLength: 40 }),
      fc.integer({ min: 1, max: 20 }),
      (kinds, most) => {
        const jobs = kinds.map(({ losses, isOver }, at): Job => {
          const request = { candidate: { id: String(at), text: '' }, cases: [] };
          return { call: callOf(isOver), at, request, order: 0, losses };
        });
        const waiting = [...jobs];
        const chunks: Chunk[] = [];
        while (waiting.length > 0) chunks.push(takeChunk(waiting, most));
        expect(chunks.flat()).toEqual(jobs.filter(({ call }) => !call.isOver));
        for (const chunk of chunks) {
          expect(chunk.length).toBeLessThanOrEqual(most);
          if (chunk.some(({ losses }) => losses > 0)) expect(chunk).toHaveLength(1);
        }
      },
    ),
  );
});

test('the most urgent request goes first, in a message of its own where evaluations are long', async () => {
  const queue = await threadQueue({ workers: 1, interpreter: slowInterpreter });
  const candidate = { id: 'sha256:0', text: '{"priority":["v","item"]}' };
  const finished: number[] = [];
  const call = async (order: number): Promise<void> => {
    await queue.measure([{ candidate, cases: [1] }], new AbortController().signal, order);
    finished.push(order);
  };
  await call(0);
  await Promise.all([9, 8, 7, 6, 5].map(call));
  await queue.close();
  expect(finished).toEqual([0, 5, 6, 7, 8, 9]);
});

test('the calls of one turn share the messages to a thread', async () => {
  const queue = await threadQueue({ workers: 1, interpreter });
  const post = vi.spyOn(Worker.prototype, 'postMessage');
  const candidate = { id: 'sha256:0', text: '{"priority":["v","item"]}' };
  const call = () => queue.measure([{ candidate, cases: [1] }], new AbortController().signal);
  await Promise.all(Array.from({ length: 8 }, call));
  const sizes = post.mock.calls.map(([message]) => (message as ToThread).requests.length);
  post.mockRestore();
  await queue.close();
  expect(sizes).toEqual([4, 4]);
});
