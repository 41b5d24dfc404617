/** Every number of the Markdown is, where it stands, the text of a fact or the entries it comes from. */
import { escapeMarkdown } from '../document/escape-markdown.ts';
import { stripControl } from '../plain-text.ts';
import { entriesText, type FactBook } from '../report/fact.ts';
import { type AuditFinding, quoted, WRITE_AGAIN } from './finding.ts';

const FENCE = /^(`{3,})(\w*)$/;
const QUESTION = /^(\d+)\. \*\*/;
const NUMERAL = /\p{N}(?:[\p{N}.,]*\p{N})?/gu;

export function traceMarkdown(markdown: string, book: FactBook): readonly AuditFinding[] {
  const allowed = allowedTexts(book);
  const sources = sourceLines(book);
  const findings: AuditFinding[] = [];
  let fence: { readonly mark: string; readonly isDiff: boolean } | undefined;
  let questions = 0;
  const report = (line: number, text: string, problem: string): void => {
    const place = `report.md line ${line}`;
    findings.push({ place, text: `${quoted(text)}: ${problem}`, advice: WRITE_AGAIN });
  };
  markdown.split('\n').forEach((line, i) => {
    const [, mark, language] = FENCE.exec(line) ?? [];
    if (fence) {
      if (mark === fence.mark) fence = undefined;
      else if (!sources.has(line) && !(fence.isDiff && sources.has(line.slice(1))))
        report(i + 1, line, 'this line is in neither source.');
      return;
    }
    if (mark !== undefined) {
      fence = { mark, isDiff: language === 'diff' };
      return;
    }
    const number = QUESTION.exec(line)?.[1];
    const isNext = Number(number) === questions + 1;
    if (isNext) questions += 1;
    const rest = isNext ? line.replace(QUESTION, '') : line;
    for (const numeral of untraced(rest, allowed))
      report(i + 1, numeral, 'this number is no fact of the ledger.');
  });
  return findings;
}

/** Longest first, so that a number inside a longer fact is not taken for another. */
function allowedTexts(book: FactBook): readonly string[] {
  const texts = [...book.values()].flatMap((fact) => [
    fact.id,
    fact.text,
    entriesText(fact),
    fact.how,
  ]);
  return [...new Set(texts.map(escapeMarkdown))]
    .filter((text) => /\p{N}/u.test(text))
    .sort((a, b) => b.length - a.length);
}

function sourceLines(book: FactBook): ReadonlySet<string> {
  const sources = [...book.values()].filter(({ id }) => id.startsWith('source.'));
  return new Set(sources.flatMap(({ text }) => stripControl(text).split('\n')));
}

/** Numerals of a line that no allowed text covers. */
function untraced(line: string, allowed: readonly string[]): readonly string[] {
  if (!/\p{N}/u.test(line)) return [];
  const isCovered = new Uint8Array(line.length);
  for (const text of allowed) {
    for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
      if (standsAlone(line, at, at + text.length)) isCovered.fill(1, at, at + text.length);
    }
  }
  return [...line.matchAll(NUMERAL)]
    .filter(({ 0: numeral, index }) =>
      isCovered.subarray(index, index + numeral.length).includes(0),
    )
    .map(([numeral]) => numeral);
}

/** True where the text is not part of a longer number or word. */
function standsAlone(line: string, from: number, to: number): boolean {
  const before = line.slice(0, from);
  const after = line.slice(to);
  return !/[\p{L}\p{N}−-]$|\p{N}[.,]$/u.test(before) && !/^[\p{L}\p{N}]|^[.,]\p{N}/u.test(after);
}
