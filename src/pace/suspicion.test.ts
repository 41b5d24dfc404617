import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import type { CheckFinding } from '../gates/contract.ts';
import {
  missRate,
  RANKED_SHARE,
  type Suspect,
  sampled,
  suspicionOf,
  UNIFORM_SHARE,
} from './suspicion.ts';

const finding = (verdict: CheckFinding['verdict'], suspicion?: number): CheckFinding => ({
  verdict,
  why: '',
  evidence: null,
  cases: 1,
  ...(suspicion === undefined ? {} : { suspicion }),
});

test('one odd finding is not drowned by many clean ones', () => {
  const clean = Array.from({ length: 9 }, () => finding('pass', 0));
  expect(suspicionOf([...clean, finding('pass', 0.9)])).toBe(0.9);
  expect(suspicionOf(clean)).toBe(0);
  expect(suspicionOf([])).toBe(0);
});

test('what names no suspicion has that of its verdict', () => {
  expect(suspicionOf([finding('pass')])).toBe(0);
  expect(suspicionOf([finding('inconclusive')])).toBe(0.5);
  expect(suspicionOf([finding('fail')])).toBe(1);
});

const PROMOTIONS = 8_000;

/** Suspicions drawn by `of`, each promotion asked about with all before it. */
function simulated(of: (at: number) => number) {
  const root = publicRoot('sampling');
  const history: Suspect[] = [];
  const by = { ranked: [] as number[], uniform: [] as number[] };
  for (let i = 0; i < PROMOTIONS; i++) {
    const suspect = { ticket: `t${i}`, suspicion: of(i) };
    const picked = sampled(suspect, history.slice(-300), root.stream(0, 'sampled', i));
    if (picked) by[picked].push(suspect.suspicion);
    history.push(suspect);
  }
  return by;
}

test('1 % are picked by chance and 2 % by rank, and those by rank are the odd ones', () => {
  const suspicions = publicRoot('suspicions');
  const by = simulated((i) => suspicions.stream(0, 's', i).float());
  const share = (kind: 'ranked' | 'uniform') => by[kind].length / PROMOTIONS;
  // Five standard errors of a binomial share.
  const within = (rate: number) => 5 * Math.sqrt((rate * (1 - rate)) / PROMOTIONS);
  expect(Math.abs(share('uniform') - UNIFORM_SHARE)).toBeLessThan(within(UNIFORM_SHARE));
  expect(Math.abs(share('ranked') - RANKED_SHARE)).toBeLessThan(within(RANKED_SHARE));
  const late = by.ranked.slice(20);
  expect(Math.min(...late)).toBeGreaterThan(0.9);
  const mean = by.uniform.reduce((sum, one) => sum + one, 0) / by.uniform.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
});

test('where all look the same chance alone picks them, and where none is odd only the 1 %', () => {
  const same = simulated(() => 0.5);
  expect(same.ranked.length / PROMOTIONS).toBeCloseTo(RANKED_SHARE, 2);
  expect(simulated(() => 0).ranked).toEqual([]);
});

test('the miss rate is that of the uniform share alone, with n', () => {
  const audit = (by: 'ranked' | 'uniform' | undefined, verdict: 'pass' | 'fail' | 'deferred') => ({
    sampled: by,
    verdict,
  });
  const found = missRate([
    ...Array.from({ length: 19 }, () => audit('uniform', 'pass')),
    audit('uniform', 'fail'),
    audit('uniform', 'deferred'),
    ...Array.from({ length: 50 }, () => audit('ranked', 'fail')),
    audit(undefined, 'fail'),
  ]);
  expect(found).toMatchObject({ n: 20, missed: 1, rate: 0.05 });
  // Wilson, JASA 22, 1927: 1 of 20.
  expect(found.lower).toBeCloseTo(0.0089, 3);
  expect(found.upper).toBeCloseTo(0.2361, 3);
  expect(missRate([])).toEqual({ n: 0, missed: 0, rate: undefined, lower: 0, upper: 1 });
});
