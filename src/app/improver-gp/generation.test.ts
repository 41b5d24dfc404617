import { describe, expect, test } from 'vitest';
import { LINES } from '../../improver/gp/lines.ts';
import { encodeForest } from '../../lang/codec.ts';
import type { StudyRunner } from '../../tasks/contract.ts';
import { plannedStudies, populationOf } from '../../testing/planned-studies.ts';
import { type GenerationRequest, runGeneration } from './generation.ts';

const generationWith = (runner: StudyRunner, more: Partial<GenerationRequest> = {}) =>
  runGeneration({
    searcher: LINES.expert,
    incumbent: LINES.textbook,
    runner,
    budgets: [{ steps: 10, cpuMs: 1000 }],
    measurements: 60,
    seed: 'test',
    signal: new AbortController().signal,
    ...more,
  });

describe('a generation', () => {
  test('finds what makes improvers better, confirms it on fresh seeds and promotes it', async () => {
    const runner = plannedStudies({ regretOf: (population) => population / 10 });
    const { isPromoted, improver, confirmation } = await generationWith(runner);
    expect(isPromoted).toBe(true);
    expect(populationOf(encodeForest(improver))).toBeLessThan(5);
    expect(confirmation?.interval[0]).toBeGreaterThan(0);
    const keys = runner.calls.map(({ seedKey }) => seedKey);
    expect(new Set(keys.filter((key) => key.includes('confirm'))).size).toBe(8);
    expect(new Set(keys.filter((key) => key.includes('search'))).size).toBe(1);
  });

  test('keeps the incumbent where the best of the search was luck', async () => {
    const runner = plannedStudies({ regretOf: () => 0.5, noise: 0.2 });
    const made = await generationWith(runner, { seed: 'luck' });
    const { isPromoted, improver, searched, confirmation } = made;
    expect(searched.best).toBeLessThan(searched.incumbent);
    expect(confirmation?.isBetter).toBe(false);
    expect(isPromoted).toBe(false);
    expect(improver).toBe(LINES.textbook);
  });

  test('lets go of who is behind after four tasks, and pays for those alone', async () => {
    const runner = plannedStudies({
      regretOf: (population) => (population === 7 ? 0.1 : 0.9),
      noise: 0,
    });
    const { raced, measured } = await generationWith(runner, { measurements: 80 });
    expect(raced).toBeGreaterThan(0);
    expect(measured).toBeGreaterThan(80);
  });

  test('goes on where a study does not end: who hangs has no cost', async () => {
    const runner = plannedStudies({
      regretOf: (population) => population / 10,
      ends: (call) => call > 300 || call % 29 !== 0,
    });
    const { measured, isPromoted } = await generationWith(runner);
    expect(measured).toBeGreaterThan(50);
    expect(isPromoted).toBe(true);
  });

  test('planted: a candidate that hangs on a fresh seed is not promoted, whatever it was worth before', async () => {
    const runner = plannedStudies({ regretOf: (population) => population / 10 });
    const hangs: StudyRunner = {
      ...runner,
      run: (request, signal) =>
        request.seedKey.includes('confirm/7') && populationOf(request.improver) < 7
          ? { outcome: 'timeout', message: 'It did not end.' }
          : runner.run(request, signal),
    };
    const made = await generationWith(hangs);
    expect(made).toMatchObject({ isPromoted: false, improver: LINES.textbook });
    expect(made.candidate).toBeDefined();
    expect(made.confirmation).toBeUndefined();
  });

  test('repeats', async () => {
    const run = () => generationWith(plannedStudies({ regretOf: (population) => population / 10 }));
    const [one, two] = [await run(), await run()];
    expect(encodeForest(one.improver)).toBe(encodeForest(two.improver));
    expect(two).toEqual(one);
  });
});
