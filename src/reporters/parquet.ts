/** Trials as Parquet, in row groups: every column may be null, times are UTC to the millisecond. */
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Exporter } from './contract.ts';
import {
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  type ColumnType,
  TRIALS_SCHEMA,
  type TrialRow,
} from './trials/columns.ts';
import { trialRows } from './trials/rows.ts';

/** Rows that are in memory at once. */
const GROUP = 5_000;

const PHYSICAL: Readonly<Record<ColumnType, Omit<SchemaElement, 'name' | 'repetition_type'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
};

export const parquetTrials: Exporter = async function* (source) {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: SCHEMA,
    createdBy: 'paceline',
    kvMetadata: [
      { key: 'paceline.schema', value: TRIALS_SCHEMA },
      { key: 'paceline.study', value: source.study },
    ],
  });
  let group: TrialRow[] = [];
  for await (const trials of trialRows(source)) {
    for (const { row } of trials) group.push(row);
    if (group.length < GROUP) continue;
    await writer.write({ columnData: columnsOf(group), rowGroupSize: group.length });
    group = [];
    yield taken(bytes);
  }
  if (group.length > 0)
    await writer.write({ columnData: columnsOf(group), rowGroupSize: group.length });
  await writer.finish();
  yield taken(bytes);
};

const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: COLUMN_NAMES.length },
  ...COLUMN_NAMES.map((name) => ({
    name,
    repetition_type: 'OPTIONAL' as const,
    ...PHYSICAL[COLUMNS[name].type],
  })),
];

/** The writer goes on at its offset; what it has written so far is out of its buffer. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

function columnsOf(rows: readonly TrialRow[]) {
  return COLUMN_NAMES.map((name) => ({ name, data: rows.map((row) => physical(row, name)) }));
}

function physical(row: TrialRow, name: ColumnName): unknown {
  const value = row[name];
  if (value === null) return null;
  switch (COLUMNS[name].type) {
    case 'integer':
      return BigInt(value as number);
    case 'time':
      return new Date(value as number);
    default:
      return value;
  }
}
