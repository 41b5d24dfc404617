import { expect, test } from 'vitest';
import { decodeProgram, editableSpans, encodeProgram, refusedChange } from './program.ts';

const spansOf = (text: string): string[] =>
  editableSpans(text).map(({ start, end }) => text.slice(start, end));

test('a program has one text, in whatever order its files were named', () => {
  const text = encodeProgram({ files: { 'b.py': '1', 'a b/[id].ts': '2' } });
  expect(text).toBe('{"files":{"a b/[id].ts":"2","b.py":"1"}}');
  expect(encodeProgram(decodeProgram(text))).toBe(text);
  const odd = { files: JSON.parse('{"__proto__":"x"}') };
  expect(decodeProgram(encodeProgram(odd))).toEqual(odd);
});

test.each([
  ['{', 'not JSON'],
  ['null', 'no record of files'],
  ['{"files":[]}', 'no record of files'],
  ['{"files":{"a":1}}', '"a" of the program is not text'],
  ['{"files":{"a":"\\u0000"}}', 'not text'],
  ['{"files":{"a":"\\ud800"}}', 'not text'],
  ['{"files":{"../a":""}}', 'under the path "../a"'],
  ['{"files":{"/a":""}}', 'under the path "/a"'],
  ['{"files":{"a/./b":""}}', 'under the path'],
  ['{"files":{"a\\u001b[2J":""}}', 'under the path'],
  ['{"files":{"b":"","a":""}}', 'not in canonical form'],
  ['{"files":{"a":""},"more":1}', 'not in canonical form'],
])('%s is refused', (text, why) => {
  expect(() => decodeProgram(text)).toThrow(
    expect.objectContaining({ code: 'PROGRAM_INVALID', message: expect.stringContaining(why) }),
  );
});

test('markers stand in the comments of any language, with any line ends', () => {
  for (const [start, end] of [
    ['// EVOLVE-BLOCK-START', '// EVOLVE-BLOCK-END'],
    ['  # EVOLVE-BLOCK-START: the heuristic', '  # EVOLVE-BLOCK-END'],
    ['/* EVOLVE-BLOCK-START */', '/* EVOLVE-BLOCK-END */'],
    ['<!-- EVOLVE-BLOCK-START -->', '<!-- EVOLVE-BLOCK-END -->'],
    ['-- EVOLVE-BLOCK-START', '-- EVOLVE-BLOCK-END'],
    ['REM EVOLVE-BLOCK-START', 'REM EVOLVE-BLOCK-END'],
    ['(* EVOLVE-BLOCK-START *)', '(* EVOLVE-BLOCK-END *)'],
  ]) {
    for (const eol of ['\n', '\r\n', '\r']) {
      const text = ['before', start, 'one', 'two', end, 'after'].join(eol);
      expect(spansOf(text)).toEqual([`one${eol}two${eol}`]);
    }
  }
  expect(spansOf('all of it\r\n')).toEqual(['all of it\r\n']);
  expect(spansOf('')).toEqual(['']);
  expect(spansOf('#EVOLVE-BLOCK-START\n#EVOLVE-BLOCK-END')).toEqual(['']);
});

test.each([
  ['# EVOLVE-BLOCK-START\n', 'Line 1 starts a block that none ends'],
  ['\n# EVOLVE-BLOCK-END\n', 'Line 2 ends a block that none starts'],
  [
    '# EVOLVE-BLOCK-START\n# EVOLVE-BLOCK-START\n',
    'Line 2 starts a block inside the one of line 1',
  ],
  ['x = 1 # EVOLVE-BLOCK-START\n', 'Line 1 has code before its EVOLVE-BLOCK marker'],
  ['log("EVOLVE-BLOCK-END")\n', 'Line 1 has code before'],
])('%j is refused with its lines', (text, why) => {
  expect(() => editableSpans(text)).toThrow(why);
});

const ORIGINAL = {
  files: { a: 'keep\r\n# EVOLVE-BLOCK-START\r\nx\r\n# EVOLVE-BLOCK-END\r\n', b: 'free' },
};
const change = (a: string, b = 'free') => refusedChange(ORIGINAL, { files: { a, b } });

test('inside the spans anything goes', () => {
  expect(change(ORIGINAL.files.a.replace('x\r\n', 'y\nz\n'), 'other')).toBeUndefined();
  expect(change(ORIGINAL.files.a.replace('x\r\n', ''))).toBeUndefined();
});

test('outside the spans every byte stays', () => {
  const { a } = ORIGINAL.files;
  for (const [changed, why] of [
    [a.replace('keep\r\n', 'keep\n'), 'outside the editable blocks'],
    [a.replace('keep', 'drop'), 'outside the editable blocks'],
    [`${a}\n`, 'outside the editable blocks'],
    [a.replace('# EVOLVE-BLOCK-START', '// EVOLVE-BLOCK-START'), 'outside the editable blocks'],
    [a.replace('x\r\n', 'x\r\n# EVOLVE-BLOCK-END\r\n# EVOLVE-BLOCK-START\r\n'), 'outside'],
    [a.replace('x\r\n', 'x'), 'Line 3 has code before'],
    ['free', 'outside the editable blocks'],
  ] as const) {
    expect(change(changed), changed).toContain(why);
  }
  expect(change(a, 'x\n# EVOLVE-BLOCK-START\n# EVOLVE-BLOCK-END\n')).toContain('outside');
});

test('the files stay the same ones', () => {
  const { a, b } = ORIGINAL.files;
  expect(refusedChange(ORIGINAL, { files: { a } })).toContain('lacks "b"');
  expect(refusedChange(ORIGINAL, { files: { a, b, c: '' } })).toContain('holds "c"');
});
