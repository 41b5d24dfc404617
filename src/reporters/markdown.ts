/** The report for a pull request or a terminal: the eleven questions within two screens. */
import { codeBlock, escapeMarkdown } from './document/escape-markdown.ts';
import type { ReportFacts } from './facts.ts';
import { lineDiff } from './page/line-diff.ts';
import { answersOf } from './report/answers.ts';
import { entriesText, type Fact } from './report/fact.ts';
import type { Answer, Detail, Phrase } from './report/phrase.ts';
import { warningPhrases } from './report/warnings.ts';
import { statusPhrase, verdictPhrases } from './verdict.ts';

export function markdownReport(facts: ReportFacts): string {
  const [headline = [], control = [], , unchecked = []] = verdictPhrases(facts);
  const answers = answersOf(facts);
  const shown = [
    `# ${md(headline)}`,
    md(statusPhrase(facts)),
    ...warningPhrases(facts.book).map((phrase) => `> **Warning:** ${md(phrase)}`),
    `${md(control)} ${md(unchecked)}`,
    answers.map(answerMd).join('\n'),
    ...answers.flatMap(detailsMd),
  ].join('\n\n');
  return `${shown}\n\n${sourcesMd(facts)}\n`;
}

function md(phrase: Phrase): string {
  return phrase
    .map((part) => (typeof part === 'string' ? part : escapeMarkdown(part.text)))
    .join('');
}

function answerMd({ question, lead, rows }: Answer, i: number): string {
  const number = `${i + 1}. `;
  const indent = ' '.repeat(number.length);
  const list = rows.map(({ label, phrase }) => `\n${indent}- ${label}: ${md(phrase)}`).join('');
  return `${number}**${question}** ${md(lead)}${list}`;
}

function detailsMd({ more }: Answer): string[] {
  if (!more) return [];
  return [`<details><summary>${more.title}</summary>`, ...more.details.map(detailMd), '</details>'];
}

function detailMd(detail: Detail): string {
  switch (detail.kind) {
    case 'text':
      return md(detail.phrase);
    case 'table':
      return detail.rows.length === 0
        ? 'None.'
        : table(
            detail.head,
            detail.rows.map((row) => row.map(md)),
          );
    case 'change':
      return changeMd(detail.before, detail.after);
    case 'patch':
      return detail.files
        .map(({ patch }) => codeBlock(patch.text.replace(/\n$/, ''), 'diff'))
        .join('\n\n');
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function changeMd(before: Fact, after: Fact | undefined): string {
  return after
    ? codeBlock(unified(before.text, after.text).join('\n'), 'diff')
    : codeBlock(before.text.trimEnd(), '');
}

/** Both texts in one: removed lines before the added ones that stand in their place. */
function unified(before: string, after: string): readonly string[] {
  const lines = lineDiff(before.trimEnd(), after.trimEnd());
  const marked: string[] = [];
  let at = 0;
  const takeAdded = (): void => {
    for (; lines.after[at]?.isChanged; at++) marked.push(`+${lines.after[at]?.text}`);
  };
  for (const { text, isChanged } of lines.before) {
    if (isChanged) {
      marked.push(`-${text}`);
      continue;
    }
    takeAdded();
    marked.push(` ${text}`);
    at += 1;
  }
  takeAdded();
  return marked;
}

/** Sources are long and stand in their own place. */
function sourcesMd({ book }: ReportFacts): string {
  const rows = [...book.values()]
    .filter(({ id }) => !id.startsWith('source.'))
    .map((fact) => [fact.id, fact.text, entriesText(fact), fact.how].map(escapeMarkdown));
  return [
    '<details><summary>Every number, its entries and how it was derived</summary>',
    table(['fact', 'value', 'from', 'how'], rows),
    '</details>',
  ].join('\n\n');
}
