/** Trials as JSON, one object a line. */
import type { Exporter } from './contract.ts';
import { quietJson } from './plain-text.ts';
import { COLUMN_NAMES, COLUMNS, type TrialRow, timeText } from './trials/columns.ts';
import { trialRows } from './trials/rows.ts';

export const jsonlTrials: Exporter = async function* (source) {
  for await (const trials of trialRows(source)) {
    if (trials.length > 0) yield trials.map(({ row }) => `${quietJson(asJson(row))}\n`).join('');
  }
};

function asJson(row: TrialRow): object {
  return Object.fromEntries(
    COLUMN_NAMES.map((name) => {
      const value = row[name];
      const isTime = COLUMNS[name].type === 'time' && value !== null;
      return [name, isTime ? timeText(value as number) : value];
    }),
  );
}
