import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { exactMcNemar, holm, signPermutationTest } from './mcnemar.ts';

describe('exact McNemar', () => {
  it('is the binomial tail', () => {
    expect(exactMcNemar({ first: 10, second: 0 }, 'greater')).toBeCloseTo(2 ** -10, 12);
    expect(exactMcNemar({ first: 8, second: 2 })).toBeCloseTo((2 * 56) / 1024, 12);
    expect(exactMcNemar({ first: 0, second: 10 }, 'greater')).toBe(1);
    expect(exactMcNemar({ first: 0, second: 0 })).toBe(1);
    expect(exactMcNemar({ first: 2000, second: 1000 })).toBeGreaterThan(0);
  });

  it('needs 10 discordant pairs on one side for 1e-3, 11 two-sided', () => {
    expect(exactMcNemar({ first: 9, second: 0 }, 'greater')).toBeGreaterThan(1e-3);
    expect(exactMcNemar({ first: 10, second: 0 }, 'greater')).toBeLessThan(1e-3);
    expect(exactMcNemar({ first: 10, second: 0 })).toBeGreaterThan(1e-3);
    expect(exactMcNemar({ first: 11, second: 0 })).toBeLessThan(1e-3);
  });

  it('is symmetric, and rises as the split gets even', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (first, second) => {
        const p = exactMcNemar({ first, second });
        expect(exactMcNemar({ first: second, second: first })).toBe(p);
        if (first > second) {
          expect(exactMcNemar({ first: first - 1, second: second + 1 })).toBeGreaterThanOrEqual(
            p * (1 - 1e-9),
          );
        }
      }),
    );
  });
});

describe('Holm', () => {
  it('rejects the worked example', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([true, false, false, true]);
    expect(holm([0.02, 0.02], 0.05)).toEqual([true, true]);
    expect(holm([0.03, 0.03], 0.05)).toEqual([false, false]);
    expect(holm([Number.NaN, 0.001], 0.05)).toEqual([false, true]);
    expect(holm([], 0.05)).toEqual([]);
  });

  it('never rejects more than plain tests do, nor less than Bonferroni', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ps) => {
        const rejected = holm(ps, 0.05);
        for (const [at, p] of ps.entries()) {
          if (rejected[at]) expect(p).toBeLessThanOrEqual(0.05);
          if (p <= 0.05 / ps.length) expect(rejected[at]).toBe(true);
        }
      }),
    );
  });
});

describe('sign permutation', () => {
  it("is Fisher's exact test where there are two kinds", () => {
    // Tea tasting: all 4 right of 8 cups, 1 / C(8, 4).
    expect(signPermutationTest([1, 1, 1, 1], [-1, -1, -1, -1])).toBeCloseTo(1 / 70, 12);
    expect(signPermutationTest([1, 1, 1, -1], [1, -1, -1, -1])).toBeCloseTo(17 / 70, 12);
    expect(signPermutationTest([], [1])).toBe(1);
  });

  it('counts ties between wins and losses', () => {
    // Ways to draw 2 of {1, 1, 0, 0, −1, −1} with a sum of 2 or more: 1 of 15; of 1 or more: 5 of 15.
    expect(signPermutationTest([1, 1], [0, 0, -1, -1])).toBeCloseTo(1 / 15, 12);
    expect(signPermutationTest([1, 0], [1, 0, -1, -1])).toBeCloseTo(5 / 15, 12);
  });

  it('rejects what is one population no more often than it says', () => {
    const rng = publicRoot('permutation').stream(0, 'null');
    const signs = (n: number): number[] => Array.from({ length: n }, () => rng.int(3) - 1);
    let small = 0;
    const runs = 2_000;
    for (let run = 0; run < runs; run++) {
      if (signPermutationTest(signs(12), signs(20)) <= 0.05) small += 1;
    }
    // P(more than 140 of 2,000 at 5 %) is below 1e-4.
    expect(small).toBeLessThan(140);
    expect(small).toBeGreaterThan(0);
  });
});
