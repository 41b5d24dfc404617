/** The judge of the example: a kernel that sorts wrongly has no time, however fast it is. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { evaluate } from './evaluator/evaluate.ts';

const ORIGIN = readFileSync(join(import.meta.dirname, 'origin/sort.ts'), 'utf8');
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

async function timeOf(source: string) {
  const candidate = mkdtempSync(join(tmpdir(), 'paceline-sort-'));
  made.push(candidate);
  cpSync(join(import.meta.dirname, 'origin'), join(candidate, 'origin'), { recursive: true });
  writeFileSync(join(candidate, 'origin/sort.ts'), source);
  const cases = [{ seed: 7 }, { seed: 8 }];
  return evaluate({ candidate, cases, params: { count: 500, arrays: 2 } });
}

const changed = (part: string, by: string): string => {
  const source = ORIGIN.replace(part, by);
  if (source === ORIGIN) throw new Error(`the origin has no ${part}`);
  return source;
};
const body = (statements: string): string =>
  `let calls = 0;\nexport function sort(values: Float64Array): void { ${statements} }\n`;

test('the origin and other right kernels have a time for each case', async () => {
  for (const source of [ORIGIN, changed('RUN = 3', 'RUN = 32'), body('values.sort();')]) {
    const times = await timeOf(source);
    expect(times).toHaveLength(2);
    for (const { ms } of times) expect(ms).toBeGreaterThanOrEqual(0);
  }
});

test.each<[string, string]>([
  ['nothing at all', body('')],
  ['backwards', body('values.sort().reverse();')],
  ['sorted, but other numbers', body('values.fill(0);')],
  ['as text', body('values.set([...values].map(String).sort().map(Number));')],
  [
    'a value doubled and one lost',
    body('values.sort(); if (values.length > 1) values[1] = values[0] as number;'),
  ],
  ['only short arrays', body('if (values.length < 300) values.sort();')],
  ['only long arrays', body('if (values.length > 2) values.sort();')],
  [
    'right while it is checked, lazy once it is timed',
    body('calls += 1; if (calls < 52) values.sort();'),
  ],
  [
    'no last run where the length is odd',
    changed('from < count; from += RUN', 'from + RUN < count; from += RUN'),
  ],
  ['right run left out of a merge', changed('right >= to ||', 'right > to ||')],
  ['run of one too few', changed('let i = from + 1', 'let i = from + 2')],
])('planted: %s', async (_name, source) => {
  await expect(timeOf(source)).rejects.toThrow(/not sorted/);
});
