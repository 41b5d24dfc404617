/** Whether a study would cost money, and that somebody said it may: before its first call. */
import { PacelineError } from '../core/errors.ts';
import { isFree, knownPrice, type Priced } from '../models/prices.ts';
import type { CassetteUse } from './cassette-use.ts';
import type { AgentEntry } from './config-agent.ts';
import type { Config } from './config-schema.ts';

/** Models that are not known to be free, by name. */
function paidModels({ proposers }: Pick<Config, 'proposers'>): readonly string[] {
  return proposers.flatMap((entry) => {
    if (entry.use === 'agent') return paidBy(entry);
    if (entry.use !== 'llm') return [];
    return entry.models.flatMap((one) => (isFree(one) ? [] : [one.model]));
  });
}

/** Which models an agent asks is known once it has. */
function paidBy({ endpoint, login, command: [program = ''] }: AgentEntry): readonly string[] {
  if (login === 'own') return [`whoever ${program} is logged in to (which nobody counts here)`];
  if (typeof endpoint !== 'object') return [];
  const { provider, price } = endpoint;
  return isFree({ model: `${provider}/`, price }) ? [] : [`${provider}, by ${program}`];
}

/** `This study pays for calls to …, at most 5 USD, 2000000 tokens.` Undefined where it pays for nothing. */
export function paySentence(config: Config, studies = 1): string | undefined {
  const paid = paidModels(config);
  if (paid.length === 0) return undefined;
  const limits = spendLimits(config, studies);
  const most = limits === '' ? '' : `, at most ${limits}`;
  return `${studies === 1 ? 'This study' : 'This'} pays for calls to ${paid.join(', ')}${most}.`;
}

/** Whatever it asks: without a price of its own one that is in no table counted as free. */
function askedBy({ endpoint }: AgentEntry): readonly Priced[] {
  if (typeof endpoint !== 'object') return [];
  const { provider, price } = endpoint;
  return [{ model: `${provider}/${provider === 'ollama' ? '' : '…'}`, price }];
}

/** A limit in dollars that is named later counts nothing where a price is not known. @throws PacelineError USAGE */
export function refuseUnpriced({ proposers }: Pick<Config, 'proposers'>): void {
  const models = proposers.flatMap((entry) => {
    if (entry.use === 'agent') return askedBy(entry);
    return entry.use === 'llm' ? entry.models : [];
  });
  const unpriced = models.find(({ model, price = knownPrice(model) }) => price === undefined);
  if (unpriced === undefined) return;
  throw new PacelineError(
    'USAGE',
    `A limit in US dollars cannot be kept: the study began without a price of ${unpriced.model}. Limit its calls or tokens instead.`,
    { model: unpriced.model },
  );
}

/** `5 USD, 2000000 tokens`; of several studies, each has these limits for itself. */
function spendLimits({ budget }: Pick<Config, 'budget'>, studies: number): string {
  const { usd, tokens, requests } = budget;
  const limits = [
    ...(usd === undefined ? [] : [`${usd} USD`]),
    ...(tokens === undefined ? [] : [`${tokens} tokens`]),
    ...(requests === undefined ? [] : [`${requests} calls`]),
  ].join(', ');
  return studies === 1 ? limits : `${limits} in each of ${studies} studies`;
}

/** @throws PacelineError USAGE where nobody said so. */
export function refuseUnconfirmed(
  config: Config,
  {
    mayPay,
    cassette,
    studies = 1,
  }: {
    readonly mayPay: boolean;
    readonly cassette?: CassetteUse | undefined;
    readonly studies?: number;
  },
): void {
  const isReplay = cassette !== undefined && 'replay' in cassette;
  const sentence = paySentence(config, studies);
  if (mayPay || isReplay || sentence === undefined) return;
  throw new PacelineError(
    'USAGE',
    `${sentence} Add --yes to say that it may, or --replay a recording. Nothing was spent.`,
    { models: [...paidModels(config)] },
  );
}
