/** The engine's own error rates, through the very code that runs a study (acceptance.md §6, ii and iv). */
import { expect, test } from 'vitest';
import { runNullStudies } from '../../src/app/null-study/report.ts';
import type { NoiseName } from '../../src/stats/noise-models.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

const STUDIES = 400;
const ALPHA = 0.05;
/** 5 % and two standard errors of it. */
const MOST = STUDIES * ALPHA + 2 * Math.sqrt(STUDIES * ALPHA * (1 - ALPHA));

const run = (noise: NoiseName, planted?: number) =>
  runNullStudies({
    studies: planted === undefined ? STUDIES : 100,
    candidates: 50,
    noise,
    seed: 'guarantee',
    clock: manualClock(),
    ...(planted === undefined ? {} : { planted }),
  });

test.each<NoiseName>(['gaussian', 'lucky', 'hetero', 'timing'])(
  'A/A under %s noise: at most 5 % of studies ever promote anything; greedy promotes in most',
  { timeout: 60_000 },
  async (noise) => {
    const { nullStudies } = await run(noise);
    const countOf = (rule: string): number =>
      nullStudies.find((one) => one.rule === rule)?.falsePromotion.count ?? Number.NaN;
    expect(countOf('paceline')).toBeLessThanOrEqual(MOST);
    expect(countOf('greedy')).toBeGreaterThan(0.9 * STUDIES);
    expect(countOf('2 SE')).toBeGreaterThan(MOST);
  },
);

test('a planted gain of 2 sigma is found in at least 80 % of studies at no more than 5 evaluations each', async () => {
  const { planted } = await run('gaussian', 2);
  const ours = planted?.rates.find(({ rule }) => rule === 'paceline');
  expect(ours?.found?.rate).toBeGreaterThanOrEqual(0.8);
  expect(ours?.evaluationsPerCandidate).toBeLessThanOrEqual(5);
});

test('the same seed gives the same figures', async () => {
  const few = () =>
    runNullStudies({ studies: 5, candidates: 20, noise: 't2', seed: 's', clock: manualClock() });
  expect(await few()).toEqual(await few());
});
