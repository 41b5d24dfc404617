/**
 * Tokens counted here, whatever a provider reports. The count is of OpenAI's o200k_base; other providers
 * cut text otherwise, so what is put aside for them is more.
 */
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import type { Paid } from '../core/spend.ts';
import type { ModelRequest, Usage } from './contract.ts';

/** Around a message, and what the form of the answer adds. */
const FRAME_TOKENS = 64;

/** How many tokens of another tokenizer a text may be for one of o200k_base: an allowance, not a measurement. */
const FOREIGN = 1.5;

/** Text of candidates may hold the names of special tokens: they are text here. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

export function tokensOf(text: string): number {
  return slicesOf(text).reduce((sum, slice) => sum + countTokens(slice, AS_TEXT), 0);
}

/** The tokenizer's time grows with the square of a run without a boundary: 100,000 equal letters took 27 s. */
const LONG_RUN = /\S{100}|\s{100}/gu;

function slicesOf(text: string): readonly string[] {
  const cuts = [...text.matchAll(LONG_RUN)].map((run) => run.index + run[0].length);
  return [0, ...cuts].map((from, i) => text.slice(from, cuts[i]));
}

export function inputTokensOf({ system, prompt, schema }: ModelRequest): number {
  return tokensOf(system) + tokensOf(prompt) + tokensOf(JSON.stringify(schema)) + FRAME_TOKENS;
}

/** The most that a request may be charged for, whoever cuts it. @param sent Its tokens by our count. */
export function mostTokens(
  sent: number,
  { maxOutputTokens }: Pick<ModelRequest, 'maxOutputTokens'>,
  provider: string,
): Usage {
  return {
    inputTokens: Math.ceil(sent * (provider === 'openai' ? 1 : FOREIGN)),
    cachedTokens: 0,
    outputTokens: maxOutputTokens,
  };
}

/** As reported, but never less than was sent and received by our own count: nobody reports us poor. */
export function chargedTokens(sent: number, reply: string, reported: Usage | undefined): Usage {
  const inputTokens = Math.max(sent, reported?.inputTokens ?? 0);
  const outputTokens = Math.max(tokensOf(reply), reported?.outputTokens ?? 0);
  const cachedTokens = Math.min(inputTokens, reported?.cachedTokens ?? 0);
  return { inputTokens, cachedTokens, outputTokens };
}

/** As the ledger tells them apart. */
export function apart({ inputTokens, outputTokens }: Usage): NonNullable<Paid<unknown>['usage']> {
  return { input: inputTokens, output: outputTokens };
}
