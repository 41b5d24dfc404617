import { expect, test } from 'vitest';
import { ideaText, predictionFrom, readIdea } from './idea.ts';
import { parseEffect } from './prediction.ts';

const METRIC = { name: 'p50', goal: 'min', unit: 'ms' } as const;

test.each<[string, object]>([
  ['0.4', { expected: 0.4 }],
  ['+.5', { expected: 0.5 }],
  ['-2e-3 ms', { expected: -0.002 }],
  ['−1', { expected: -1 }],
  ['0.4 [0.1, 0.7]', { expected: 0.4, expectedInterval: [0.1, 0.7] }],
  ['0.4 ms [-0.1,0.7]', { expected: 0.4, expectedInterval: [-0.1, 0.7] }],
  [' 0.4[0.1, 0.7]ms ', { expected: 0.4, expectedInterval: [0.1, 0.7] }],
])('read: %s', (text, said) => {
  expect(parseEffect(text, METRIC)).toEqual(said);
});

test.each<[string, RegExp]>([
  ['', /no predicted effect/],
  ['much', /no predicted effect/],
  ['1,5', /no predicted effect/],
  ['1 [2]', /no predicted effect/],
  ['0.4 percent', /counted in ms, not in "percent"/],
  ['1 [2, 3]', /outside its own interval/],
  ['1 [3, 0]', /outside its own interval/],
  ['1e999', /too large/],
])('refused: %s', (text, why) => {
  expect(() => parseEffect(text, METRIC)).toThrow(why);
});

test('an idea is read as it was laid out, and what was written over several lines is one', () => {
  const idea = { hypothesis: 'a: b', predicted: '0.4 [0.1, 0.7]' };
  const read = readIdea(ideaText(idea, METRIC));
  expect(read).toEqual(idea);
  expect(predictionFrom(read ?? {}, METRIC)).toEqual({
    hypothesis: 'a: b',
    expected: 0.4,
    expectedInterval: [0.1, 0.7],
  });
  expect(readIdea('hypothesis: one\r\n\r\ntwo\r\n# no\r\n')).toEqual({ hypothesis: 'one\n\ntwo' });
  expect(readIdea(ideaText({}, METRIC))).toEqual({});
  expect(readIdea('# only this\n \n')).toBeUndefined();
});
