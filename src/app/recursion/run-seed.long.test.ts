/** The experiment at a twentieth of its size: what must hold whatever the figures are. */
import { beforeAll, expect, test } from 'vitest';
import type { LineName, Reading, SeedRun } from '../../improver/recursion/readings.ts';
import { LINE_NAMES } from '../../improver/recursion/readings.ts';
import { runSeed, type SeedRequest } from './run-seed.ts';

const REQUEST: SeedRequest = {
  seed: 7,
  pool: 'generated',
  budget: { unit: 'candidates', amount: 40_000 },
  generations: 2,
  lines: LINE_NAMES,
  texts: ['uniform', 'library'],
};

/** Without times two runs are the same to the last number. */
const run = (over: Partial<SeedRequest>): Promise<SeedRun> =>
  runSeed(
    { ...REQUEST, ...over },
    { cpuMs: () => 0, peakMb: () => 0, onReading: async () => undefined },
    new AbortController().signal,
  );

let whole: SeedRun;
beforeAll(async () => {
  whole = await run({});
}, 120_000);

const readings = (line: LineName): readonly Reading[] => whole.lines[line] ?? [];

test('counted in candidates a run repeats exactly, with other lines beside it or without', async () => {
  const lines = ['recursive', 'random'] as const;
  const again = await run({ lines, texts: ['library'] });
  for (const line of lines) expect(again.lines[line]).toEqual(whole.lines[line]);
  expect(again.library).toEqual(whole.library);
  expect(again.text?.[0]).toEqual(whole.text?.[1]);
}, 120_000);

test('after one generation recursion and control are the same solver: they knew the same', () => {
  const [, recursive] = readings('recursive');
  const [, control] = readings('control');
  expect(control).toEqual(recursive);
  expect(recursive?.abstractions).toBeGreaterThan(0);
});

test('every line reads as often as it should, and no reading spends more than the budget', () => {
  const counts = LINE_NAMES.map((line) => [line, readings(line).length]);
  expect(Object.fromEntries(counts)).toEqual({
    recursive: 3,
    retried: 3,
    control: 3,
    'costs-only': 3,
    random: 3,
    longer: 1,
    expert: 1,
    'expert-costs': 3,
    'expert-recursive': 3,
    robust: 3,
    oracle: 3,
  });
  for (const line of LINE_NAMES)
    for (const { candidates } of readings(line))
      expect(candidates).toBeLessThan((line === 'longer' ? 120_000 : 40_000) + 256);
});

test('lines without mining learn nothing, the expert’s own is its start, longer finds no less', () => {
  for (const line of ['costs-only', 'expert-costs', 'oracle', 'longer'] as const)
    expect(readings(line).every(({ abstractions }) => abstractions === 0)).toBe(true);
  expect(readings('expert')[0]).toEqual(readings('robust')[0]);
  const solved = (one: Reading | undefined): number => (one?.train ?? 0) + (one?.held.at(-1) ?? 0);
  expect(solved(readings('longer')[0])).toBeGreaterThan(solved(readings('recursive')[0]));
});

test('what is shown of the library is written out in bare primitives, and counted where it is used', () => {
  const { library = [] } = whole;
  expect(library.length).toBe(readings('recursive').at(-1)?.abstractions);
  for (const { expanded, uses, generation } of library) {
    expect(expanded).not.toMatch(/f\d+_\d+/);
    expect(uses).toBeGreaterThan(0);
    expect(generation).toBeGreaterThan(0);
  }
});

test('the example was not found at the start, and texts were read where they were asked for', () => {
  const { example, text = [] } = whole;
  expect(example?.before.candidates).toBe(readings('recursive')[0]?.candidates);
  expect(example?.after.candidates).toBeLessThanOrEqual(40_256);
  expect(text.map(({ line, end }) => [line, end])).toEqual([
    ['uniform', 'budget'],
    ['library', 'budget'],
  ]);
});
