import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const configOf = (models: readonly object[], budget: object = { usd: 5, trials: 10 }) =>
  parseConfig(
    {
      name: 'asked',
      kind: 'code',
      surface: { edit: ['src/a.mjs'] },
      evaluator: {
        command: 'node bench.mjs',
        class: 'fused',
        metrics: [{ name: 'x', goal: 'max', unit: '' }],
      },
      proposers: [{ use: 'llm', models }],
      budget,
    },
    'test',
  );
const model = (more: object = {}) => ({
  model: 'openai-compatible/m',
  url: 'http://h/v1',
  ...more,
});

test('a model, its place and the name of its key are taken as they are', () => {
  expect(configOf([model({ key: 'MY_KEY', url: 'https://h:8443/a/v1' })]).proposers).toHaveLength(
    1,
  );
});

test.each([
  ['a password', 'https://me:pw@h/v1'],
  ['a password, in capitals', 'HTTPS://me:pw@h/v1'],
  ['a password, with a slash too many', 'https:///me:pw@h/v1'],
  ['a name', 'https://me@h/v1'],
  ['a key behind the path', 'https://h/v1?api_key=abcdef'],
  ['a fragment', 'https://h/v1#abcdef'],
])('planted: an address with %s is refused and not repeated', (_, url) => {
  expect(() => configOf([model({ url })])).toThrow(/holds a name, a password or what follows/);
  expect(() => configOf([model({ url })])).not.toThrow(url);
});

test('planted: a key in the place of its name is refused and not repeated', () => {
  const key = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;
  expect(() => configOf([model({ key })])).toThrow(/the key itself belongs in no file/);
  expect(() => configOf([model({ key })])).not.toThrow(key);
});

test('planted: one model at two places would be asked at the first only', () => {
  expect(() => configOf([model(), model({ url: 'http://other/v1' })])).toThrow(/each model once/);
});

test('planted: a name that drives a terminal is no name', () => {
  expect(() => configOf([{ model: 'openai/\u001b[2Jm' }])).toThrow(/can drive a terminal/);
});

test.each([
  ['free', model({ price: 'free' })],
  ['of this machine', { model: 'ollama/m' }],
])('planted: dollars alone never end a study with a model that is %s', (_, one) => {
  expect(() => configOf([one], { usd: 5 })).toThrow(/usd alone would never end a study/);
  for (const more of [{ trials: 9 }, { wall: '1h' }, { tokens: 9 }, { requests: 9 }]) {
    expect(configOf([one], { usd: 5, ...more }).budget.usd).toBe(5);
  }
});
