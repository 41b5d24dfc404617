import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { isDeclaredDeterministic, minEffectOf, warmupOf } from './config-time.ts';

const TIMED = {
  name: 'kernel',
  kind: 'code',
  surface: { edit: ['src/a.mjs'] },
  evaluator: {
    command: 'node bench.mjs',
    class: 'fused',
    metrics: [{ name: 'p50', goal: 'min', unit: 'ms', kind: 'time' }],
  },
  proposers: [{ use: 'scripted', folder: 'candidates' }],
  budget: { trials: 3 },
};
const PLAIN = {
  ...TIMED,
  evaluator: { ...TIMED.evaluator, metrics: [{ name: 'x', goal: 'max', unit: '' }] },
};
const rule = (minEffect: unknown, more: object = {}) => ({ rule: { minEffect, ...more } });

test('defaults of times: one warm-up run, declared noisy; of anything else: repeatable', () => {
  const timed = parseConfig(TIMED, 'test');
  expect([warmupOf(timed), isDeclaredDeterministic(timed), minEffectOf(timed)]).toEqual([
    1,
    false,
    0,
  ]);
  expect(isDeclaredDeterministic(parseConfig(PLAIN, 'test'))).toBe(true);
});

test('a command that prints has a process for each case, which no run before it warms', () => {
  const printing = { ...TIMED.evaluator, answers: 'printed' };
  expect(warmupOf(parseConfig({ ...TIMED, evaluator: printing }, 'test'))).toBe(0);
  const asked = { ...printing, warmup: 2 };
  expect(warmupOf(parseConfig({ ...TIMED, evaluator: asked }, 'test'))).toBe(2);
});

test('minEffect of times is a share of the time, as a number or in percent', () => {
  for (const minEffect of [0.02, '2 percent', '2%']) {
    const config = parseConfig({ ...TIMED, ...rule(minEffect) }, 'test');
    expect(minEffectOf(config)).toBeCloseTo(-Math.log(0.98), 12);
  }
  expect(minEffectOf(parseConfig({ ...PLAIN, ...rule(0.02) }, 'test'))).toBe(0.02);
});

const metric = (over: object) => ({
  evaluator: { ...TIMED.evaluator, metrics: [{ ...TIMED.evaluator.metrics[0], ...over }] },
});

test.each<[string, object, RegExp]>([
  ['a rate', { ...TIMED, ...metric({ goal: 'max' }) }, /write goal: min/],
  [
    'declared to repeat',
    { ...TIMED, evaluator: { ...TIMED.evaluator, deterministic: true } },
    /no clock repeats/,
  ],
  ['several at once', { ...TIMED, workers: 2 }, /one at a time/],
  ['a pass rate', { ...TIMED, ...rule(0, { method: 'passfail' }) }, /symmetric or t-mixture/],
  ['the whole time', { ...TIMED, ...rule(1) }, /share to save, below 1/],
  [
    'a closed language',
    { ...TIMED, language: { slots: [{ name: 'f', inputs: ['a'] }] } },
    /interpreted in process/,
  ],
  [
    'warm-up of no time',
    { ...PLAIN, evaluator: { ...PLAIN.evaluator, warmup: 1 } },
    /add kind: time/,
  ],
  ['a share of no time', { ...PLAIN, ...rule('2 percent') }, /a share is of a time/],
])('refused: %s', (_name, config, says) => {
  expect(() => parseConfig(config, 'test')).toThrow(says);
});
