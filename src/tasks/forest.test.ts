import { expect, test } from 'vitest';
import { encodeForest } from '../lang/codec.ts';
import { apply, constant, variable } from '../lang/forest.ts';
import { evaluateScalar } from '../lang/interpret.ts';
import { forestTask } from './forest.ts';

const vocabulary = {
  slots: [{ name: 'priority', inputs: ['item', 'space'], result: 'real' }],
} as const;
const kind = forestTask({ vocabulary, path: 'priority.ts' });
const forest = {
  slots: {
    priority: apply('/', [
      apply('neg', [variable('space')]),
      apply('+', [variable('item'), constant(1)]),
    ]),
  },
};
const text = encodeForest(forest);
const sourceOf = (of: string): string => kind.toFiles(of)['priority.ts'] ?? '';

test('source and canonical text translate into each other', () => {
  const source = sourceOf(text);
  expect(source).toContain('export function priority(item: number, space: number): number {');
  expect(kind.fromFiles({ 'priority.ts': source })).toBe(text);
  expect(kind.fromFiles({ 'priority.ts': `// by hand\n${source.replaceAll('\n', '\n\n')}` })).toBe(
    text,
  );
  expect(kind.size(text)).toBe(6);
});

test('the compiled file runs without types and means the same', async () => {
  const files = kind.materialise(text);
  expect(Object.keys(files)).toEqual(['priority.ts', 'priority.mjs']);
  const compiled = files['priority.mjs'] ?? '';
  expect(compiled).not.toContain(': number');
  const module = await import(`data:text/javascript,${encodeURIComponent(compiled)}`);
  for (const inputs of [
    { item: 3, space: 7 },
    { item: -1, space: 7 },
  ]) {
    expect(module.priority(inputs.item, inputs.space)).toBe(
      evaluateScalar(forest, 'priority', inputs),
    );
  }
});

test('what is not of the language is refused with a code', () => {
  expect(() =>
    kind.fromFiles({ 'priority.ts': 'export function priority() { return process.exit(); }' }),
  ).toThrow(expect.objectContaining({ code: 'SOURCE_UNSUPPORTED' }));
  expect(() => kind.materialise('{}')).toThrow(expect.objectContaining({ code: 'FOREST_INVALID' }));
  expect(() => forestTask({ vocabulary, path: 'priority.js' })).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID' }),
  );
});
