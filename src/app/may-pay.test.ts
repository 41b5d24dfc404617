import { expect, test } from 'vitest';
import type { Config } from './config-schema.ts';
import { refuseUnpriced } from './may-pay.ts';

const asking = (...models: readonly object[]) =>
  ({ proposers: [{ use: 'llm', models }] }) as unknown as Pick<Config, 'proposers'>;

test('planted: a limit in dollars of a study whose prices nobody said is refused', () => {
  expect(() => refuseUnpriced(asking({ model: 'openai/gpt-5' }))).not.toThrow();
  expect(() =>
    refuseUnpriced(asking({ model: 'openai-compatible/m', price: { input: 0, output: 0 } })),
  ).not.toThrow();
  expect(() =>
    refuseUnpriced(asking({ model: 'openai/gpt-5' }, { model: 'openai-compatible/m' })),
  ).toThrow(/without a price of openai-compatible\/m/);
});

test('planted: and of one whose agent may ask any model', () => {
  const agent = (endpoint: unknown) =>
    ({ proposers: [{ use: 'agent', endpoint }] }) as unknown as Pick<Config, 'proposers'>;
  for (const free of ['none', { provider: 'ollama' }, { provider: 'openai', price: {} }]) {
    expect(() => refuseUnpriced(agent(free))).not.toThrow();
  }
  expect(() => refuseUnpriced(agent({ provider: 'openai' }))).toThrow(/without a price of openai/);
});
