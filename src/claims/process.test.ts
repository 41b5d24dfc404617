/** Size and power of the process-level tests (acceptance.md §4.3), by simulation with fixed streams. */
import { expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import { publicRoot } from '../core/rng.ts';
import { signFlipTest } from '../stats/permutation.ts';
import { permutationShift, signFlipShift } from '../stats/shift.ts';
import {
  islandsFinding,
  pairedFinding,
  processWords,
  sequentialEvidence,
  sequentialFinding,
} from './process.ts';

function normals(name: string, trial: number, n: number, shift = 0): number[] {
  const rng = publicRoot(name).stream(trial, 'normal');
  return Array.from({ length: n }, () => shift + rng.normal());
}

/** Shares of verdicts in percent. */
function shares(runs: number, verdictOf: (i: number) => string): Record<string, number> {
  const counts: Record<string, number> = { helped: 0, hurt: 0 };
  for (let i = 0; i < runs; i++) {
    const verdict = verdictOf(i);
    counts[verdict] = (counts[verdict] ?? 0) + 100 / runs;
  }
  return counts;
}

const error = (percent: number, runs: number): number =>
  2 * Math.sqrt((percent * (100 - percent)) / runs);

const RUNS = 600;

test.each([
  [8, 2, 28, 68],
  [6, 3, 34, 80],
])(
  '%i islands, %i blocks: at most 5 %% without an effect, and the power of the table',
  (islands, blocks, one, two) => {
    const verdict = (shift: number) => (i: number) =>
      islandsFinding(
        normals(`islands ${shift}`, i, islands, shift),
        normals(`blocks ${shift}`, i, blocks),
      ).verdict;
    const none = shares(RUNS, verdict(0));
    for (const side of ['helped', 'hurt']) {
      expect(none[side]).toBeLessThanOrEqual(5 + error(5, RUNS));
    }
    expect(Math.abs((shares(RUNS, verdict(1))['helped'] ?? 0) - one)).toBeLessThan(
      error(one, RUNS) + 2,
    );
    expect(Math.abs((shares(RUNS, verdict(2))['helped'] ?? 0) - two)).toBeLessThan(
      error(two, RUNS) + 2,
    );
  },
);

/** Twelve pairs have 4,096 signs to flip, 1,200 times. */
const PAIRS = [
  [6, 64],
  [8, 80],
  [12, 94],
] as const;
test.each(isThorough ? PAIRS : PAIRS.slice(0, 2))(
  '%i paired studies: at most 5 %% without an effect, and the power of the table',
  (pairs, power) => {
    const verdict = (shift: number) => (i: number) =>
      pairedFinding(normals(`paired ${shift}`, i, pairs, shift)).verdict;
    const none = shares(RUNS, verdict(0));
    for (const side of ['helped', 'hurt']) {
      expect(none[side]).toBeLessThanOrEqual(5 + error(5, RUNS));
    }
    expect(Math.abs((shares(RUNS, verdict(1))['helped'] ?? 0) - power)).toBeLessThan(
      error(power, RUNS) + 2,
    );
  },
);

test('pairs until decided: at most 5 % however often one looks; what it costs at one SD', () => {
  const crossed = (shift: number, pairs: number) =>
    shares(RUNS, (i) => {
      const [above] = sequentialEvidence(normals(`sequence ${shift}`, i, pairs, shift));
      return above >= Math.log(20) ? 'helped' : 'other';
    });
  expect(crossed(0, 20)['helped']).toBeLessThanOrEqual(5 + error(5, RUNS));
  expect(crossed(1, 20)['helped']).toBeGreaterThan(80);
});

test('pairs until decided: the finding', () => {
  const good = sequentialFinding(normals('good', 1, 12, 3));
  expect(good.verdict).toBe('helped');
  expect(good.interval[0]).toBeGreaterThan(0);
  expect(sequentialFinding(normals('good', 1, 12, -3)).verdict).toBe('hurt');
  expect(sequentialFinding([1, 1, 1, 1]).verdict).toBe('not-testable');
  const none = sequentialFinding(normals('none', 3, 8));
  expect(none.verdict).toBe('no-evidence');
  expect(none.missedHalf).toBeGreaterThan(0.5);
  expect(none.missedHalf).toBeLessThan(5);
});

test('a planted fault: looking at the fixed test after every pair breaks its 5 %', () => {
  const runs = 300;
  const peeking = shares(runs, (i) => {
    const all = normals('peeking', i, 10);
    return [...all.keys()].some((n) => pairedFinding(all.slice(0, n + 1)).verdict === 'helped')
      ? 'helped'
      : 'other';
  });
  expect(peeking['helped']).toBeGreaterThan(5 + error(5, runs));
});

test('the interval is the test turned round, and agrees with the one counted by halves', () => {
  const differences = [0.4, 0.9, -0.2, 0.7, 0.5, 1.1];
  const test6 = signFlipShift(differences, 0.05);
  expect(test6.pAbove).toBeCloseTo(signFlipTest(differences), 12);
  const at = (shift: number) => signFlipTest(differences.map((one) => one - shift));
  expect(at(test6.lower - 1e-9)).toBeLessThanOrEqual(0.05);
  expect(at(test6.lower + 1e-9)).toBeGreaterThan(0.05);
  const two = permutationShift([3, 4, 5], [1, 2], 0.1);
  expect(two).toMatchObject({ estimate: 2.5, pAbove: 0.1 });
  expect(permutationShift([3, 4, 5], [1, 2], 0.05).lower).toBe(Number.NEGATIVE_INFINITY);
});

test('what would be missed half the time is missed half the time', () => {
  const power = (pairs: number): number => {
    let found = 0;
    let missed = 0;
    for (let i = 0; i < RUNS; i++)
      missed += pairedFinding(normals('m', i, pairs)).missedHalf / RUNS;
    for (let i = 0; i < RUNS; i++) {
      if (pairedFinding(normals('half', i, pairs, missed)).verdict === 'helped')
        found += 100 / RUNS;
    }
    return found;
  };
  expect(Math.abs(power(8) - 50)).toBeLessThan(7);
});

test('the four verdicts in their words', () => {
  const said = (differences: readonly number[]) =>
    processWords(pairedFinding(differences), {
      metric: { unit: 'ms' },
      scope: 'over 6 paired studies',
    });
  expect(said([1, 1.2, 0.8, 1.1, 0.9, 1])).toMatch(/^search helped: difference 1 ms \[0\.\d+, 1/);
  expect(said([-1, -1.2, -0.8, -1.1, -0.9, -1])).toMatch(/^search hurt: difference -1 ms \[/);
  expect(said([1, -1, 2, -2, 1, -1])).toMatch(
    /^no evidence: difference 0 ms \[-[\d.]+, [\d.]+\]; with this design a difference below [\d.]+ ms would be missed half the time$/,
  );
  expect(said([0, 0, 0, 0, 0, 0])).toBe(
    'no evidence: difference 0 ms [0, 0]; with this design in which nothing differed from run to run, no size can be named',
  );
  expect(said([1, 1])).toBe(
    'not testable: too few runs; difference 1 ms [−∞, ∞] over 6 paired studies',
  );
});
