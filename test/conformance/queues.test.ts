import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { interpretedEvaluator } from '../../src/evaluators/interpreted.ts';
import { encodeForest } from '../../src/lang/codec.ts';
import { apply, constant, variable } from '../../src/lang/forest.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import { slotsQueue } from '../../src/queues/slots.ts';
import { threadQueue } from '../../src/queues/threads.ts';
import type { QueueSubject } from '../../src/testing/queue-conformance.ts';
import { queueConformance } from '../../src/testing/queue-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';

const suite: Suite = {
  test: (name, body) => test(name, body, 20_000),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

const DEADLY_SEED = 4_000_000_000;

const interpreter = (fault = '') => ({
  module: join(import.meta.dirname, 'fixtures/interpreter.mjs'),
  vocabulary: { slots: [{ name: 'priority', inputs: ['item', 'space'], result: 'real' }] } as const,
  params: { fault, failOn: DEADLY_SEED },
  metric: 'excess',
});

const shared = {
  oracle: () => interpretedEvaluator({ ...interpreter(), nowMs: () => 0 }),
  candidates: [
    apply('-', [variable('item'), variable('space')]),
    apply('*', [variable('item'), constant(2)]),
    apply('tanh', [variable('space')]),
  ].map((priority) => {
    const text = encodeForest({ slots: { priority } });
    return { id: sha256(text), text };
  }),
};

const threads = (workers: number): QueueSubject => ({
  ...shared,
  create: () => threadQueue({ workers, interpreter: interpreter() }),
  deadly: {
    create: () => threadQueue({ workers, interpreter: interpreter('exit') }),
    seed: DEADLY_SEED,
  },
  endless: {
    create: () => threadQueue({ workers, interpreter: interpreter('hang'), timeoutMs: 500 }),
    seed: DEADLY_SEED,
  },
  workersAlive: () =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort').length,
});

const ON_THIS_THREAD = 'works on the calling thread: there is no worker to lose';

const PROCESS_PER_REQUEST =
  'its evaluator starts and ends a process per request: the evaluators’ suite holds it to that';

const SUBJECTS: Readonly<Record<string, readonly QueueSubject[]>> = {
  'inline.ts': [
    {
      ...shared,
      create: async () =>
        inlineQueue(await interpretedEvaluator({ ...interpreter(), nowMs: () => 0 })),
      deadly: ON_THIS_THREAD,
      endless: ON_THIS_THREAD,
      workersAlive: ON_THIS_THREAD,
    },
  ],
  'slots.ts': [
    {
      ...shared,
      create: async () => {
        const evaluator = await interpretedEvaluator({ ...interpreter(), nowMs: () => 0 });
        return slotsQueue({ evaluator, slots: 3 });
      },
      deadly: PROCESS_PER_REQUEST,
      endless: PROCESS_PER_REQUEST,
      workersAlive: PROCESS_PER_REQUEST,
    },
  ],
  'threads.ts': [threads(1), threads(3)],
};

for (const [file, subjects] of Object.entries(SUBJECTS)) {
  for (const [i, subject] of subjects.entries()) {
    describe(`${file} ${i + 1}`, () => queueConformance(suite, subject));
  }
}

/** The contract, the order of what waits, and the entries of worker threads. */
const NOT_DRIVERS = ['contract.ts', 'waiting.ts', 'worker-main.ts'];

test('every queue has a row above', () => {
  const drivers = readdirSync(join(import.meta.dirname, '../../src/queues'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => !NOT_DRIVERS.includes(name));
  expect(drivers.sort()).toEqual(Object.keys(SUBJECTS).sort());
});
