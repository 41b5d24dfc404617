/** A proposer that has no candidate for a trial: it ends invalid, for a reason that the ledger keeps. */
import { expect, test } from 'vitest';
import type { EventBody, EventDraft, StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { StudyState } from '../../src/loop/state.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { climber, smallPlan } from '../../src/testing/small-study.ts';
import { STEP } from '../thorough.ts';
import { continueFrom, draftOf, runSmall } from './fixtures/small-run.ts';
import { runningClock, runSteered, verifySteered } from './fixtures/steered-run.ts';

const WHY = 'The model was asleep.';

/** Every third trial it has none; what it is told and asked is noted. */
function sleepy(asked: number[] = [], told: unknown[] = []): Proposer {
  const awake = climber();
  return {
    ...awake,
    name: 'sleepy',
    async ask(state, request) {
      asked.push(request.trial);
      const draft = await awake.ask(state, request);
      if (request.trial % 3 !== 0) return { ...draft, hypothesis: 'a step', expected: 0.5 };
      return { ...draft, text: '', key: sha256(''), size: 0, noCandidate: WHY };
    },
    tell(state, result) {
      const { trial, text, outcome, message, hypothesis } = result;
      told.push({ trial, text, outcome, message, hypothesis });
      return awake.tell(state, result);
    },
  };
}

const planOf = (asked?: number[], told?: unknown[]) =>
  smallPlan({ clock: runningClock(), budget: { trials: 30 }, proposers: [sleepy(asked, told)] });

const told: { readonly trial: number }[] = [];
const whole = await runSmall(planOf([], told));
const isSettled = (event: StoredEvent): event is StoredEvent<'trial.settled'> =>
  event.type === 'trial.settled';
const settled = whole.events.filter(isSettled);
const without = settled.filter(({ trial = 0 }) => trial % 3 === 0);

test('each such trial ends invalid, unmeasured, and none is a duplicate of another', () => {
  expect(without).toHaveLength(10);
  for (const { body } of without) {
    const { noCandidate, outcome, end, text, values, evals, message, admitted } = body;
    expect({ noCandidate, outcome, end, text, values, evals, message, admitted }).toEqual({
      noCandidate: true,
      outcome: 'invalid',
      end: 'invalid',
      text: '',
      values: [],
      evals: 0,
      message: WHY,
      admitted: false,
    });
  }
  const others = settled.filter(({ trial = 0 }) => trial % 3 !== 0);
  for (const { body } of others) {
    expect(body).toMatchObject({ hypothesis: 'a step', expected: 0.5 });
    expect(body).not.toHaveProperty('noCandidate');
  }
});

test('the proposer is told why, and what it had thought of the others', () => {
  expect(told.find(({ trial }) => trial === 3)).toMatchObject({
    text: '',
    outcome: 'invalid',
    message: WHY,
  });
  expect(told.find(({ trial }) => trial === 4)).toMatchObject({ hypothesis: 'a step' });
});

test('resumed after many entries it is the same study, and no settled trial is asked again', async () => {
  for (let cut = 1; cut <= whole.events.length; cut += 3 * STEP) {
    const asked: number[] = [];
    const from = whole.events.slice(0, cut);
    expect((await continueFrom(planOf(asked), from)).logical, `cut ${cut}`).toBe(whole.logical);
    const done = from.filter(isSettled).length;
    expect(asked.filter((trial) => trial < done)).toEqual([]);
  }
});

test('verify derives the ends again', async () => {
  const keyOf = (text: string) => (text === '' ? undefined : sha256(text));
  const { words, checked } = await verifySteered(planOf(), whole.events.map(draftOf), { keyOf });
  expect(words).toBe('');
  expect(checked.trials).toBe(30);
});

test('a rule of a person bars candidates: where there is none it bars nothing', async () => {
  const proposers = [sleepy(), climber()];
  const plan = smallPlan({ clock: runningClock(), budget: { trials: 60 }, proposers });
  const said = { kind: 'veto', value: { what: 'proposer', name: 'sleepy' } } as const;
  const say = [{ id: 'no-sleeper', said, when: (state: StudyState) => state.committed >= 10 }];
  const { events, taken } = await runSteered({ plan, say });
  expect(taken).toEqual(['no-sleeper']);
  const late = events.filter(isSettled).filter(({ trial = 0 }) => trial >= 20);
  const asleep = late.filter(({ body }) => body.proposer === 'sleepy');
  expect(new Set(asleep.map(({ body }) => body.noCandidate)).size).toBe(2);
  for (const { body } of asleep) {
    expect(body.barredBy).toBe(body.noCandidate ? undefined : 'no-sleeper');
    expect(body.message === WHY).toBe(body.noCandidate === true);
  }
  expect((await verifySteered(plan, events.map(draftOf))).words).toBe('');
});

type Body = EventBody['trial.settled'];

/** By what is wrong with it: a settled trial without a candidate, changed. */
const FAULTS: Readonly<Record<string, readonly [Partial<Body>, RegExp]>> = {
  'a text all the same': [
    { text: 'x', candidate: sha256('x') },
    /something was tried all the same/,
  ],
  'evaluations of it': [{ evals: 3 }, /something was tried all the same/],
  'a value of it': [{ values: [1], evals: 1 }, /something was tried all the same/],
  'a score of it': [{ outcome: 'scored', values: [1], evals: 1 }, /as scored all the same/],
  'a crash of it': [{ outcome: 'crashed', end: 'crashed' }, /as crashed all the same/],
  'no reason': [{ message: '' }, /without a candidate, for no reason/],
  'another end': [{ end: 'duplicate' }, /its screen gives "invalid"/],
};

function edited(change: Partial<Body>): readonly EventDraft[] {
  const at = whole.events.findIndex((event) => isSettled(event) && event.trial === 6);
  return whole.events.map((event, i) => {
    const draft = draftOf(event);
    return i === at ? ({ ...draft, body: { ...draft.body, ...change } } as EventDraft) : draft;
  });
}

test.each(Object.entries(FAULTS))('planted: %s', async (_, [change, says]) => {
  expect((await verifySteered(planOf(), edited(change))).words).toMatch(says);
});

test('planted: no text, and no word of why', async () => {
  const { words } = await verifySteered(planOf(), edited({ noCandidate: undefined } as never));
  expect(words).toMatch(/has no text, and does not say why/);
});
