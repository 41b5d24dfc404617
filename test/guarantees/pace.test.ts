/**
 * The pace is kept by whole studies: nothing is promoted past the bound, what an audit failed is taken back
 * and never returns, and a slow audit delays promotions without choosing them.
 */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { deriveMemory } from '../../src/app/memory/derive.ts';
import type { StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { GatesPromise } from '../../src/core/safety-events.ts';
import type { AuditAnswer, AuditRequest, Gatekeeper } from '../../src/gatekeeper/contract.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { debtNow } from '../../src/pace/debt.ts';
import { applyPace } from '../../src/pace/fold.ts';
import { newPace } from '../../src/pace/state.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { bodiesOf } from './fixtures/sealed-study.ts';
import { continueFrom, runSmall, type SmallRun } from './fixtures/small-run.ts';

const HASH = sha256('of nothing');
const SIGNED = { key: HASH, signature: `${'A'.repeat(86)}==`, evidence: HASH };

const FAIL: Partial<AuditAnswer> = { verdict: 'fail' };
const DEFER: Partial<AuditAnswer> = { verdict: 'deferred', completeness: 0 };

interface Scripted {
  readonly audit?: (request: AuditRequest) => Partial<AuditAnswer>;
  /** Turns of the event loop that an audit takes. */
  readonly turns?: number;
}

/** Lets everything pass its floor, and answers audits by the script. */
function scripted({ audit = () => ({}), turns = 0 }: Scripted): Gatekeeper {
  let entry = 0;
  const stamp = () => {
    entry += 1;
    return { ...SIGNED, entry };
  };
  const user = { own: true } as const;
  return {
    join: async () => ({ digest: HASH, secretCommit: HASH, key: HASH, publicKey: '', user }),
    judge: async () => ({ verdict: 'pass', tookMs: 1, cpuMs: 1, ...stamp() }),
    async audit(request) {
      for (let turn = 0; turn < turns; turn++) await setImmediate();
      const passed = { verdict: 'pass', completeness: 1, tookMs: 0, cpuMs: 1 } as const;
      return { ...passed, ...stamp(), ...audit(request) };
    },
    rating: async () => {
      const all = { traps: 0, caught: 0, honest: 0, refused: 0, recallLower: 1, frozen: false };
      const { entry, evidence } = stamp();
      return { ...all, entry, evidence };
    },
    sign: async () => ({ key: HASH, signature: SIGNED.signature }),
    reveal: async () => ({ secret: '' }),
    close() {},
  };
}

function gated(script: Scripted, over: Partial<GatesPromise> = {}): Plan {
  const plan = smallPlan({ clock: manualClock(), budget: { trials: 120 } });
  const limits = { weight: 2, maxDebt: 8, completeness: 1 };
  const gates = { declared: HASH, floor: [], unchecked: [], ...limits, ...over };
  return { ...plan, opened: { ...plan.opened, gates }, gatekeeper: scripted(script) };
}

const promoted = ({ events }: SmallRun): string[] =>
  bodiesOf(events, 'candidate.promoted').map(({ candidate }) => candidate);

test('debt never stands over its bound, and audits are what keeps it there', async () => {
  const run = await runSmall(gated({}, { maxDebt: 5 }));
  const state = newPace();
  for (const event of run.events) {
    applyPace(state, event);
    expect(debtNow(state)).toBeLessThanOrEqual(5 + 1e-9);
  }
  expect(promoted(run).length).toBeGreaterThan(2);
  expect(bodiesOf(run.events, 'audit.finished').length).toBeGreaterThan(0);
});

test.each([
  ['passes', () => ({})],
  ['fails', ({ audit }: AuditRequest) => (audit === 1 ? FAIL : {})],
  ['gives no verdict at first', ({ audit }: AuditRequest) => (audit === 1 ? DEFER : {})],
])('a slow audit that %s changes nothing but the time', async (_what, audit) => {
  const every = { weight: 4, maxDebt: 9 };
  const quick = await runSmall(gated({ audit }, every));
  const slow = await runSmall(gated({ audit, turns: 50 }, every));
  expect(slow.logical).toBe(quick.logical);
  expect(bodiesOf(slow.events, 'audit.finished').length).toBeGreaterThan(2);
});

test('nothing of what was taken back is remembered as a success', async () => {
  const failing = { audit: ({ audit }: AuditRequest) => (audit === 1 ? FAIL : {}) };
  const run = await runSmall(gated(failing, { maxDebt: 5 }));
  const [back] = bodiesOf(run.events, 'candidate.rolled-back');
  const standing = bodiesOf(run.events, 'candidate.promoted').filter(
    ({ candidate, arm }) => arm === 'main' && !back?.quarantined.includes(candidate),
  );
  expect(back?.quarantined.length).toBeGreaterThan(0);
  expect(standing.length).toBeGreaterThan(0);
  const pages = (async function* () {
    yield run.events;
  })();
  const left = await deriveMemory(pages, { study: 's-1', head: { seq: 1, hash: HASH } });
  expect(left?.effects.gains.map(({ gain }) => gain)).toEqual(standing.map(({ gain }) => gain));
  const paid = left?.lessons.reduce(
    (sum, one) => ({ promoted: sum.promoted + one.promoted, gain: sum.gain + one.gain }),
    { promoted: 0, gain: 0 },
  );
  expect(paid?.promoted).toBe(standing.length);
  expect(paid?.gain).toBeCloseTo(
    standing.reduce((sum, { gain }) => sum + gain, 0),
    9,
  );
  const tried = bodiesOf(run.events, 'trial.confirmed').filter(
    ({ arm, candidate, effect }) =>
      arm === 'main' && effect !== undefined && !back?.quarantined.includes(candidate),
  );
  expect(left?.effects.shrinkage.map(([, confirm]) => confirm)).toEqual(
    tried.map(({ effect }) => effect),
  );
});

test('what an audit fails is taken back, barred, and the study goes on', async () => {
  const failing = { audit: ({ audit }: AuditRequest) => (audit === 1 ? FAIL : {}) };
  const run = await runSmall(gated(failing, { maxDebt: 5 }));
  const [back] = bodiesOf(run.events, 'candidate.rolled-back');
  expect(back?.quarantined.length).toBeGreaterThan(0);
  const at = run.events.findIndex(({ type }) => type === 'candidate.rolled-back');
  const after = promoted({ ...run, events: run.events.slice(at) });
  expect(after.length).toBeGreaterThan(0);
  expect(after.filter((one) => back?.quarantined.includes(one))).toEqual([]);
  expect(run.study.state.closed?.reason).toBe('budget');
});

test('a candidate that fails its audit ahead of its promotion ends there', async () => {
  const ahead: string[] = [];
  const failing = {
    audit: ({ audit, to }: AuditRequest) => {
      ahead.push(to.id);
      return audit === 1 ? FAIL : {};
    },
  };
  const run = await runSmall(gated(failing, { maxDebt: 1 }));
  expect(promoted(run)).not.toContain(ahead[0]);
  expect(promoted(run).length).toBeGreaterThan(0);
  expect(run.study.state.ends['gate-failed']).toBe(1);
  expect(run.study.state.closed?.reason).toBe('budget');
});

/** Proposes whatever the first audit failed, again and again. */
function stubborn(plan: Plan, barred: () => string | undefined): Plan {
  const [lane, ...others] = plan.lanes;
  if (lane === undefined) throw new Error('a plan without a lane');
  const proposer = {
    ...lane.proposer,
    ask: async (...asked: Parameters<typeof lane.proposer.ask>) => {
      const draft = await lane.proposer.ask(...asked);
      const text = barred();
      return text === undefined ? draft : { ...draft, text, key: sha256(text) };
    },
  };
  return { ...plan, lanes: [{ ...lane, proposer }, ...others] };
}

test('planted: a barred candidate that is proposed again is refused as barred, costs nothing and stops nothing', async () => {
  let text: string | undefined;
  const audit = ({ audit, to }: AuditRequest) => {
    if (audit !== 1) return {};
    text = to.text;
    return FAIL;
  };
  const run = await runSmall(stubborn(gated({ audit }, { maxDebt: 5 }), () => text));
  const id = sha256(text ?? '');
  const again = bodiesOf(run.events, 'trial.settled').filter(
    (one) => one.candidate === id && one.outcome === 'invalid',
  );
  expect(again.length).toBeGreaterThan(0);
  for (const one of again) {
    expect(one).toMatchObject({ end: 'invalid', values: [], evals: 0 });
    expect(one.message).toMatch(/^Barred by audit/);
  }
  expect(run.study.state.closed?.reason).toBe('budget');
});

test('what a study leaves is audited at its end, once', async () => {
  const run = await runSmall(gated({}, { maxDebt: 60, weight: 1 }));
  const last = bodiesOf(run.events, 'audit.opened').at(-1);
  expect(last).toMatchObject({ why: 'end', to: promoted(run).at(-1) });
  expect(run.study.state.pace).toMatchObject({ unaudited: [], audit: undefined });
  const types = run.events.map(({ type }) => type);
  expect(types.lastIndexOf('audit.finished')).toBeLessThan(types.indexOf('arm.compared'));
});

test('a study that is killed around an audit or a rollback goes on to the same end', async () => {
  const audit = ({ audit }: AuditRequest) => (audit === 1 ? FAIL : {});
  const every = { weight: 4, maxDebt: 9 };
  const whole = await runSmall(gated({ audit }, every));
  const types = ['audit.opened', 'audit.finished', 'candidate.rolled-back'] as const;
  for (const type of types) {
    const at = whole.events.findIndex((event) => event.type === type);
    const again = await continueFrom(gated({ audit }, every), whole.events.slice(0, at + 1));
    expect(again.logical, `killed after ${type}`).toBe(whole.logical);
    expect(promoted(again)).toEqual(promoted(whole));
  }
});

test('a person may decline what is audited ahead, and a crash after that ends nothing', async () => {
  const whole = await runSmall(gated({}, { maxDebt: 1 }));
  const at = whole.events.findIndex(({ type }) => type === 'audit.opened');
  const [opened] = bodiesOf(whole.events, 'audit.opened');
  const veto = { what: 'candidate', candidate: opened?.to ?? '' } as const;
  const trial = whole.events.slice(0, at).findLast(({ type }) => type === 'gate.judged')?.trial;
  const steered = {
    type: 'study.steered',
    actor: 'ada',
    body: { id: 'declined', by: 'ada', said: { kind: 'veto', value: veto }, declines: trial },
    meta: whole.events[at]?.meta,
  } as unknown as StoredEvent;
  const events = [...whole.events.slice(0, at + 1), steered];
  const again = await continueFrom(gated({}, { maxDebt: 1 }), events);
  expect(again.study.state.ends.declined).toBe(1);
  expect(promoted(again)).not.toContain(opened?.to);
  expect(promoted(again).length).toBeGreaterThan(0);
});
