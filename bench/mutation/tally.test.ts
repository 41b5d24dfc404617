/** The score of planted faults: what counts, and who is drawn. */
import { expect, test } from 'vitest';
import { scoreOf, tally } from './tally.ts';

const { lotOf } = (await import(new URL('lots.mjs', import.meta.url).href)) as {
  readonly lotOf: (mutant: object, seed: number) => number;
};

const mutants = (status: string, count: number) =>
  Array.from({ length: count }, () => ({ mutatorName: 'BooleanLiteral', status }));

test('a mutant that breaks the run is alive, one that never ends is dead', () => {
  const all = ['Killed', 'Timeout', 'Survived', 'RuntimeError'].flatMap((one) => mutants(one, 2));
  const whole = tally(all);
  expect(whole).toMatchObject({ planted: 8, tried: 8, killed: 2, timedOut: 2, broke: 2 });
  expect(scoreOf(whole)).toEqual({ score: 50, interval: [50, 50] });
});

test('of a sample the score is an interval, and those not drawn count for nothing', () => {
  const sample = tally([
    ...mutants('Killed', 90),
    ...mutants('Survived', 10),
    ...mutants('CompileError', 1),
  ]);
  expect(sample).toMatchObject({ planted: 101, tried: 100 });
  const { score, interval } = scoreOf(sample);
  expect(score).toBe(90);
  expect(interval.map((one) => one.toFixed(1))).toEqual(['82.6', '94.5']);
});

test('an outcome that is neither is refused', () => {
  expect(() => tally(mutants('Pending', 1))).toThrow(/1 mutants are neither/);
});

test('mutants are drawn by the seed alone, wherever the copy lies, and evenly', () => {
  const at = (line: number, fileName = '/a/src/pace/due.ts') => ({
    fileName,
    location: { start: { line, column: 1 }, end: { line, column: 9 } },
    mutatorName: 'BooleanLiteral',
    replacement: 'true',
  });
  expect(lotOf(at(1), 1)).toBe(lotOf(at(1, '/tmp/copy/src/pace/due.ts'), 1));
  expect(lotOf(at(1), 1)).not.toBe(lotOf(at(1), 2));
  const drawn = Array.from({ length: 2000 }, (_, line) => lotOf(at(line), 1) < 0.1);
  expect(drawn.filter((is) => is).length).toBeGreaterThan(150);
  expect(drawn.filter((is) => is).length).toBeLessThan(250);
});
