/**
 * Trials as CSV (RFC 4180, with a heading). A null is an empty cell. A cell of text that a spreadsheet
 * would take for a formula begins with an apostrophe.
 */
import { stringify } from 'csv-stringify/sync';
import type { Exporter } from './contract.ts';
import { quietJson } from './plain-text.ts';
import {
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  type TrialRow,
  timeText,
} from './trials/columns.ts';
import { trialRows } from './trials/rows.ts';

export const csvTrials: Exporter = async function* (source) {
  yield csvLines([[...COLUMN_NAMES]]);
  for await (const trials of trialRows(source)) {
    if (trials.length > 0) yield csvLines(trials.map(({ row }) => cellsOf(row)));
  }
};

type Cell = string | number | null;

function csvLines(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows as Cell[][], {
    escape_formulas: true,
    record_delimiter: 'windows',
    // With that delimiter a line feed alone is left bare, and readers end the row there.
    quoted_match: /[\r\n]/,
  });
}

function cellsOf(row: TrialRow): readonly Cell[] {
  return COLUMN_NAMES.map((name) => cellOf(row, name));
}

function cellOf(row: TrialRow, name: ColumnName): Cell {
  const value = row[name];
  if (value === null) return null;
  switch (COLUMNS[name].type) {
    case 'json':
      return quietJson(value);
    case 'time':
      return timeText(value as number);
    case 'boolean':
      return String(value);
    default:
      return value as string | number;
  }
}
