import { expect, test } from 'vitest';
import { publicRoot } from '../../core/rng.ts';
import { LINES } from '../../improver/gp/lines.ts';
import type { Policy } from '../../improver/gp/slots.ts';
import { constant, type Forest, variable } from '../../lang/forest.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import { breedingRule, changesMore, growingUnder, weightsUnder } from './breeding-rule.ts';

const vocabulary: Vocabulary = { slots: [{ name: 'f', inputs: ['x', 'y'], result: 'real' }] };
const archive = { size: 0, best: () => undefined, pick: () => undefined };
const policyOf = (improver: Forest, trial = 0): Policy =>
  breedingRule({ improver, vocabulary, trials: 100 })({ trial, archive, fromOrigin: false });
const withSlots = (slots: Forest['slots']): Forest => ({
  slots: { ...LINES.textbook.slots, ...slots },
});

test('operators are drawn as the improver weighs them, and what it has no weight for as often as all others', () => {
  const policy = policyOf(LINES.textbook);
  expect(weightsUnder(policy, ['crossover', 'subtree', 'point'])).toEqual([0.9, 0.1, 0]);
  expect(weightsUnder(policy, ['crossover', 'subtree', 'set'])).toEqual([0.9, 0.1, 1]);
  expect(weightsUnder(policy, ['point', 'wrap'])).toEqual([1, 1]);
});

test('macros are put in as often as fresh trees hold them, whatever stands beside them', () => {
  const policy = policyOf(LINES.textbook);
  const weights = weightsUnder(policy, ['crossover', 'subtree', 'instance']);
  expect(weights.slice(0, 2)).toEqual([0.9, 0.1]);
  expect((weights[2] as number) / weights.reduce((sum, one) => sum + one)).toBeCloseTo(0.1, 12);
  expect(weightsUnder(policy, ['point', 'instance'])).toEqual([1, 1]);
});

test('what draws from the origin is told nothing of what its arm found', () => {
  const improver = withSlots({ elite: variable('stagnation'), mutations: variable('size') });
  const rule = breedingRule({ improver, vocabulary, trials: 100 });
  const best = { id: 'sha256:0' as const, text: '', trial: 38, size: 150, score: 1, n: 1 };
  const full = { size: 1, best: () => best, pick: () => best };
  const settings = (fromOrigin: boolean) => {
    const { elite, mutations } = rule({ trial: 40, archive: full, fromOrigin }).settings;
    return [elite, mutations];
  };
  expect(settings(false)).toEqual([0.02, 5]);
  expect(settings(true)).toEqual([0.4, 1]);
  expect(settings(true)).toEqual(
    [policyOf(improver, 40).settings].map(({ elite, mutations }) => [elite, mutations])[0],
  );
});

test('the mean number of changes and what is grown are the improver’s', () => {
  const policy = policyOf(withSlots({ mutations: constant(3), depth: constant(2) }));
  const rng = publicRoot('changes').stream(0, 'more');
  const draws = Array.from({ length: 2000 }, () => changesMore(policy, rng));
  const mean = draws.reduce((sum, one) => sum + one, 0) / draws.length;
  // 1 − 1/3 a time, five at most.
  expect(mean).toBeGreaterThan(1.6);
  expect(mean).toBeLessThan(1.9);
  expect(changesMore(policyOf(LINES.textbook), rng)).toBe(0);
  expect(growingUnder(policy)).toMatchObject({ maxDepth: 2, constantSd: 1 });
});

test('a setting that is an expression moves with the study', () => {
  const improver = withSlots({ elite: variable('progress') });
  const elites = [0, 25, 100, 400].map((trial) => policyOf(improver, trial).settings.elite);
  expect(elites).toEqual([0, 0.25, 1, 1]);
});
