/** After a promotion or a surprise the engine proposes what to try next, tries it, and says whether it was right. */
import { describe, expect, test } from 'vitest';
import type { EventBody, EventRow, StoredEvent } from '../../src/core/events.ts';
import type { FollowOn } from '../../src/core/follow-ons.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { addToTally } from '../../src/reporters/report/fold.ts';
import {
  hitRates,
  newFollowOnsSeen,
  nextOnes,
  seeFollowOns,
} from '../../src/reporters/report/follow-ons.ts';
import { newTally } from '../../src/reporters/report/tally.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { climber, type SmallStudyOptions, smallPlan } from '../../src/testing/small-study.ts';
import { isThorough } from '../thorough.ts';
import { followedPlan, READER } from './fixtures/followed-study.ts';
import { continueFrom, runSmall, settledIn } from './fixtures/small-run.ts';
import { edited, rechained, rowsOfEvents, verifyRows } from './fixtures/verified-study.ts';

/** A climber that can be asked for its step by name, and says so in its operator. */
function repeater(): Proposer {
  const proposer = climber();
  return {
    ...proposer,
    traits: { ...proposer.traits, repeats: true },
    ask(state, request) {
      const { again } = request;
      if (again === undefined) return proposer.ask(state, request);
      const { effect } = JSON.parse(again.parent.text) as { readonly effect: number };
      const text = JSON.stringify({ trial: request.trial, effect: effect + 0.5 });
      const { operator, parent } = again;
      return { text, key: sha256(text), operator, parents: [parent.id], considered: 1, size: 1 };
    },
  };
}

const planOf = (more: Partial<SmallStudyOptions> = {}) =>
  followedPlan({ proposers: [repeater()], ...more });

type Proposed = StoredEvent<'follow-ons.proposed'>;
const proposedIn = (events: readonly StoredEvent[]): readonly Proposed[] =>
  events.filter((one) => one.type === 'follow-ons.proposed');

const whole = await runSmall(planOf());
const PROPOSED = proposedIn(whole.events);
const TRIED = settledIn(whole.events).filter(({ body }) => body.followOn);
const ALL: readonly FollowOn[] = PROPOSED.flatMap(({ body }) => body.next);
const of = (kind: FollowOn['kind']) => ALL.filter((one) => one.kind === kind);
const trialOf = ({ number }: FollowOn) =>
  TRIED.find(({ body }) => body.followOn?.number === number);

test('every promotion is followed at once by at most three, each with its reason against', () => {
  const promotions = whole.events.filter(({ type }) => type === 'candidate.promoted');
  expect(promotions.length).toBeGreaterThan(2);
  for (const { seq, trial } of promotions) {
    const next = whole.events[seq] as Proposed;
    expect(next).toMatchObject({ type: 'follow-ons.proposed', body: { about: trial } });
    expect(next.body.next.length).toBeLessThanOrEqual(3);
  }
  expect(ALL.map(({ number }) => number)).toEqual(ALL.map((_, i) => i + 1));
  expect(ALL.every(({ against, hypothesis }) => against !== '' && hypothesis !== '')).toBe(true);
});

test('they are ordinary trials, in the turn that was named, by whoever was named', () => {
  expect(TRIED.length).toBeGreaterThan(5);
  for (const { body, trial } of TRIED) {
    const one = ALL.find(({ number }) => number === body.followOn?.number);
    expect(one?.trial).toBe(trial);
    expect(body.arm).toBe('main');
    expect(body.proposer).toBe(one?.candidate ? 'follow-ons' : 'climber');
  }
});

test('an ablation and the one that was replaced are expected to lose what was gained', () => {
  for (const { body } of PROPOSED) {
    const promoted = whole.events.find(
      (one) => one.type === 'candidate.promoted' && one.trial === body.about,
    ) as StoredEvent<'candidate.promoted'>;
    const { gain, interval = [0, 0] } = promoted.body;
    for (const one of body.next) {
      if (one.kind === 'refute') {
        expect(one.expected).toBe(-gain);
        expect(one.expectedInterval).toEqual([-interval[1], -interval[0]]);
        expect(sha256(one.candidate?.text ?? '')).toBe(promoted.body.from);
      }
      if (one.kind === 'ablate') expect(one.expected).toBe(-gain / 2);
    }
  }
});

test('a claim is repeated on cases of another epoch, and measured though it was tried before', () => {
  const tried = of('refute').flatMap((one) => trialOf(one) ?? []);
  expect(tried.length).toBeGreaterThan(1);
  for (const { body, trial = 0 } of tried) {
    const { about } = PROPOSED.find(({ body: { next } }) => next.some((one) => one.trial === trial))
      ?.body ?? { about: Infinity };
    expect(Math.floor(trial / 20)).toBeGreaterThan(Math.floor(about / 20));
    expect(body.end).not.toBe('duplicate');
    expect(body.values.length).toBeGreaterThan(0);
  }
});

/** Every other time proposes anew whatever led before. */
function echo(): Proposer {
  const proposer = climber();
  const led: string[] = [];
  return {
    ...proposer,
    ask(state, request) {
      const best = request.fromOrigin ? undefined : request.archive.best()?.text;
      if (best !== undefined && !led.includes(best)) led.push(best);
      const text = led.at(-1 - (request.trial % 7));
      if (request.trial % 2 === 0 || text === undefined) return proposer.ask(state, request);
      return { text, key: sha256(text), operator: 'echo', parents: [], considered: 1, size: 1 };
    },
  };
}

test('the rule against duplicates is lifted for that trial alone, whoever else proposes the same before it', async () => {
  const { events } = await runSmall(planOf({ proposers: [echo()] }));
  const settled = settledIn(events).filter(({ body }) => body.arm === 'main');
  const refutes = proposedIn(events).flatMap(({ seq, body }) =>
    body.next.flatMap((one) => (one.kind === 'refute' ? [{ ...one, seq }] : [])),
  );
  let echoed = 0;
  for (const { candidate, trial, number, seq } of refutes) {
    const own = settled.find((one) => one.trial === trial);
    if (own === undefined) continue;
    expect(own.body).toMatchObject({ key: candidate?.key, followOn: { number } });
    expect(own.body.end, `refutation in trial ${trial}`).not.toBe('duplicate');
    const before = settled.filter(
      (one) => one.seq > seq && one.seq < own.seq && one.body.key === candidate?.key,
    );
    const isFirst = (one: (typeof settled)[number]): boolean =>
      settled.find(({ body }) => body.key === one.body.key) === one;
    for (const one of before) expect(one.body.end === 'duplicate').toBe(!isFirst(one));
    echoed += before.length;
  }
  expect(echoed).toBeGreaterThan(0);
  const rows = rowsOfEvents(events);
  expect((await verifyRows(rows, { followOnReader: READER })).findings).toEqual([]);
});

test('an extension is asked of whoever paid, for the operator that paid, from the incumbent', () => {
  const tried = of('extend').flatMap((one) => trialOf(one) ?? []);
  expect(tried.length).toBeGreaterThan(1);
  for (const { body, horizon = body.horizon } of tried as readonly (StoredEvent<'trial.settled'> & {
    readonly horizon?: number;
  })[]) {
    const leaders = whole.events.flatMap((one) =>
      one.type === 'candidate.promoted' && (one.trial ?? 0) < horizon ? [one.body.candidate] : [],
    );
    expect(body.operator).toBe('step');
    expect(body.parents).toEqual([leaders.at(-1)]);
  }
});

test('what cannot be proposed says why, and nothing stands in for it', async () => {
  const { events } = await runSmall(planOf({ proposers: [climber()] }));
  const why = proposedIn(events).flatMap(({ body }) => body.notApplicable);
  const extended = proposedIn(events).flatMap(({ body }) => body.next);
  expect(extended.filter(({ kind }) => kind === 'extend')).toEqual([]);
  expect(why).toContainEqual({ kind: 'extend', why: expect.stringMatching(/cannot be asked/) });
});

test('the rates count what had an answer, and a gain that was hoped for by promotions alone', () => {
  const seen = newFollowOnsSeen();
  for (const event of whole.events) seeFollowOns(seen, event);
  for (const { kind, proposed, answered, right } of hitRates(seen)) {
    expect(proposed).toBe(of(kind).length);
    expect(answered).toBeLessThanOrEqual(proposed);
    const ours = of(kind).filter((one) => {
      const gain = trialOf(one)?.body.followOn?.gain;
      const isPromoted = whole.events.some(
        (event) => event.type === 'candidate.promoted' && event.trial === one.trial,
      );
      return one.rightBelow === undefined ? isPromoted : (gain ?? Infinity) < one.rightBelow;
    });
    expect(right).toBe(ours.length);
  }
  expect(nextOnes(seen, { unit: 'sigma' }).map(({ number }) => number)).toEqual(
    PROPOSED.at(-1)?.body.next.map(({ number }) => number),
  );
});

test('a report follows the fate of each trial once', () => {
  const tally = newTally();
  for (const event of whole.events) addToTally(tally, event);
  const [one] = TRIED;
  const fate = tally.fates.get(one?.trial ?? -1);
  expect(fate?.seqs[0]).toBe(
    PROPOSED.find(({ body }) => body.next.some(({ trial }) => trial === one?.trial))?.seq,
  );
  expect(new Set(fate?.seqs).size).toBe(fate?.seqs.length);
  expect(tally.followOns.fates).toBe(tally.fates);
});

test('cut anywhere and resumed, the same are proposed and tried', async () => {
  const first = PROPOSED[0]?.seq ?? 0;
  const cuts = [first, whole.events.length - 20, first - 1, first + 3];
  for (const cut of isThorough ? cuts : cuts.slice(0, 2)) {
    const resumed = await continueFrom(planOf(), whole.events.slice(0, cut));
    expect(resumed.logical, `cut after entry ${cut}`).toBe(whole.logical);
  }
});

test('a study that does not promise them proposes none', async () => {
  const { followOns: _off, ...opened } = planOf().opened;
  const { events } = await runSmall({ ...planOf(), opened });
  expect(proposedIn(events)).toEqual([]);
  expect(events.some(({ type }) => type === 'candidate.promoted')).toBe(true);
});

test('a screen that saw much and a confirm that failed are a surprise: the screen is repeated alone', async () => {
  // The judge sees nothing: whatever the screen saw does not come again.
  const judge = smallPlan({ clock: manualClock() }).judge;
  const blind: typeof judge = {
    ...judge,
    measure: (requests, signal) =>
      judge.measure(
        requests.map((one) => ({ ...one, candidate: { ...one.candidate, text: '{"effect":0}' } })),
        signal,
      ),
  };
  const { events } = await runSmall(planOf({ judge: blind, budget: { trials: 120 } }));
  const surprises = proposedIn(events);
  expect(surprises.length).toBeGreaterThan(0);
  for (const { body } of surprises) {
    expect(body.why).toBe('unconfirmed');
    expect(body.next.map(({ kind }) => kind)).toEqual(['refute']);
    expect(body.notApplicable.map(({ kind }) => kind).sort()).toEqual([
      'ablate',
      'extend',
      'transfer',
    ]);
  }
  expect(surprises.length).toBeLessThanOrEqual(13);
  expect((await verifyRows(rowsOfEvents(events), { followOnReader: READER })).findings).toEqual([]);
});

describe('verify', () => {
  const ROWS = rowsOfEvents(whole.events);
  const row = (seq: number): EventRow => ROWS[seq - 1] as EventRow;
  const first = PROPOSED[0] as Proposed;
  const later = PROPOSED[1] as Proposed;

  test('derives every proposal again, and accuses nothing where it cannot', async () => {
    expect((await verifyRows(ROWS, { followOnReader: READER })).findings).toEqual([]);
    expect((await verifyRows(ROWS)).findings).toEqual([]);
  });

  const changed = (
    seq: number,
    edit: (one: { -readonly [K in keyof FollowOn]: FollowOn[K] }) => void,
  ) =>
    edited<'follow-ons.proposed'>(ROWS, row(seq), (body) => {
      const [one] = body.next as (FollowOn | undefined)[];
      if (one) edit(one);
    });

  test.each<[string, readonly EventRow[], RegExp]>([
    [
      'a prediction made smaller',
      changed(first.seq, (one) => Object.assign(one, { expected: -0.01 })),
      /next\.0\.expected/,
    ],
    [
      'another trial',
      changed(later.seq, (one) => Object.assign(one, { trial: one.trial + 1 })),
      /next\.0\.trial/,
    ],
    [
      'a reason against left out',
      changed(later.seq, (one) => Object.assign(one, { against: '' })),
      /next\.0\.against/,
    ],
    [
      'a kind said not to apply',
      edited<'follow-ons.proposed'>(ROWS, row(first.seq), (body) =>
        Object.assign(body, { next: [] }),
      ),
      /The rule proposes/,
    ],
  ])('names %s', async (_name, rows, says) => {
    const { findings } = await verifyRows(rows, { followOnReader: READER });
    const seqs = [first.seq, later.seq];
    expect(findings.some(({ seq, detail }) => seqs.includes(seq) && says.test(detail))).toBe(true);
  });

  test('names a proposal that was left out, once', async () => {
    const last = PROPOSED.at(-1) as Proposed;
    const rows = rechained(ROWS.filter(({ seq }) => seq !== last.seq));
    const { findings } = await verifyRows(rows, { followOnReader: READER });
    expect(findings.filter(({ detail }) => /was not proposed/.test(detail))).toHaveLength(1);
  });

  const tried = TRIED.find(
    ({ body }) => body.followOn?.gain !== undefined && body.proposer === 'follow-ons',
  );
  const triedRow = row(tried?.seq ?? 0);
  const withBody = (edit: Partial<EventBody['trial.settled']>) =>
    edited<'trial.settled'>(ROWS, triedRow, (body) => Object.assign(body, edit));
  const { followOn = { number: 0 } } = tried?.body ?? {};

  test.each<[string, Partial<EventBody['trial.settled']>, RegExp]>([
    ['a gain made into another', { followOn: { ...followOn, gain: 9 } }, /saw a gain of/],
    ['a trial that tries something else', { operator: 'extend' }, /was to try follow-on/],
    [
      'another follow-on’s number',
      { followOn: { ...followOn, number: 99 } },
      /was to try follow-on/,
    ],
  ])('names %s', async (_name, edit, says) => {
    const { findings } = await verifyRows(withBody(edit), { followOnReader: READER });
    const own = findings.filter(({ seq }) => seq === triedRow.seq);
    expect(own.some(({ detail }) => says.test(detail))).toBe(true);
  });
});
