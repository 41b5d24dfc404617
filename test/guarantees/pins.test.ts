/** What people pinned stays on offer as a parent, to the search alone, whatever the archive does. */
import { describe, expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { islandsArchive } from '../../src/archives/islands.ts';
import { mapElitesArchive } from '../../src/archives/map-elites.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import type { Candidate } from '../../src/core/candidate.ts';
import type { EventDraft, StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import { publicRoot } from '../../src/core/rng.ts';
import type { Steering } from '../../src/core/steering.ts';
import { PINNED_SHARE, withPinned } from '../../src/loop/pinned.ts';
import { MAIN_ARM } from '../../src/loop/plan.ts';
import type { StudyState } from '../../src/loop/state.ts';
import type { AskRequest, Draft, Proposer } from '../../src/proposers/contract.ts';
import { offers } from '../../src/testing/archive-rehearsal.ts';
import { climber, type SmallStudyOptions, smallPlan } from '../../src/testing/small-study.ts';
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

const ROOT = publicRoot('pins');

const ARCHIVES: readonly (readonly [string, number, Archive])[] = [
  ['pareto', 0, paretoArchive({ capacity: 8 }) as Archive],
  ['islands', 0, islandsArchive({ count: 3, migrateEvery: 20, capacity: 4 }) as Archive],
  ['map-elites', 1, mapElitesArchive([{ min: 0, max: 1, bins: 4 }]) as Archive],
];

describe.each(ARCHIVES)('%s', (_name, measures, archive) => {
  const state = archive.init();
  const [first, ...rest] = offers({ measures }, 600).filter((one) => !one.measures?.includes(null));
  if (first === undefined) throw new Error('nothing is offered');
  archive.add(state, first);
  const pin = archive.find(state, first.id) as Candidate;
  for (const elite of rest) if (archive.admits(state, elite)) archive.add(state, elite);
  const picksAt = (pins: readonly Candidate[], trial: number) => {
    const view = withPinned(archive.view(state, trial), pins);
    const draws = Array.from({ length: 400 }, (_, i) => view.pick(ROOT.stream(trial, 'pick', i)));
    return draws.map((one) => one?.id);
  };

  test('a pin that was displaced is offered in its share of the picks, in every trial', () => {
    expect(archive.find(state, pin.id)).toBeUndefined();
    for (const trial of [1, 2, 3, 4]) {
      expect(picksAt([], trial)).not.toContain(pin.id);
      const share = picksAt([pin], trial).filter((id) => id === pin.id).length / 400;
      expect(Math.abs(share - PINNED_SHARE)).toBeLessThan(0.06);
    }
  });

  test('an archive that keeps nothing offers the pins, and its best is its own', () => {
    const view = withPinned(archive.view(archive.init(), 0), [pin]);
    expect(view.size).toBe(1);
    expect(view.best()).toBeUndefined();
    expect(view.pick(ROOT.stream(0, 'pick'))).toBe(pin);
  });
});

interface Offered {
  readonly fromOrigin: boolean;
  readonly trial: number;
  readonly ids: readonly (string | undefined)[];
}

/** Breeds from what it picks; notes what it was offered. */
function breeder(offered: Offered[] = []): Proposer {
  return {
    name: 'breeder',
    traits: { repeatable: true, sequential: false, breeds: true },
    init: () => ({}),
    ask(_state: unknown, { trial, rng, archive, fromOrigin }: AskRequest): Draft {
      const picked = archive.pick(rng);
      const ids = Array.from({ length: 30 }, (_, i) => archive.pick(ROOT.stream(trial, 'more', i)));
      offered.push({ fromOrigin, trial, ids: ids.map((one) => one?.id) });
      const from = fromOrigin || !picked ? 0 : JSON.parse(picked.text).effect;
      const text = JSON.stringify({ trial, effect: from + rng.normal() });
      const parents = fromOrigin || !picked ? [] : [picked.id];
      return { text, parents, operator: 'step', key: sha256(text), considered: 1, size: 1 };
    },
    tell: (state) => state,
  };
}

const planOf = (more: Partial<SmallStudyOptions> = {}) =>
  smallPlan({ clock: runningClock(), proposers: [breeder()], ...more });

const isDisplaced = ({ arms }: StudyState, candidate: string): boolean =>
  (paretoArchive() as Archive).find(arms[MAIN_ARM]?.archive, candidate as never) === undefined;

const events: readonly StoredEvent[] = (await runSteered({ plan: planOf(), say: [] })).events;
/** Admitted, never an incumbent, and displaced before trial 20. */
const promoted = new Set(
  events.flatMap(({ type, body }) => (type === 'candidate.promoted' ? [body.candidate] : [])),
);
const early = events.find(
  (event) =>
    event.type === 'trial.settled' &&
    event.body.admitted &&
    event.body.arm === MAIN_ARM &&
    !promoted.has(event.body.candidate),
) as StoredEvent<'trial.settled'>;
const { candidate } = early.body;

const pinOf = (id: string): Steering => ({ kind: 'pin', value: { candidate: id } });
const PIN: Said = {
  id: 'pin',
  when: (state) => state.committed >= 20 && isDisplaced(state, candidate),
  said: pinOf(candidate),
};
const UNPIN: Said = {
  id: 'unpin',
  when: ({ committed }) => committed >= 40,
  said: { kind: 'unpin', value: { candidate } },
};

const whole = await runSteered({ plan: planOf(), say: [PIN, UNPIN] });
const seqOf = (id: string, { events: found } = whole): number =>
  found.find(({ type, body }) => type === 'study.steered' && body.id === id)?.seq ?? 0;

const findingsOf = async (drafts: readonly EventDraft[]): Promise<string> =>
  (await verifySteered(planOf(), drafts)).words;

test('bred from again between pin and unpin, by the search; controls are never offered it', async () => {
  const offered: Offered[] = [];
  const run = await runSteered({
    plan: planOf({ proposers: [breeder(offered)] }),
    say: [PIN, UNPIN],
  });
  expect(run.logical).toBe(whole.logical);
  const lookahead = 8;
  const isBefore = ({ type, seq }: StoredEvent) => type === 'trial.settled' && seq < seqOf('unpin');
  const count = run.events.filter(isBefore).length;
  const holds = offered.filter(({ ids }) => ids.includes(candidate));
  const fromPin = holds.filter(({ trial }) => trial >= 20);
  expect(fromPin.length).toBeGreaterThan(5);
  expect(fromPin.every(({ fromOrigin }) => !fromOrigin)).toBe(true);
  expect(Math.max(...fromPin.map(({ trial }) => trial))).toBeLessThan(count + lookahead);
  const controls = offered.filter((one) => one.fromOrigin && one.trial > 20 + lookahead);
  expect(controls.length).toBeGreaterThan(3);
  expect(await findingsOf(run.events.map(draftOf))).toBe('');
});

test('1, 2 and 7 workers, and a cut soon after it: the same study', async () => {
  for (const workers of [1, 2, 7]) {
    const plan = planOf({ search: jitteryQueue(workers) });
    expect((await runSteered({ plan, say: [PIN, UNPIN] })).logical).toBe(whole.logical);
  }
  for (const [id, say] of [['pin', [PIN]] as const, ['unpin', [PIN, UNPIN]] as const]) {
    const alone = await runSteered({ plan: planOf(), say });
    const first = seqOf(id, alone);
    for (let cut = first; cut < first + 12; cut += 2 * STEP) {
      const again = await runSteered({ plan: planOf(), say, from: alone.events.slice(0, cut) });
      expect(again.logical, `cut after entry ${cut}`).toBe(alone.logical);
    }
  }
  expect(foldedState(planOf(), whole.events)).toEqual(whole.study.state);
});

test('a veto takes a pin back, and what is vetoed is not pinned', async () => {
  const veto: Said = {
    id: 'veto',
    when: ({ steering }) => steering.pins.length > 0,
    said: { kind: 'veto', value: { what: 'candidate', candidate } },
  };
  const again: Said = {
    id: 'again',
    when: (state) => state.steering.rules.length > 0,
    said: pinOf(candidate),
  };
  const run = await runSteered({ plan: planOf(), say: [PIN, veto, again] });
  expect(run.study.state.steering.pins).toEqual([]);
  expect(run.refused['again']).toMatch(/vetoed it/);
  expect(await findingsOf(run.events.map(draftOf))).toBe('');
});

test.each<[string, readonly Said[], RegExp]>([
  ['what was never admitted', [{ id: 'no', said: pinOf(sha256('x')) }], /never admitted it/],
  ['the same twice', [PIN, { ...PIN, id: 'no' }], /pinned already/],
  [
    'to unpin what is not pinned',
    [{ id: 'no', said: { kind: 'unpin', value: { candidate } } }],
    /It is not pinned/,
  ],
])('refused: %s', async (_what, say, why) => {
  expect((await runSteered({ plan: planOf(), say })).refused['no']).toMatch(why);
});

test('where nobody breeds a pin is refused: it would change nothing', async () => {
  const alone: Proposer = { ...climber(), traits: { repeatable: true, sequential: false } };
  const plan = smallPlan({ clock: runningClock(), proposers: [alone] });
  const { refused } = await runSteered({ plan, say: [{ id: 'no', said: pinOf(plan.origin.id) }] });
  expect(refused['no']).toMatch(/No proposer of this study breeds/);
});

const drafts = whole.events.map(draftOf);
const at = seqOf('pin') - 1;
const planted = (change: object, index = at): readonly EventDraft[] => {
  const draft = drafts[index] as EventDraft;
  return drafts.with(index, { ...draft, body: { ...draft.body, ...change } } as EventDraft);
};
const STRANGER = 'never seen';

test.each<[string, readonly EventDraft[], RegExp]>([
  ['another text', planted({ pinned: STRANGER }), /not that of its candidate/],
  ['a stranger', planted({ said: pinOf(sha256(STRANGER)), pinned: STRANGER }), /never admitted/],
  ['a text without a pin', planted({ said: { kind: 'note', value: 'x' } }), /nothing is pinned/],
  ['twice', drafts.toSpliced(at, 0, planted({ id: 'other' })[at] as EventDraft), /pinned already/],
  [
    'a pin taken back that nobody set',
    planted({ said: { kind: 'unpin', value: { candidate: sha256('x') } } }, seqOf('unpin') - 1),
    /nobody set/,
  ],
])('planted and found by verify: %s', async (_what, faulty, finding) => {
  expect(await findingsOf(faulty)).toMatch(finding);
});
