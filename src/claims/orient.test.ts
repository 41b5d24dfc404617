import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimSentence } from './claim.ts';
import { compare, comparisonWords } from './comparison.ts';
import { gainBlock } from './decide.ts';
import { auditEvaluator } from './evaluator-audit.ts';
import { gainFigure, gainOfShare, levelOf, orient, shareOfGain, unorient } from './orient.ts';
import { pairDifferences } from './pairs.ts';

const TIME = { name: 'p50', goal: 'min', unit: 'ms', kind: 'time' } as const;
const METRICS = [TIME, { goal: 'min' }, { goal: 'max' }] as const;

test('what is oriented comes back, and better is always larger', () => {
  const time = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(time, time, fc.constantFrom(...METRICS), (a, b, metric) => {
      expect(unorient(metric, orient(metric, a))).toBeCloseTo(a, 6 - Math.log10(a));
      const isBetter = metric.goal === 'max' ? a > b : a < b;
      if (isBetter) expect(orient(metric, a)).toBeGreaterThanOrEqual(orient(metric, b));
    }),
  );
});

test('twice the speed is one gain, whatever the level; levels are geometric', () => {
  const pairs = { values: [1, 50], againstValues: [2, 100] };
  for (const gain of pairDifferences(pairs, TIME))
    expect(gainFigure(TIME, gain)).toBeCloseTo(2, 12);
  expect(levelOf(TIME, [1, 100])).toBeCloseTo(10, 12);
  expect(levelOf({ goal: 'min' }, [1, 100])).toBe(50.5);
});

test('a share of the time and its gain', () => {
  expect(shareOfGain(gainOfShare(0.02))).toBeCloseTo(0.02, 12);
  expect(gainFigure(TIME, gainOfShare(0.5))).toBeCloseTo(2, 12);
});

test('sentences about times say how many times as fast', () => {
  const gains = Array.from({ length: 32 }, (_, i) => Math.log(1.3) + (i % 5) / 100);
  const words = comparisonWords({ ...compare(gains), metric: TIME, isOrigin: true, pairs: gains });
  expect(words).toMatch(/origin, 1\.33x as fast \[1\.3\d, 1\.3\d\] on fresh instances/);
  const lost = gainBlock([...gains, -Math.log(4)], 0, TIME);
  expect(lost.notes.join()).toMatch(/1 of 33 pairs lost, the worst by 4x/);
  expect(lost.notes.join()).toMatch(/median gain 1\.3\dx \[1\.3\d?x, 1\.3\d?x\]/);
  const claim = {
    schema: 'paceline.claim/1',
    subject: 'B',
    against: 'A',
    metric: 'p50',
    unit: 'ms',
    kind: 'time',
    population: 'fresh instances',
    replicationUnit: 'pair',
    budgetUnit: 'evaluations',
    ruleHash: 'sha256:0',
    method: 'symmetric',
    alpha: 0.05,
    logE: 4,
    n: 9,
    effect: Math.log(1.3),
    interval: [Math.log(1.2), Math.log(1.4)],
    level: 0.95,
    blockPairs: 12,
    notes: [],
    verdict: 'accepted',
  } as const;
  expect(claimSentence(claim as never)).toContain(
    ', 1.3x as fast [1.2, 1.4] (95 % interval, 12 pairs)',
  );
});

test('planted: a first run that is slow although warm-up runs were discarded', () => {
  const values = [40, 5.1, 5, 5.2, 5.05, 4.9, 5.1, 5, 5.15, 4.95, 5, 5.1];
  const repeats = [[5, 5.1]] as const;
  const reading = { values, repeats, deterministic: false, declaredNoisy: true };
  const warm = auditEvaluator(reading, TIME).find(({ name }) => name === 'warm-up');
  expect(warm?.sentence).toMatch(/although warm-up runs were discarded.*evaluator\.warmup/);
  const steady = { ...reading, values: values.with(0, 5) };
  expect(auditEvaluator(steady, TIME).map(({ name }) => name)).not.toContain('warm-up');
});
