/** What stands behind an answer: tables, and the change itself. */
import type { Fact } from '../report/fact.ts';
import type { Detail, PatchedFile } from '../report/phrase.ts';
import { escapeHtml } from './escape-html.ts';
import { type DiffLine, lineDiff } from './line-diff.ts';
import { factAttributes, factHtml, phraseHtml } from './phrase-html.ts';

export function detailHtml(detail: Detail): string {
  switch (detail.kind) {
    case 'text':
      return `<p>${phraseHtml(detail.phrase)}</p>`;
    case 'table':
      return tableHtml(detail);
    case 'change':
      return changeHtml(detail.before, detail.after);
    case 'patch':
      return detail.files.map(patchHtml).join('');
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

/** One element whose text is exactly the patch, so copying gives what `git apply` takes. */
function patchHtml({ path, patch }: PatchedFile): string {
  const lines = patch.text.replace(/\n$/, '').split('\n');
  const body = lines.map((text, i) => {
    const kind = i < HEADER_LINES ? 'head' : (MARKS.get(text[0] ?? '') ?? 'same');
    return `<span class="line ${kind}">${escapeHtml(text)}\n</span>`;
  });
  return `<div>${factHtml(path, 'b')}<pre class="patch" tabindex="0" ${factAttributes(patch)}>${body.join('')}</pre></div>`;
}

/** `---` and `+++` name the file; only below them a sign means a line. */
const HEADER_LINES = 2;

const MARKS: ReadonlyMap<string, string> = new Map([
  ['+', 'added'],
  ['-', 'removed'],
  ['@', 'hunk'],
]);
