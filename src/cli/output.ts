/** What a verb says: JSON on the last line of stdout, or lines for people. */
import type { Json } from '../core/json.ts';
import { quietJson, stripButLineEnds } from '../reporters/plain-text.ts';

export function printResult(
  options: { readonly json?: boolean },
  value: Json,
  lines: readonly string[],
): void {
  if (options.json) {
    process.stdout.write(`${quietJson(value)}\n`);
    return;
  }
  const text = `${lines.join('\n')}\n`;
  const shown = stripButLineEnds(text);
  process.stdout.write(shown);
  if (shown !== text) process.stderr.write(LEFT_OUT);
}

const LEFT_OUT =
  'Left out above: characters that can drive a terminal or hide text. --json leaves nothing out.\n';

/** What `printResult` ends with anyway; white space before it may belong to a patch or a source. */
export function withoutLastBreak(text: string): string {
  return text.replace(/\n$/, '');
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
