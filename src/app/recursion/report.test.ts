import { expect, test } from 'vitest';
import type { LineName, Reading, SeedRun } from '../../improver/recursion/readings.ts';
import { recursionPage } from '../../reporters/recursion/page.ts';
import { flatFrom, recursionJson, recursionReport } from './report.ts';

const reading = (generation: number, held: number, everyday: number): Reading => ({
  generation,
  held: [0, 0, 0, 0, held],
  everyday,
  train: 9,
  misled: 1,
  effort: 1000 - held,
  candidates: 450_000,
  kept: 200_000,
  end: 'budget',
  cpuMs: 400,
  madeMs: 20,
  abstractions: 6 * generation,
});

/** Everyday functions gain `beyond` over learned costs. */
function runOf(seed: number, beyond: number): SeedRun {
  const line = (last: number, everyday: number): readonly Reading[] => [
    reading(0, 20, 40),
    reading(1, last, everyday),
  ];
  const lines: Partial<Record<LineName, readonly Reading[]>> = {
    recursive: line(80 + (seed % 3), 60 + beyond),
    control: line(50, 60),
    'costs-only': line(40, 60),
  };
  return {
    seed,
    pool: 'generated',
    budget: { unit: 'candidates', amount: 450_000 },
    generations: 1,
    of: { held: 100, everyday: 100, train: 200 },
    lines,
    text: [{ line: 'library', solved: 7, of: 10, candidates: 450_000, end: 'budget', cpuMs: 9 }],
    library: [
      {
        name: 'f0_0',
        generation: 1,
        body: 'fold(add, #0)',
        expanded: 'fold(add, #0)',
        known: '<img src=//evil>',
        calls: [],
        uses: 3,
      },
    ],
    peakMb: { lines: 200, all: 300 },
    cpuMs: 9000,
  };
}

const runs = (n: number, beyond = 0) => Array.from({ length: n }, (_, at) => runOf(at + 1, beyond));

test('what is shown is what was measured, and under twelve seeds the first thing not shown is a claim', () => {
  const { shown, notShown, statements } = recursionReport(runs(6), 5000);
  expect(shown[1]).toBe(
    'On combinations it never trained on it solves 81.0 % within 450,000 candidates for all tasks together, from 20.0 % at the start. With the same total, but without feeding improvements back: 50.0 %.',
  );
  expect(notShown[0]).toBe('A claim: 6 seeds are fewer than 12. Intervals describe these seeds.');
  expect(statements.every(({ verdict }) => verdict === undefined)).toBe(true);
  const twelve = recursionReport(runs(12), 5000);
  expect(twelve.notShown.some((line) => line.startsWith('A claim'))).toBe(false);
  expect(twelve.statements[0]).toMatchObject({ second: 'control', verdict: 'helped' });
});

test('everyday functions get the label that the figures bear out', () => {
  expect(recursionReport(runs(12), 1).everyday).toMatch(
    /^A library brings nothing here beyond learned costs: recursive − costs only 0\.0 points/,
  );
  expect(recursionReport(runs(12, 9), 1).everyday).toMatch(/^Here, too, a library brings more/);
});

test('a curve is flat from where it never rises by a point again', () => {
  expect(flatFrom([20, 40, 60, 60.5, 59])).toBe(2);
  expect(flatFrom([20, 40, 60])).toBe(2);
  expect(flatFrom([20, 19, 18])).toBe(0);
});

test('the page draws every line, asks for nothing and lets no name through', () => {
  const page = recursionPage(recursionReport(runs(6), 5000));
  for (const line of ['recursive', 'control', 'costs-only'])
    expect(page).toMatch(new RegExp(`<text class="label [a-z]+"[^>]*>${line} \\d`));
  expect(page.match(/<svg/g)).toHaveLength(2);
  expect(page).not.toMatch(/<script|<img| src="|href=|url\(|@import/);
  expect(page).toContain('&lt;img src=//evil&gt;');
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
});

test('the JSON has all of it under its schema', () => {
  expect(recursionJson(recursionReport(runs(6), 5000))).toMatchObject({
    schema: 'paceline.recursion/1',
    seeds: [1, 2, 3, 4, 5, 6],
    lines: [{ line: 'recursive', held: [{ generation: 0 }, { generation: 1 }] }, {}, {}],
    texts: [{ line: 'library', share: { mean: 70, n: 6 } }],
  });
});
