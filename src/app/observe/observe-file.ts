/** A foreign results file read, its noise told or refused, and its keeps judged. */
import { readFileSync, statSync } from 'node:fs';
import { judgeKeeps, type Observed } from '../../claims/observe.ts';
import {
  MIN_REPEATS,
  MIN_STEPS,
  type ObservedNoise,
  type ObservedRow,
  observedNoise,
} from '../../claims/observed-noise.ts';
import {
  type Goal,
  goalOf,
  idColumn,
  isNumber,
  keepColumn,
  metricColumn,
} from './choose-columns.ts';
import { readTable, refuse, type Table } from './read-table.ts';

export interface ObserveRequest {
  readonly file: string;
  readonly metric?: string | undefined;
  readonly goal?: Goal | undefined;
  readonly keep?: string | undefined;
  /** σ of one row, in the unit of the metric. */
  readonly noise?: number | undefined;
  readonly alpha: number;
}

export interface ObservedFile extends Observed {
  readonly metric: string;
  readonly goal: Goal;
  /** Absent: a keep is a row better than all before. */
  readonly keepColumn: string | undefined;
  readonly alpha: number;
  readonly noise: ObservedNoise;
  readonly rows: number;
  readonly crashes: number;
  /** Rows that are no crash and have no finite value. */
  readonly unknown: number;
}

const MAX_BYTES = 64 * 2 ** 20;

export function observeFile(request: ObserveRequest): ObservedFile {
  const table = readTable(textOf(request.file), request.file);
  const keep = keepColumn(table, request.keep);
  const metric = metricColumn(table, { metric: request.metric, keep });
  const goal = goalOf(metric, request.goal);
  const rows = rowsOf(table, { metric, goal, keep });
  if (!rows.some(({ status, value }) => status === 'keep' && value !== undefined))
    refuse(
      'No row was kept with a finite value, so there is nothing to judge. Check --metric and --keep.',
    );
  const noise = observedNoise(rows, request.noise);
  if (noise === 'too-few')
    refuse(
      `The noise cannot be told from this file: it needs ${MIN_REPEATS} repeats of a commit, or ${MIN_STEPS + 1} discarded rows with a value. Measure one commit several times and give its standard deviation with --noise.`,
    );
  if (noise === 'no-scatter')
    refuse(
      'The noise cannot be told from this file: the rows it would come from do not scatter, so the metric repeats itself or is rounded. Measure one commit on fresh seeds and give its standard deviation with --noise.',
    );
  return {
    ...judgeKeeps(rows, { noise, alpha: request.alpha }),
    metric,
    goal,
    keepColumn: keep,
    alpha: request.alpha,
    noise,
    rows: rows.length,
    crashes: rows.filter(({ status }) => status === 'crash').length,
    unknown: rows.filter(({ status, value }) => status !== 'crash' && value === undefined).length,
  };
}

function textOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) refuse(`There is no file ${file}. Give the path of a results file.`);
  if (!found.isFile()) refuse(`${file} is no file. Give the path of one results file.`);
  if (found.size > MAX_BYTES)
    refuse(`${file} is larger than 64 MB. Give the rows of one run, without programs or logs.`);
  const bytes = readFileSync(file);
  if (bytes.includes(0)) refuse(`${file} is binary. Give a CSV, TSV or JSONL file.`);
  return bytes.toString('utf8');
}

interface Columns {
  readonly metric: string;
  readonly goal: Goal;
  readonly keep: string | undefined;
}

function rowsOf(table: Table, { metric, goal, keep }: Columns): readonly ObservedRow[] {
  const at = (name: string | undefined): number =>
    name === undefined ? -1 : table.columns.indexOf(name);
  const valueAt = at(metric);
  const keepAt = at(keep);
  const idAt = at(idColumn(table));
  let best = Number.NEGATIVE_INFINITY;
  return table.rows.map((cells, i) => {
    const cell = cells[valueAt] ?? '';
    const row = table.lines[i] ?? 0;
    const oriented = isNumber(cell) ? Number(cell) * (goal === 'max' ? 1 : -1) : undefined;
    const isBest = oriented !== undefined && oriented > best;
    if (isBest) best = oriented;
    const said =
      keep === undefined
        ? isBest
          ? 'keep'
          : 'discard'
        : statusOf(cells[keepAt] ?? '', { row, keep });
    // A crash is often recorded as 0, which would be the best of all losses.
    return {
      row,
      id: idOf(cells[idAt]),
      status: said,
      value: said === 'crash' ? undefined : oriented,
    };
  });
}

const KEEP = /^(?:keep|kept|true|1|yes|y|accept|accepted|promoted|improved)$/i;
const DISCARD = /^(?:discard|discarded|false|0|no|n|reject|rejected|revert|reverted)$/i;
const CRASH = /^(?:crash|crashed|error|fail|failed|timeout|invalid|oom)$/i;

function statusOf(
  cell: string,
  of: { readonly row: number; readonly keep: string },
): ObservedRow['status'] {
  if (KEEP.test(cell)) return 'keep';
  if (DISCARD.test(cell)) return 'discard';
  if (CRASH.test(cell)) return 'crash';
  return refuse(
    `Line ${of.row} has "${cell.slice(0, 40)}" in the column "${of.keep}". Write keep, discard or crash (or true and false), or name another column with --keep.`,
  );
}

/** Placeholders such as "-" or "baseline" name no commit. */
function idOf(cell: string | undefined): string | undefined {
  return cell !== undefined && /^[\w-]{6,}$/.test(cell) && /\d/.test(cell) ? cell : undefined;
}
