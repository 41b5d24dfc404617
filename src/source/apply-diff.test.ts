import { createTwoFilesPatch } from 'diff';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyDiff } from './apply-diff.ts';
import { programDiff } from './unified-diff.ts';

const files = { 'src/a.ts': 'one\ntwo\nthree\n', 'b.txt': 'b\n' };
const HEAD = '--- a/src/a.ts\n+++ b/src/a.ts\n';
const HUNK = '@@ -1,3 +1,3 @@\n one\n-two\n+zwei\n three\n';
const CHANGED = { ...files, 'src/a.ts': 'one\nzwei\nthree\n' };

test('what differs between two programs leads from one to the other', () => {
  const line = fc.constantFrom(
    'x',
    'y',
    '',
    '--- a/b.txt',
    '+++ c',
    '@@ -1 +1 @@',
    '\\ No newline',
  );
  const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const from = { files: { 'src/a.ts': before, 'b.txt': 'b' } };
      const to = { files: { ...from.files, 'src/a.ts': after } };
      const diff = programDiff(from, to).map(({ unified }) => unified);
      if (diff.length > 0) expect(applyDiff(from.files, diff.join(''))).toEqual(to);
    }),
  );
});

test.each([
  ['as git prints it', `diff --git a/src/a.ts b/src/a.ts\nindex 1a..2b 100644\n${HEAD}${HUNK}`],
  ['without the letters', `--- src/a.ts\n+++ src/a.ts\n${HUNK}`],
  ['with dates', `--- src/a.ts\t2026-11-27\n+++ src/a.ts\t2026-11-27\n${HUNK}`],
  ['with wrong line numbers', `${HEAD}${HUNK.replace('-1,3 +1,3', '-3,3 +3,3')}`],
  ['with an empty line behind', `${HEAD}${HUNK}\n`],
  [
    'by the library',
    createTwoFilesPatch('a/src/a.ts', 'b/src/a.ts', files['src/a.ts'], CHANGED['src/a.ts']),
  ],
])('a patch %s', (_, diff) => {
  expect(applyDiff(files, diff)).toEqual({ files: CHANGED });
});

test.each([
  ['prose before it', `Here it is:\n${HEAD}${HUNK}`, /"Here it is:"/],
  ['prose behind it', `${HEAD}${HUNK}Hope this helps`, /"Hope this helps"/],
  ['a fence behind it', `${HEAD}${HUNK}\`\`\`\n`, /"```"/],
  ['a line that is not there', `${HEAD}${HUNK.replace('two', '2')}`, /does not fit "src\/a\.ts"/],
  ['another context', `${HEAD}${HUNK.replace(' three', ' drei')}`, /does not fit/],
  [
    'a file that is not editable',
    `${HEAD}${HUNK}`.replaceAll('src/a.ts', 'c.ts'),
    /"a\/c\.ts".*make, rename or delete none/,
  ],
  ['a path outside', `${HEAD}${HUNK}`.replaceAll('src/a.ts', '../a.ts'), /"a\/\.\.\/a\.ts"/],
  ['a prototype', `${HEAD}${HUNK}`.replaceAll('src/a.ts', '__proto__'), /editable files/],
  ['a new file', '--- /dev/null\n+++ b/new.ts\n@@ -0,0 +1 @@\n+x\n', /"\/dev\/null"/],
  ['a deleted file', '--- a/b.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n', /"\/dev\/null"/],
  [
    'a rename',
    'diff --git a/b.txt b/c.txt\nrename from b.txt\nrename to c.txt\n',
    /"rename from b\.txt"/,
  ],
  ['a rename by names', '--- a/b.txt\n+++ b/src/a.ts\n@@ -1 +1 @@\n-b\n+c\n', /rename/],
  ['a mode', 'diff --git a/b.txt b/b.txt\nold mode 100644\nnew mode 100755\n', /"old mode 100644"/],
  ['no hunk', HEAD, /has no hunk/],
  ['a hunk that is cut', `${HEAD}@@ -1,3 +1,3 @@\n one\n-two\n`, /cut short|hold as many/],
  ['a hunk without numbers', `${HEAD}@@ here @@\n-two\n+zwei\n`, /"@@ here @@"/],
  ['control characters', `${HEAD}${HUNK}\u001b]0;x\u0007\n`, /"\ufffd\]0;x\ufffd"/],
  ['nothing at all', '', /no hunk|is of ""/],
])('planted: %s', (_, diff, says) => {
  const applied = applyDiff(files, diff);
  expect('why' in applied ? applied.why : applied).toMatch(says);
});

test('planted: a hunk far behind the end is refused at once', () => {
  const far = HUNK.replace('-1,3', '-900000000,3');
  expect(applyDiff(files, HEAD + far)).toMatchObject({
    why: expect.stringMatching(/does not fit/),
  });
}, 2000);

test('line ends stay what they are in the file', () => {
  const crlf = { 'src/a.ts': 'one\r\ntwo\r\nthree\r\n' };
  expect(applyDiff(crlf, HEAD + HUNK)).toEqual({
    files: { 'src/a.ts': 'one\r\nzwei\r\nthree\r\n' },
  });
});
