import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Operator, readReply, schemaOf } from './forms.ts';

const parent = { 'src/a.ts': 'one\ntwo\none more\n', 'b.txt': 'b\n' };
const thoughts = { hypothesis: 'h', mechanism: 'm', expected: null, cites: [] };
const reply = (change: object, more: object = {}): string =>
  JSON.stringify({ ...thoughts, ...change, ...more });
const edit = (file: string, search: string, replace: string) => ({
  edits: [{ file, search, replace }],
});

test.each<readonly [string, Operator, string, object]>([
  ['an edit', 'edit', reply(edit('src/a.ts', 'two', '2')), { 'src/a.ts': 'one\n2\none more\n' }],
  [
    'edits that build on each other',
    'crossover',
    reply({
      edits: [
        { file: 'b.txt', search: 'b', replace: 'c' },
        { file: 'b.txt', search: 'c', replace: '$& d' },
      ],
    }),
    { 'b.txt': '$& d\n' },
  ],
  ['a rewrite', 'rewrite', reply({ files: [{ file: 'b.txt', text: 'c\n' }] }), { 'b.txt': 'c\n' }],
  [
    'a diff',
    'diff',
    reply({ patch: '--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-b\n+c\n' }),
    { 'b.txt': 'c\n' },
  ],
  [
    'one fence around all of it',
    'edit',
    `\`\`\`json\n${reply(edit('b.txt', 'b', 'c'))}\n\`\`\`\n`,
    { 'b.txt': 'c\n' },
  ],
])('%s is read', (_, operator, text, changed) => {
  expect(readReply(operator, text, parent)).toEqual({
    thought: thoughts,
    made: { files: { ...parent, ...changed } },
  });
});

const why = (operator: Operator, text: string): string => {
  const read = readReply(operator, text, parent);
  if ('why' in read) return read.why;
  return 'why' in read.made ? read.made.why : 'nothing is wrong';
};

test.each<readonly [string, Operator, string, RegExp]>([
  ['nothing', 'edit', ' ', /is empty/],
  ['prose', 'edit', 'Sure! I would average more.', /no JSON object; it begins with "Sure!/],
  ['prose before it', 'edit', `Here it is:\n${reply(edit('b.txt', 'b', 'c'))}`, /no JSON object/],
  [
    'prose behind it',
    'edit',
    `${reply(edit('b.txt', 'b', 'c'))}\nI hope that helps.`,
    /cut, or behind it/,
  ],
  ['half of it', 'edit', reply(edit('b.txt', 'b', 'c')).slice(0, 40), /cut, or behind it/],
  ['two of them', 'edit', reply(edit('b.txt', 'b', 'c')).repeat(2), /cut, or behind it/],
  ['another operator’s form', 'rewrite', reply(edit('b.txt', 'b', 'c')), /form asked for/],
  ['no thoughts', 'edit', JSON.stringify(edit('b.txt', 'b', 'c')), /form asked for \(hypothesis/],
  ['a key too many', 'edit', reply(edit('b.txt', 'b', 'c'), { score: 0 }), /form asked for/],
  [
    'a number that is none',
    'edit',
    reply(edit('b.txt', 'b', 'c')).replace('null', '1e999'),
    /form asked for \(expected/,
  ],
  [
    'text that occurs twice',
    'edit',
    reply(edit('src/a.ts', 'one', '1')),
    /occurs 2 times in "src\/a\.ts"/,
  ],
  [
    'text that does not occur',
    'edit',
    reply(edit('src/a.ts', 'three', '3')),
    /edit 1 searches for does not occur/,
  ],
  ['an empty search', 'edit', reply(edit('src/a.ts', '', '3')), /searches for nothing/],
  [
    'a file of somebody else',
    'edit',
    reply(edit('../c.ts', 'one', '1')),
    /"\.\.\/c\.ts", which is not among/,
  ],
  [
    'a prototype',
    'rewrite',
    reply({ files: [{ file: '__proto__', text: 'x' }] }),
    /"__proto__", which is not among/,
  ],
  ['no file', 'rewrite', reply({ files: [] }), /names no file/],
  ['a patch that is prose', 'diff', reply({ patch: 'change b to c' }), /no part of a unified diff/],
])('planted: %s is no candidate', (_, operator, text, says) => {
  expect(why(operator, text)).toMatch(says);
});

test('no reply whatever crashes it, and none makes or loses a file', () => {
  const operators = fc.constantFrom<Operator>('edit', 'diff', 'rewrite', 'crossover');
  const shaped = fc
    .record({
      ...Object.fromEntries(
        Object.entries(thoughts).map(([key, value]) => [key, fc.constant(value)]),
      ),
      edits: fc.array(
        fc.record({
          file: fc.constantFrom('b.txt', 'x', '__proto__'),
          search: fc.string(),
          replace: fc.string(),
        }),
      ),
    })
    .map((value) => JSON.stringify(value));
  const texts = fc.oneof(fc.string(), fc.json(), shaped);
  fc.assert(
    fc.property(operators, texts, (operator, text) => {
      const read = readReply(operator, text, parent);
      if ('why' in read || 'why' in read.made) return;
      expect(Object.keys(read.made.files).sort()).toEqual(Object.keys(parent).sort());
    }),
  );
});

test.each<Operator>(['edit', 'diff', 'rewrite', 'crossover'])(
  'the schema of %s is one that strict structured output takes: all keys required, none besides',
  (operator) => {
    const strict = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      if ('properties' in schema) {
        expect(schema).toMatchObject({
          additionalProperties: false,
          required: Object.keys(schema.properties as object),
        });
      }
      Object.values(schema).forEach(strict);
    };
    strict(schemaOf(operator));
  },
);

test('planted: an answer of blank lines in half a fence is none, at once', () => {
  const began = performance.now();
  expect(readReply('edit', `\`\`\`\n${'\n'.repeat(200_000)}`, {})).toHaveProperty('why');
  expect(performance.now() - began).toBeLessThan(2_000);
});
