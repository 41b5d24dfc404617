import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ObserveRequest, observeFile } from './observe-file.ts';
import { MAX_ROWS } from './read-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'observe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function observe(text: string | Uint8Array, of: Partial<ObserveRequest> = {}) {
  const file = join(folder, 'results');
  writeFileSync(file, text);
  return observeFile({ file, alpha: 0.05, ...of });
}

const HEAD = 'commit\tval_bpb\tmemory_gb\tstatus\tdescription\n';
const ROWS =
  'a1b2c3d\t1.0\t44\tkeep\tbaseline\nb1b2c3d\t0.9\t44\tkeep\tbetter\nc1b2c3d\t0.000000\t0\tcrash\toom\nd1b2c3d\t0.95\t44\tdiscard\tno\n';

test('autoresearch: a loss is minimised, and a crash recorded as 0 is no record', () => {
  const found = observe(HEAD + ROWS, { noise: 0.001 });
  expect(found).toMatchObject({
    metric: 'val_bpb',
    goal: 'min',
    crashes: 1,
    tried: 2,
    survivors: 1,
  });
  expect(found.keeps).toMatchObject([{ row: 3, id: 'b1b2c3d', tried: 1 }]);
  expect(found.keeps[0]?.gain).toBeCloseTo(0.1, 12);
});

test('a missing value is unknown, and never the reference of another keep', () => {
  const found = observe(
    `${HEAD}a1b2c3d\t1\t4\tkeep\t\nb1b2c3d\tNaN\t4\tkeep\t\nc1b2c3d\t0.5\t4\tkeep\t\n`,
    {
      noise: 0.01,
    },
  );
  expect(found.unknown).toBe(1);
  expect(found.keeps.map(({ reason }) => reason)).toEqual(['no-value', 'survives']);
});

test('CSV with quoted commas, and columns by name', () => {
  const text = 'note,"p50",accepted\r\n"a, ""b""",9,true\r\nx,7,yes\r\ny,8,no\r\n';
  const found = observe(text, { metric: 'p50', goal: 'min', keep: 'accepted', noise: 0.1 });
  expect(found).toMatchObject({ rows: 3, survivors: 1, keepColumn: 'accepted' });
});

test('OpenEvolve: keeps are the new bests, NaN of Python is unknown', () => {
  const line = (i: number, score: string): string =>
    `{"iteration":${i},"parent_id":"p-0","child_id":"child-10${i}","parent_metrics":{"combined_score":9},"child_metrics":{"combined_score":${score}}}`;
  const text = [line(1, '0.1'), line(2, 'NaN'), line(3, '0.05'), line(4, '0.9')].join('\n');
  const found = observe(text, { noise: 0.01 });
  expect(found).toMatchObject({
    metric: 'child_metrics.combined_score',
    goal: 'max',
    keepColumn: undefined,
    unknown: 1,
    survivors: 1,
  });
  expect(found.keeps).toMatchObject([{ row: 4, id: 'child-104', tried: 2 }]);
});

test('repeats of a commit give the noise; a placeholder is no commit', () => {
  const repeats = [1, 2, 3, 4, 5, 6].map((i) => `aaaaaa1\t1.00${i}\t4\tdiscard\t\n`).join('');
  const rows = `a1b2c3d\t1\t4\tkeep\t\n${repeats}`;
  expect(observe(HEAD + rows).noise).toMatchObject({ from: 'repeats', df: 5 });
  expect(() => observe(HEAD + rows.replaceAll('aaaaaa1', '-'))).toThrow(/noise cannot be told/);
});

const same = `a1b2c3d\t1\t4\tkeep\t\n${'b1b2c3d\t1\t4\tdiscard\t\n'.repeat(30)}`;
const REFUSED: Readonly<Record<string, [string | Uint8Array, Partial<ObserveRequest>, RegExp]>> = {
  empty: ['', {}, /is empty/],
  'blank lines only': ['\n \n', {}, /is empty/],
  binary: [new Uint8Array([1, 0, 2]), {}, /is binary/],
  'header only': [HEAD, {}, /a header and no rows/],
  'no numeric column': ['status\tnote\nkeep\tx\n', {}, /No column has a number/],
  'several metrics': ['status,loss,score\nkeep,1,2\n', {}, /Several columns.*loss, score/],
  'no column like a metric': ['status,step\nkeep,1\n', {}, /No numeric column.*step/],
  'an unknown metric': [HEAD + ROWS, { metric: 'x' }, /no column "x"/],
  'a metric of words': [HEAD + ROWS, { metric: 'description' }, /no finite number/],
  'an unknown goal': ['status,zeal\nkeep,1\n', {}, /--goal min or --goal max/],
  'no keep column': ['loss,note\n1,x\n', {}, /No column says which rows were kept/],
  'an unknown keep column': [HEAD + ROWS, { keep: 'x' }, /no column "x"/],
  'a strange status': [`${HEAD}a1b2c3d\t1\t4\tperhaps\t\n`, {}, /Line 2 has "perhaps"/],
  'nothing kept': [`${HEAD}a1b2c3d\t1\t4\tdiscard\t\n`, {}, /No row was kept/],
  'NaN rows only kept': [
    `${HEAD}a1b2c3d\tNaN\t4\tkeep\t\nb\t1\t4\tdiscard\t\n`,
    {},
    /No row was kept/,
  ],
  'noise unknown': [HEAD + ROWS, {}, /noise cannot be told.*--noise/],
  'no scatter': [HEAD + same, {}, /do not scatter.*--noise/],
  'two columns of one name': ['loss,loss,status\n1,2,keep\n', {}, /two columns named "loss"/],
  'an open quote': ['loss,status\n"1,keep\n', {}, /line 2 has a quote/],
  'broken JSON': ['{"loss":1,"keep":true}\n{"loss":\n', {}, /line 2 is no JSON object/],
  'too many rows': [`loss,keep\n${'1,1\n'.repeat(MAX_ROWS + 1)}`, {}, /200001 rows, more than/],
};

test.each(Object.entries(REFUSED))('refused in one sentence: %s', (_, [text, of, says]) => {
  expect(() => observe(text, of)).toThrow(says);
});

test('no file, a folder', () => {
  expect(() => observeFile({ file: join(folder, 'none'), alpha: 0.05 })).toThrow(
    /There is no file/,
  );
  expect(() => observeFile({ file: folder, alpha: 0.05 })).toThrow(/is no file/);
});
