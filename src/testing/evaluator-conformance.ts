/** The promises of the evaluator contract as tests, for every driver, ours and yours. */
import assert from 'node:assert/strict';
import type { Candidate } from '../core/candidate.ts';
import { OUTCOMES } from '../core/events.ts';
import type { Awaitable } from '../core/json.ts';
import type { Evaluator, Measured, Outcome } from '../evaluators/contract.ts';
import { assertGone, isAlive } from './processes.ts';
import { lawOrReason, type Suite } from './suite.ts';

/** What can go wrong inside an evaluation, and the outcome it must become. */
export const FAULTS = {
  /** The metric is not a number. */
  nan: 'invalid',
  /** The metric is ±Infinity. */
  infinity: 'invalid',
  /** The answer lacks the metric. */
  'missing-metric': 'invalid',
  /** One case is not answered at all. */
  'missing-case': 'invalid',
  /** A case is answered that nobody asked for. */
  'extra-case': 'invalid',
  /** The same line comes twice. */
  duplicate: 'invalid',
  /** Two values for one case. */
  contradictory: 'invalid',
  /** An answer made for another rollout. */
  'wrong-nonce': 'invalid',
  'no-nonce': 'invalid',
  /** Words on the result channel that are no result. */
  malformed: 'invalid',
  /** More bytes than the cap. */
  flood: 'invalid',
  /** The evaluation ends with an error after it has answered. */
  crash: 'crashed',
  /** The evaluation is killed by a signal after it has answered. */
  signal: 'crashed',
} as const satisfies Readonly<Record<string, Outcome>>;

export type Fault = keyof typeof FAULTS;

/** Whatever is a text instead of a subject is the reason why that law cannot apply. */
export interface EvaluatorSubject {
  /** A fresh, healthy evaluator. */
  readonly create: () => Awaitable<Evaluator>;
  /** At least two candidates that score. */
  readonly candidates: readonly Candidate[];
  /** A candidate of a text no task kind accepts. */
  readonly broken: Candidate | string;
  /** An evaluator in which the last case asked meets the fault. */
  readonly faults: Readonly<Record<Fault, (() => Awaitable<Evaluator>) | string>>;
  /** An evaluation that never ends, with a child of its own; `pids` gives both once they run. */
  readonly hanging: ((timeoutMs: number) => Awaitable<Hanging>) | string;
  /** A candidate whose text and file names would do something if a shell read them. */
  readonly hostile: Hostile | string;
}

export interface Hanging {
  readonly evaluator: Evaluator;
  readonly pids: () => Promise<readonly number[]>;
}

export interface Hostile {
  readonly candidate: Candidate;
  /** True when the text was executed. */
  readonly wasRun: () => Awaitable<boolean>;
}

/** Cases with the extremes of an unsigned 32-bit seed. */
const CASES = [0, 1, 7, 4_294_967_295] as const;

const NEVER = new AbortController().signal;

export function evaluatorConformance(suite: Suite, subject: EvaluatorSubject): void {
  shapeLaws(suite, subject);
  candidateLaws(suite, subject);
  for (const [fault, outcome] of Object.entries(FAULTS) as [Fault, Outcome][]) {
    lawOrReason(suite, `the fault "${fault}" becomes ${outcome}, never a number`, {
      needs: subject.faults[fault],
      law: (create) => faultLaw(create, subject, outcome),
    });
  }
  processLaws(suite, subject);
}

function shapeLaws(suite: Suite, subject: EvaluatorSubject): void {
  const { candidates, create } = subject;
  suite.test('one result per request and case, in order, each typed', () =>
    using(create, async (evaluator) => {
      const requests = candidates.map((candidate, i) => ({ candidate, cases: CASES.slice(0, i) }));
      const measured = await evaluator.measure(requests, NEVER);
      assert.deepEqual(
        measured.map(({ cases }) => cases.length),
        requests.map(({ cases }) => cases.length),
      );
      checkTyped(measured);
    }),
  );
  suite.test('no request, no result', () =>
    using(create, async (evaluator) => assert.deepEqual(await evaluator.measure([], NEVER), [])),
  );
  suite.test('what calls itself deterministic repeats bit for bit, alone or among others', () =>
    using(create, async (evaluator) => {
      if (!evaluator.traits.deterministic) return;
      const together = await evaluator.measure(requestsOf(subject), NEVER);
      for (const [i, request] of requestsOf(subject).entries()) {
        const [alone] = await evaluator.measure([request], NEVER);
        assert.deepEqual(alone?.cases, together[i]?.cases);
      }
    }),
  );
  suite.test('the seed matters', () =>
    using(create, async (evaluator) => {
      const [measured] = await evaluator.measure(requestsOf(subject).slice(0, 1), NEVER);
      const values = measured?.cases.map((one) => (one.outcome === 'scored' ? one.value : null));
      assert.ok(new Set(values).size > 1, `all cases gave ${String(values?.[0])}`);
    }),
  );
  suite.test('an aborted signal rejects and closing twice is harmless', () =>
    using(create, async (evaluator) => {
      const reason = new Error('stopped by the test');
      const aborted = AbortSignal.abort(reason);
      await assert.rejects(async () => evaluator.measure(requestsOf(subject), aborted), reason);
      await evaluator.close();
    }),
  );
}

function candidateLaws(suite: Suite, subject: EvaluatorSubject): void {
  lawOrReason(suite, 'a broken candidate is invalid and its neighbours are scored', {
    needs: subject.broken,
    law: (broken) =>
      using(subject.create, async (evaluator) => {
        const [first, ...others] = requestsOf(subject);
        const requests = [first, { candidate: broken, cases: CASES }, ...others].filter(
          (request) => request !== undefined,
        );
        const outcomes = (await evaluator.measure(requests, NEVER)).map(outcomesOf);
        assert.deepEqual(outcomes[1], Array(CASES.length).fill('invalid'));
        assert.deepEqual(outcomes[0], Array(CASES.length).fill('scored'));
        assert.deepEqual(outcomes[2], Array(CASES.length).fill('scored'));
      }),
  });
  lawOrReason(suite, "a candidate's text and file names never reach a shell", {
    needs: subject.hostile,
    law: ({ candidate, wasRun }) =>
      using(subject.create, async (evaluator) => {
        const measured = await evaluator.measure([{ candidate, cases: CASES }], NEVER);
        checkTyped(measured);
        assert.equal(await wasRun(), false);
      }),
  });
}

function faultLaw(
  create: () => Awaitable<Evaluator>,
  subject: EvaluatorSubject,
  outcome: Outcome,
): Promise<void> {
  return using(create, async (evaluator) => {
    const measured = await evaluator.measure(requestsOf(subject).slice(0, 1), NEVER);
    checkTyped(measured);
    assert.equal(measured[0] && outcomesOf(measured[0]).at(-1), outcome);
  });
}

/** Generous for a process to start on a busy machine; the hanging one would never end. */
const LIMIT_MS = 1500;
const NO_LIMIT_MS = 60_000;

function processLaws(suite: Suite, subject: EvaluatorSubject): void {
  lawOrReason(suite, 'a time-out kills the process and its children', {
    needs: subject.hanging,
    law: async (create) => {
      const { evaluator, pids } = await create(LIMIT_MS);
      const [measured] = await evaluator.measure(requestsOf(subject).slice(0, 1), NEVER);
      assert.deepEqual(measured && outcomesOf(measured), Array(CASES.length).fill('timeout'));
      await assertGone(pair(await pids()));
      await evaluator.close();
    },
  });
  lawOrReason(suite, 'an abort rejects with its reason and leaves no process', {
    needs: subject.hanging,
    law: async (create) => {
      const { evaluator, pids } = await create(NO_LIMIT_MS);
      const abort = new AbortController();
      const reason = new Error('stopped by the test');
      const work = (async () => evaluator.measure(requestsOf(subject), abort.signal))();
      const running = await Promise.race([pids(), work.then(() => [])]);
      assert.equal(running.filter(isAlive).length, 2, 'process and child run before the abort');
      abort.abort(reason);
      await assert.rejects(work, reason);
      await assertGone(pair(running));
      await evaluator.close();
    },
  });
  lawOrReason(suite, 'closing ends what still runs', {
    needs: subject.hanging,
    law: async (create) => {
      const { evaluator, pids } = await create(NO_LIMIT_MS);
      const work = (async () => evaluator.measure(requestsOf(subject), NEVER))();
      const ended = assert.rejects(work);
      const running = await pids();
      await evaluator.close();
      await ended;
      await assertGone(pair(running));
    },
  });
}

function requestsOf({
  candidates,
}: EvaluatorSubject): { candidate: Candidate; cases: readonly number[] }[] {
  return candidates.map((candidate) => ({ candidate, cases: CASES }));
}

function outcomesOf(measured: Measured): readonly Outcome[] {
  return measured.cases.map(({ outcome }) => outcome);
}

/** A value exists exactly where the outcome is `scored`, a sentence everywhere else. */
function checkTyped(measured: readonly Measured[]): void {
  for (const { cases, cpuMs } of measured) {
    assert.ok(Number.isFinite(cpuMs) && cpuMs >= 0, `cpuMs is ${cpuMs}`);
    for (const one of cases) {
      assert.ok(OUTCOMES.includes(one.outcome), `unknown outcome ${one.outcome}`);
      if (one.outcome === 'scored') {
        assert.ok(Number.isFinite(one.value), `scored ${one.value}`);
        continue;
      }
      assert.equal('value' in one, false);
      assert.match(one.message, /\S/);
      assert.doesNotMatch(one.message, /[\u0000-\u001f\u007f-\u009f]/);
    }
  }
}

async function using(
  create: () => Awaitable<Evaluator>,
  law: (evaluator: Evaluator) => Promise<void>,
): Promise<void> {
  const evaluator = await create();
  try {
    await law(evaluator);
  } finally {
    await evaluator.close();
  }
}

function pair(pids: readonly number[]): readonly number[] {
  assert.ok(pids.length >= 2, 'the fixture names its process and its child');
  return pids;
}
