/** Drafts of events for property tests: a settled trial as the engine writes it, and odd ones. */
import fc from 'fast-check';
import type { EventDraft, EventType } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { TRIAL_ENDS } from '../core/trial-state.ts';

const ORIGIN = sha256('origin');

/** An ordinary trial, 20 cases; the same number gives the same draft. */
export function settledDraft(trial: number): Extract<EventDraft, { type: 'trial.settled' }> {
  return {
    type: 'trial.settled',
    trial,
    actor: 'genetic',
    body: {
      arm: 'main',
      lane: trial % 4,
      horizon: trial,
      proposer: 'genetic',
      operator: 'subtree-crossover',
      candidate: sha256(`candidate ${trial}`),
      text: `(- (* item ${trial}) (max space 0.5))`,
      key: `${trial}:0`,
      parents: [ORIGIN],
      considered: 1,
      outcome: 'scored',
      values: Array.from({ length: 20 }, (_, i) => trial / 7 + i / 3),
      evals: 20,
      size: 7,
      admitted: false,
      end: 'discarded',
    },
  };
}

/** Numbers that JSON can hold, and −0, which it turns into 0. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
/** Every code point, NUL and the separator of the chain included. */
const text = fc.string({ unit: 'binary', maxLength: 40 });
const values = fc.array(fc.option(number), { maxLength: 30 });
const hash = fc.nat().map((n) => sha256(`${n}`));

const settled = fc.record({
  trial: fc.nat(100_000),
  text,
  values,
  end: fc.constantFrom(...TRIAL_ENDS, null),
  message: fc.option(text, { nil: undefined }),
});

const compared: fc.Arbitrary<EventDraft> = fc
  .record({ ours: hash, theirs: hash, effect: number, words: text, n: fc.nat() })
  .map((body) => ({
    type: 'arm.compared',
    actor: 'engine',
    body: { arm: 'best-of-n', atEvals: 100, interval: [-1, 1], verdict: 'no-evidence', ...body },
  }));

const resumed: fc.Arbitrary<EventDraft> = fc
  .record({ epoch: fc.nat(9), fromSeq: fc.nat() })
  .map((body) => ({
    type: 'study.resumed',
    actor: 'engine',
    body,
    meta: { epoch: body.epoch },
  }));

const confirmed: fc.Arbitrary<EventDraft> = fc
  .record({ trial: fc.nat(100_000), spec: fc.jsonValue(), logE: number, effect: number })
  .map(({ trial, ...body }) => ({
    type: 'trial.confirmed',
    trial,
    actor: 'engine',
    body: {
      arm: 'main',
      candidate: ORIGIN,
      against: ORIGIN,
      attempt: 1,
      index: 0,
      alpha: 0.05,
      n: 12,
      verdict: 'unconfirmed',
      ...body,
    },
  }));

const closed: fc.Arbitrary<EventDraft> = fc
  .constantFrom('budget' as const, 'target' as const)
  .map((reason) => ({ type: 'study.closed', actor: 'person Ørsted 🚲', body: { reason } }));

/** Rare and ordinary events in any order: a store does not ask whether a history makes sense. */
export const eventDraft: fc.Arbitrary<EventDraft> = fc.oneof(
  { weight: 6, arbitrary: settled.map(draftOf) },
  { weight: 1, arbitrary: fc.oneof(compared, resumed, confirmed, closed) },
);

/** Types that occur in `eventDraft`, for filters. */
export const DRAFTED_TYPES: readonly EventType[] = [
  'trial.settled',
  'arm.compared',
  'study.resumed',
  'trial.confirmed',
  'study.closed',
];

type Settled = typeof settled extends fc.Arbitrary<infer T> ? T : never;

function draftOf({ trial, message, ...fields }: Settled): EventDraft {
  const draft = settledDraft(trial);
  const said = message === undefined ? {} : { message };
  return { ...draft, body: { ...draft.body, ...fields, ...said } };
}
