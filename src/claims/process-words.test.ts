/** Findings about the search at their limits, and the words for them. */
import { describe, expect, test } from 'vitest';
import {
  islandsFinding,
  type ProcessFinding,
  pairedFinding,
  processWords,
  sequentialFinding,
} from './process.ts';

const FOUND: ProcessFinding = {
  verdict: 'helped',
  difference: Math.log(2),
  interval: [Math.log(1.5), Math.log(2.5)],
  p: 0.01,
  missedHalf: Math.log(1.2),
};
const TIME = { unit: 's', kind: 'time' } as const;

describe('findings', () => {
  test('five pairs can decide, four cannot, whatever they say', () => {
    expect(pairedFinding([1, 1, 1, 1, 1]).verdict).toBe('helped');
    expect(pairedFinding([1, 1, 1, 1]).verdict).toBe('not-testable');
    expect(sequentialFinding([9, 9, 9, 9]).verdict).toBe('not-testable');
    expect(sequentialFinding([9, -9, 9, -9, 9]).verdict).toBe('no-evidence');
    const sure = Array<number>(9).fill(9);
    expect(sequentialFinding(sure).verdict).toBe('helped');
  });

  test('p is of the side that is seen', () => {
    const better = pairedFinding([1, 2, 3, 4, 5]);
    const worse = pairedFinding([-1, -2, -3, -4, -5]);
    expect(better.p).toBeCloseTo(1 / 32, 9);
    expect(worse.p).toBeCloseTo(1 / 32, 9);
    expect(worse.verdict).toBe('hurt');
    expect(islandsFinding([5, 6, 7], [1, 2, 3]).p).toBeCloseTo(1 / 20, 9);
    expect(islandsFinding([1, 2, 3], [5, 6, 7]).p).toBeCloseTo(1 / 20, 9);
  });

  test('evidence of a sequence is of the side that is seen', () => {
    const better = sequentialFinding([1, 1, 1, 1, 1, -0.1]);
    const worse = sequentialFinding([-1, -1, -1, -1, -1, 0.1]);
    expect(better.difference).toBeCloseTo(4.9 / 6, 12);
    expect(better.logE).toBeGreaterThan(1);
    expect(worse.logE).toBeCloseTo(better.logE ?? Number.NaN, 9);
    expect(sequentialFinding(Array(9).fill(-9)).verdict).toBe('hurt');
  });

  test('without any difference nothing is known of its size', () => {
    const flat = sequentialFinding([0, 0, 0, 0, 0, 0]);
    expect(flat).toMatchObject({ verdict: 'no-evidence', difference: 0, logE: 0 });
    expect(flat.interval).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(sequentialFinding([])).toMatchObject({ verdict: 'not-testable', difference: 0 });
  });

  test('what would be missed is asked only where nothing was found', () => {
    expect(sequentialFinding(Array(9).fill(9)).missedHalf).toBe(Number.POSITIVE_INFINITY);
    const spread = [2, -2, 2, -2, 2, -2, 2, -2];
    const { missedHalf } = sequentialFinding(spread);
    expect(missedHalf).toBeGreaterThan(1);
    expect(missedHalf).toBeLessThan(16);
    const twice = sequentialFinding(spread.map((one) => 2 * one));
    expect(twice.missedHalf).toBeCloseTo(2 * missedHalf, 9);
  });
});

describe('words', () => {
  const said = (over: Partial<ProcessFinding>, metric: object = TIME) =>
    processWords(
      { ...FOUND, ...over },
      { metric: metric as typeof TIME, scope: 'over 6 paired studies' },
    );

  test('of times are how many times as fast, never a difference', () => {
    expect(said({})).toBe('search helped: 2x as fast [1.5, 2.5] over 6 paired studies');
    expect(said({ verdict: 'hurt', difference: -Math.log(2) })).toBe(
      'search hurt: 0.5x as fast [1.5, 2.5] over 6 paired studies',
    );
    expect(said({ verdict: 'no-evidence' })).toBe(
      'no evidence: 2x as fast [1.5, 2.5]; with this design a gain below 1.2x as fast would be missed half the time',
    );
  });

  test('of what no number of pairs could find say so', () => {
    const unknown = { verdict: 'no-evidence', missedHalf: Number.POSITIVE_INFINITY } as const;
    expect(said(unknown, { unit: '' })).toMatch(
      /; with this design any difference would be missed/,
    );
    expect(said({ ...unknown, missedHalf: 2 }, { unit: '%' })).toMatch(
      /a difference below 2 points would be missed half the time$/,
    );
  });

  test('name whom they are about where somebody says', () => {
    const wording = {
      metric: { unit: 'ms' },
      scope: 'here',
      said: { helped: 'A is better', hurt: 'A is worse' },
    };
    const finding = { ...FOUND, difference: 1, interval: [0.5, 1.5] } as const;
    expect(processWords(finding, wording)).toBe('A is better: difference 1 ms [0.5, 1.5] here');
    expect(processWords({ ...finding, verdict: 'hurt' }, wording)).toMatch(/^A is worse: /);
  });
});
