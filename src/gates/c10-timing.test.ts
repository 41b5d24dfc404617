import { expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import { secretRoot } from '../core/rng.ts';
import type { Tolerance } from '../core/tolerance.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import { stopwatch } from '../evaluators/stopwatch.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { type ManualClock, manualClock } from '../testing/manual-clock.ts';
import { msPerUnit, timingCheck } from './c10-timing.ts';
import type { Intake } from './contract.ts';

/** A program by what a run of it takes: really, and as its evaluator is told. ms. */
interface Timed {
  readonly takes: (seed: number, before: readonly number[]) => number;
  readonly says?: (tookMs: number) => number;
}

const START_MS = 60;
const INCUMBENT: Timed = { takes: () => 10 };

/** Each request is a process that starts, and everything varies: by a tenth a run, by 5 ms a start. */
function machine(
  programs: Readonly<Record<string, Timed>>,
  clock: ManualClock,
  startScatterMs = 5,
): Evaluator {
  const rng = secretRoot('machine').stream(0, 'noise');
  return {
    traits: { place: 'process', deterministic: false, isolation: 'none: simulated' },
    measure: (requests) =>
      requests.map(({ candidate, cases }) => {
        const { takes, says = (ms) => ms } = programs[candidate.text] ?? INCUMBENT;
        clock.advance(START_MS + Math.abs(startScatterMs * rng.normal()));
        let cpuMs = 50 + Math.abs(rng.normal());
        const results = cases.map((seed, i) => {
          const tookMs = takes(seed, cases.slice(0, i)) * Math.exp(0.1 * rng.normal());
          clock.advance(tookMs);
          cpuMs += tookMs;
          return { outcome: 'scored', value: says(tookMs) } as const;
        });
        return { cases: results, cpuMs };
      }),
    close: () => undefined,
  };
}

interface Setting {
  readonly candidate: Timed;
  readonly incumbent?: Timed;
  readonly tolerance?: Partial<Tolerance>;
  readonly startScatterMs?: number;
  readonly intake?: Partial<Intake>;
}

function judged(setting: Setting) {
  const { candidate, incumbent = INCUMBENT, tolerance, intake, startScatterMs } = setting;
  const clock = manualClock();
  const evaluator = machine({ candidate, incumbent }, clock, startScatterMs);
  const tools = gateBench({
    declaration: {
      ...DECLARATION,
      isTimed: true,
      goal: 'min',
      tolerance: { smallestEffect: 2, msPerUnit: 1, ...tolerance },
    },
    clock,
    stopwatch: stopwatch({ evaluator, clock }),
  });
  return timingCheck.judge(intakeOf(intake), tools, new AbortController().signal);
}

test('a program that is really faster passes', async () => {
  const found = await judged({ candidate: { takes: () => 5 } });
  expect(found).toMatchObject({ verdict: 'pass', suspicion: 0 });
  expect(found.completeness).toBeUndefined();
});

test('one that lies to its evaluator about the time fails by our clock', async () => {
  const found = await judged({ candidate: { takes: () => 10, says: (ms) => ms / 2 } });
  expect(found).toMatchObject({ verdict: 'fail', suspicion: 1 });
  expect(found.why).toMatch(/^By our clock it saves no time, or less than half/);
  const deep = await judged({
    candidate: { takes: () => 12, says: (ms) => ms / 4 },
    intake: { tier: 'deep' },
  });
  expect(deep.verdict).toBe('fail');
});

test('on a busy machine it is the kernel’s count that looks on, and gains of a tenth are seen', async () => {
  const startScatterMs = 300;
  const small = await judged({ candidate: { takes: () => 9 }, startScatterMs });
  expect(small.verdict).toBe('pass');
  const liar = await judged({
    candidate: { takes: () => 10, says: (ms) => ms / 2 },
    startScatterMs,
  });
  expect(liar.why).toMatch(/^By our clock it saves no time, or less than half/);
  const quiet = await judged({ candidate: { takes: () => 9 } });
  expect(quiet.verdict).toBe('pass');
});

test('one that remembers inputs fails, whether or not the claim would hold', async () => {
  const memo: Timed = {
    takes: (seed, before) => (before.includes(seed) ? 0.01 : 10),
  };
  expect((await judged({ candidate: memo })).verdict).toBe('fail');
  const both: Timed = { takes: (seed, before) => (before.includes(seed) ? 0.01 : 4) };
  expect((await judged({ candidate: both })).why).toMatch(
    /seen before is answered more than twice/,
  );
  const asBefore = await judged({ candidate: both, incumbent: memo });
  expect(asBefore.verdict, 'what it replaces does so too').toBe('pass');
});

test('a machine that warms up is no memory, as it warms up for the incumbent too', async () => {
  const warm = (level: number): Timed => ({
    takes: (_seed, before) => level * (before.length < 2 ? 3 : 1),
  });
  expect((await judged({ candidate: warm(5), incumbent: warm(10) })).verdict).toBe('pass');
});

test('the claim has to hold by more than the margin of the rule', async () => {
  const candidate: Timed = { takes: () => 9 };
  const found = await judged({ candidate, tolerance: { minEffect: Math.log(2) } });
  expect(found.why).toMatch(/not faster than the incumbent by more than the margin/);
  const slower = await judged({ candidate: { takes: () => 20 } });
  expect(slower.verdict).toBe('fail');
});

test('what nobody can be is refused at once', async () => {
  const candidate: Timed = { takes: () => 5, says: () => 1e-7 };
  const found = await judged({ candidate, tolerance: { fastest: 1e-6 } });
  expect(found).toMatchObject({ verdict: 'fail', cases: 1 });
});

test('without a unit our clock says nothing, and the finding covers half', async () => {
  const clock = manualClock();
  const programs = { candidate: { takes: () => 5 } };
  const tools = gateBench({
    declaration: { ...DECLARATION, isTimed: true, goal: 'min' },
    stopwatch: stopwatch({ evaluator: machine(programs, clock), clock }),
  });
  const { signal } = new AbortController();
  expect(await timingCheck.judge(intakeOf(), tools, signal)).toMatchObject({
    verdict: 'pass',
    completeness: 0.5,
  });
  const blind = gateBench({ declaration: { ...DECLARATION, isTimed: true } });
  expect((await timingCheck.judge(intakeOf(), blind, signal)).verdict).toBe('inconclusive');
});

test('units by name', () => {
  expect(['s', 'ms', 'µs', 'ns', 'Seconds', 'points'].map(msPerUnit)).toEqual([
    1000,
    1,
    1e-3,
    1e-6,
    1000,
    undefined,
  ]);
});

test('equal programs rarely pass, and a liar hardly ever', async () => {
  const runs = isThorough ? 20 : 8;
  const passes = async (candidate: Timed) => {
    let count = 0;
    for (let run = 0; run < runs; run++) {
      const found = await judged({
        candidate,
        intake: { ticket: `r${run}` },
        incumbent: {
          takes: (seed) => 10 * (1 + 0.2 * secretRoot('size').stream(run, `${seed}`).float()),
        },
      });
      if (found.verdict === 'pass') count += 1;
    }
    return count;
  };
  // Each at most 2.5 %: more than 4 of 20, or 2 of 8, have one below 0.1 %.
  const most = isThorough ? 4 : 2;
  const own = (seed: number) => 10 * (1 + 0.2 * secretRoot('own').stream(0, `${seed}`).float());
  expect(await passes({ takes: own })).toBeLessThanOrEqual(most);
  expect(await passes({ takes: own, says: (ms) => ms / 2 })).toBeLessThanOrEqual(most);
  expect(await passes({ takes: (seed) => own(seed) / 2 })).toBeGreaterThan(0.9 * runs);
});
