/** Where an agent finds its model: what it is told, and the relay behind that address. */
import type { Clock } from '../core/clock.ts';
import type { Relay } from '../models/contract.ts';
import { FREE, knownPrice, type Price } from '../models/prices.ts';
import { MODEL_PORT } from '../proposers/agent/visit.ts';
import type { AgentOptions } from '../proposers/agent.ts';
import { leakIn } from '../proposers/llm/leaks.ts';
import { toolchainOf } from '../sandboxes/jail/toolchain.ts';
import type { AgentEntry } from './config-agent.ts';
import type { Config } from './config-schema.ts';
import { invalid, KEYS, keyOf } from './model-access.ts';

const BY_PROVIDER = {
  anthropic: {
    url: 'https://api.anthropic.com',
    told: { ANTHROPIC_BASE_URL: '{endpoint}', ANTHROPIC_API_KEY: 'added-outside' },
  },
  openai: {
    url: 'https://api.openai.com/v1',
    told: { OPENAI_BASE_URL: '{endpoint}', OPENAI_API_KEY: 'added-outside' },
  },
  google: {
    url: 'https://generativelanguage.googleapis.com',
    told: { GOOGLE_GEMINI_BASE_URL: '{endpoint}', GEMINI_API_KEY: 'added-outside' },
  },
  ollama: {
    url: 'http://127.0.0.1:11434/v1',
    told: { OPENAI_BASE_URL: '{endpoint}', OPENAI_API_KEY: 'added-outside' },
  },
  'openai-compatible': {
    url: undefined,
    told: { OPENAI_BASE_URL: '{endpoint}', OPENAI_API_KEY: 'added-outside' },
  },
} as const;

export function environmentOf({
  endpoint,
  environment,
  login,
  command,
}: AgentEntry): AgentOptions['environment'] {
  const told = typeof endpoint === 'object' ? BY_PROVIDER[endpoint.provider].told : {};
  const inherited =
    login === 'own' ? process.env : { PATH: toolchainOf(command[0] ?? '', '/').path };
  const all: NodeJS.ProcessEnv = { ...inherited, ...told, ...environment };
  const address = `http://127.0.0.1:${MODEL_PORT}`;
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value.replaceAll('{endpoint}', address)]],
    ),
  );
}

/** A call may take as long as the proposal. */
export async function relayOf(
  { config, clock }: { readonly config: Config; readonly clock: Clock },
  entry: AgentEntry,
  secrets: readonly string[],
): Promise<Relay | undefined> {
  const { endpoint: to, timeout: timeoutMs, turns = 50, tokens, maxTokens } = entry;
  if (typeof to !== 'object') return undefined;
  const { provider, url = BY_PROVIDER[provider].url } = to;
  if (url === undefined) {
    throw invalid('proposers.endpoint needs url for openai-compatible: up to and with /v1.');
  }
  const key = keyOf({ model: provider, ...(to.key ? { key: to.key } : {}) }, KEYS[provider]);
  // Its tokenizer is megabytes: loaded by who passes calls on, and by nobody else.
  const { modelRelay } = await import('../models/relay.ts');
  return modelRelay({
    provider,
    url,
    ...(key ? { key } : {}),
    priceOf: (id) => priceOf(id, to.price, config),
    leakIn: (text) => leakIn(text, secrets)?.kind,
    maxOutputTokens: maxTokens,
    calls: turns,
    ...(tokens === undefined ? {} : { tokens }),
    timeoutMs,
    nowMs: () => clock.wallMs(),
  });
}

/** Agents name models by their date, too: `claude-sonnet-4-5-20250929`. */
function priceOf(id: string, price: Price | undefined, { budget }: Config): Price | undefined {
  const known = price ?? knownPrice(id) ?? knownPrice(id.replace(/-\d{8}$/, ''));
  return known ?? (budget.usd === undefined ? FREE : undefined);
}
