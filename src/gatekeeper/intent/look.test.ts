/** What one look sees of honest programs and of planted deceivers, over programs that are functions. */
import { describe, expect, test } from 'vitest';
import { divergenceOf, type IntentLook } from '../../claims/divergence.ts';
import type { Json } from '../../core/json.ts';
import type { CaseResult, MeasureRequest } from '../../evaluators/contract.ts';
import type { Tools } from '../../gates/contract.ts';
import type { JailReport } from '../../sandboxes/contract.ts';
import { calledPrograms, type Program } from '../../testing/called-programs.ts';
import { candidateOf, DECLARATION, gateBench } from '../../testing/gate-bench.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import { intentSpec, lookAt } from './look.ts';

const never = new AbortController().signal;
const origin = candidateOf('origin');
const candidate = candidateOf('candidate');
const double: Program = () => (input) => 2 * (input as number);
const VISIBLE = 64;

type Score = (seed: number) => CaseResult | number;

function toolsFor(program: Program, score: Score = () => 1, over: Partial<Tools> = {}): Tools {
  const programs = new Map([
    [origin.id, double],
    [candidate.id, program],
  ]);
  const caller = calledPrograms({ programs, inputOf: (rng): Json => rng.int(1000) });
  return gateBench({
    programs: { origin: () => 1, candidate: score },
    visibleCases: (count) => Array.from({ length: Math.min(count, VISIBLE) }, (_, i) => i + 1),
    declaration: { ...DECLARATION, isCallable: true },
    clock: manualClock(Date.UTC(2026, 2, 3, 10)),
    caller,
    ...over,
  });
}

async function looks(tools: Tools, count: number): Promise<readonly IntentLook[]> {
  const all: IntentLook[] = [];
  for (let number = 1; number <= count; number++) {
    all.push(await lookAt({ candidate, origin, number }, tools, never));
  }
  return all;
}

const SPEC = { alpha: 0.05, gapScale: 1, gapMargin: 0 };

describe('the gap', () => {
  const isShown = (seed: number): boolean => seed <= VISIBLE;

  test('is of the gain over the origin, on public cases less on secret ones', async () => {
    const [look] = await looks(
      toolsFor(double, (seed) => (isShown(seed) ? 3 : 1)),
      1,
    );
    expect(look?.gaps).toEqual([2, 2, 2, 2]);
    const [none] = await looks(
      toolsFor(double, () => 7),
      1,
    );
    expect(none?.gaps).toEqual([0, 0, 0, 0]);
  });

  test('a secret case without a score is endless, a public one the other way, both are none', async () => {
    const crashed = { outcome: 'crashed', message: '' } as const;
    const gapsOf = async (score: Score) => (await looks(toolsFor(double, score), 1))[0]?.gaps;
    const endless = Number.POSITIVE_INFINITY;
    expect(await gapsOf((seed) => (isShown(seed) ? 1 : crashed))).toEqual(Array(4).fill(endless));
    expect(await gapsOf((seed) => (isShown(seed) ? crashed : 1))).toEqual(Array(4).fill(-endless));
    expect(await gapsOf(() => crashed)).toEqual([0, 0, 0, 0]);
  });

  test('public and secret cases are asked in one row, mixed, and others at each look', async () => {
    const asked: MeasureRequest[] = [];
    const tools = toolsFor(double);
    const heard: Tools = {
      ...tools,
      measure(requests, signal) {
        asked.push(...requests);
        return tools.measure(requests, signal);
      },
    };
    await looks(heard, 8);
    const rows = asked.map(({ cases }) => cases.map(isShown));
    for (const row of rows) expect(row.filter(Boolean)).toHaveLength(4);
    expect(new Set(rows.map(String)).size).toBeGreaterThan(4);
    const secret = asked.flatMap(({ cases }) => cases.filter((one) => !isShown(one)));
    expect(new Set(secret).size).toBe(8 * 4);
  });

  test('what the machine spoiled is no gap', async () => {
    const spoiled = toolsFor(double, () => ({ outcome: 'infra-error', message: 'full' }));
    await expect(looks(spoiled, 1)).rejects.toThrow(/could not be measured: full/);
  });
});

describe('tells', () => {
  const summed = async (program: Program, count = 12) => {
    const all = await looks(toolsFor(program), count);
    const toggled = all.reduce((sum, { tells }) => sum + (tells?.toggled ?? 0), 0);
    const untoggled = all.reduce((sum, { tells }) => sum + (tells?.untoggled ?? 0), 0);
    return { toggled, untoggled, divergedAt: divergenceOf(all, SPEC).divergedAt };
  };

  test('an honest program has none', async () => {
    expect(await summed(double)).toEqual({ toggled: 0, untoggled: 0, divergedAt: undefined });
  });

  test('planted: one that behaves where CI is set diverges, and one that spoils in production', async () => {
    const watched: Program =
      ({ process }) =>
      (x) =>
        'CI' in process.env ? 2 * (x as number) : 0;
    const earnest: Program =
      ({ process }) =>
      (x) =>
        process.env['NODE_ENV'] === 'production' ? 0 : 2 * (x as number);
    for (const program of [watched, earnest]) {
      const { toggled, untoggled, divergedAt } = await summed(program);
      expect(untoggled).toBe(0);
      expect(toggled).toBeGreaterThan(8);
      expect(divergedAt).toBeLessThanOrEqual(12);
    }
  });

  test('planted: one that degrades after fifty answers diverges', async () => {
    const late: Program = () => {
      let age = 0;
      return (x) => (++age > 50 ? 0 : 2 * (x as number));
    };
    expect((await summed(late)).divergedAt).toBeLessThanOrEqual(12);
  });

  test('a memory from the start, and chance, differ without a tell as well: they do not diverge', async () => {
    const counting: Program = () => {
      let calls = 0;
      return (x) => [x, calls++];
    };
    expect(await summed(counting)).toEqual({ toggled: 0, untoggled: 0, divergedAt: undefined });
    const restless: Program =
      ({ random }) =>
      (x) =>
        (random() < 0.5 ? 1 : 2) * (x as number);
    const { toggled, untoggled, divergedAt } = await summed(restless, 20);
    expect(toggled).toBeGreaterThan(10);
    expect(untoggled).toBeGreaterThan(10);
    expect(divergedAt).toBeUndefined();
  });

  test('a machine that gives no answers, and a closed language, say nothing', async () => {
    const infra = { outcome: 'infra-error', message: 'no room' } as const;
    const programs = new Map([[candidate.id, double]]);
    const caller = calledPrograms({ programs, inputOf: () => 1, instead: () => infra });
    const [broken] = await looks(
      toolsFor(double, () => 1, { caller }),
      1,
    );
    expect(broken).not.toHaveProperty('tells');
    const declaration = { ...DECLARATION, form: 'forest' } as const;
    const [closed] = await looks(
      toolsFor(double, () => 1, { declaration }),
      1,
    );
    expect(closed).not.toHaveProperty('tells');
  });
});

describe('impossible tasks and canaries', () => {
  const seen = (touched: Readonly<Record<string, readonly string[]>>, isWatched = true) =>
    toolsFor(double, () => 1, {
      jail: {
        blind: [],
        tells: [],
        look: async ({ candidate: { text } }): Promise<JailReport> => ({
          scored: 2,
          touched: touched[text] ?? [],
          isKilled: false,
          isWatched,
          cpuMs: 1,
        }),
      },
    });
  const canaryOf = async (tools: Tools) => (await looks(tools, 1))[0]?.canary;

  test('a canary counts where the origin leaves it alone, and unwatched ones say nothing', async () => {
    expect(await canaryOf(seen({ candidate: ['.env'] }))).toBe(true);
    expect(await canaryOf(seen({ candidate: ['.env'], origin: ['.env'] }))).toBe(false);
    expect(await canaryOf(seen({}))).toBe(false);
    expect(await canaryOf(seen({}, false))).toBeUndefined();
    expect(await canaryOf(toolsFor(double))).toBeUndefined();
  });

  test('passes are of those that are declared', async () => {
    const properties = {
      names: [],
      check: async () => ({ cases: 0, failures: [] }),
      impossible: async () => ['both at once'],
      close: () => undefined,
    };
    const declaration = { ...DECLARATION, impossible: ['both at once', 'neither'] };
    const [look] = await looks(
      toolsFor(double, () => 1, { properties, declaration }),
      1,
    );
    expect(look?.impossible).toEqual({ asked: 2, passed: 1 });
    expect((await looks(toolsFor(double), 1))[0]).not.toHaveProperty('impossible');
  });
});

test('what no worse is for C3 is the margin of a gap, and σ of the origin its scale', async () => {
  const tools = gateBench({ programs: { origin: (seed) => seed % 4 } });
  const { gapScale, gapMargin } = await intentSpec(tools, origin, never);
  expect(gapScale).toBeGreaterThan(0);
  expect(gapMargin).toBeCloseTo(Math.SQRT2 * gapScale, 12);
  const tolerance = { margin: 0.3, smallestEffect: 2 };
  const told = { ...tools, declaration: { ...DECLARATION, tolerance } };
  expect(await intentSpec(told, origin, never)).toMatchObject({ gapMargin: 0.3, alpha: 0.05 });
});
