/** Which processes C10 starts: on what inputs, in what order, and how many runs each has. */
import { describe, expect, test } from 'vitest';
import type { Stopwatch } from '../evaluators/contract.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { timingCheck } from './c10-timing.ts';

const { signal } = new AbortController();

describe('runs by our clock', () => {
  const TIMED = { ...DECLARATION, isTimed: true, goal: 'min' } as const;

  /** Runs of the candidate take 8 ms, those of the incumbent 10; processes of it start later by `late` in turn. */
  async function timed(late: readonly number[], more: object = { msPerUnit: 1 }) {
    const asked: { readonly who: string; readonly cases: readonly number[] }[] = [];
    let starts = 0;
    const stopwatch: Stopwatch = {
      run: async ({ candidate: { text }, cases }) => {
        asked.push({ who: text, cases });
        const each = text === 'candidate' ? 8 : 10;
        const ms = each * cases.length;
        const delay = text === 'candidate' ? 0 : (late[starts++ % late.length] ?? 0);
        const one = { outcome: 'scored', value: each } as const;
        return { cases: cases.map(() => one), cpuMs: ms, wallMs: ms + delay };
      },
    };
    const tolerance = { smallestEffect: 2, ...more };
    const declaration = { ...TIMED, tolerance };
    const found = await timingCheck.judge(
      intakeOf(),
      gateBench({ declaration, stopwatch }),
      signal,
    );
    const { pairs } = found.evidence as unknown as { readonly pairs: { readonly runs: number }[] };
    return { found, asked, runs: pairs.map((one) => one.runs) };
  }

  test('begin with four of the incumbent, then four processes for each pair on inputs of its own', async () => {
    const { asked, found } = await timed([0]);
    const pilots = asked.slice(0, 4);
    expect(pilots.map(({ who, cases }) => [who, cases.length])).toEqual(
      Array(4).fill(['incumbent', 6]),
    );
    expect(new Set(pilots.flatMap(({ cases }) => cases)).size).toBe(6);
    const rest = asked.slice(4);
    expect(rest).toHaveLength(4 * found.cases);
    const known = new Set(pilots.flatMap(({ cases }) => cases));
    for (let at = 0; at < rest.length; at += 4) {
      const four = rest.slice(at, at + 4);
      const fresh = four.filter(({ cases }) => new Set(cases).size > 1);
      const same = four.filter(({ cases }) => new Set(cases).size === 1);
      for (const two of [fresh, same]) {
        expect(two.map(({ who }) => who).sort()).toEqual(['candidate', 'incumbent']);
        expect(two[0]?.cases).toEqual(two[1]?.cases);
      }
      // The input that is seen again is the last of the fresh ones.
      expect(same[0]?.cases[0]).toBe(fresh[0]?.cases.at(-1));
      for (const one of fresh[0]?.cases ?? []) {
        expect(known.has(one)).toBe(false);
        known.add(one);
      }
    }
    const orders = new Set(
      Array.from({ length: found.cases }, (_, pair) =>
        rest
          .slice(4 * pair, 4 * pair + 4)
          .map(({ who, cases }) => `${who[0]}${new Set(cases).size}`)
          .join(),
      ),
    );
    expect(orders.size).toBeGreaterThan(1);
  });

  test('are as many as make what is saved stand out from how processes start', async () => {
    // Standard deviation 5.77 ms, four times that; half of 2 ms is seen of each run.
    const { runs } = await timed([0, 10]);
    expect(runs.slice(0, 2)).toEqual([6, 24]);
    expect((await timed([0])).runs.slice(0, 2)).toEqual([6, 6]);
    // 10 ms of CPU time a run, and 2 s a process.
    expect((await timed([0, 10], { msPerUnit: 0.01 })).runs.slice(0, 2)).toEqual([6, 200]);
    expect((await timed([0, 10], {})).runs.slice(0, 2)).toEqual([6, 6]);
  });

  test('without a unit leave the second question open', async () => {
    const { found } = await timed([0], {});
    expect(found).toMatchObject({ verdict: 'pass', completeness: 0.5 });
    expect(found.why).toMatch(
      /^On fresh inputs it is faster, in \d+ pairs of processes, though not by our clock, as its unit names no time\.$/,
    );
    expect(timingCheck.inapplicable(DECLARATION)).toBe('the metric is no time');
    expect(timingCheck.inapplicable(TIMED)).toBeUndefined();
  });
});
