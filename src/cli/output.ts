/** What a verb says: JSON on the last line of stdout, or lines for people. */
import type { Json } from '../core/json.ts';
import { stripControl } from '../reporters/plain-text.ts';

export function printResult(
  options: { readonly json?: boolean },
  value: Json,
  lines: readonly string[],
): void {
  const text = options.json ? JSON.stringify(value) : lines.map(stripControl).join('\n');
  process.stdout.write(`${text}\n`);
}

/** Aligned columns, the first row being the heading. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
