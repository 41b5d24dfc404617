import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SECOND_VERIFIER } from '../../src/app/second/verify-second.ts';
import type { ApprovalSaid } from '../../src/core/approval.ts';
import { PacelineError } from '../../src/core/errors.ts';
import type { EventRow, StoredEvent } from '../../src/core/events.ts';
import type { GateRow } from '../../src/core/gate-chain.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { Plan } from '../../src/loop/plan.ts';
import type { StudyState } from '../../src/loop/state.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { memoryGate } from '../../src/testing/memory-gate.ts';
import { type SmallStudyOptions, smallPlan } from '../../src/testing/small-study.ts';
import { isThorough, STEP } from '../thorough.ts';
import { draftOf } from './fixtures/small-run.ts';
import {
  runningClock,
  runSteered,
  type Said,
  type SteeredRun,
  verifySteered,
} from './fixtures/steered-run.ts';

type Gated = NonNullable<SmallStudyOptions['gated']>;
type Clock = SmallStudyOptions['clock'];

const BUDGET = { trials: 40 };
const SECRET = 'small';

/** Of a process that starts an hour after another. */
function later(): Clock {
  const clock = runningClock();
  return { ...clock, wallMs: () => clock.wallMs() + 3_600_000 };
}

/** Plans of one study: its gatekeeper has one record, whoever runs it. */
function studyOf() {
  const rows: GateRow[] = [];
  return (gated: Gated = {}, clock: Clock = runningClock()): Plan => {
    const store = memoryGate(sha256(SECRET), rows);
    const alone = { autonomy: 3, store, ...gated };
    return smallPlan({ clock, budget: BUDGET, secret: SECRET, gated: alone });
  };
}

const requestOf = ({ parked }: StudyState, approval: number) =>
  parked.find(({ asked }) => asked.approval === approval)?.asked;

type Value = ApprovalSaid['value'];

/** Says something of a request once it is there. */
function answer(approval: number, decision: Value['decision'], more: Partial<Value> = {}): Said {
  return {
    id: `${decision}-${approval}-${Object.keys(more).join('-') || 'as-asked'}`.toLowerCase(),
    when: (state) => requestOf(state, approval) !== undefined,
    said: (state) => {
      const asked = requestOf(state, approval);
      if (asked === undefined) throw new Error('said before it was asked');
      const { candidate, against, evidence, rule } = asked;
      const bound = { candidate, against, evidence, rule };
      return {
        kind: 'approval',
        value: { approval, decision, reason: 'read', ...bound, ...more },
      };
    },
  };
}

const NUMBERS = Array.from({ length: 40 }, (_, i) => i + 1);
const EVERY = NUMBERS.map((n) => answer(n, 'approve'));

type Promoted = StoredEvent<'candidate.promoted'>;

/** By the entries alone: what a promotion lacks of an approval that counts, in words. */
function lacking(events: readonly StoredEvent[], promoted: Promoted): string | undefined {
  const before = events.filter(({ seq }) => seq < promoted.seq);
  const { candidate, from } = promoted.body;
  const judged = before.findLast(
    (one) => one.type === 'gate.judged' && one.trial === promoted.trial,
  );
  const asked = before.findLast(
    (one) => one.type === 'approval.requested' && one.trial === promoted.trial,
  );
  if (judged?.type !== 'gate.judged' || judged.body.verdict !== 'pass') return 'no verdict';
  if (asked?.type !== 'approval.requested') return 'nobody was asked';
  const { approval, requestedAt, expiresAt } = asked.body;
  const decided = before.filter(
    (one) => one.type === 'approval.decided' && one.body.approval === approval,
  );
  const [last] = decided.slice(-1);
  if (last?.type !== 'approval.decided' || decided.length !== 1) return 'not decided once';
  const { decision, at, by } = last.body;
  if (decision !== 'approve' || by === undefined) return `decided: ${decision}`;
  if (at < requestedAt || at >= expiresAt) return 'out of time';
  if (asked.body.candidate !== candidate || asked.body.against !== from) return 'another candidate';
  if (asked.body.evidence !== judged.body.evidence) return 'another verdict';
  const other = before.find((one) => one.type === 'candidate.promoted' && one.seq > asked.seq);
  return other ? 'another was promoted since' : undefined;
}

const promotionsOf = ({ events }: Pick<SteeredRun, 'events'>): readonly Promoted[] =>
  events.filter((one) => one.type === 'candidate.promoted');

const unapproved = (run: Pick<SteeredRun, 'events'>): readonly string[] =>
  promotionsOf(run).flatMap((one) => lacking(run.events, one) ?? []);

const faults = async (plan: Plan, { events }: Pick<SteeredRun, 'events'>): Promise<string> =>
  (await verifySteered(plan, events.map(draftOf))).words;

const { judgeLedger } = (await import(SECOND_VERIFIER)) as {
  readonly judgeLedger: (asked: {
    readonly header: object;
    readonly rows: readonly EventRow[];
  }) => { readonly findings: readonly { readonly detail: string }[] };
};

/** Of the verifier that shares no code with us. */
async function secondFaults({ clock }: Plan, { events }: SteeredRun): Promise<readonly string[]> {
  const ledger = await memoryStore({ clock }).open('small', 'write');
  ledger.append(events.map(draftOf));
  await ledger.flush();
  const rows: EventRow[] = [];
  for await (const page of ledger.rows(0)) rows.push(...page);
  const { findings } = judgeLedger({ header: { study: 'small' }, rows });
  return findings.map(({ detail }) => detail);
}

/** Everything is approved, and nothing. */
const ofWhole = studyOf();
const whole = await runSteered({ plan: ofWhole(), say: EVERY });
const ofUnheard = studyOf();
const unheard = await runSteered({ plan: ofUnheard(), say: [] });

test('at level 3 whatever is promoted was approved as it is, and verify finds it so', async () => {
  expect(promotionsOf(whole).length).toBeGreaterThan(1);
  expect(unapproved(whole)).toEqual([]);
  const [first] = promotionsOf(whole);
  expect(first?.body.approvedBy).toMatch(/^ada \(approval \d+\)$/);
  expect(whole.study.state.closed).toBeDefined();
  expect(await faults(ofWhole(), whole)).toBe('');
  expect(await secondFaults(ofWhole(), whole)).toEqual([]);
});

const waitingIn = ({ study }: SteeredRun): readonly number[] =>
  study.state.parked.map(({ asked }) => asked.approval);

test('nobody decides: nothing is promoted, the search goes on, and the study waits', async () => {
  expect(promotionsOf(unheard)).toEqual([]);
  expect(unheard.study.state.committed).toBe(BUDGET.trials);
  expect(unheard.study.waitsForApproval).toBe(true);
  expect(unheard.study.state.closed).toBeUndefined();
  expect(waitingIn(unheard).length).toBeGreaterThan(1);
  expect(await faults(ofUnheard(), unheard)).toBe('');
});

test('a promotion overtakes every request that waited, and the study ends', async () => {
  const waiting = waitingIn(unheard);
  const say = waiting.map((n) => answer(n, 'approve'));
  const run = await runSteered({ plan: ofUnheard({}, later()), say, from: unheard.events });
  expect(promotionsOf(run).length).toBe(1);
  expect(unapproved(run)).toEqual([]);
  const { ends } = unheard.study.state;
  const before = ends['superseded'] ?? 0;
  expect(run.study.state.ends['superseded']).toBe(before + waiting.length - 1);
  expect(run.study.state.closed).toBeDefined();
  expect(await faults(ofUnheard(), run)).toBe('');
});

test('at level 4 only what the gate says needs a person waits for one', async () => {
  const needs = (needsPerson?: true): Gated => ({
    autonomy: 4,
    judge: () => ({ verdict: 'pass', ...(needsPerson ? { needsPerson } : {}) }),
  });
  const free = await runSteered({ plan: studyOf()(needs()), say: [] });
  expect(promotionsOf(free).length).toBeGreaterThan(1);
  expect(free.events.some(({ type }) => type === 'approval.requested')).toBe(false);
  const held = await runSteered({ plan: studyOf()(needs(true)), say: [] });
  expect(promotionsOf(held)).toEqual([]);
  expect(await faults(studyOf()(needs(true)), held)).toBe('');
});

const refusedWords = ({ refused }: SteeredRun): string => Object.values(refused).join('\n');

test.each([
  ['candidate', 'another candidate'],
  ['against', 'another incumbent'],
  ['evidence', 'another verdict of the gate'],
  ['rule', 'another rule'],
] as const)('an approval of another %s counts for nothing', async (part, words) => {
  const say = waitingIn(unheard).map((n) => answer(n, 'approve', { [part]: sha256('other') }));
  const run = await runSteered({ plan: ofUnheard({}, later()), say, from: unheard.events });
  expect(promotionsOf(run)).toEqual([]);
  expect(refusedWords(run)).toContain(words);
});

test('planted: a yes to what the gatekeeper has no evidence of any more is refused in its words', async () => {
  const plan = ofUnheard({}, later());
  const { gatekeeper } = plan;
  if (gatekeeper === undefined) throw new Error('no gatekeeper');
  const sign = (statement: string) => {
    if (!statement.includes('approval.decided')) return gatekeeper.sign(statement);
    throw new PacelineError('GATE_STORE', 'The evidence is gone.', {});
  };
  const lost = { ...plan, gatekeeper: { ...gatekeeper, sign } };
  const say = waitingIn(unheard).map((n) => answer(n, 'approve'));
  const run = await runSteered({ plan: lost, say, from: unheard.events });
  expect(promotionsOf(run)).toEqual([]);
  expect(refusedWords(run)).toContain('The evidence is gone.');
  expect(waitingIn(run)).toEqual(waitingIn(unheard));
});

test('planted: a gate that missed its traps while a request waited promotes nothing that is agreed to', async () => {
  const plan = ofUnheard({}, later());
  const { gatekeeper } = plan;
  if (gatekeeper === undefined) throw new Error('no gatekeeper');
  const rating = async () => ({ ...(await gatekeeper.rating()), frozen: true });
  const frozen = { ...plan, gatekeeper: { ...gatekeeper, rating } };
  const say = waitingIn(unheard).map((n) => answer(n, 'approve'));
  await expect(runSteered({ plan: frozen, say, from: unheard.events })).rejects.toMatchObject({
    code: 'HELD',
  });
});

test('a program cannot approve for a person', async () => {
  const say = waitingIn(unheard).map((n) => ({ ...answer(n, 'approve'), by: 'mcp:helper' }));
  const run = await runSteered({ plan: ofUnheard({}, later()), say, from: unheard.events });
  expect(promotionsOf(run)).toEqual([]);
  expect(refusedWords(run)).toContain('A program cannot agree for a person');
});

test('a rejected candidate ends as declined and keeps its share of the error budget', async () => {
  const say = waitingIn(unheard).map((n) => answer(n, 'reject'));
  const run = await runSteered({ plan: ofUnheard({}, later()), say, from: unheard.events });
  const { ends, arms, closed } = run.study.state;
  expect(ends['declined']).toBe(say.length);
  expect(arms['main']?.accepted).toBe(0);
  expect(arms['main']?.failedAttempts).toBe(arms['main']?.attempts);
  expect(closed).toBeDefined();
  expect(await faults(ofUnheard(), run)).toBe('');
});

test('a request expires by the wall clock, which never approves', async () => {
  const plan = studyOf()({ expiresMs: 1 });
  const run = await runSteered({ plan, say: EVERY });
  expect(promotionsOf(run)).toEqual([]);
  expect(run.study.state.ends['expired']).toBeGreaterThan(0);
  expect(await faults(plan, run)).toBe('');
});

test('a clock that went back refuses in words, and the request stands', async () => {
  const back = { ...runningClock(), wallMs: () => manualClock().wallMs() - 60_000 };
  const [approval = 0] = waitingIn(unheard);
  const say = [answer(approval, 'approve')];
  const run = await runSteered({ plan: ofUnheard({}, back), say, from: unheard.events });
  expect(refusedWords(run)).toContain(`stands before request ${approval} was made`);
  expect(promotionsOf(run)).toEqual([]);
  expect(waitingIn(run)).toEqual(waitingIn(unheard));
});

test('what is vetoed while it waits is promoted no more, whoever approves', async () => {
  const [approval = 0] = waitingIn(unheard);
  const veto: Said = {
    id: 'veto',
    said: (state) => ({
      kind: 'veto',
      value: { what: 'candidate', candidate: requestOf(state, approval)?.candidate ?? '' },
    }),
  };
  const say = [veto, answer(approval, 'approve')];
  const run = await runSteered({ plan: ofUnheard({}, later()), say, from: unheard.events });
  expect(refusedWords(run)).toContain('vetoed');
  expect(promotionsOf(run)).toEqual([]);
  expect(waitingIn(run)).not.toContain(approval);
  expect(await faults(ofUnheard(), run)).toBe('');
});

test('killed after any entry around a request, its approval and the promotion: the same promotion', async () => {
  const say = [answer(1, 'approve')];
  const planOf = studyOf();
  const alone = await runSteered({ plan: planOf(), say });
  const candidates = (run: SteeredRun) => promotionsOf(run).map(({ body }) => body.candidate);
  const asked = alone.events.find(({ type }) => type === 'approval.requested')?.seq ?? 0;
  const promoted = promotionsOf(alone)[0]?.seq ?? 0;
  expect(promoted).toBeGreaterThan(asked);
  for (let cut = asked; cut <= promoted + 2; cut += STEP) {
    const from = alone.events.slice(0, cut);
    const again = await runSteered({ plan: planOf({}, later()), say, from });
    expect(candidates(again), `cut after entry ${cut}`).toEqual(candidates(alone));
    expect(unapproved(again)).toEqual([]);
  }
});

const OTHER: Gated = { name: 'other gate' };

test('another gate judges nothing before a person agreed to exactly that one', async () => {
  const next = unheard.study.state.approvals + 1;
  const strange = await runSteered({ plan: ofUnheard(OTHER), say: [], from: unheard.events });
  const added = strange.events.slice(unheard.events.length).map(({ type }) => type);
  expect(added).toEqual(['study.resumed', 'approval.requested']);
  expect(strange.study.waitsForApproval).toBe(true);
  const asked = requestOf(strange.study.state, next);
  expect(asked).toMatchObject({ about: 'gate-change', candidate: sha256('other gate') });
  const restored = await runSteered({ plan: ofUnheard(), say: [], from: strange.events });
  expect(waitingIn(restored)).toEqual(waitingIn(unheard));
  expect(await faults(ofUnheard(), restored)).toBe('');
  const say = [answer(next, 'approve')];
  const agreed = await runSteered({ plan: ofUnheard(OTHER, later()), say, from: strange.events });
  const after = agreed.events.slice(strange.events.length);
  expect(after.some(({ type }) => type === 'gatekeeper.joined')).toBe(true);
  // What the gate before let pass is judged anew, under new requests.
  expect(after.filter(({ type }) => type === 'gate.judged').length).toBe(waitingIn(unheard).length);
  expect(after.some((one) => one.type === 'approval.decided' && one.body.again)).toBe(true);
  expect(waitingIn(agreed).length).toBe(waitingIn(unheard).length);
  expect(await faults(ofUnheard(OTHER), agreed)).toBe('');
  expect(await secondFaults(ofUnheard(OTHER), agreed)).toEqual([]);
});

const ACTS = ['approve', 'reject', 'other', 'ignore'] as const;
const course = fc.record({
  acts: fc.array(fc.constantFrom(...ACTS), { minLength: 40, maxLength: 40 }),
  expiresMs: fc.constantFrom(1, 10_000, 10_000_000),
  cut: fc.double({ min: 0, max: 1, noNaN: true }),
  jumpMs: fc.constantFrom(0, 60_000, -60_000),
  isOtherGate: fc.boolean(),
});
type Course = typeof course extends fc.Arbitrary<infer T> ? T : never;

const sayOf = (acts: Course['acts']): readonly Said[] =>
  acts.flatMap((act, i) => {
    if (act === 'ignore') return [];
    if (act === 'other') return [answer(i + 1, 'approve', { evidence: sha256(`${i}`) })];
    return [answer(i + 1, act)];
  });

/** A study, cut somewhere and resumed at another time of day, perhaps under another gate. */
async function interleaved({ acts, expiresMs, cut, jumpMs, isOtherGate }: Course) {
  const planOf = studyOf();
  const say = sayOf(acts);
  const first = await runSteered({ plan: planOf({ expiresMs }), say });
  const kept = Math.max(1, Math.floor(cut * first.events.length));
  const clock = runningClock();
  const jumped = { ...clock, wallMs: () => clock.wallMs() + jumpMs };
  const plan = planOf({ expiresMs, ...(isOtherGate ? OTHER : {}) }, jumped);
  const second = await runSteered({ plan, say, from: first.events.slice(0, kept) });
  return { first, second, plan };
}

test('whatever people say and whenever it is cut, nothing is promoted without a valid approval', async () => {
  await fc.assert(
    fc.asyncProperty(course, async (one) => {
      const { first, second, plan } = await interleaved(one);
      expect(unapproved(first)).toEqual([]);
      expect(unapproved(second)).toEqual([]);
      expect(await faults(plan, second)).toBe('');
    }),
    { numRuns: isThorough ? 6 : 3, seed: 7 },
  );
});

test('planted: an approver that takes anything for an agreement is seen by the oracle', async () => {
  const lax: NonNullable<Plan['approver']> = {
    expiresMs: 1,
    needs: () => ['autonomy'],
    refuses: () => undefined,
  };
  const plan = { ...studyOf()(), approver: lax };
  const run = await runSteered({ plan, say: EVERY });
  expect(unapproved(run)).toContain('out of time');
  expect(await faults(plan, run)).toContain('Decided when the request had expired');
});

test('planted: a loop that asks nobody is seen by the oracle and by verify', async () => {
  const { approver: _, ...plan } = studyOf()();
  const run = await runSteered({ plan, say: [] });
  expect(unapproved(run)).toContain('nobody was asked');
  expect(await faults(plan, run)).toContain('Promoted without a person');
  expect(await secondFaults(plan, run)).toContain(
    'promoted without the approval of a person, who had to agree',
  );
});
