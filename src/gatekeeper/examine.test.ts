import { expect, test } from 'vitest';
import { CHECKS, type CheckName } from '../core/checks.ts';
import type { Check, CheckFinding } from '../gates/contract.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { examine } from './examine.ts';

const never = new AbortController().signal;

/** A check that ends when it is told to, or is broken off. */
function held(name: CheckName, isAlone?: true) {
  const state = { begun: false, isAborted: false };
  let answer: (verdict: CheckFinding['verdict']) => void = () => undefined;
  const answered = new Promise<CheckFinding['verdict']>((resolve) => {
    answer = resolve;
  });
  const check: Check = {
    name,
    ...(isAlone ? { isAlone } : {}),
    inapplicable: () => undefined,
    async judge(_intake, _tools, signal) {
      state.begun = true;
      const broken = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => {
          state.isAborted = true;
          reject(signal.reason);
        });
      });
      const verdict = await Promise.race([answered, broken]);
      return { verdict, why: '', evidence: name, cases: 1 };
    },
  };
  return { check, state, ends: (verdict: CheckFinding['verdict'] = 'pass') => answer(verdict) };
}

type Held = ReturnType<typeof held>;

function begun(
  all: readonly Held[],
  over: { atOnce?: number; isWhole?: true; isTimed?: true } = {},
) {
  const { atOnce = 8, isTimed = false, ...rest } = over;
  const stored: unknown[] = [];
  const bench = memoryBench();
  const put = (evidence: never) => {
    stored.push(evidence);
    return bench.evidence.put(evidence);
  };
  const tools = gateBench({ declaration: { ...DECLARATION, isTimed } });
  const examined = examine(
    { clock: bench.clock, evidence: { ...bench.evidence, put } },
    {
      intake: intakeOf(),
      metered: async () => ({ floor: [], tools, cpuMs: () => 0 }),
      checks: () => all.map(({ check }) => check),
      atOnce,
      ...rest,
    },
    never,
  );
  return { examined, stored };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const names = (findings: readonly { readonly check: string }[]) => findings.map((one) => one.check);
const runs = (all: readonly Held[]): readonly string[] =>
  all.filter(({ state }) => state.begun).map(({ check }) => check.name);

test('findings stand in the order of the checks, whatever ended first', async () => {
  const all = [held('C1'), held('C3'), held('C5')] as const;
  const { examined } = begun(all);
  await turn();
  for (const one of all.toReversed()) {
    one.ends();
    await turn();
  }
  expect(names((await examined).findings)).toEqual(['C1', 'C3', 'C5']);
});

test('a failure breaks off those after it; those before it have their say, and no others', async () => {
  const [one, two, three] = [held('C1'), held('C3'), held('C5')];
  const { examined, stored } = begun([one, two, three]);
  await turn();
  two.ends('fail');
  await turn();
  expect([one.state.isAborted, three.state.isAborted]).toEqual([false, true]);
  one.ends();
  const { findings } = await examined;
  expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual([
    ['C1', 'pass'],
    ['C3', 'fail'],
  ]);
  expect(stored).toEqual(['C1', 'C3']);
});

test('of two that fail the first in order is the last finding, whichever was faster', async () => {
  for (const isReversed of [false, true]) {
    const all = [held('C1'), held('C3'), held('C5')];
    const { examined, stored } = begun(all);
    await turn();
    const failing = [all[0], all[2]] as Held[];
    for (const one of isReversed ? failing.reverse() : failing) {
      one.ends('fail');
      await turn();
    }
    expect(names((await examined).findings)).toEqual(['C1']);
    expect(stored).toEqual(['C1']);
  }
});

test('after a failure no other begins, except where every check is to have its say', async () => {
  const failing = (name: CheckName): Held => {
    const one = held(name);
    one.ends('fail');
    return one;
  };
  const all = [failing('C1'), failing('C3'), held('C10', true)];
  expect(names((await begun(all, { atOnce: 1 }).examined).findings)).toEqual(['C1']);
  expect(runs(all)).toEqual(['C1']);
  const whole = await begun([failing('C1'), failing('C3')], { isWhole: true }).examined;
  expect(names(whole.findings)).toEqual(['C1', 'C3']);
});

test('no more run at a time than it is told, and of a metric that is a time one', async () => {
  const all = () => [held('C1'), held('C3'), held('C5')];
  for (const [over, most] of [
    [{ atOnce: 2 }, 2],
    [{}, 3],
    [{ isTimed: true }, 1],
  ] as const) {
    const some = all();
    const { examined } = begun(some, over);
    await turn();
    expect(runs(some)).toHaveLength(most);
    for (const one of some) one.ends();
    expect((await examined).findings).toHaveLength(3);
  }
});

test('planted: a check that takes times runs when the others have ended, and none beside it', async () => {
  const [one, timing, last] = [held('C3'), held('C10', true), held('C13')];
  const { examined } = begun([one, timing, last]);
  await turn();
  expect(runs([one, timing, last])).toEqual(['C3']);
  one.ends();
  await turn();
  expect(runs([one, timing, last])).toEqual(['C3', 'C10']);
  timing.ends();
  await turn();
  expect(runs([one, timing, last])).toEqual(['C3', 'C10', 'C13']);
  last.ends();
  expect(names((await examined).findings)).toEqual(['C3', 'C10', 'C13']);
});

test('a check that throws has found nothing, and the others have', async () => {
  const broken: Held = { ...held('C3') };
  const throwing: Check = {
    ...broken.check,
    judge: async () => {
      throw new Error('no jail');
    },
  };
  const other = held('C5');
  other.ends();
  const { findings } = await begun([{ ...broken, check: throwing }, other]).examined;
  expect(findings.map(({ check, verdict, why }) => [check, verdict, why])).toEqual([
    ['C3', 'inconclusive', `${CHECKS.C3} could not be carried out: no jail`],
    ['C5', 'pass', ''],
  ]);
});
