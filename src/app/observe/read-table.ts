/** The text of a foreign results file as columns of text: TSV, CSV, or one JSON object a line. */
import { PacelineError } from '../../core/errors.ts';

export interface Table {
  readonly columns: readonly string[];
  /** By column; a cell that is not there is ''. */
  readonly rows: readonly (readonly string[])[];
  /** Line of each row in the file, from 1. */
  readonly lines: readonly number[];
}

/** Rows beyond which a file is refused: the figure is for thousands. */
export const MAX_ROWS = 200_000;

export function refuse(message: string): never {
  throw new PacelineError('USAGE', message);
}

export function readTable(text: string, name: string): Table {
  const body = text.replace(/^\uFEFF/, '');
  const lines = body.split(/\r?\n/);
  const filled = lines.flatMap((line, i) => (line.trim() === '' ? [] : [{ line, at: i + 1 }]));
  const [head, ...rest] = filled;
  if (!head) refuse(`${name} is empty. Give a results file with a header and one row a trial.`);
  if (filled.length - 1 > MAX_ROWS)
    refuse(
      `${name} has ${filled.length - 1} rows, more than ${MAX_ROWS}. Give the rows of one run, or a part of them.`,
    );
  if (head.line.trimStart().startsWith('{')) return jsonTable(filled, name);
  const isTabbed = head.line.includes('\t');
  const cut = isTabbed ? (line: string) => line.split('\t') : csvCells;
  const open = isTabbed ? undefined : filled.find(({ line }) => line.split('"').length % 2 === 0);
  if (open)
    refuse(
      `${name}, line ${open.at} has a quote that is not closed. Write each row on one line, without line breaks in its cells.`,
    );
  const columns = cut(head.line).map((cell) => cell.trim());
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined)
    refuse(`${name} has two columns named "${twice}". Rename one of them in its header.`);
  if (rest.length === 0)
    refuse(`${name} has a header and no rows. Run the loop first, or give another file.`);
  return {
    columns,
    rows: rest.map(({ line }) => cut(line).map((cell) => cell.trim())),
    lines: rest.map(({ at }) => at),
  };
}

/** RFC 4180 within one line: quotes double inside quotes. */
function csvCells(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (isQuoted && char === '"' && line[i + 1] === '"') {
      cell += char;
      i += 1;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (char === ',' && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  return [...cells, cell];
}

interface Line {
  readonly line: string;
  readonly at: number;
}

function jsonTable(filled: readonly Line[], name: string): Table {
  const records = filled.map(({ line, at }) => flat(parsed(line, { at, name })));
  const columns = [...new Set(records.flatMap((record) => [...record.keys()]))];
  return {
    columns,
    rows: records.map((record) => columns.map((column) => record.get(column) ?? '')),
    lines: filled.map(({ at }) => at),
  };
}

function parsed(line: string, of: { readonly at: number; readonly name: string }): object {
  try {
    // Python writes what JSON has no word for.
    const value: unknown = JSON.parse(line.replace(/(?<=[:,[]\s*)(?:NaN|-?Infinity)\b/g, 'null'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // said below
  }
  return refuse(
    `${of.name}, line ${of.at} is no JSON object. Write one object a line, or give a CSV or TSV file.`,
  );
}

/** `metrics: { score }` is the column metrics.score; deeper objects and lists are no columns. */
function flat(record: object): Map<string, string> {
  const cells = new Map<string, string>();
  const put = (key: string, value: unknown): void => {
    if (['string', 'number', 'boolean'].includes(typeof value)) cells.set(key, String(value));
  };
  for (const [key, value] of Object.entries(record)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) put(key, value);
    else for (const [inner, one] of Object.entries(value)) put(`${key}.${inner}`, one);
  }
  return cells;
}
