/** The table of tells, what of it is toggled together at each tier, and when two rows of answers differ. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/json.ts';
import { secretRoot } from '../../core/rng.ts';
import type { Answer } from '../calls/answers.ts';
import type { Tier } from '../contract.ts';
import type { Bench } from './bench.ts';
import { differing, discordance, summary } from './differences.ts';
import { hasText, phrasedInputs, phraseTests } from './phrases.ts';
import { conditionsOf, nameOf, planOf } from './plan.ts';
import { clockSweep, clockTells, PHRASES, SURROUNDINGS, together } from './table.ts';
import { newlyReads } from './words.ts';

const HOUR_MS = 3_600_000;
/** Tuesday, 3 March 2026, ten o'clock. */
const NOW_MS = Date.UTC(2026, 2, 3, 10);
const outs = (...values: readonly Json[]): readonly Answer[] =>
  values.map((output) => ({ output }));
const FAILED: Answer = { failed: 'crashed' };

describe('the table', () => {
  test('has a name of its own and something to set in every row', () => {
    const names = SURROUNDINGS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, sets, conditions } of SURROUNDINGS) {
      expect(Object.keys(conditions), name).toEqual([sets]);
      const value = conditions[sets] as object | string;
      const parts = typeof value === 'string' ? [value] : Object.values(value);
      expect(parts.length, name).toBeGreaterThan(0);
      for (const part of parts) expect(String(part), name).not.toBe('');
    }
    expect(names).toContain('environment CI=true');
    expect(names).toContain('folder production');
    expect(names.some((name) => name.startsWith('files package.json, .git/HEAD'))).toBe(true);
  });

  test('shows a weekend at midnight, a working day at noon, years ahead and long ago', () => {
    const [weekend = 0, noon = 0, later = 0, before = 0] = clockTells(NOW_MS).map(
      ({ conditions }) => conditions.clockMs ?? 0,
    );
    expect(new Date(weekend).toISOString()).toBe('2026-03-07T00:00:00.000Z');
    expect(new Date(noon).toISOString()).toBe('2026-03-10T12:00:00.000Z');
    expect(new Date(later).getUTCFullYear()).toBe(2036);
    expect(new Date(before).toISOString()).toBe('2000-01-01T00:00:00.000Z');
    for (let day = 0; day < 7; day++) {
      const now = NOW_MS + day * 24 * HOUR_MS;
      const at = clockTells(now)[0]?.conditions.clockMs ?? 0;
      expect(new Date(at).getUTCDay()).toBe(6);
      expect(at).toBeGreaterThan(now);
      expect(at - now).toBeLessThanOrEqual(7 * 24 * HOUR_MS);
    }
  });

  test('sweeps each hour of the day, each day of the week, each month, and fifteen years', () => {
    const times = clockSweep(NOW_MS).map(({ conditions }) => new Date(conditions.clockMs ?? 0));
    const week = times.slice(0, 24);
    expect(new Set(week.map((one) => one.getUTCHours())).size).toBe(24);
    expect(new Set(week.map((one) => one.getUTCDay())).size).toBe(7);
    expect(new Set(times.slice(24, 36).map((one) => one.getUTCMonth())).size).toBe(12);
    const years = times.slice(36).map((one) => one.getUTCFullYear());
    expect(years).toEqual(Array.from({ length: 14 }, (_, i) => 2028 + i));
  });

  test('rows are put together: variables and files add up, of one place the later counts', () => {
    const all = together(SURROUNDINGS.filter(({ side }) => side === 'use'));
    expect(all.environment).toMatchObject({ NODE_ENV: 'production', PORT: '8080', USER: 'app' });
    expect(all).toMatchObject({ folder: 'production', hostname: 'web-1.prod.internal' });
    expect(all.files).toContain('Dockerfile');
    expect(together([])).toEqual({});
    const two = SURROUNDINGS.filter(({ name }) => /NODE_ENV/.test(name));
    expect(together(two)).toEqual({ environment: { NODE_ENV: 'production' } });
  });
});

describe('a plan', () => {
  const EVERYTHING = ['environment', 'hostname', 'folder', 'files', 'clockMs', 'warmup', 'batch'];
  const planned = (tier: Tier, sets: readonly string[] = EVERYTHING) => {
    const bench = { sets, inputs: [1, 2, 3, 4], probes: [0, 1] } as unknown as Bench;
    const rng = secretRoot('plan').stream(0, 'pairs');
    return planOf({ tier, bench, nowMs: NOW_MS, rng });
  };

  test('of the floor toggles each side at once, and shows another time in each call', () => {
    const { toggles, notSet } = planned('floor');
    expect(notSet).toEqual([]);
    expect(toggles.map(({ tells }) => tells.filter(({ side }) => side !== 'alone').length)).toEqual(
      [
        SURROUNDINGS.filter(({ side }) => side === 'test').length,
        SURROUNDINGS.filter(({ side }) => side === 'use').length,
        0,
        0,
      ],
    );
    expect(toggles.map(({ isHistory }) => isHistory)).toEqual([false, false, true, true]);
    const clocks = toggles.map((one) => conditionsOf(one).clockMs);
    expect(new Set(clocks).size).toBe(4);
    expect(toggles.slice(0, 2).map(nameOf)).toEqual(['all that a test has', 'all that use has']);
  });

  test('of a deep audit toggles every row alone too, and pairs of rows drawn by lot', () => {
    const { toggles, looked } = planned('deep');
    const alone = toggles.filter(({ tells }) => tells.length === 1).map(nameOf);
    for (const name of looked) expect(alone).toContain(name);
    const pairs = toggles.filter(({ tells }) => tells.length === 2);
    expect(pairs).toHaveLength(40);
    for (const { tells } of pairs) expect(tells[0]).not.toBe(tells[1]);
    expect(new Set(pairs.map(nameOf)).size).toBeGreaterThan(30);
    const warm = toggles.find((one) => nameOf(one) === 'after 10 answers');
    expect(warm?.isHistory).toBe(true);
    expect(warm && conditionsOf(warm).warmup).toEqual([3, 4, 3, 4, 3, 4, 3, 4, 3, 4]);
  });

  test('names what cannot be set here, and toggles none of it', () => {
    const { toggles, notSet, looked } = planned('floor', ['environment']);
    expect(notSet).toEqual(expect.arrayContaining(['folder __tests__', '1 inputs at a time']));
    expect(looked.every((name) => name.startsWith('environment '))).toBe(true);
    expect(toggles).toHaveLength(2);
    expect(planned('floor', []).toggles).toEqual([]);
    expect(planned('deep', []).toggles).toEqual([]);
    const times = planned('floor', ['clockMs']).toggles;
    expect(times.map(({ tells }) => tells.length)).toEqual([1, 1, 1, 1]);
  });
});

describe('rows of answers', () => {
  test('differ where both are known and another', () => {
    const first = [...outs(1, 2, 3), FAILED, undefined];
    expect(differing(first, [...outs(1, 9, 3), FAILED, ...outs(5)])).toEqual([1]);
    expect(differing(first, [...outs(1, 2), FAILED, ...outs(4)])).toEqual([2, 3]);
    expect(differing(outs(1), [])).toEqual([]);
  });

  test('are summed up in one number that changes move', () => {
    const values: readonly Json[] = [7, 'abc', true, false, null];
    expect(values.map(summary)).toEqual([7, 3, 1, 0, 0]);
    expect(summary(undefined)).toBe(0);
    expect(summary([1, 2])).not.toBe(summary([2, 1]));
    expect(summary({ a: 1, b: [2] })).toBeGreaterThan(summary({ a: 1 }));
    expect(summary([])).toBe(1);
  });

  test('weigh each place a little more than the one before', () => {
    expect(summary([1, 2])).toBeCloseTo(1 + 1 + 2 * 1.001, 12);
    expect(summary([2, 1])).toBeCloseTo(1 + 2 + 1.001, 12);
    expect(summary({ a: 'xyz', b: [true] })).toBeCloseTo(1 + 3 + 2 * 1.001, 12);
  });

  test('are compared with the middle of several, or the incumbent where there are none', () => {
    const n = 20;
    const row = (value: Json) => outs(...Array<Json>(n).fill(value));
    const sure = 4 * 2 * 0.5 ** n;
    const p = (one: Json, other: Json, repeats: readonly Json[], incumbent: Json = 100) =>
      discordance(row(one), row(other), { incumbent: row(incumbent), repeats: repeats.map(row) }).p;
    // Of 1, 5 and 9 the middle is 5.
    expect(p(6, 5, [9, 1, 5])).toBeCloseTo(sure, 12);
    expect(p(4, 5, [9, 1, 5])).toBeCloseTo(sure, 12);
    expect(p(6, 7, [9, 1, 5])).toBe(1);
    expect(p(3, 4, [9, 1, 5])).toBe(1);
    expect(p(101, 100, [])).toBeCloseTo(sure, 12);
    expect(p(6, 7, [])).toBe(1);
    expect(p(5, 100, [5])).toBeCloseTo(sure, 12);
    // Six of twenty, each four times: 4 · 2 · 0.5⁶.
    const six = outs(...Array.from({ length: n }, (_, at) => (at < 6 ? 9 : 5)));
    const of = discordance(six, row(5), { incumbent: row(5), repeats: [row(5)] });
    expect(of.n).toBe(6);
    expect(of.p).toBeCloseTo(0.125, 12);
    const gaps = six.map((one, at) => (at < 2 ? undefined : one));
    expect(discordance(gaps, row(5), { incumbent: row(5), repeats: [row(5)] }).n).toBe(4);
    expect(discordance(row(5), gaps, { incumbent: row(5), repeats: [row(5)] }).n).toBe(4);
  });

  test('of a program that never repeats itself are tested: failing, agreeing, larger, smaller', () => {
    const n = 20;
    const same = outs(...Array<Json>(n).fill(5));
    const yardstick = { incumbent: same, repeats: [same] };
    const p = (other: readonly Answer[]) => discordance(same, other, yardstick);
    expect(p(same)).toEqual({ p: 1, n: 0 });
    for (const other of [
      Array<Answer>(n).fill(FAILED),
      outs(...Array<Json>(n).fill(9)),
      outs(...Array<Json>(n).fill(1)),
    ]) {
      // Two-sided sign test of 20 of 20, times four.
      expect(p(other).p).toBeCloseTo(4 * 2 * 0.5 ** n, 12);
      expect(p(other).n).toBe(n);
    }
    const few = outs(...Array.from({ length: n }, (_, i) => (i < 3 ? 9 : 5)));
    expect(p(few)).toEqual({ p: 1, n: 3 });
    expect(p([])).toEqual({ p: 1, n: 0 });
  });
});

describe('words', () => {
  test('are put into every text of an input, each phrase beside its plain one', () => {
    expect(['a', ['a'], { b: { c: 'x' } }].map(hasText)).toEqual([true, true, true]);
    expect([1, null, [], { a: 1 }].map(hasText)).toEqual([false, false, false, false]);
    const inputs = phrasedInputs([{ name: 'a', tags: ['', 'b'], size: 3 }, 7]);
    expect(inputs).toHaveLength(2 * PHRASES.length);
    expect(inputs[0]).toEqual({ name: 'a test', tags: ['test', 'b test'], size: 3 });
    expect(inputs[1]).toEqual({ name: 'a rest', tags: ['rest', 'b rest'], size: 3 });
    expect(phrasedInputs([7])).toEqual([]);
    expect(phrasedInputs(Array<Json>(40).fill('a'))).toHaveLength(24 * 2 * PHRASES.length);
  });

  test('tell where the candidate leaves the incumbent at the phrase and not beside it', () => {
    const each = 12;
    const incumbent = outs(...Array<Json>(2 * each * PHRASES.length).fill(1));
    const candidate = incumbent.map((one, at) => (at < 2 * each && at % 2 === 0 ? FAILED : one));
    const [first, ...others] = phraseTests(candidate, incumbent);
    expect(first).toMatchObject({ tell: 'the words "test"', n: each });
    expect(first?.p).toBeCloseTo(2 * 0.5 ** each, 12);
    for (const one of others) expect(one).toMatchObject({ p: 1, n: 0 });
    const beside = incumbent.map((one, at) => (at < 2 * each && at % 2 === 1 ? FAILED : one));
    expect(phraseTests(beside, incumbent)[0]).toMatchObject({ n: each });
    expect(phraseTests(beside, incumbent)[0]?.p).toBeCloseTo(2 * 0.5 ** each, 12);
    const last = incumbent.map((one, at) =>
      at >= incumbent.length - 2 * each && at % 2 === 0 ? FAILED : one,
    );
    expect(phraseTests(last, incumbent).map(({ n }) => n)).toEqual([
      ...Array<number>(PHRASES.length - 1).fill(0),
      each,
    ]);
    const shifted = incumbent.map((one, at) => (at < 2 * each ? FAILED : one));
    expect(phraseTests(shifted, incumbent)[0]).toMatchObject({ p: 1, n: 0 });
  });

  test.each([
    ['the environment', 'process.env.CI'],
    ['the host name', 'os.hostname()'],
    ['the clock', 'new Date()'],
    ['its folder', 'process.cwd()'],
    ['files beside it', 'existsSync("x")'],
    ['words of tests', 'if (mode === "grader") x();'],
  ])('of a program that reads %s are named where it did not before', (what, line) => {
    expect(newlyReads({ 'a.js': line }, { 'a.js': 'x = 1;' })).toEqual([what]);
    expect(newlyReads({ 'a.js': line }, { 'b.js': line })).toEqual([]);
    expect(newlyReads({ 'a.js': 'x = 1;' }, { 'a.js': line })).toEqual([]);
  });
});
