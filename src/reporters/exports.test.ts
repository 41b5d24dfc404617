/** The three formats of trials say the same, whatever is written into them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { paidStudy, recorded, settledBody, sourceOf, textOf } from '../../test/golden/recorded.ts';
import { thorough } from '../../test/thorough.ts';
import type { StoredEvent } from '../core/events.ts';
import { csvTrials } from './csv.ts';
import { jsonlTrials } from './jsonl.ts';
import { parquetTrials } from './parquet.ts';
import { escapeControl } from './plain-text.ts';
import { COLUMN_NAMES, COLUMNS, type ColumnName } from './trials/columns.ts';

type Plain = Record<string, unknown>;

async function jsonRows(events: readonly StoredEvent[]): Promise<readonly Plain[]> {
  const text = await textOf(jsonlTrials(sourceOf(events)));
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Plain);
}

/** RFC 4180, read without the library that wrote it. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  let row: string[] = [];
  for (const [whole, quoted, plain, after] of text.matchAll(pattern)) {
    if (whole === '' && row.length === 0) break;
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (after === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

async function csvRows(events: readonly StoredEvent[]): Promise<readonly Plain[]> {
  const [head = [], ...rows] = cellsOf(await textOf(csvTrials(sourceOf(events))));
  return rows.map((row) =>
    Object.fromEntries(row.map((cell, i) => [head[i], valueOf(head[i] as ColumnName, cell)])),
  );
}

function valueOf(name: ColumnName, cell: string): unknown {
  if (cell === '') return null;
  const { type } = COLUMNS[name];
  return type === 'text' || type === 'time' ? cell : JSON.parse(cell);
}

async function parquetBytes(events: readonly StoredEvent[]): Promise<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of parquetTrials(sourceOf(events))) pieces.push(piece as Uint8Array);
  return Uint8Array.from(Buffer.concat(pieces)).buffer;
}

async function parquetRows(events: readonly StoredEvent[]): Promise<readonly Plain[]> {
  const file = await parquetBytes(events);
  const rows = await parquetReadObjects({ file });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => {
        if (typeof value === 'bigint') return [name, Number(value)];
        return [name, value instanceof Date ? value.toISOString() : value];
      }),
    ),
  );
}

test('docs/exports.md names every column as it is', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/exports.md'), 'utf8');
  const listed = [...docs.matchAll(/^\| `(\w+)` \| (\w+) \| (.+) \|$/gm)].map((row) =>
    row.slice(1),
  );
  expect(listed).toEqual(
    Object.entries(COLUMNS).map(([name, { type, about }]) => [name, type, about]),
  );
});

test('a recorded study reads the same in all three', async () => {
  const rows = await jsonRows(recorded);
  expect(rows.length).toBeGreaterThan(30);
  expect(await csvRows(recorded)).toEqual(rows);
  expect(await parquetRows(recorded)).toEqual(rows);
});

describe('hostile text', () => {
  const one = (message: string): readonly StoredEvent[] =>
    paidStudy([{ type: 'trial.settled', trial: 0, body: settledBody({ message }), at: 5 }]);

  test.each([
    'a "quoted", word',
    'two\r\nlines\nand a tab\t',
    '\u001b]0;title\u0007 \u202e',
    'null',
    '\ud800 half a pair',
    '日本語 🚲',
    ',,,',
    '""',
  ])('%j comes back the same from all three', async (message) => {
    const [row = {}] = await jsonRows(one(message));
    expect(row['message']).toBe(escapeControl(message));
    expect(await csvRows(one(message))).toEqual([row]);
    expect(await parquetRows(one(message))).toEqual([row]);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', '=cmd|" /C calc"!A0'])(
    'a spreadsheet does not run %j',
    async (message) => {
      const [, row = []] = cellsOf(await textOf(csvTrials(sourceOf(one(message)))));
      expect(row[COLUMN_NAMES.indexOf('message')]).toBe(`'${message}`);
    },
  );

  test('a negative number stays a number', async () => {
    const events = paidStudy([
      { type: 'trial.settled', trial: 0, body: settledBody({ values: [-2] }), at: 5 },
    ]);
    const [, row = []] = cellsOf(await textOf(csvTrials(sourceOf(events))));
    expect(row[COLUMN_NAMES.indexOf('score')]).toBe('-2');
  });
});

test('a study without a trial has a heading, no line, and a file that can be read', async () => {
  const none = recorded.slice(0, 1);
  expect(cellsOf(await textOf(csvTrials(sourceOf(none))))).toEqual([[...COLUMN_NAMES]]);
  expect(await textOf(jsonlTrials(sourceOf(none)))).toBe('');
  expect(await parquetRows(none)).toEqual([]);
});

thorough('Parquet is written in groups, and they are one table', async () => {
  const trials = 12_000;
  const events = paidStudy(
    Array.from({ length: trials }, (_, trial) => ({
      type: 'trial.settled' as const,
      trial,
      body: settledBody({}),
      at: trial,
    })),
  );
  const file = await parquetBytes(events);
  const { num_rows, row_groups, key_value_metadata } = parquetMetadata(file);
  expect([Number(num_rows), row_groups.length]).toEqual([trials, 3]);
  expect(key_value_metadata).toContainEqual({ key: 'paceline.study', value: 'golden' });
  const rows = await parquetReadObjects({ file, columns: ['trial'] });
  expect(rows.every((row, i) => Number(row['trial']) === i)).toBe(true);
});
