import { expect, test } from 'vitest';
import type { Check, CheckFinding, Intake, Tools } from '../gates/contract.ts';
import { intakeOf } from '../testing/gate-bench.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { examine } from './examine.ts';
import { inTime, rationed } from './ration.ts';

const NEVER = new AbortController().signal;
const passing: CheckFinding = { verdict: 'pass', why: 'as told', evidence: null, cases: 1 };

function checkThat(judge: Check['judge']): Check {
  return { name: 'C13', inapplicable: () => undefined, judge };
}

const ask = (check: Check | undefined, signal = NEVER) =>
  check?.judge({} as Intake, {} as Tools, signal);

/** Ends when it is told to, as a check does that waits for a candidate. */
const waiting = checkThat(
  (_intake, _tools, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    }),
);

const none = { mostCpuMs: 1, spentCpuMs: () => 0 };

test('a check that waits for a candidate without end has not looked', async () => {
  const { checks, unlooked } = rationed([waiting], { ...none, mostCheckMs: 20 });
  await expect(ask(checks[0])).rejects.toThrow('had not ended after 0.02 s');
  expect(unlooked()).toEqual(['C13']);
});

test('one that ends in time is heard, and its own failure is its own', async () => {
  const { checks, unlooked } = rationed(
    [
      checkThat(async () => passing),
      checkThat(async () => {
        throw new Error('broken');
      }),
    ],
    none,
  );
  expect(await ask(checks[0])).toBe(passing);
  await expect(ask(checks[1])).rejects.toThrow('broken');
  expect(unlooked()).toEqual([]);
});

test('an audit that is broken off is no check that has not looked', async () => {
  const abort = new AbortController();
  const { checks, unlooked } = rationed([waiting], none);
  const asked = ask(checks[0], abort.signal);
  abort.abort(new Error('asked to leave'));
  await expect(asked).rejects.toThrow('asked to leave');
  expect(unlooked()).toEqual([]);
});

test('after its CPU time no further check begins', async () => {
  const { checks, unlooked } = rationed([checkThat(async () => passing)], {
    mostCpuMs: 10,
    spentCpuMs: () => 10,
  });
  await expect(ask(checks[0])).rejects.toThrow('used its time');
  expect(unlooked()).toEqual(['C13']);
});

/** Hears nothing, as a check does that waits for what never comes. */
const endless = checkThat(() => new Promise(() => undefined));

test('planted: a check on the floor that never ends has found nothing, and the next one is asked', async () => {
  const { evidence, clock, metered } = memoryBench();
  const next = { ...checkThat(async () => passing), name: 'C16' as const };
  for (const check of [waiting, endless]) {
    const checks = [inTime(check, { mostMs: 20, graceMs: 20 }), next];
    const asked = { intake: intakeOf(), metered, checks: () => checks };
    const { findings } = await examine({ evidence, clock }, asked, NEVER);
    expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual([
      ['C13', 'inconclusive'],
      ['C16', 'pass'],
    ]);
    expect(findings[0]?.why).toContain('had not ended after 0.02 s, so it has found nothing');
  }
});

test('a finding that comes after its time is none', async () => {
  const late = checkThat(
    (_intake, _tools, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(passing));
      }),
  );
  await expect(ask(inTime(late, { mostMs: 20 }))).rejects.toThrow('had not ended');
});

test('what is broken off from outside did not run out of time', async () => {
  const abort = new AbortController();
  const asked = ask(inTime(endless, { graceMs: 0 }), abort.signal);
  abort.abort(new Error('asked to leave'));
  await expect(asked).rejects.toThrow('asked to leave');
});

test('each is told its part of what is left, and what one leaves goes to the next', async () => {
  let spent = 0;
  const told: (number | undefined)[] = [];
  const sized = checkThat(async (_intake, { mostCpuMs }) => {
    told.push(mostCpuMs);
    spent += 10;
    return passing;
  });
  const ration = { mostCpuMs: 90, spentCpuMs: () => spent };
  const { checks } = rationed([sized, sized, sized], ration);
  for (const check of checks) await ask(check);
  expect(told).toEqual([30, 40, 70]);
});
