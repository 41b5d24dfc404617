import { expect, test } from 'vitest';
import { encodeForest } from '../lang/codec.ts';
import { apply, constant, variable } from '../lang/forest.ts';
import { languageOf } from '../source/language-of.ts';
import { forestTask } from '../tasks/forest.ts';
import { sourceTask } from '../tasks/source.ts';
import { writtenReader } from './read-written.ts';

const vocabulary = {
  slots: [{ name: 'priority', inputs: ['item'], result: 'real' }],
} as const;
const forests = writtenReader({
  kind: forestTask({ vocabulary, path: 'priority.ts' }),
  languages: new Map(),
  closed: { vocabulary, situations: undefined },
});
const forest = { slots: { priority: apply('+', [variable('item'), constant(1)]) } };

test('a forest is read as proposers write it', () => {
  const text = encodeForest(forest);
  expect(forests(text)).toMatchObject({ key: expect.stringMatching(/^sha256:/), size: 3 });
  expect(forests(` ${text}`)).toEqual({ why: expect.stringMatching(/canonical form/) });
  expect(forests(text.replace('item', 'weight'))).toEqual({ why: expect.stringMatching(/weight/) });
  expect(forests('priority = item')).toEqual({ why: expect.any(String) });
});

const files = (text: string): string => JSON.stringify({ files: { 'a.ts': text } });
const ORIGIN = '// EVOLVE-BLOCK-START\nlet a = 1;\n// EVOLVE-BLOCK-END\nlet b = 2;\n';
const sources = writtenReader({
  kind: sourceTask({ origin: { 'a.ts': ORIGIN }, languageOf }),
  languages: new Map(),
});

test('source files are read with their blocks and in their language', () => {
  expect(sources(files(ORIGIN.replace('= 1', '= 3')))).toMatchObject({ size: expect.any(Number) });
  const [one, two] = ['= 3', '= /* three */ 3'].map((by) =>
    sources(files(ORIGIN.replace('= 1', by))),
  );
  expect(one).toEqual(two);
  expect(sources(files(ORIGIN.replace('= 2', '= 3')))).toEqual({
    why: expect.stringMatching(/outside the editable blocks/),
  });
  expect(sources(files(ORIGIN.replace('= 1', '= (')))).toEqual({
    why: expect.stringMatching(/not of its language/),
  });
  expect(sources('{}')).toEqual({ why: expect.stringMatching(/no program/) });
});
