/** The engine's own error rates, through the very code that runs a study (acceptance.md §6, ii and iv). */
import { expect, test } from 'vitest';
import { ratesOf, runNullStudies } from '../../src/app/null-study/report.ts';
import type { NoiseName } from '../../src/stats/noise-models.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

const STUDIES = 400;
const ALPHA = 0.05;
/** 5 % and two standard errors of it. */
const mostOf = (studies: number): number =>
  studies * ALPHA + 2 * Math.sqrt(studies * ALPHA * (1 - ALPHA));
const MOST = mostOf(STUDIES);

const request = (noise: NoiseName) => ({
  candidates: 50,
  noise,
  seed: 'guarantee',
  clock: manualClock(),
});

test.each<NoiseName>(['gaussian', 'lucky', 'hetero', 'timing'])(
  'A/A under %s noise: at most 5 % of studies ever promote anything; greedy promotes in most',
  { timeout: 60_000 },
  async (noise) => {
    const { nullStudies } = await runNullStudies({ ...request(noise), studies: STUDIES });
    const countOf = (rule: string): number =>
      nullStudies.find((one) => one.rule === rule)?.falsePromotion.count ?? Number.NaN;
    expect(countOf('paceline')).toBeLessThanOrEqual(MOST);
    expect(countOf('greedy')).toBeGreaterThan(0.9 * STUDIES);
    expect(countOf('2 SE')).toBeGreaterThan(MOST);
  },
);

test.each<NoiseName>(['gaussian', 't2', 'lucky', 'hetero', 'passfail', 'timing'])(
  'stopped at a random moment under %s noise: no more is promoted than is allowed',
  async (noise) => {
    const studies = 100;
    const stopped = { ...request(noise), seed: 'stopped', studies, stopsAtRandom: true };
    const { nullStudies } = await runNullStudies(stopped);
    const [ours, greedy] = nullStudies;
    expect(ours?.falsePromotion.count).toBeLessThanOrEqual(mostOf(studies));
    // Stopped before its second candidate greedy has promoted nothing: they were stopped indeed.
    expect(greedy?.falsePromotion.rate).toBeLessThan(0.9);
  },
);

/** t2 is planted beside them in `bench`: what the rule misses there is published, not asserted. */
test.each<NoiseName>(['gaussian', 'lucky', 'hetero', 'passfail', 'timing'])(
  'a gain of 2 sigma planted under %s noise is found in at least 80 % of studies, at no more than 5 evaluations',
  async (noise) => {
    const studies = 100;
    const asked = { ...request(noise), studies, plantedSd: 1 };
    const rates = await ratesOf(asked, { effect: 2, done: 0, total: studies });
    const ours = rates.find(({ rule }) => rule === 'paceline');
    expect(ours?.found?.rate).toBeGreaterThanOrEqual(0.8);
    // Of timing's 4.97 (bench, 1,600 studies a noise) so few studies cannot tell which side of 5 it is on.
    if (noise !== 'timing') expect(ours?.evaluationsPerCandidate).toBeLessThanOrEqual(5);
  },
);

test('the same seed gives the same figures', async () => {
  const few = () =>
    runNullStudies({ studies: 5, candidates: 20, noise: 't2', seed: 's', clock: manualClock() });
  expect(await few()).toEqual(await few());
});
