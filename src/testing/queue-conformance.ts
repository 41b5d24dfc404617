/** The promises of the queue contract as tests, for every driver, ours and yours. */
import assert from 'node:assert/strict';
import type { Candidate } from '../core/candidate.ts';
import type { Awaitable } from '../core/json.ts';
import type { CaseResult, Evaluator, Measured, MeasureRequest } from '../evaluators/contract.ts';
import type { Queue } from '../queues/contract.ts';
import { lawOrReason, type Suite } from './suite.ts';

/** Whatever is a text instead of a subject is the reason why that law cannot apply. */
export interface QueueSubject {
  readonly create: () => Awaitable<Queue>;
  /** Measures as the queue's workers do, one request at a time: the oracle. Deterministic. */
  readonly oracle: () => Awaitable<Evaluator>;
  /** At least three candidates that score. */
  readonly candidates: readonly Candidate[];
  /** A queue whose worker dies over a certain case, every time it meets it. */
  readonly deadly: Deadly | string;
  /** A queue whose worker never returns from a certain case. */
  readonly endless: Deadly | string;
  /** How many workers this process holds now. */
  readonly workersAlive: (() => number) | string;
}

export interface Deadly {
  readonly create: () => Awaitable<Queue>;
  readonly seed: number;
}

/** Large enough for several chunks per worker, with no number dividing it evenly. */
const MANY = 23;

const NEVER = new AbortController().signal;

export function queueConformance(suite: Suite, subject: QueueSubject): void {
  resultLaws(suite, subject);
  lossLaws(suite, subject);
  endLaws(suite, subject);
}

function resultLaws(suite: Suite, subject: QueueSubject): void {
  const { create } = subject;
  suite.test('one result per request, in order, as measured one by one', () =>
    using(create, async (queue) => {
      const requests = requestsOf(subject, MANY);
      assert.deepEqual(
        casesOf(await queue.measure(requests, NEVER)),
        await expected(subject, requests),
      );
    }),
  );
  suite.test('calls at the same time do not mix', () =>
    using(create, async (queue) => {
      const calls = Array.from({ length: 9 }, (_, i) => requestsOf(subject, i, i * MANY));
      const measured = await Promise.all(calls.map((requests) => queue.measure(requests, NEVER)));
      for (const [i, requests] of calls.entries()) {
        assert.deepEqual(casesOf(measured[i] ?? []), await expected(subject, requests));
      }
    }),
  );
  suite.test('there is at least one worker', () =>
    using(create, async ({ traits }) => assert.ok(traits.workers >= 1)),
  );
}

function lossLaws(suite: Suite, subject: QueueSubject): void {
  const law = async ({ create, seed }: Deadly, outcome: 'crashed' | 'timeout'): Promise<void> =>
    using(create, async (queue) => {
      const requests = requestsOf(subject, MANY).map((request, i) =>
        i === 5 ? { ...request, cases: [seed] } : request,
      );
      const measured = casesOf(await queue.measure(requests, NEVER));
      const oracle = await expected(subject, requests);
      assert.deepEqual(
        measured[5]?.map((one) => one.outcome),
        [outcome],
      );
      assert.deepEqual(measured.toSpliced(5, 1), oracle.toSpliced(5, 1));
      const [after] = await queue.measure(requests.slice(0, 1), NEVER);
      assert.deepEqual(after?.cases, oracle[0]);
    });
  lawOrReason(suite, 'a request that kills its worker is crashed, all others are measured', {
    needs: subject.deadly,
    law: (deadly) => law(deadly, 'crashed'),
  });
  lawOrReason(suite, 'a request that never ends is a timeout, all others are measured', {
    needs: subject.endless,
    law: (endless) => law(endless, 'timeout'),
  });
}

function endLaws(suite: Suite, subject: QueueSubject): void {
  const { create } = subject;
  suite.test('an aborted signal rejects with its reason and the queue goes on', () =>
    using(create, async (queue) => {
      const reason = new Error('stopped by the test');
      const requests = requestsOf(subject, MANY);
      const early = AbortSignal.abort(reason);
      await assert.rejects(async () => queue.measure(requests, early), reason);
      assert.deepEqual(
        casesOf(await queue.measure(requests, NEVER)),
        await expected(subject, requests),
      );
    }),
  );
  lawOrReason(suite, 'an abort in mid-work rejects at once and close leaves no worker', {
    needs: typeof subject.endless === 'string' ? subject.endless : { endless: subject.endless },
    law: async ({ endless }) => {
      const before = alive(subject);
      const queue = await endless.create();
      const abort = new AbortController();
      const reason = new Error('stopped by the test');
      const [request] = requestsOf(subject, 1);
      assert.ok(request);
      const requests = Array(MANY).fill({ ...request, cases: [endless.seed] });
      const rejected = assert.rejects(async () => queue.measure(requests, abort.signal), reason);
      abort.abort(reason);
      await rejected;
      await queue.close();
      assert.equal(alive(subject), before);
    },
  });
  lawOrReason(suite, 'close leaves no worker and may come twice', {
    needs: typeof subject.workersAlive === 'string' ? subject.workersAlive : { subject },
    law: async () => {
      const before = alive(subject);
      const queue = await create();
      await queue.measure(requestsOf(subject, MANY), NEVER);
      assert.ok(alive(subject) > before, 'workers are seen while they live');
      await queue.close();
      await queue.close();
      assert.equal(alive(subject), before);
    },
  });
}

function alive({ workersAlive }: QueueSubject): number {
  return typeof workersAlive === 'string' ? 0 : workersAlive();
}

/** Requests of 0 to 3 cases over all candidates in turn. */
function requestsOf({ candidates }: QueueSubject, count: number, from = 0): MeasureRequest[] {
  return Array.from({ length: count }, (_, i) => {
    const candidate = candidates[i % candidates.length];
    assert.ok(candidate, 'the subject has candidates');
    return { candidate, cases: Array.from({ length: i % 4 }, (_, k) => from + 10 * i + k) };
  });
}

function casesOf(measured: readonly Measured[]): (readonly CaseResult[])[] {
  return measured.map(({ cases }) => cases);
}

async function expected(
  subject: QueueSubject,
  requests: readonly MeasureRequest[],
): Promise<(readonly CaseResult[])[]> {
  const oracle = await subject.oracle();
  const results: (readonly CaseResult[])[] = [];
  for (const request of requests) {
    results.push(...casesOf(await oracle.measure([request], NEVER)));
  }
  await oracle.close();
  return results;
}

async function using(
  create: () => Awaitable<Queue>,
  law: (queue: Queue) => Promise<void>,
): Promise<void> {
  const queue = await create();
  try {
    await law(queue);
  } finally {
    await queue.close();
  }
}
