/** Whether a study would cost money, and that somebody said it may: before its first call. */
import { PacelineError } from '../core/errors.ts';
import { knownPrice, type Price } from '../models/prices.ts';
import type { CassetteUse } from './cassette-use.ts';
import type { AgentEntry } from './config-agent.ts';
import type { Config } from './config-schema.ts';

/** Models that are not known to be free, by name. */
function paidModels({ proposers }: Pick<Config, 'proposers'>): readonly string[] {
  return proposers.flatMap((entry) => {
    if (entry.use === 'agent') return paidBy(entry);
    if (entry.use !== 'llm') return [];
    return entry.models.flatMap(({ model, price = knownPrice(model) }) =>
      isFree(price) ? [] : [model],
    );
  });
}

/** Which models an agent asks is known once it has. */
function paidBy({ endpoint, login, command: [program = ''] }: AgentEntry): readonly string[] {
  if (login === 'own') return [`whoever ${program} is logged in to (which nobody counts here)`];
  if (typeof endpoint !== 'object' || isFree(endpoint.price)) return [];
  return endpoint.provider === 'ollama' ? [] : [`${endpoint.provider}, by ${program}`];
}

function isFree(price: Price | undefined): boolean {
  return price?.input === 0 && price.output === 0;
}

/** `This study pays for calls to …, at most 5 USD, 2000000 tokens.` Undefined where it pays for nothing. */
export function paySentence(config: Config): string | undefined {
  const paid = paidModels(config);
  if (paid.length === 0) return undefined;
  const limits = spendLimits(config);
  return `This study pays for calls to ${paid.join(', ')}${limits === '' ? '' : `, at most ${limits}`}.`;
}

function spendLimits({ budget }: Pick<Config, 'budget'>): string {
  const { usd, tokens, requests } = budget;
  return [
    ...(usd === undefined ? [] : [`${usd} USD`]),
    ...(tokens === undefined ? [] : [`${tokens} tokens`]),
    ...(requests === undefined ? [] : [`${requests} calls`]),
  ].join(', ');
}

/** @throws PacelineError USAGE where nobody said so. */
export function refuseUnconfirmed(
  config: Config,
  { mayPay, cassette }: { readonly mayPay: boolean; readonly cassette?: CassetteUse | undefined },
): void {
  const isReplay = cassette !== undefined && 'replay' in cassette;
  const sentence = paySentence(config);
  if (mayPay || isReplay || sentence === undefined) return;
  throw new PacelineError(
    'USAGE',
    `${sentence} Add --yes to say that it may, or --replay a recording. Nothing was spent.`,
    { models: [...paidModels(config)] },
  );
}
