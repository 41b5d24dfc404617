/** A search that memory ends before its budget says so, with what it had and what it left open. */
import { expect, test } from 'vitest';
import type { LineReading, SeedReadings } from '../../../improver/comparison.ts';
import { workspace } from '../../../synthesis/workspace.ts';
import { bareSolver } from '../../recursion/lines.ts';
import { findingsOf } from './findings.ts';
import { readLine } from './measure.ts';
import type { ComparisonPlan } from './plan.ts';

const inputs = [[3, 1, 2], [5, 4], [9, 9, 1, 7], [2], [6, 0, 3], [8, 1]].map((list, k) => ({
  list,
  k,
}));
const task = (
  name: string,
  family: string,
  of: (list: readonly number[], k: number) => number,
) => ({
  name,
  family,
  cell: null,
  split: 'held-out' as const,
  outputs: inputs.map(({ list, k }) => of(list, k)),
  hiddenOutputs: inputs.map(({ list, k }) => of(list, k)),
});
const posed = {
  domain: 'numbers' as const,
  known: 0,
  unrecognised: [],
  groups: [
    {
      examples: inputs,
      hidden: inputs,
      tasks: [
        task('size', 'easy', (list) => list.length),
        // Nobody's composition of a few primitives.
        task('odd', 'hard', (list, k) => [3, 1, 4, 1, 5, 9][k] ?? list.length),
      ],
    },
  ],
};
const line = { name: 'longer', about: '', solver: bareSolver(), times: 2 };
const measured = (amount: number, kept: number): LineReading =>
  readLine(line, posed, {
    budget: { unit: 'cpu-ms', amount },
    space: workspace(kept, 200_000),
    cpuMs: () => 0,
  });

test('by CPU time: memory ended it, one task open; by candidates: the share that was spent', () => {
  const { cut, places, solved } = measured(1_000, 2_000);
  expect([solved, places]).toEqual([1, [0]]);
  expect(cut).toEqual({ share: 0, unsolved: { hard: 1 } });
  const counted = readLine(line, posed, {
    budget: { unit: 'candidates', amount: 1_000_000 },
    space: workspace(2_000, 200_000),
    cpuMs: () => 0,
  });
  expect(counted.cut?.share).toBeCloseTo(counted.candidates / 2_000_000, 10);
  const whole = { budget: { unit: 'candidates', amount: 500 } as const, cpuMs: () => 0 };
  expect(readLine(line, posed, { ...whole, space: workspace(2_000, 200_000) }).cut).toBeUndefined();
});

const reading = (name: string, solved: number, cut?: LineReading['cut']): LineReading => ({
  line: name,
  solved,
  of: 20,
  families: {},
  effort: 1,
  candidates: 1,
  cpuMs: 1,
  places: [],
  ...(cut ? { cut } : {}),
});

const told = (name: string) => ({ line: name, about: '', times: 1 });
const PLAN: ComparisonPlan = {
  first: { id: 'a', ...told('g0') },
  second: { id: 'b', ...told('g1') },
  beside: [told('longer')],
  missing: [],
  tasks: 'generated',
  pairs: 'seed',
  seeds: Array.from({ length: 12 }, (_, at) => at),
  budget: { unit: 'cpu-ms', amount: 1_000 },
};

test('planted: a line that memory ended once is nothing that anybody was shown to beat', () => {
  const seeds: readonly SeedReadings[] = PLAN.seeds.map((seed) => ({
    seed,
    known: 0,
    unrecognised: [],
    lines: [
      reading('g0', 5 + (seed % 3)),
      reading('g1', 15),
      reading('longer', 5, seed === 3 ? { share: 0.4, unsolved: { hard: 15 } } : undefined),
    ],
  }));
  const [first, longer] = findingsOf(PLAN, seeds).claims;
  expect(first?.finding?.verdict).toBe('helped');
  expect(longer?.finding).toBeUndefined();
  expect(longer?.words).toBe(
    'no claim against longer: memory ended the search of longer on 1 of 12 seeds, with 40 % of its budget spent, so budgets were not the same',
  );
});
