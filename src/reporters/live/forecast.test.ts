import { expect, test } from 'vitest';
import type { Progress } from '../contract.ts';
import { forecastWatch } from './forecast.ts';

const progress = (more: Partial<Progress>): Progress => ({
  study: 'a',
  trials: 0,
  inFlight: 0,
  evals: 20,
  controlEvals: 0,
  confirms: 0,
  promotions: 0,
  activeMs: 4_000,
  budgetShare: 0,
  limits: {},
  phase: 'searching',
  metric: 'loss',
  unit: 'points',
  ...more,
});

test.each<readonly [string, Partial<Progress>, string]>([
  [
    'trials',
    { limits: { trials: 100 } },
    'an evaluation takes about 200 ms: 20 s to 2 min 40 s for at most 100 trials, the final comparison apart.',
  ],
  [
    'evaluations',
    { limits: { evals: 120 } },
    'an evaluation takes about 200 ms: 20 s, the final comparison apart.',
  ],
  [
    'the wall',
    { limits: { wallMs: 30_000, trials: 100 } },
    'an evaluation takes about 200 ms: 20 s to 30 s for at most 100 trials, the final comparison apart.',
  ],
  ['nothing', {}, 'an evaluation takes about 200 ms, and nothing says when to stop.'],
  [
    'money too',
    { limits: { wallMs: 30_000, microUsd: 5_000_000, requests: 1000 } },
    'an evaluation takes about 200 ms: 30 s, the final comparison apart; models may take 5 USD, 1,000 calls.',
  ],
  [
    'times',
    { kind: 'time', limits: { trials: 10 } },
    'an evaluation takes about 200 ms: 8 s to 1 min 4 s for at most 10 trials, the final comparison apart.',
  ],
])('what ends it is %s', (_, more, says) => {
  expect(forecastWatch()(progress(more))).toEqual([`Forecast: ${says}`]);
});

test('it is told once, when the floor is measured, and not of a study that goes on', () => {
  const watch = forecastWatch();
  expect(watch(progress({ evals: 0 }))).toEqual([]);
  expect(watch(progress({}))).toHaveLength(1);
  expect(watch(progress({}))).toEqual([]);
  expect(forecastWatch()(progress({ trials: 3 }))).toEqual([]);
});
