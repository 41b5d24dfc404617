import { describe, expect, it } from 'vitest';
import { SAMPLES, sampleFacts } from '../testing/sample-report.ts';
import { codeBlock, escapeMarkdown } from './document/escape-markdown.ts';
import { htmlReport } from './html.ts';
import { markdownReport } from './markdown.ts';

/** Lines of a screen, as a browser or a terminal shows them. */
const SCREEN_LINES = 45;
const COLUMNS = 110;

/** Up to the first thing that is folded away. */
function visible(markdown: string): readonly string[] {
  return markdown.slice(0, markdown.indexOf('<details>')).split('\n');
}

describe('report.md', () => {
  it('reads as it should', async () => {
    expect(markdownReport(await sampleFacts())).toMatchSnapshot();
  });

  it.each(Object.entries(SAMPLES))(
    'answers the eleven questions in order: %s',
    async (_, options) => {
      const numbers = visible(markdownReport(await sampleFacts(options))).flatMap(
        (line) => /^(\d+)\. \*\*[^*]+\?\*\* ./.exec(line)?.[1] ?? [],
      );
      expect(numbers.map(Number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    },
  );

  it('does so within two screens', async () => {
    const lines = visible(markdownReport(await sampleFacts()));
    const wrapped = lines.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(line.length / COLUMNS)),
      0,
    );
    expect(wrapped).toBeLessThanOrEqual(2 * SCREEN_LINES);
  });

  it('says what the HTML says', async () => {
    const facts = await sampleFacts();
    const [answers = ''] = htmlReport(facts).split('<footer>').slice(0, 1);
    const shown = new Set([...answers.matchAll(/data-fact="([^"]+)"/g)].map(([, id = '']) => id));
    const text = markdownReport(facts).split('<details><summary>Every number')[0] ?? '';
    expect(shown.size).toBeGreaterThan(100);
    for (const id of shown) {
      if (id.startsWith('source.') || id === 'study.unit') continue;
      expect(text, id).toContain(escapeMarkdown(facts.book.get(id)?.text ?? '?'));
    }
  });

  it('shows the change as a diff of both sources', async () => {
    const diff = /```diff\n([\s\S]*?)\n```/.exec(markdownReport(await sampleFacts()))?.[1] ?? '';
    expect(diff).toContain('-  return -rest;');
    expect(diff).toContain('+  return -rest + 231 * Math.exp(-rest);');
    expect(diff).toContain('   const rest = space - item;');
  });

  it('shows the origin alone where nothing was promoted', async () => {
    const markdown = markdownReport(await sampleFacts({ hasGains: false }));
    expect(markdown).not.toContain('```diff');
    expect(markdown).toContain('  return -rest;');
  });
});

describe('hostile text', () => {
  it('opens no markup outside of code', async () => {
    const markdown = markdownReport(await sampleFacts(SAMPLES['hostile']));
    const prose = markdown
      .replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '')
      .replace(/(`+) [^\n]*? \1(?!`)/g, '');
    expect(prose).not.toMatch(/(?<!\\)<(?!\/?(?:details|summary)>)/);
    expect(prose).not.toMatch(/(?<!\\)[`_]|\]\(/);
    expect(markdown).not.toMatch(/[\u001b\u202e\u009b]/);
  });

  it('cannot leave its code span', () => {
    const text = 'a `` b ` @me | https://evil.example <img>';
    const span = escapeMarkdown(text);
    expect(span).toBe('``` a `` b ` @me \\| https://evil.example <img> ```');
  });

  it.each([
    ['<script>x</script>', '\\<script\\>x\\</script\\>'],
    ['[click](javascript:x)', '\\[click\\](javascript:x)'],
    ['[1, 2](x)', '\\[1, 2\\](x)'],
    ['*a* _b_ ~c~ $d$ `e`', '\\*a\\* \\_b\\_ \\~c\\~ \\$d\\$ \\`e\\`'],
    ['a | b', 'a \\| b'],
    ['&lt;img&gt;', '\\&lt;img\\&gt;'],
    ['two\n\n# lines', 'two # lines'],
    ['back\\slash', 'back\\\\slash'],
  ])('%j is escaped', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('leaves intervals readable', () => {
    expect(escapeMarkdown('0.84 percent [−1.02, 6.6e7]')).toBe('0.84 percent [−1.02, 6.6e7]');
  });

  it('cannot close its code block', () => {
    const block = codeBlock('x\n```\n<script>\n````', 'ts');
    expect(block.split('\n')[0]).toBe('`````ts');
    expect(block.endsWith('\n`````')).toBe(true);
  });
});
