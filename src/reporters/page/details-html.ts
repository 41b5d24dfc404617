/** What stands behind an answer: tables, and the change itself. */
import type { Fact } from '../report/fact.ts';
import type { Detail } from '../report/phrase.ts';
import { escapeHtml } from './escape-html.ts';
import { type DiffLine, lineDiff } from './line-diff.ts';
import { factAttributes, phraseHtml } from './phrase-html.ts';

export function detailHtml(detail: Detail): string {
  switch (detail.kind) {
    case 'text':
      return `<p>${phraseHtml(detail.phrase)}</p>`;
    case 'table':
      return tableHtml(detail);
    case 'change':
      return changeHtml(detail.before, detail.after);
  }
}

function tableHtml({ head, rows }: Extract<Detail, { kind: 'table' }>): string {
  if (rows.length === 0) return '<p>None.</p>';
  const heading = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const body = rows.map(
    (row) => `<tr>${row.map((cell) => `<td>${phraseHtml(cell)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${heading}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function changeHtml(before: Fact, after: Fact | undefined): string {
  const lines = lineDiff(before.text, after?.text ?? before.text);
  const left = sourceHtml(before, 'Origin', { lines: lines.before, mark: 'removed' });
  if (!after) return left;
  const right = sourceHtml(after, 'Incumbent', { lines: lines.after, mark: 'added' });
  return `<div class="change">${left}${right}</div>`;
}

interface Marked {
  readonly lines: readonly DiffLine[];
  readonly mark: 'removed' | 'added';
}

/** One element whose text is exactly the source; marks are style, so copying gives the source. */
function sourceHtml(fact: Fact, title: string, { lines, mark }: Marked): string {
  const body = lines
    .map(({ text, isChanged }, i) => {
      const end = i < lines.length - 1 ? '\n' : '';
      return `<span class="line${isChanged ? ` ${mark}` : ''}">${escapeHtml(text)}${end}</span>`;
    })
    .join('');
  return `<div><b>${title}</b><pre tabindex="0" ${factAttributes(fact)}>${body}</pre></div>`;
}
