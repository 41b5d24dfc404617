/** A candidate that a person wrote is a trial like any other: which one, what became of it, and who knows. */
import { describe, expect, test } from 'vitest';
import type { EventDraft, StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { Steering } from '../../src/core/steering.ts';
import type { Evaluator } from '../../src/evaluators/contract.ts';
import { INFRA_RETRIES } from '../../src/loop/measure.ts';
import { MAIN_ARM } from '../../src/loop/plan.ts';
import type { StudyState } from '../../src/loop/state.ts';
import type { Proposer, Told } from '../../src/proposers/contract.ts';
import { inlineQueue } from '../../src/queues/inline.ts';
import {
  climber,
  type SmallStudyOptions,
  seededEvaluator,
  smallPlan,
} from '../../src/testing/small-study.ts';
import { STEP } from '../thorough.ts';
import { jitteryQueue } from './fixtures/jittery-queue.ts';
import { draftOf } from './fixtures/small-run.ts';
import {
  foldedState,
  runningClock,
  runSteered,
  type Said,
  type SteeredRun,
  verifySteered,
} from './fixtures/steered-run.ts';

const LOOKAHEAD = 8;

const planOf = (more: Partial<SmallStudyOptions> = {}) =>
  smallPlan({ clock: runningClock(), lookahead: LOOKAHEAD, ...more });

const after = (trials: number) => (state: StudyState) => state.committed >= trials;
const point = (effect: number): string => JSON.stringify({ trial: -1, effect });
const wrote = (text: string): Steering => ({ kind: 'candidate', value: { text } });

const GOOD: Said = { id: 'good', when: after(20), said: wrote(point(9)) };
const BAD: Said = { id: 'bad', when: after(20), said: wrote(point(-9)) };

const findingsOf = async (drafts: readonly EventDraft[]): Promise<string> =>
  (await verifySteered(planOf(), drafts)).words;

const takenBy = ({ events }: SteeredRun, id: string) => {
  const steered = events.find(({ type, body }) => type === 'study.steered' && body.id === id);
  return steered as StoredEvent<'study.steered'>;
};

function triedBy(run: SteeredRun, id: string): StoredEvent<'trial.settled'> {
  const { takes } = takenBy(run, id).body;
  const isIt = ({ type, trial }: StoredEvent) => type === 'trial.settled' && trial === takes?.trial;
  return run.events.find(isIt) as StoredEvent<'trial.settled'>;
}

const whole = await runSteered({ plan: planOf(), say: [GOOD, BAD] });

test('each takes one trial of the main arm, behind those that were under way', () => {
  const plan = planOf();
  const at = takenBy(whole, 'good').seq;
  const settled = whole.events.filter(({ type, seq }) => type === 'trial.settled' && seq < at);
  for (const [i, id] of ['good', 'bad'].entries()) {
    const { body, trial = -1, actor } = triedBy(whole, id);
    expect(body).toMatchObject({ arm: MAIN_ARM, proposer: 'person', writtenIn: id });
    expect(actor).toBe('person');
    expect(trial).toBeGreaterThanOrEqual(settled.length);
    expect(trial).toBeLessThanOrEqual(settled.length + LOOKAHEAD + plan.opened.cycle.length);
    expect(body.candidate).toBe(sha256(point(i === 0 ? 9 : -9)));
  }
  const [first, second] = ['good', 'bad'].map((id) => triedBy(whole, id).trial ?? -1);
  expect(first).toBeLessThan(second ?? -1);
});

test('a good one is promoted on fresh pairs, a bad one is discarded: by the rule of all', async () => {
  const good = triedBy(whole, 'good');
  const about = whole.events.filter(({ trial }) => trial === good.trial).map(({ type }) => type);
  expect(about).toEqual(expect.arrayContaining(['trial.confirmed', 'candidate.promoted']));
  const pairs = whole.events.filter(
    ({ type, trial }) => type === 'measurement.recorded' && trial === good.trial,
  );
  expect(pairs.length).toBeGreaterThan(1);
  expect(triedBy(whole, 'bad').body).toMatchObject({ end: 'discarded', admitted: false });
  expect(await findingsOf(whole.events.map(draftOf))).toBe('');
});

test('its parent is the incumbent at which it was handed in', () => {
  const { seq } = takenBy(whole, 'good');
  const state = foldedState(planOf(), whole.events.slice(0, seq));
  expect(triedBy(whole, 'good').body.parents).toEqual([state.arms[MAIN_ARM]?.incumbent.id]);
});

test('1, 2 and 7 workers write the same study, and its state is the fold of its ledger', async () => {
  const runs = [1, 2, 7].map((workers) =>
    runSteered({ plan: planOf({ search: jitteryQueue(workers) }), say: [GOOD, BAD] }),
  );
  const digests = (await Promise.all(runs)).map(({ logical }) => logical);
  expect(new Set([...digests, whole.logical]).size).toBe(1);
  expect(foldedState(planOf(), whole.events)).toEqual(whole.study.state);
});

test('killed after any entry from there to its verdict, and resumed: the same study', async () => {
  const say = [GOOD];
  const alone = await runSteered({ plan: planOf(), say });
  const first = takenBy(alone, 'good').seq;
  const last = alone.events.findLast(({ trial }) => trial === triedBy(alone, 'good').trial);
  expect(last?.type).toBe('candidate.promoted');
  for (let cut = first; cut <= (last?.seq ?? 0) + LOOKAHEAD; cut += STEP) {
    const again = await runSteered({ plan: planOf(), say, from: alone.events.slice(0, cut) });
    expect(again.logical, `cut after entry ${cut}`).toBe(alone.logical);
  }
});

test('said before anything was measured it takes the first trial there is, in pairs the next', async () => {
  const early: Said = { id: 'early', said: wrote(point(1)) };
  const run = await runSteered({ plan: planOf(), say: [early] });
  expect(triedBy(run, 'early').trial).toBe(0);
  expect(await findingsOf(run.events.map(draftOf))).toBe('');
  const paired = await runSteered({ plan: planOf({ screen: 'paired' }), say: [BAD] });
  const { seq } = takenBy(paired, 'bad');
  const before = paired.events.filter((one) => one.type === 'trial.settled' && one.seq < seq);
  const { cycle, lanes } = planOf().opened;
  let next = before.length;
  while (lanes[cycle[next % cycle.length] ?? 0]?.arm !== MAIN_ARM) next += 1;
  expect(triedBy(paired, 'bad').trial).toBe(next);
  expect(await findingsOf(paired.events.map(draftOf))).toBe('');
});

test('no proposer is asked in its place, nor told of it', async () => {
  const told: Told[] = [];
  const asked: number[] = [];
  const spy = climber();
  const watched: Proposer = {
    ...spy,
    ask(state, request) {
      if (!request.fromOrigin) asked.push(request.trial);
      return spy.ask(state, request);
    },
    tell(state, one) {
      told.push(one);
      return spy.tell(state, one);
    },
  };
  const run = await runSteered({ plan: planOf({ proposers: [watched] }), say: [GOOD] });
  const { trial = -1 } = triedBy(run, 'good');
  expect(asked).toContain(trial - 1);
  expect(asked).not.toContain(trial);
  expect(told.map((one) => one.trial)).not.toContain(trial);
});

test('proposers that are used up do not end a study before it was tried', async () => {
  const spent: Proposer = { ...climber(), isExhausted: (_state, _seen) => true };
  const early: Said = { id: 'early', said: wrote(point(-1)) };
  const ended = await runSteered({ plan: planOf({ proposers: [spent] }), say: [early] });
  expect(triedBy(ended, 'early').body.end).toBe('discarded');
  expect(ended.study.state).toMatchObject({ committed: 1, closed: { reason: 'exhausted' } });
});

test.each<[string, readonly Said[], RegExp]>([
  ['no text of a candidate', [{ id: 'no', said: wrote('quicker, please') }], /It is no point/],
  [
    'the incumbent',
    [
      {
        id: 'no',
        when: after(40),
        said: ({ arms }) => wrote(arms[MAIN_ARM]?.incumbent.text ?? ''),
      },
    ],
    /It is the incumbent/,
  ],
  [
    'what was tried',
    [
      { id: 'first', when: after(5), said: wrote(point(-3)) },
      { id: 'no', when: after(40), said: wrote(point(-3)) },
    ],
    /tried already/,
  ],
  [
    'what waits',
    [
      { id: 'first', when: after(5), said: wrote(point(-3)) },
      { id: 'no', when: after(5), said: wrote(point(-3)) },
    ],
    /waits for its trial already/,
  ],
  [
    'what is vetoed',
    [
      {
        id: 'veto',
        said: { kind: 'veto', value: { what: 'candidate', candidate: sha256(point(-3)) } },
      },
      { id: 'no', said: wrote(point(-3)) },
    ],
    /A person vetoed the candidate\. That was steering veto/,
  ],
  ['too late for a trial', [{ id: 'no', when: after(58), said: wrote(point(2)) }], /leaves none/],
  [
    'too late for anything',
    [{ id: 'no', when: ({ closed }) => closed !== undefined, said: wrote(point(2)) }],
    /The study has ended/,
  ],
])('%s is refused with a sentence, and takes no trial', async (_what, say, why) => {
  const run = await runSteered({ plan: planOf(), say });
  expect(run.refused['no']).toMatch(why);
  expect(takenBy(run, 'no')).toBeUndefined();
});

test.each(['paired', 'islands'] as const)(
  'a study that asks about its search (%s) takes none, nor a pin; verify knows',
  async (design) => {
    const plan = planOf();
    const asking = { ...plan, opened: { ...plan.opened, design } };
    const pin: Said = { id: 'pin', said: { kind: 'pin', value: { candidate: plan.origin.id } } };
    const run = await runSteered({ plan: asking, say: [GOOD, pin] });
    expect(run.taken).toEqual([]);
    for (const id of ['good', 'pin']) expect(run.refused[id]).toMatch(/would count as found/);
    const [first, ...rest] = whole.events.map(draftOf);
    const body = { ...(first as EventDraft).body, design };
    expect(await findingsOf([{ ...first, body } as EventDraft, ...rest])).toMatch(
      /Gives something to one arm of a study that asks about its search/,
    );
  },
);

const FIRST: Said = { id: 'first', when: after(5), said: wrote(point(9)) };
const AGAIN: Said = { id: 'again', when: after(30), said: wrote(point(9)) };
const THIRD: Said = { id: 'third', when: after(50), said: wrote(point(9)) };

describe('a candidate whose trial the machine ended', () => {
  /** The machine fails whatever measures it, so often. */
  function failing(times: number): Partial<SmallStudyOptions> {
    const evaluator = seededEvaluator();
    let left = times;
    const measure: Evaluator['measure'] = async (requests, signal) => {
      const measured = await evaluator.measure(requests, signal);
      const isIt = requests.some(({ candidate }) => candidate.text === point(9));
      if (!isIt || left === 0) return measured;
      left -= 1;
      const spoiled = { outcome: 'infra-error', message: 'no process was to be had' } as const;
      return measured.map((one) => ({ ...one, cases: one.cases.map(() => spoiled) }));
    };
    return { search: inlineQueue({ ...evaluator, measure }) };
  }

  test('is taken again and measured, and not a third time', async () => {
    const plan = planOf(failing(1 + INFRA_RETRIES));
    const run = await runSteered({ plan, say: [FIRST, AGAIN, THIRD] });
    expect(triedBy(run, 'first').body).toMatchObject({ end: 'infra-error', values: [] });
    const tried = triedBy(run, 'again');
    expect(tried.body).toMatchObject({ outcome: 'scored', end: null, writtenIn: 'again' });
    expect(run.events.filter(({ trial }) => trial === tried.trial).at(-1)?.type).toBe(
      'candidate.promoted',
    );
    expect(run.refused['third']).toMatch(/It is the incumbent/);
    expect(await findingsOf(run.events.map(draftOf))).toBe('');
    expect(foldedState(planOf(), run.events)).toEqual(run.study.state);
  });

  test('is taken as often as the machine ends it; a bad one that was scored is not', async () => {
    const often = await runSteered({
      plan: planOf(failing(2 * (1 + INFRA_RETRIES))),
      say: [FIRST, AGAIN, THIRD],
    });
    const ends = ['first', 'again'].map((id) => triedBy(often, id).body.end);
    expect(ends).toEqual(['infra-error', 'infra-error']);
    expect(triedBy(often, 'third').body.outcome).toBe('scored');
    const bad = (one: Said): Said => ({ ...one, said: wrote(point(-9)) });
    const scored = await runSteered({ plan: planOf(), say: [bad(FIRST), bad(AGAIN)] });
    expect(scored.refused['again']).toMatch(/tried already/);
  });

  test('planted and found by verify: measured a second time though it had a score', async () => {
    const plan = planOf(failing(1 + INFRA_RETRIES));
    const run = await runSteered({ plan, say: [FIRST, AGAIN] });
    const { seq } = triedBy(run, 'first');
    const planted = run.events.map(draftOf).map((draft, i) => {
      if (i !== seq - 1) return draft;
      const body = { ...draft.body, outcome: 'invalid', end: 'invalid' };
      return { ...draft, body } as EventDraft;
    });
    expect(await findingsOf(planted)).toMatch(/its screen gives "duplicate"/);
  });
});

test('more than sixteen do not wait at a time', async () => {
  const say = Array.from({ length: 18 }, (_, i) => ({ id: `${i}`, said: wrote(point(i)) }));
  const { refused } = await runSteered({ plan: planOf(), say: say.slice(1) });
  expect(Object.keys(refused)).toEqual(['17']);
  expect(refused['17']).toMatch(/16 candidates wait/);
});

const drafts = whole.events.map(draftOf);
const steeredAt = takenBy(whole, 'good').seq - 1;
const settledAt = triedBy(whole, 'bad').seq - 1;

const withBody = (index: number, change: object): readonly EventDraft[] => {
  const draft = drafts[index] as EventDraft;
  return drafts.with(index, { ...draft, body: { ...draft.body, ...change } } as EventDraft);
};
const without = (index: number, key: string): readonly EventDraft[] => {
  const draft = drafts[index] as EventDraft;
  const { [key]: _gone, ...body } = draft.body as Record<string, unknown>;
  return drafts.with(index, { ...draft, body } as EventDraft);
};
const { takes } = takenBy(whole, 'good').body;

test.each<[string, readonly EventDraft[], RegExp]>([
  ['an earlier trial', withBody(steeredAt, { takes: { ...takes, trial: 21 } }), /Takes trial 21/],
  ['no trial', without(steeredAt, 'takes'), /no trial is named that tries it/],
  [
    'a trial for a note',
    withBody(steeredAt, { said: { kind: 'note', value: 'x' } }),
    /no candidate was handed in/,
  ],
  [
    'another text than was handed in',
    withBody(steeredAt, { said: wrote(point(4)) }),
    /was to try what steering good handed in/,
  ],
  ['a trial nobody signs', without(settledAt, 'writtenIn'), /was to try what steering bad/],
  ['another parent', withBody(settledAt, { parents: [sha256('x')] }), /was to try what/],
  [
    'a proposal that says a person wrote it',
    withBody(settledAt - 1, { writtenIn: 'nobody' }),
    /Nobody outside wrote what trial/,
  ],
])('planted and found by verify: %s', async (_what, planted, finding) => {
  expect(await findingsOf(planted)).toMatch(finding);
});
