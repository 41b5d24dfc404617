import { expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import type { StoredEvent } from '../../src/core/events.ts';
import { apply } from '../../src/loop/fold.ts';
import { initialState, type StudyState } from '../../src/loop/state.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { type SmallStudyOptions, smallPlan } from '../../src/testing/small-study.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { STEP } from '../thorough.ts';
import { jitteryQueue } from './fixtures/jittery-queue.ts';
import { draftOf } from './fixtures/small-run.ts';
import { runningClock, runSteered, type Said, type SteeredRun } from './fixtures/steered-run.ts';

const planOf = (more: Partial<SmallStudyOptions> = {}) =>
  smallPlan({ clock: runningClock(), ...more });

const after = (trials: number) => (state: StudyState) => state.committed >= trials;

/** The best that the main arm keeps, the incumbent excepted. */
function bestKept({ arms, committed }: StudyState): string {
  const { archive, incumbent } = arms['main'] as StudyState['arms'][string];
  const view = (paretoArchive() as Archive).view(archive, committed);
  const best = view.best();
  if (best && best.id !== incumbent.id) return best.id;
  const { elites } = archive as { readonly elites: readonly { readonly id: string }[] };
  return elites.find(({ id }) => id !== incumbent.id)?.id ?? '';
}

const hasSpare = (trials: number) => (state: StudyState) =>
  after(trials)(state) && bestKept(state) !== '';

const NOTE: Said = { id: 'note', when: after(5), said: { kind: 'note', value: 'odd seeds' } };
const VETO: Said = {
  id: 'veto',
  when: hasSpare(12),
  said: (state) => ({ kind: 'veto', value: { what: 'candidate', candidate: bestKept(state) } }),
};
const OPERATOR: Said = {
  id: 'operator',
  when: after(20),
  said: { kind: 'veto', value: { what: 'operator', name: 'probe' } },
};
const BUDGET: Said = {
  id: 'budget',
  when: after(30),
  said: { kind: 'budget', value: { trials: 75 } },
};
const SAY = [NOTE, VETO, OPERATOR, BUDGET];

const steeredOf = ({ events }: SteeredRun) =>
  events.filter((event) => event.type === 'study.steered');

async function verified(events: readonly StoredEvent[]) {
  const plan = planOf();
  const ledger = await memoryStore(plan).open('small', 'write');
  ledger.append(events.map(draftOf));
  await ledger.flush();
  return verifyLedger(ledger, { archive: paretoArchive() as Archive });
}

const whole = await runSteered({ plan: planOf(), say: SAY });

test('each is recorded once, in the order in which it was said, and taken away', () => {
  expect(steeredOf(whole).map(({ body }) => body.id)).toEqual(SAY.map(({ id }) => id));
  expect(whole.taken).toEqual(SAY.map(({ id }) => id));
  expect(whole.refused).toEqual({});
});

test('what follows is derived again by verify, and the state is the fold of the ledger', async () => {
  expect((await verified(whole.events)).findings).toEqual([]);
  const plan = planOf();
  const folded = initialState(plan);
  for (const event of whole.events) apply(plan, folded, event);
  expect(folded).toEqual(whole.study.state);
});

/** Trials in flight were asked before or after it, and must be asked so again. */
const SPAN = 24;

test.each(SAY)(
  'killed after any entry that follows it, $id, and resumed: the same study',
  async (one) => {
    const alone = await runSteered({ plan: planOf(), say: [one] });
    const [said] = steeredOf(alone);
    const first = said?.seq ?? 0;
    expect(first).toBeGreaterThan(0);
    for (let cut = first; cut < first + SPAN; cut += STEP) {
      const from = alone.events.slice(0, cut);
      const again = await runSteered({ plan: planOf(), say: [one], from });
      expect(again.logical, `cut after entry ${cut}`).toBe(alone.logical);
    }
  },
);

test('killed between record and removal: it is not taken up a second time', async () => {
  for (const { seq, body } of steeredOf(whole)) {
    const from = whole.events.slice(0, seq);
    const say = SAY.filter(({ id }) => id === body.id);
    const again = await runSteered({ plan: planOf(), say, from });
    const ids = steeredOf(again).map((event) => event.body.id);
    expect(new Set(ids).size, `resumed after ${body.id}`).toBe(ids.length);
    expect(again.taken).toContain(body.id);
  }
});

test('1, 2 and 7 workers write the same study', async () => {
  const runs = [1, 2, 7].map((workers) =>
    runSteered({ plan: planOf({ search: jitteryQueue(workers) }), say: SAY }),
  );
  const digests = (await Promise.all(runs)).map(({ logical }) => logical);
  expect(new Set([...digests, whole.logical]).size).toBe(1);
});

test('a vetoed candidate is neither bred from nor kept; a vetoed operator is measured no more', () => {
  const [, veto, operator] = steeredOf(whole);
  const { said } = veto?.body ?? {};
  const candidate =
    said?.kind === 'veto' && said.value.what === 'candidate' && said.value.candidate;
  expect(candidate).toMatch(/^sha256:/);
  const settled = whole.events.filter((event) => event.type === 'trial.settled');
  const bred = (from: number) =>
    settled.filter(({ seq, body }) => seq > from && body.parents.includes(candidate || ''));
  const lookahead = 8;
  const asked = whole.events.filter(
    ({ seq, type }) => type === 'trial.settled' && seq < (veto?.seq ?? 0),
  );
  expect(bred(veto?.seq ?? 0).every(({ trial = 0 }) => trial < asked.length + lookahead)).toBe(
    true,
  );
  const barred = settled.filter(
    ({ seq, body }) => seq > (operator?.seq ?? 0) && body.operator === 'probe',
  );
  expect(barred.length).toBeGreaterThan(5);
  expect(barred.every(({ body }) => body.end === 'invalid' || body.end === 'duplicate')).toBe(true);
  expect(barred.at(-1)?.body).toMatchObject({ values: [], barredBy: 'operator', admitted: false });
  expect(barred.at(-1)?.body.message).toBe('A person vetoed the operator probe.');
});

test('a raised budget goes on to its new end, a lowered one ends there', async () => {
  expect(whole.study.state.committed).toBe(75);
  const lower: Said = {
    id: 'less',
    when: after(10),
    said: { kind: 'budget', value: { trials: 25 } },
  };
  const run = await runSteered({ plan: planOf(), say: [lower] });
  expect(run.study.state.committed).toBe(25);
  expect((await verified(run.events)).findings).toEqual([]);
  const evals: Said = {
    id: 'evals',
    when: after(10),
    said: { kind: 'budget', value: { evals: 300 } },
  };
  const limited = await runSteered({ plan: planOf({ budget: {} }), say: [evals] });
  expect(limited.study.state.closed).toMatchObject({ reason: 'budget', stoppedBy: 'evals' });
  expect((await verified(limited.events)).findings).toEqual([]);
});

test('a budget that is used up is extended before the study closes, when it is resumed', async () => {
  const done = await runSteered({ plan: planOf({ budget: { trials: 20 } }), say: [] });
  const last = done.events.findLast(({ type }) => type === 'trial.settled');
  const end = done.events.findIndex(
    ({ type, body }) =>
      type === 'measurement.recorded' && 'purpose' in body && body.purpose === 'control',
  );
  expect(end).toBeGreaterThanOrEqual(last?.seq ?? 0);
  const more: Said = { id: 'more', said: { kind: 'budget', value: { trials: 33 } } };
  const from = done.events.slice(0, end);
  const plan = () => planOf({ budget: { trials: 20 } });
  const resumed = await runSteered({ plan: plan(), say: [more], from });
  expect(resumed.study.state.committed).toBe(33);
  expect((await verified(resumed.events)).findings).toEqual([]);
  for (let cut = end + 2; cut < resumed.events.length; cut += 7) {
    const again = await runSteered({ plan: plan(), say: [], from: resumed.events.slice(0, cut) });
    expect(again.logical, `cut after entry ${cut}`).toBe(resumed.logical);
  }
});

test('a veto after the acceptance: no promotion, so no refund, and no discovery to grow a level by', async () => {
  const veto: Said = {
    id: 'declined',
    when: ({ open }) => open?.arm === 'main' && open.phase === 'accepted',
    said: ({ open }) => ({
      kind: 'veto',
      value: { what: 'candidate', candidate: open?.candidate.id ?? '' },
    }),
  };
  const { events, study, refused } = await runSteered({
    plan: planOf({ rule: { mode: 'e-lond' } }),
    say: [veto],
  });
  expect(refused).toEqual({});
  const { arms, promotions, ends } = study.state;
  expect(ends.declined).toBe(1);
  const main = arms['main'];
  expect(main).toMatchObject({ accepted: promotions });
  expect(main?.failedAttempts).toBe((main?.attempts ?? 0) - promotions);
  expect((await verified(events)).findings).toEqual([]);
});

test('a challenger that is vetoed ends as declined, and its attempt stays counted', async () => {
  const isOpen = ({ open }: StudyState) => open?.arm === 'main' && open.differences.length > 1;
  const say: Said = {
    id: 'declined',
    when: isOpen,
    said: ({ open }) => ({
      kind: 'veto',
      value: { what: 'candidate', candidate: open?.candidate.id ?? '' },
    }),
  };
  const run = await runSteered({ plan: planOf(), say: [say] });
  const [event] = steeredOf(run);
  const trial = event?.body.declines;
  expect(trial).toBeGreaterThanOrEqual(0);
  const about = run.events.filter((one) => one.trial === trial).map(({ type }) => type);
  expect(about).not.toContain('trial.confirmed');
  expect(run.study.state.ends.declined).toBe(1);
  const next = run.events.find(({ type, seq, body }) => {
    const isMain = 'arm' in body && body.arm === 'main';
    return type === 'trial.confirmed' && isMain && seq > (event?.seq ?? 0);
  });
  expect(next?.body).toMatchObject({ attempt: 2, index: 2 });
  expect((await verified(run.events)).findings).toEqual([]);
});

test.each<[string, Said['said'], RegExp]>([
  [
    'an incumbent',
    ({ arms }) => ({
      kind: 'veto',
      value: { what: 'candidate', candidate: arms['main']?.incumbent.id ?? '' },
    }),
    /incumbent of main, and a veto does not roll back/,
  ],
  [
    'a proposer nobody has',
    { kind: 'veto', value: { what: 'proposer', name: 'climbr' } },
    /named "climbr"\. It has: climber, prober/,
  ],
  ['a budget below what is spent', { kind: 'budget', value: { trials: 3 } }, /spent already/],
  ['no limit at all', { kind: 'budget', value: {} }, /No limit is named/],
])('%s is refused with a sentence, and nothing is recorded', async (_what, said, why) => {
  const run = await runSteered({ plan: planOf(), say: [{ id: 'no', when: after(10), said }] });
  expect(run.refused['no']).toMatch(why);
  expect(steeredOf(run)).toEqual([]);
});

test('the last proposer cannot be vetoed, nor the same thing twice', async () => {
  const veto = (name: string): Said['said'] => ({
    kind: 'veto',
    value: { what: 'proposer', name },
  });
  const say = ['prober', 'prober', 'climber'].map((name, i) => ({ id: `${i}`, said: veto(name) }));
  const run = await runSteered({ plan: planOf(), say });
  expect(run.taken).toEqual(['0']);
  expect(run.refused['1']).toMatch(/vetoed already/);
  expect(run.refused['2']).toMatch(/nobody is left to propose/);
});

test('once the final comparison has begun only notes are taken, and none when it is over', async () => {
  const isComparing = ({ comparing }: StudyState) => Object.keys(comparing).length > 0;
  const isClosed = ({ closed }: StudyState) => closed !== undefined;
  const say: readonly Said[] = [
    { id: 'late', when: isComparing, said: { kind: 'budget', value: { trials: 99 } } },
    { id: 'remark', when: isComparing, said: { kind: 'note', value: 'nearly there' } },
    { id: 'never', when: isClosed, said: { kind: 'note', value: 'too late' } },
  ];
  const run = await runSteered({ plan: planOf(), say });
  expect(run.taken).toEqual(['remark']);
  expect(run.refused['late']).toMatch(/final comparison has begun/);
  expect(run.refused['never']).toMatch(/The study has ended/);
  expect(run.events.at(-1)?.type).toBe('study.closed');
});
