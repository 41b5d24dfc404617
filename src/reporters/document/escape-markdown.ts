/** Foreign text inside Markdown: no markup, no HTML, no mention, no link that nobody wrote. */
import { oneLine, stripControl } from '../plain-text.ts';

/**
 * Everything that opens or closes markup in CommonMark, GitHub's extensions and its formulas. An
 * interval such as `[−1.02, 0.66]` can be no link and stays readable.
 */
const MARKUP = /\[[−\d.e]+, [−\d.e]+\](?![[(:])|[\\`*_{}[\]<>|~&$^]/g;
/** What GitHub turns into links wherever it stands: addresses, mentions, issues. */
const LINKED = /@|:\/\/|\bwww\.|\bmailto:|#\d/i;

/** On one line, safe in a paragraph, a list item and a table cell. */
export function escapeMarkdown(text: string): string {
  const line = oneLine(text);
  return LINKED.test(line)
    ? codeSpan(line)
    : line.replace(MARKUP, (mark) => (mark.length > 1 ? mark : `\\${mark}`));
}

/** Inside a code span nothing is interpreted but `|` in tables and the fence itself. */
function codeSpan(line: string): string {
  const fence = '`'.repeat(longestRun(line) + 1);
  return `${fence} ${line.replaceAll('|', String.raw`\|`)} ${fence}`;
}

/** A fenced block whose fence the text cannot close. */
export function codeBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${stripControl(text)}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
