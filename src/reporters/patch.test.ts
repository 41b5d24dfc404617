/** "What exactly changed" of source files: a patch and what it newly reaches for, traced like any number. */
import { describe, expect, it } from 'vitest';
import type { FileDiff } from '../source/unified-diff.ts';
import { programDiff } from '../source/unified-diff.ts';
import { sampleLedger } from '../testing/sample-ledger.ts';
import { pagesOf, SAMPLES } from '../testing/sample-report.ts';
import { auditReport } from './audit.ts';
import { collectFacts, type ReportFacts } from './facts.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';

/** The sample's candidates as two files, one of them with Windows line ends. */
const filesOf = (text: string) => ({
  files: { 'a/7.ts': text, 'b<i>.py': `${text.replaceAll('\n', '\r\n')}\r\n` },
});
const change = (from: string, to: string): { files: readonly FileDiff[]; scope: string[] } => ({
  files: programDiff(filesOf(from), filesOf(to)),
  scope: ['imports added in a/7.ts: node:fs', 'privileges added in a/7.ts: files'],
});

function factsOf(ledger: ReturnType<typeof sampleLedger>): Promise<ReportFacts> {
  return collectFacts(pagesOf(ledger), { id: 'sample-1', toSource: (text) => text, change });
}

const ledger = sampleLedger();
const facts = await factsOf(ledger);
const written = { html: htmlReport(facts), markdown: markdownReport(facts) };
const { unified } = facts.given.change?.(
  facts.book.get('source.before')?.text ?? '',
  facts.book.get('source.after')?.text ?? '',
).files[0] ?? { unified: '' };

describe('a promoted change', () => {
  it('is a patch in the HTML, whose text can be copied as it is', () => {
    const pre = /<pre class="patch"[^>]*>(.*?)<\/pre>/s.exec(written.html)?.[1] ?? '';
    const text = pre
      .replace(/<[^>]*>/g, '')
      .replaceAll('&gt;', '>')
      .replaceAll('&lt;', '<');
    expect(unified).toContain('@@');
    expect(text.replaceAll('&amp;', '&')).toBe(unified);
    expect(written.html).toContain('>b&lt;i&gt;.py</b>');
    expect(written.html).toContain('imports added in a/7.ts: node:fs');
  });

  it('is a patch in the Markdown and named by its facts in the JSON', () => {
    expect(written.markdown).toContain(`\`\`\`diff\n${unified}\`\`\``);
    expect(written.markdown).toContain('privileges added in a/7.ts: files');
    expect(JSON.stringify(jsonReport(facts))).toContain(
      '{"path":"change.path.0","patch":"source.patch.0"}',
    );
    expect(facts.book.get('change.files')?.value).toBe(2);
    expect(facts.book.get('change.added')?.value).toBe(
      2 * unified.split('\n').filter((line) => /^\+(?!\+\+ b)/.test(line)).length,
    );
  });

  it.each([
    ['HTML', 'html', /(<span class="line added">\+[^<\d]*)(\d)/, '$19'],
    ['HTML path', 'html', '>a/7.ts</b>', '>a/8.ts</b>'],
    ['Markdown', 'markdown', /^(\+.*)231/m, '$1232'],
    ['Markdown scope', 'markdown', 'node:fs', 'nothing'],
  ] as const)('altered in the %s is found', async (_, name, from, to) => {
    const altered = written[name].replace(from, to);
    expect(altered).not.toBe(written[name]);
    const findings = await auditReport({ ...written, [name]: altered }, facts, pagesOf(ledger));
    expect(findings).not.toEqual([]);
  });
});

it.each(Object.entries(SAMPLES))('the audit has no finding: %s', async (_, options) => {
  const entries = sampleLedger(options);
  const found = await factsOf(entries);
  const documents = { html: htmlReport(found), markdown: markdownReport(found) };
  expect(await auditReport(documents, found, pagesOf(entries))).toEqual([]);
  expect(documents.html).not.toContain('<script');
});
