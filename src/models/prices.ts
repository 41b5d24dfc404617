/**
 * What providers charge, in US dollars per million tokens. The table is dated and of no authority: whoever pays
 * puts `price` beside the model. A model that is not in it has no price, and a limit in dollars is then refused.
 */
import type { Spend } from '../core/spend.ts';
import type { Usage } from './contract.ts';

export interface Price {
  readonly input: number;
  readonly output: number;
  /** Input read from the provider's cache. Absent: as input. */
  readonly cachedInput?: number | undefined;
}

export const FREE: Price = { input: 0, output: 0 };

/** From the providers' price pages as they stood then; prices change without notice. */
export const PRICES_AS_OF = '2025-11';

const PRICES: Readonly<Record<string, Price>> = {
  'anthropic/claude-opus-4-5': { input: 5, cachedInput: 0.5, output: 25 },
  'anthropic/claude-sonnet-4-5': { input: 3, cachedInput: 0.3, output: 15 },
  'anthropic/claude-haiku-4-5': { input: 1, cachedInput: 0.1, output: 5 },
  'openai/gpt-5': { input: 1.25, cachedInput: 0.125, output: 10 },
  'openai/gpt-5-mini': { input: 0.25, cachedInput: 0.025, output: 2 },
  'openai/gpt-5-nano': { input: 0.05, cachedInput: 0.005, output: 0.4 },
  'google/gemini-2.5-pro': { input: 2.5, cachedInput: 0.625, output: 15 },
  'google/gemini-2.5-flash': { input: 0.3, cachedInput: 0.075, output: 2.5 },
};

/** Undefined where nobody said it. Models that run on this machine are free. */
export function knownPrice(id: string): Price | undefined {
  return id.startsWith('ollama/') ? FREE : PRICES[id];
}

export interface Priced {
  readonly model: string;
  /** Absent: of the table. */
  readonly price?: Price | undefined;
}

/** One without a known price is not. */
export function isFree({ model, price = knownPrice(model) }: Priced): boolean {
  return price !== undefined && price.input === 0 && price.output === 0;
}

/** In millionths of a dollar, which is what a token costs at a dollar per million; rounded up. */
export function costOf({ inputTokens, cachedTokens, outputTokens }: Usage, price: Price): Spend {
  const { input, output, cachedInput = input } = price;
  const fresh = inputTokens - cachedTokens;
  return {
    requests: 1,
    tokens: inputTokens + outputTokens,
    microUsd: Math.ceil(fresh * input + cachedTokens * cachedInput + outputTokens * output),
  };
}
