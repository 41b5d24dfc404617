/** A study of people alone tries what they hand in, each in its turn, and waits for the next. */
import { expect, test } from 'vitest';
import type { EventDraft, StoredEvent } from '../../src/core/events.ts';
import type { Steering } from '../../src/core/steering.ts';
import { decide } from '../../src/loop/decide.ts';
import { runLoop } from '../../src/loop/loop.ts';
import { PEOPLE } from '../../src/loop/people.ts';
import { MAIN_ARM, type Plan } from '../../src/loop/plan.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { armOf, type StudyState } from '../../src/loop/state.ts';
import { ask } from '../../src/loop/study.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { type SmallStudyOptions, smallPlan } from '../../src/testing/small-study.ts';
import { STEP } from '../thorough.ts';
import { jitteryQueue } from './fixtures/jittery-queue.ts';
import { draftOf } from './fixtures/small-run.ts';
import {
  foldedState,
  runningClock,
  runSteered,
  type Said,
  verifySteered,
} from './fixtures/steered-run.ts';

/** One search, and no control arm that would ask people too. */
function planOf(more: Partial<SmallStudyOptions> = {}): Plan {
  const proposers = [PEOPLE as Proposer];
  const plan = smallPlan({ clock: runningClock(), budget: { trials: 4 }, proposers, ...more });
  const { arms, lanes, ...opened } = plan.opened;
  const [own] = plan.lanes;
  if (own === undefined) throw new Error('a plan without a lane');
  return {
    ...plan,
    lanes: [own],
    opened: { ...opened, arms: arms.slice(0, 1), lanes: lanes.slice(0, 1), cycle: [0] },
  };
}

const wrote = (effect: number): Steering => ({
  kind: 'candidate',
  value: { text: JSON.stringify({ trial: -1, effect }) },
});
/** Nothing is due any more but the next trial: then the order of entries hangs on no clock. */
const idleAfter = (trials: number) => (state: StudyState) =>
  state.committed >= trials &&
  state.open === undefined &&
  armOf(state, MAIN_ARM).reference.length > 0;

const SAY: readonly Said[] = [
  { id: 'one', said: wrote(9) },
  { id: 'two', said: wrote(-9) },
  { id: 'three', when: idleAfter(2), said: wrote(18) },
  { id: 'four', when: idleAfter(3), said: wrote(-18) },
];

const whole = await runSteered({ plan: planOf(), say: SAY });
const settled = whole.events.filter(
  (one): one is StoredEvent<'trial.settled'> => one.type === 'trial.settled',
);

test('each is a trial, in the order in which they were handed in, judged by the rule of all', async () => {
  expect(settled.map(({ trial, body }) => [trial, body.writtenIn])).toEqual([
    [0, 'one'],
    [1, 'two'],
    [2, 'three'],
    [3, 'four'],
  ]);
  const promoted = whole.events.filter(({ type }) => type === 'candidate.promoted');
  expect(promoted.map(({ trial }) => trial)).toEqual([0, 2]);
  expect(whole.events.at(-1)).toMatchObject({ body: { reason: 'budget', stoppedBy: 'trials' } });
  expect(whole.study.plan.opened.lanes).toMatchObject([{ proposer: 'human', waits: true }]);
  expect((await verifySteered(planOf(), whole.events.map(draftOf))).words).toBe('');
});

test('with 5 workers, and killed after what was said or settled, the same study', {
  timeout: 60_000,
}, async () => {
  const jittery = planOf({ search: jitteryQueue(5) });
  expect((await runSteered({ plan: jittery, say: SAY })).logical).toBe(whole.logical);
  expect(foldedState(planOf(), whole.events)).toEqual(whole.study.state);
  const taken = whole.events.filter(({ type }) => type === 'study.steered').map(({ seq }) => seq);
  const cuts = [...taken.slice(1), ...settled.map(({ seq }) => seq)];
  for (const cut of cuts.filter((_, i) => i % STEP === 0)) {
    const from = whole.events.slice(0, cut);
    const again = await runSteered({ plan: planOf(), say: SAY, from });
    expect(again.logical, `cut after entry ${cut}`).toBe(whole.logical);
  }
});

test('while nobody writes it waits, until the wall budget, a stop or a pause', async () => {
  const wall = await runSteered({ plan: planOf({ budget: { wallMs: 1_000 } }), say: [] });
  expect(wall.events.at(-1)).toMatchObject({ body: { reason: 'budget', stoppedBy: 'wall' } });
  for (const wish of ['stop', 'pause'] as const) {
    const plan = planOf();
    const ledger = await memoryStore({ clock: plan.clock }).open('small', 'write');
    const study = await openStudy({ plan, ledger, reporters: [] });
    const run = runLoop(study);
    setTimeout(() => ask(study, wish), 300);
    await run;
    expect(study.state.closed !== undefined).toBe(wish === 'stop');
    expect(study.state.committed).toBe(0);
  }
});

test('it waits only where nothing is handed in', () => {
  const plan = planOf();
  const upTo = (type: string) => {
    const at = whole.events.findIndex((one) => one.type === type);
    return foldedState(plan, whole.events.slice(0, at));
  };
  const inputs = { activeMs: 0, wallMs: 0 };
  const beforeAny = foldedState(plan, whole.events.slice(0, settled.length));
  expect(['measure-floor', 'reference', 'wait', 'settle']).toContain(
    decide(plan, beforeAny, inputs).do,
  );
  expect(decide(plan, upTo('trial.settled'), inputs)).toEqual({ do: 'settle', trial: 0 });
  const { steering } = upTo('trial.settled');
  const empty = { ...upTo('trial.settled'), steering: { ...steering, written: [] } };
  expect(decide(plan, empty, inputs)).toEqual({ do: 'wait' });
});

test('a trial that nobody handed in is found by verify', async () => {
  const drafts = whole.events.map(draftOf);
  const at = (settled[1]?.seq ?? 0) - 1;
  const { writtenIn: _gone, ...body } = (drafts[at] as EventDraft).body as Record<string, unknown>;
  const planted = drafts.with(at, { ...drafts[at], body } as EventDraft);
  const steered = drafts.findIndex(
    ({ type, body: said }) => type === 'study.steered' && 'id' in said && said.id === 'two',
  );
  const note = { kind: 'note', value: 'x' };
  const { takes: _too, ...told } = (drafts[steered] as EventDraft).body as Record<string, unknown>;
  const unheard = planted.with(steered, {
    ...drafts[steered],
    body: { ...told, said: note },
  } as EventDraft);
  expect((await verifySteered(planOf(), unheard)).words).toMatch(
    /Trial 1 was to wait for what people hand in/,
  );
});
