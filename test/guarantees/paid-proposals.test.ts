/** Proposers that pay for their ideas: no limit is passed, nothing is paid for twice, all of it is recorded. */
import { expect, test } from 'vitest';
import type { EventDraft, EventType, StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import { NOTHING_SPENT, plus, type Spend } from '../../src/core/spend.ts';
import { runLoop } from '../../src/loop/loop.ts';
import type { Budget } from '../../src/loop/plan.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import type { StudyState } from '../../src/loop/state.ts';
import { ask as askFor, type Study } from '../../src/loop/study.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { climber, smallPlan } from '../../src/testing/small-study.ts';
import { STEP } from '../thorough.ts';
import { continueFrom, draftOf, runSmall } from './fixtures/small-run.ts';
import { runningClock, runSteered, verifySteered } from './fixtures/steered-run.ts';

const MOST: Spend = { requests: 1, tokens: 1000, microUsd: 500 };
const KNOWN = sha256('');

interface Habits {
  readonly asked?: number[];
  /** What a call takes, as a share of what was put aside. */
  readonly takes?: (share: number) => number;
  /** Calls that are never answered, by trial. */
  readonly fails?: (trial: number) => boolean;
}

/** One call for each idea; some take longer than others, so answers come in another order. */
function buyer({
  asked = [],
  takes = (share) => share,
  fails = () => false,
}: Habits = {}): Proposer {
  const own = climber();
  return {
    ...own,
    name: 'buyer',
    traits: { repeatable: false, sequential: false, breeds: true, paid: true },
    async ask(state, request) {
      const { trial, rng, purse, signal } = request;
      const idea = await own.ask(state, request);
      const share = takes(rng.float());
      const spent = {
        requests: 1,
        tokens: Math.ceil(MOST.tokens * share),
        microUsd: Math.ceil(MOST.microUsd * share),
      };
      const call = {
        to: 'a/model',
        most: MOST,
        make: async () => {
          asked.push(trial);
          for (let i = 0; i < trial % 4; i++) await Promise.resolve();
          if (fails(trial)) throw new Error('cut off');
          const input = Math.floor(spent.tokens / 3);
          return { value: idea, spent, usage: { input, output: spent.tokens - input } };
        },
      };
      const none = { ...idea, text: '', key: KNOWN, size: 0 };
      try {
        const answer = await purse.pay(call, signal);
        if ('paid' in answer) return { ...answer.paid, model: call.to, spent };
        const { refused } = answer;
        return { ...none, noCandidate: 'No money.', noCandidateAs: 'over-budget', refused };
      } catch {
        return { ...none, noCandidate: 'Cut off.', noCandidateAs: 'infra-error' };
      }
    },
  };
}

const planOf = (budget: Budget, habits?: Habits) =>
  smallPlan({ clock: runningClock(), budget, proposers: [buyer(habits)] });

const of = <T extends EventType>(events: readonly StoredEvent[], type: T) =>
  events.filter((event): event is StoredEvent<T> => event.type === type);
const booked = (events: readonly StoredEvent[]) =>
  of(events, 'spend.settled').reduce((sum, { body }) => plus(sum, body.spent), NOTHING_SPENT);

test.each([
  ['usd', { microUsd: 4000 }],
  ['tokens', { tokens: 8000 }],
  ['requests', { requests: 13 }],
] as const)('the limit on %s is never passed, and ends the study', async (stoppedBy, limit) => {
  const { events } = await runSmall(planOf({ trials: 500, ...limit }));
  const spent = booked(events);
  for (const [name, cap] of Object.entries(limit)) {
    expect(spent[name as keyof Spend]).toBeLessThanOrEqual(cap);
    expect(spent[name as keyof Spend]).toBeGreaterThan(cap - 2 * MOST[name as keyof Spend]);
  }
  expect(of(events, 'study.closed')[0]?.body).toMatchObject({ reason: 'budget', stoppedBy });
});

test.each([0, 1])('a budget of %i micro-dollars buys nothing', async (microUsd) => {
  const asked: number[] = [];
  const { events } = await runSmall(planOf({ trials: 50, microUsd }, { asked }));
  expect(asked).toEqual([]);
  expect(of(events, 'study.closed')[0]?.body.stoppedBy).toBe('usd');
  expect(of(events, 'trial.settled').every(({ body }) => body.end === 'over-budget')).toBe(true);
});

test('a call that takes more than it said overspends by the calls under way and no more', async () => {
  const habits = { takes: () => 3 };
  const { events } = await runSmall(planOf({ trials: 500, microUsd: 10_000 }, habits));
  const { microUsd } = booked(events);
  expect(microUsd).toBeGreaterThan(10_000 - MOST.microUsd);
  expect(microUsd).toBeLessThanOrEqual(10_000 + 8 * 2 * MOST.microUsd);
});

test('each entry about money is durable before the call that it is for', async () => {
  const { events } = await runSmall(planOf({ trials: 40, requests: 1000 }));
  const calls = of(events, 'spend.reserved').map(({ body }) => body.call);
  expect(calls).toEqual(calls.map((_, i) => i));
  expect(
    of(events, 'spend.settled')
      .map(({ body }) => body.call)
      .sort((a, b) => a - b),
  ).toEqual(calls);
  for (const { body, trial } of of(events, 'trial.settled')) {
    const own = of(events, 'spend.settled').filter((one) => one.trial === trial);
    expect(body.spent).toEqual(own.reduce((sum, one) => plus(sum, one.body.spent), NOTHING_SPENT));
  }
});

test('cut after any entry and resumed: the same study, no answer is paid for twice, what was lost is booked', async () => {
  const budget = { trials: 40, requests: 1000 };
  const whole = await runSmall(planOf(budget));
  for (let cut = 1; cut <= whole.events.length; cut += 3 * STEP) {
    const asked: number[] = [];
    const from = whole.events.slice(0, cut);
    const again = await continueFrom(planOf(budget, { asked }), from);
    expect(again.logical, `cut ${cut}`).toBe(whole.logical);
    const answered = of(from, 'proposal.made').map(({ trial }) => trial);
    expect(
      asked.filter((trial) => answered.includes(trial)),
      `cut ${cut}`,
    ).toEqual([]);
    const lost = of(from, 'spend.reserved').length - of(from, 'spend.settled').length;
    const { unanswered, open } = again.study.state.purse;
    expect(unanswered).toEqual(
      Array.from({ length: lost }, () => MOST).reduce(plus, NOTHING_SPENT),
    );
    expect(open).toEqual({});
  }
});

test('a call that is never answered is booked as it was put aside, and is nobody’s fault', async () => {
  const habits = { fails: (trial: number) => trial % 5 === 0 };
  const { events, study } = await runSmall(planOf({ trials: 20, requests: 1000 }, habits));
  const cut = of(events, 'spend.settled').filter(({ body }) => body.unanswered);
  expect(cut).toHaveLength(4);
  expect(cut.every(({ body }) => body.spent.microUsd === MOST.microUsd)).toBe(true);
  expect(study.state.purse.unanswered).toEqual({ requests: 4, tokens: 4000, microUsd: 2000 });
  const ends = of(events, 'trial.settled').filter(({ trial = 0 }) => trial % 5 === 0);
  expect(ends.map(({ body }) => [body.end, body.message])).toEqual(
    ends.map(() => ['infra-error', 'Cut off.']),
  );
});

test('an answer that comes while a person pauses the study is kept, and not paid for again', async () => {
  const budget = { trials: 20, requests: 1000 };
  let study: Study | undefined;
  const pausing = buyer({
    takes: (share) => {
      if (study && study.state.committed >= 6) askFor(study, 'pause');
      return share;
    },
  });
  const plan = smallPlan({ clock: runningClock(), budget, proposers: [pausing] });
  const ledger = await memoryStore({ clock: plan.clock }).open('small', 'write');
  study = await openStudy({ plan, ledger, reporters: [] });
  await runLoop(study);
  const events: StoredEvent[] = [];
  for await (const page of ledger.read(0)) events.push(...page);
  const answered = of(events, 'proposal.made').map(({ trial }) => trial);
  expect(answered.length).toBeGreaterThan(of(events, 'trial.settled').length);
  const asked: number[] = [];
  await continueFrom(planOf(budget, { asked }), events);
  expect(asked.filter((trial) => answered.includes(trial))).toEqual([]);
});

test('after the limit was raised the search goes on', async () => {
  const first = await runSmall(planOf({ trials: 500, microUsd: 3000 }));
  const settled = of(first.events, 'trial.settled');
  const end = first.events.indexOf(settled.at(-1) as StoredEvent) + 1;
  expect(settled.at(-1)?.body).toMatchObject({
    end: 'over-budget',
    refused: { limit: 'microUsd', cap: 3000 },
  });
  const more = await continueFrom(
    planOf({ trials: 500, microUsd: 6000 }),
    first.events.slice(0, end),
  );
  expect(of(more.events, 'trial.settled').length).toBeGreaterThan(settled.length);
  expect(booked(more.events).microUsd).toBeGreaterThan(3000);
});

test.each([
  ['lowers', 'requests', { requests: 40 }, 15],
  ['lowers', 'tokens', { tokens: 40_000 }, 15_000],
  ['lowers', 'microUsd', { microUsd: 20_000 }, 7_500],
  ['names', 'requests', { tokens: 1_000_000 }, 15],
  ['raises', 'requests', { requests: 15 }, 30],
] as const)(
  'planted: a person %s the limit on %s, and it holds from then on',
  async (_, name, limit, cap) => {
    const plan = planOf({ trials: 100, ...limit });
    const when = ({ committed }: StudyState): boolean => committed >= 4;
    const said = { kind: 'budget', value: { [name]: cap } } as const;
    const { events, refused } = await runSteered({ plan, say: [{ id: 'cap', when, said }] });
    expect(refused).toEqual({});
    expect(booked(events)[name]).toBeLessThanOrEqual(cap);
    expect(booked(events)[name]).toBeGreaterThan(cap - 2 * MOST[name]);
  },
);

const whole = await runSmall(planOf({ trials: 30, requests: 1000 }));
const verified = (events: readonly EventDraft[]) =>
  verifySteered(planOf({ trials: 30 }), events, {
    keyOf: (text) => (text === '' ? undefined : sha256(text)),
  });

test('verify derives it again', async () => {
  expect((await verified(whole.events.map(draftOf))).words).toBe('');
});

type Edit = (event: EventDraft, at: number) => EventDraft | readonly EventDraft[];
const edit = (type: EventType, nth: number, change: (body: never) => object): Edit => {
  const at = whole.events.indexOf(of(whole.events, type)[nth] as StoredEvent);
  return (event, i) =>
    i === at
      ? ({ ...event, body: { ...event.body, ...change(event.body as never) } } as EventDraft)
      : event;
};
const drop = (type: EventType, nth: number): Edit => {
  const at = whole.events.indexOf(of(whole.events, type)[nth] as StoredEvent);
  return (event, i) => (i === at ? [] : event);
};

test.each<readonly [string, Edit, RegExp]>([
  [
    'another text than was answered',
    edit('trial.settled', 4, () => ({ text: 'x', candidate: sha256('x') })),
    /tries another text than/,
  ],
  [
    'a trial that says it took more',
    edit('trial.settled', 4, () => ({ spent: { requests: 1, tokens: 9e9, microUsd: 0 } })),
    /took more than was booked/,
  ],
  [
    'a trial that hides what it took',
    edit('trial.settled', 4, () => ({ spent: undefined })),
    /names a model and no spend/,
  ],
  [
    'a call booked below what was put aside',
    edit('spend.settled', 4, () => ({ unanswered: true })),
    /not booked as it was put aside/,
  ],
  [
    'a call that sent more than it was charged for',
    edit('spend.settled', 4, ({ usage }: { usage: { input: number; output: number } }) => ({
      usage: { ...usage, input: usage.input + 1 },
    })),
    /sent and received other tokens than are booked/,
  ],
  ['a call that was never begun', drop('spend.reserved', 4), /which was not under way/],
  ['a call left out', edit('spend.reserved', 4, () => ({ call: 400 })), /where call 4 was due/],
  [
    'an answer twice',
    (event, i) =>
      whole.events[i]?.type === 'proposal.made' && whole.events[i].trial === 6
        ? [event, event]
        : event,
    /comes where none was due/,
  ],
  [
    'a study that says it buys nothing',
    edit('study.opened', 0, ({ lanes }: { lanes: readonly object[] }) => ({
      lanes: lanes.map((lane) => ({ ...lane, paid: undefined })),
    })),
    /no proposer of the first entry buys anything/,
  ],
])('planted: %s', async (_, change, says) => {
  const { words } = await verified(whole.events.map(draftOf).flatMap(change));
  expect(words).toMatch(says);
});
