import { expect, test } from 'vitest';
import type { LineName, Reading, SeedRun } from '../../improver/recursion/readings.ts';
import { differences } from '../../improver/recursion/summary.ts';
import { stated, statementsOf } from './statements.ts';

const of = (pairs: readonly number[]) =>
  stated({
    first: 'recursive',
    second: 'control',
    on: 'unseen cells',
    difference: differences(pairs, { generation: 6, what: 'test' }),
  });

const pairs = (n: number, at: (i: number) => number): readonly number[] =>
  Array.from({ length: n }, (_, i) => at(i));

test('eleven seeds claim nothing, however they agree; twelve may', () => {
  const eleven = of(pairs(11, (i) => 20 + i));
  expect(eleven.finding).toBeUndefined();
  expect(eleven.words).toMatch(
    /^no claim under 12 seeds: recursive − control on unseen cells \+25\.0 points \[.*\], 11 seeds, 11 won, 0 lost$/,
  );
  const twelve = of(pairs(12, (i) => 20 + i));
  expect(twelve.finding?.verdict).toBe('helped');
  expect(twelve.words).toMatch(
    /^recursive beats control on unseen cells: difference 25\.5 points \[.*\] over 12 seeds, 12 won, 0 lost$/,
  );
});

test('a line that loses is said to be worse, one that does neither is no evidence', () => {
  expect(of(pairs(12, (i) => -5 - i)).words).toMatch(/^recursive is worse than control on unseen/);
  const even = of(pairs(12, (i) => (i % 2 === 0 ? 3 : -3)));
  expect(even.finding?.verdict).toBe('no-evidence');
  expect(even.words).toMatch(
    /^recursive − control on unseen cells, over 12 seeds, 6 won, 6 lost: no evidence/,
  );
});

test('more seeds than signs can be counted for are judged one after another', () => {
  const many = of(pairs(24, (i) => 20 + (i % 3)));
  expect(many.finding?.logE).toBeGreaterThan(Math.log(20));
  expect(many.finding?.verdict).toBe('helped');
});

const reading = (generation: number, held: number, other: Partial<Reading> = {}): Reading => ({
  generation,
  held: [0, 0, 0, 0, held],
  everyday: 0,
  train: 0,
  misled: 0,
  effort: 1,
  candidates: 100,
  kept: 1,
  end: 'budget',
  cpuMs: 1_000,
  madeMs: 0,
  abstractions: 0,
  ...other,
});

const runWith = (seed: number, longer: Reading): SeedRun => {
  const lines: Partial<Record<LineName, readonly Reading[]>> = {
    recursive: [reading(0, 10), reading(1, 80), reading(2, 90 + (seed % 3))],
    control: [reading(0, 10), reading(1, 20), reading(2, 30)],
    longer: [longer],
    random: [reading(0, 10), reading(1, 20), reading(2, 30)],
  };
  return {
    seed,
    pool: 'generated',
    budget: { unit: 'cpu-ms', amount: 1_000 },
    generations: 2,
    of: { held: 100, everyday: 0, train: 1 },
    lines,
    peakMb: { lines: 1, all: 1 },
    cpuMs: 1,
  };
};

test('planted: memory ended the long search once, by CPU time, and nothing is claimed against it or the control made of it', () => {
  const cut = reading(2, 15, { end: 'memory', cpuMs: 1_500 });
  const whole = reading(2, 15, { cpuMs: 3_000 });
  const said = (second: string, longer: (seed: number) => Reading) =>
    statementsOf(pairs(12, (i) => i).map((seed) => runWith(seed, longer(seed)))).find(
      (one) => one.first === 'recursive' && one.second === second,
    );
  const short = (seed: number) => (seed === 4 ? cut : whole);
  expect(said('longer', () => whole)?.finding?.verdict).toBe('helped');
  expect(said('longer', short)?.finding).toBeUndefined();
  expect(said('longer', short)?.words).toBe(
    'no claim, recursive − longer on unseen cells: memory ended longer on 1 of 12 seeds, with 50 % of its budget spent',
  );
  expect(said('control', short)?.words).toMatch(/memory ended control .* with 75 % of its budget/);
  expect(said('random', short)?.finding?.verdict).toBe('helped');
});
