/**
 * The promise of a whole study, on simulated noise: "any false promotion, ever" stays within α, real
 * gains are found, and rules broken in the usual ways are caught breaking it.
 */
import { expect, test } from 'vitest';
import { publicRoot, type Rng } from '../core/rng.ts';
import { type NoiseName, noiseModel } from '../stats/noise-models.ts';
import { type Mutant, type SimulatedResult, simulateStudy } from '../testing/simulated-study.ts';
import { defaultRule, type SampledRule } from './rule.ts';

interface Series {
  readonly noise: NoiseName;
  readonly studies: number;
  readonly candidates: number;
  readonly gainOf?: (candidate: number, rng: Rng) => number;
  readonly rule?: Partial<Omit<SampledRule, 'id'>>;
  readonly mutant?: Mutant;
}

const noGain = (): number => 0;

function simulate(series: Series): readonly SimulatedResult[] {
  const { noise, studies, candidates, gainOf = noGain, mutant } = series;
  const root = publicRoot(`study-guarantees ${noise} ${candidates}`);
  const study = { rule: defaultRule(series.rule), noise: noiseModel(noise), candidates, gainOf };
  return Array.from({ length: studies }, (_, i) =>
    simulateStudy(mutant === undefined ? study : { ...study, mutant }, root.stream(i, 'study')),
  );
}

function anyFalseRate(results: readonly SimulatedResult[]): number {
  return results.filter((result) => result.falsePromotions > 0).length / results.length;
}

/** α and two standard errors of a rate over so many studies. */
function bound(studies: number): number {
  return 0.05 + 2 * Math.sqrt((0.05 * 0.95) / studies);
}

test.each(['gaussian', 't2', 'lucky', 'hetero', 'passfail', 'timing'] as const)(
  'A/A under %s noise: any false promotion in at most 5 percent of 400 studies',
  (noise) => {
    const results = simulate({ noise, studies: 400, candidates: 50 });
    expect(anyFalseRate(results)).toBeLessThanOrEqual(bound(400));
    const attempts = results.reduce((sum, result) => sum + result.attempts, 0);
    expect(attempts / results.length, 'confirm attempts per study').toBeGreaterThan(2);
    const evaluations = results.reduce((sum, result) => sum + result.evaluations, 0);
    expect(evaluations / (400 * 50), 'evaluations per candidate').toBeLessThan(5);
  },
);

const REAL_GAIN_SHARE = 0.01;
const NO_GAIN_SHARE = 0.5;

/** 1 % real gains of 0.5 to 3σ, half exact ties, the rest worse (acceptance.md §2.3). */
function mixedGain(_candidate: number, rng: Rng): number {
  const kind = rng.float();
  if (kind < REAL_GAIN_SHARE) return 0.5 + 2.5 * rng.float();
  return kind < NO_GAIN_SHARE ? 0 : -2 * rng.float();
}

const MIXED = { noise: 'gaussian', studies: 150, candidates: 2000, gainOf: mixedGain } as const;

test.each(['fwer', 'e-lond'] as const)(
  'mixed chain under %s: many true promotions, no false one in at least 95 percent of studies',
  (mode) => {
    const results = simulate({ ...MIXED, rule: { mode } });
    expect(anyFalseRate(results)).toBeLessThanOrEqual(0.05);
    const promotions = results.reduce((sum, result) => sum + result.promoted.length, 0);
    expect(promotions / results.length).toBeGreaterThan(10);
  },
);

test('mixed chain under LORD++: the promise is broken, so it may not carry it', () => {
  expect(anyFalseRate(simulate({ ...MIXED, mutant: 'lord-plus-plus' }))).toBeGreaterThan(
    bound(150),
  );
});

test.each(['gaussian', 'lucky', 'passfail'] as const)(
  'one planted gain of 2σ among 50 is found in at least 80 percent of studies under %s noise',
  (noise) => {
    const planted = simulate({
      noise,
      studies: 300,
      candidates: 50,
      gainOf: (candidate) => (candidate === 30 ? 2 : 0),
    });
    const found = planted.filter((result) => result.promoted.includes(30)).length;
    expect(found / planted.length).toBeGreaterThanOrEqual(0.8);
  },
);

test('a rule planned for 1σ finds a planted 1σ', () => {
  const planted = simulate({
    noise: 'gaussian',
    studies: 200,
    candidates: 50,
    gainOf: (candidate) => (candidate === 30 ? 1 : 0),
    rule: { smallestEffect: 1 },
  });
  const found = planted.filter((result) => result.promoted.includes(30)).length;
  expect(found / planted.length).toBeGreaterThanOrEqual(0.8);
});

const LONG = { studies: 200, candidates: 300 } as const;

test.each(['gaussian', 'timing'] as const)(
  '300 copies under %s noise stay within 5 percent',
  (noise) => {
    expect(anyFalseRate(simulate({ noise, ...LONG }))).toBeLessThanOrEqual(0.05);
  },
);

test.each([
  ['screen-data-reused', 'gaussian'],
  ['screen-data-reused', 'lucky'],
  ['screen-data-reused', 'timing'],
  ['cached-incumbent', 'gaussian'],
  ['cached-incumbent', 'timing'],
  ['fixed-level', 'gaussian'],
  ['long-blocks', 'timing'],
  ['index-not-advanced', 'gaussian'],
] as const)('planted fault %s under %s noise breaks the promise', (mutant, noise) => {
  expect(anyFalseRate(simulate({ noise, ...LONG, mutant }))).toBeGreaterThan(bound(LONG.studies));
});
