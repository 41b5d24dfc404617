/** What people ruled about candidates: barred before anything is spent, taken back, derived again. */
import { expect, test } from 'vitest';
import { peopleSaid } from '../../src/app/people-said.ts';
import type { Reach } from '../../src/core/constraint.ts';
import type { EventDraft, StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { Steering, SteeringOf } from '../../src/core/steering.ts';
import { MAIN_ARM, type Plan } from '../../src/loop/plan.ts';
import type { StudyState } from '../../src/loop/state.ts';
import type { AskRequest, Draft, Proposer } from '../../src/proposers/contract.ts';
import type { Queue } from '../../src/queues/contract.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
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

/** Points whose size and file follow from the number of their trial. */
const sizer = (): Proposer => ({
  name: 'sizer',
  traits: { repeatable: true, sequential: false },
  init: () => ({}),
  ask(_state: unknown, { trial, rng, archive, fromOrigin }: AskRequest): Draft {
    const best = fromOrigin ? undefined : archive.best();
    const from = best ? JSON.parse(best.text).effect : 0;
    const text = JSON.stringify({ trial, effect: from + rng.normal() });
    const operator = trial % 3 === 0 ? 'third' : 'other';
    return { text, parents: [], operator, key: sha256(text), considered: 1, size: 1 + (trial % 5) };
  },
  tell: (state) => state,
});

const trialOf = (text: string): number => JSON.parse(text).trial;

function reachOf(text: string): readonly Reach[] | undefined {
  const path = trialOf(text) % 2 === 0 ? 'even.ts' : 'odd.ts';
  const imports = trialOf(text) % 7 === 0 ? ['node:fs'] : [];
  return [{ path, imports, privileges: imports.length > 0 ? ['files'] : [] }];
}

const planOf = (search?: Queue): Plan => ({
  ...smallPlan({
    clock: runningClock(),
    lookahead: LOOKAHEAD,
    proposers: [sizer()],
    ...(search ? { search } : {}),
  }),
  source: { files: ['even.ts', 'odd.ts'], reach: reachOf },
});

const after = (trials: number) => (state: StudyState) => state.committed >= trials;
type Constraint = SteeringOf<'constraint'>['value'];
const ruling = (value: Constraint): Steering => ({ kind: 'constraint', value });
const rule = (value: Constraint, id = 'rule'): Said => ({
  id,
  when: after(15),
  said: ruling(value),
});
const lift = (steering: string): Said => ({
  id: 'lift',
  when: after(40),
  said: { kind: 'lift', value: { steering } },
});

const verified = (drafts: readonly EventDraft[], canReach = true) =>
  verifySteered(planOf(), drafts, canReach ? { reachOf } : {});

type Settled = StoredEvent<'trial.settled'>;
const settledOf = ({ events }: SteeredRun): readonly Settled[] =>
  events.filter((event) => event.type === 'trial.settled');
const seqOf = ({ events }: SteeredRun, id: string): number =>
  events.find(({ type, body }) => type === 'study.steered' && body.id === id)?.seq ?? 0;

test.each<[string, Constraint, (one: Settled) => boolean, RegExp]>([
  [
    'a size',
    { maxSize: 3 },
    ({ body }) => body.size > 3,
    /it has the size [45], and 3 is the most/,
  ],
  ['a file', { not: ['odd.ts'] }, ({ trial = 0 }) => trial % 2 === 1, /it changes odd\.ts/],
  ['all other files', { only: ['odd.ts'] }, ({ trial = 0 }) => trial % 2 === 0, /even\.ts/],
  ['a module', { noImports: ['fs'] }, ({ trial = 0 }) => trial % 7 === 0, /imports node:fs/],
  ['a privilege', { noPrivileges: ['files'] }, ({ trial = 0 }) => trial % 7 === 0, /for files/],
])(
  '%s is ruled out: from there on nothing is spent on it, in any arm',
  async (_, value, is, why) => {
    const run = await runSteered({ plan: planOf(), say: [rule(value)] });
    const at = seqOf(run, 'rule');
    const before = settledOf(run).filter(({ seq }) => seq < at);
    const later = settledOf(run).slice(before.length);
    const barred = later.filter(({ body }) => body.barredBy === 'rule');
    expect(barred).toEqual(later.filter(is));
    expect(barred.length).toBeGreaterThan(4);
    for (const { body, trial = 0 } of barred) {
      expect(body).toMatchObject({ outcome: 'invalid', end: 'invalid', admitted: false });
      expect(body.message).toMatch(why);
      if (trial >= before.length + LOOKAHEAD) expect(body).toMatchObject({ evals: 0, values: [] });
    }
    expect((await verified(run.events.map(draftOf))).words).toBe('');
  },
);

const VALUE: Constraint = { maxSize: 3, not: ['odd.ts'] };
const SAY = [rule(VALUE), lift('rule')];
const whole = await runSteered({ plan: planOf(), say: SAY });

test('lifted, it bars nothing that is asked from there on', async () => {
  const lifted = seqOf(whole, 'lift');
  const count = settledOf(whole).filter(({ seq }) => seq < lifted).length;
  const barred = settledOf(whole).filter(({ body }) => body.barredBy !== undefined);
  expect(barred.length).toBeGreaterThan(8);
  expect(new Set(barred.map(({ body }) => body.arm)).size).toBe(2);
  expect(Math.max(...barred.map(({ body }) => body.horizon))).toBeLessThanOrEqual(count);
  const later = settledOf(whole).filter(({ trial = 0 }) => trial >= count + LOOKAHEAD);
  expect(later.some(({ body }) => body.size > 3 && body.values.length > 0)).toBe(true);
  expect(whole.study.state.steering.rules).toEqual([]);
});

test('status says what it bars of late, of the search alone, and nothing once lifted', async () => {
  const told = async ({ events }: SteeredRun) => {
    const ledger = await memoryStore(planOf()).open('small', 'write');
    ledger.append(events.map(draftOf));
    await ledger.flush();
    const steered = events.flatMap((one) => (one.type === 'study.steered' ? [one.body] : []));
    return (await peopleSaid(ledger, { steered, isClosed: false })).standing;
  };
  const alone = await runSteered({ plan: planOf(), say: SAY.slice(0, 1) });
  const late = settledOf(alone)
    .filter(({ body }) => body.arm === MAIN_ARM)
    .slice(-20);
  const trials = late.filter(({ body }) => body.barredBy === 'rule').length;
  expect(trials).toBeGreaterThan(5);
  expect(await told(alone)).toMatchObject([{ id: 'rule', barred: { trials, of: 20 } }]);
  expect(await told(whole)).toBeUndefined();
});

test('1, 2 and 7 workers, and a cut at many entries: the same study, the fold of its ledger', async () => {
  for (const workers of [1, 2, 7]) {
    const run = await runSteered({ plan: planOf(jitteryQueue(workers)), say: SAY });
    expect(run.logical).toBe(whole.logical);
  }
  for (const [id, say] of [['rule', SAY.slice(0, 1)] as const, ['lift', SAY] as const]) {
    const alone = await runSteered({ plan: planOf(), say });
    for (let cut = seqOf(alone, id); cut < seqOf(alone, id) + LOOKAHEAD + 2; cut += STEP) {
      const again = await runSteered({ plan: planOf(), say, from: alone.events.slice(0, cut) });
      expect(again.logical, `cut after entry ${cut}`).toBe(alone.logical);
    }
  }
  expect(foldedState(planOf(), whole.events)).toEqual(whole.study.state);
});

test('verify derives all of it again, and says where it cannot', async () => {
  const drafts = whole.events.map(draftOf);
  const seeing = await verified(drafts);
  expect(seeing.words).toBe('');
  expect(seeing.blind.join()).not.toMatch(/what people ruled/);
  const blind = await verified(drafts, false);
  expect(blind.words).toBe('');
  expect(blind.blind.join()).toMatch(/what people ruled about files, modules and privileges/);
});

test('a veto is lifted too: the operator is measured again', async () => {
  const veto: Said = {
    id: 'veto',
    when: after(15),
    said: { kind: 'veto', value: { what: 'operator', name: 'third' } },
  };
  const run = await runSteered({ plan: planOf(), say: [veto, lift('veto')] });
  const thirds = settledOf(run).filter(({ body }) => body.operator === 'third');
  expect(thirds.some(({ body }) => body.barredBy === 'veto')).toBe(true);
  expect(thirds.at(-1)?.body).toMatchObject({ outcome: 'scored' });
  expect((await verified(run.events.map(draftOf))).words).toBe('');
});

test('what a person wrote keeps the rules of all', async () => {
  const text = JSON.stringify({ trial: 1, effect: 5 });
  const wrote: Said = { id: 'no', when: after(20), said: { kind: 'candidate', value: { text } } };
  const run = await runSteered({ plan: planOf(), say: [rule({ not: ['odd.ts'] }), wrote] });
  expect(run.refused['no']).toMatch(/constraint bars it: it changes odd\.ts.+steering rule/);
});

test.each<[string, readonly Said[], RegExp]>([
  ['nothing at all', [rule({}, 'no')], /It rules nothing/],
  ['the same twice', [rule({ maxSize: 3 }), rule({ maxSize: 3 }, 'no')], /ruled already/],
  ['a file nobody may change', [rule({ not: ['x.ts'] }, 'no')], /They may change: even\.ts, odd/],
  ['every file', [rule({ not: ['even.ts', 'odd.ts'] }, 'no')], /no file could be changed/],
  [
    'every file, by two rules',
    [rule({ only: ['odd.ts'] }), rule({ not: ['odd.ts'] }, 'no')],
    /no file could be changed/,
  ],
  ['to lift what was never said', [{ ...lift('x'), id: 'no' }], /No steering x was taken up/],
  [
    'to lift a note',
    [
      { id: 'note', said: { kind: 'note', value: 'x' } },
      { ...lift('note'), id: 'no' },
    ],
    /note is no veto or constraint that stands/,
  ],
])('refused: %s', async (_what, say, why) => {
  expect((await runSteered({ plan: planOf(), say })).refused['no']).toMatch(why);
});

test('in a closed language only a size can be ruled', async () => {
  const { source: _, ...closed } = planOf();
  const say = [rule({ noImports: ['fs'] }, 'no'), rule({ maxSize: 3 })];
  const run = await runSteered({ plan: closed, say });
  expect(run.refused['no']).toMatch(/Only a size can be ruled here/);
  expect(run.taken).toEqual(['rule']);
});

test('who has nothing left that is not barred is used up', async () => {
  const texts = [1, 2].map((trial) => JSON.stringify({ trial, effect: 0 }));
  const listed: Proposer = {
    ...sizer(),
    ask: (_state, { trial, seen }: AskRequest): Draft => {
      const text = texts.find((one) => !seen(sha256(one))) ?? (texts[0] as string);
      const size = trialOf(text);
      return { text, parents: [], operator: `${trial}`, key: sha256(text), considered: 1, size };
    },
    isExhausted: (_state, seen) => texts.every((text) => seen(sha256(text))),
  };
  const planned = (): Plan => ({
    ...planOf(),
    ...(({ lanes, opened }) => ({ lanes, opened }))(
      smallPlan({ clock: runningClock(), proposers: [listed] }),
    ),
  });
  const small = { ...rule({ maxSize: 1 }), when: () => true };
  const run = await runSteered({ plan: planned(), say: [small] });
  expect(run.study.state.closed).toMatchObject({ reason: 'exhausted' });
  expect(run.study.state.committed).toBeLessThan(30);
  const isKept = ({ body }: Settled): boolean => body.size === 1;
  expect(
    settledOf(run)
      .filter(({ body }) => body.outcome === 'scored')
      .every(isKept),
  ).toBe(true);
});

const drafts = whole.events.map(draftOf);
const isBarred = ({ body }: StoredEvent): boolean =>
  'barredBy' in body && body.barredBy !== undefined;
/** Asked while the rule stood, and settled while it did. */
const late = whole.events.findLastIndex(
  (event) => isBarred(event) && event.seq < seqOf(whole, 'lift'),
);
const kept = whole.events.findIndex(
  (event) => event.type === 'trial.settled' && event.seq > (whole.events[late]?.seq ?? 0) + 20,
);

function planted(index: number, change: object): readonly EventDraft[] {
  const draft = drafts[index] as EventDraft;
  return drafts.with(index, { ...draft, body: { ...draft.body, ...change } } as EventDraft);
}
const scored = { outcome: 'scored', end: 'discarded', values: [1, 1], evals: 2 };

test.each<[string, readonly EventDraft[], RegExp]>([
  ['measured', planted(late, { values: [1, 2], evals: 2 }), /measured all the same/],
  ['not barred', planted(late, { ...scored, barredBy: undefined }), /it was by steering rule/],
  ['scored', planted(late, scored), /ruled it out, and it counts as scored/],
  [
    'barred after the lift',
    planted(kept, { barredBy: 'rule', outcome: 'invalid', end: 'invalid' }),
    /barred by steering rule; it was by nobody/,
  ],
  [
    'a lift of nothing',
    planted(seqOf(whole, 'lift') - 1, { said: { kind: 'lift', value: { steering: 'x' } } }),
    /Takes back a rule that does not stand/,
  ],
  [
    'a rule that is said to be laxer',
    planted(seqOf(whole, 'rule') - 1, { said: ruling({ maxSize: 100 }) }),
    /it was by nobody/,
  ],
])('planted and found by verify: %s', async (_what, faulty, finding) => {
  expect((await verified(faulty)).words).toMatch(finding);
});
