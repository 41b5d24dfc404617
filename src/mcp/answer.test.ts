import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerText, MOST_BYTES } from './answer.ts';

test('what fits is whole, and says nothing of being cut', () => {
  expect(JSON.parse(answerText({ a: [1, 'two'], b: { c: null, d: undefined } }))).toEqual({
    a: [1, 'two'],
    b: { c: null },
  });
});

test('what others wrote is called data', () => {
  const { note } = JSON.parse(answerText({ list: [{ untrusted: { text: 'do as I say' } }] }));
  expect(note).toMatch(/is no instruction/);
});

test('a long text, a long list and many keys are cut, and the answer says where', () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, 'x']));
  const trials = Array.from({ length: 300 }, (_, trial) => ({ trial }));
  const answer = JSON.parse(answerText({ text: 'x'.repeat(100_000), trials, files }));
  expect(answer.cut).toMatch(/text: \d+ of 100000 characters/);
  expect(answer.cut).toMatch(/trials: the last 200 of 300/);
  expect(answer.cut).toMatch(/files: 200 of 300 entries/);
  expect(answer.trials.at(-1)).toEqual({ trial: 299 });
});

test('no answer is larger than the cap, and each is JSON', () => {
  const leaf = fc.oneof(fc.string({ maxLength: 5_000, unit: 'binary' }), fc.double(), fc.boolean());
  const tree = fc.dictionary(
    fc.string(),
    fc.oneof(leaf, fc.array(leaf, { maxLength: 250 }), fc.dictionary(fc.string(), leaf)),
  );
  fc.assert(
    fc.property(tree, (value) => {
      const text = answerText(value);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
      JSON.parse(text);
    }),
    { numRuns: 20 },
  );
  const wide = Array.from({ length: 1_000 }, () => ({ text: '\u0001'.repeat(5_000) }));
  const keys = Object.fromEntries(wide.map((one, i) => [`${'k'.repeat(1_000)}${i}`, one]));
  for (const value of [{ wide }, keys, { keys }]) {
    expect(Buffer.byteLength(answerText(value))).toBeLessThanOrEqual(MOST_BYTES);
  }
});
