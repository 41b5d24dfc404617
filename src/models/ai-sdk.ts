/**
 * Endpoints on the Vercel AI SDK 6: one attempt at one call, without retries of its own, an answer of a bounded
 * size, and every failure as a value. The SDK is bundled and loaded with the first model, not with the command.
 */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  generateText,
  jsonSchema,
  type LanguageModel,
  type LanguageModelUsage,
  NoObjectGeneratedError,
  Output,
} from 'ai';
import { boundedFetch } from './ai-sdk/bounded-fetch.ts';
import { failureOf, mayHaveCost, type Whose } from './ai-sdk/failures.ts';
import type { Endpoint, EndpointReply, ModelRequest, Usage } from './contract.ts';

export type Provider = 'anthropic' | 'openai' | 'google' | 'ollama' | 'openai-compatible';

export interface EndpointOptions {
  readonly provider: Provider;
  /** The provider's own name of the model. */
  readonly model: string;
  /** Where it is, if not where the provider has it. */
  readonly url?: string;
  readonly key?: { readonly name: string; readonly value: string };
  /** How the answer is held to its form: by the schema, as some JSON, or by the prompt alone. */
  readonly output: 'schema' | 'json' | 'text';
  readonly timeoutMs: number;
  readonly nowMs: () => number;
}

// What the SDK would remark on stderr of a request (an option that a model does not know) is for nobody here.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** Said here, since the SDK would take the first two from the environment, and no record would name the place. */
const PLACES: Readonly<Partial<Record<Provider, string>>> = {
  anthropic: 'https://api.anthropic.com/v1',
  openai: 'https://api.openai.com/v1',
  ollama: 'http://127.0.0.1:11434/v1',
};

export function aiSdkEndpoint(options: EndpointOptions): Endpoint {
  const { provider, model: name, key, timeoutMs, nowMs, output } = options;
  const id = `${provider}/${name}`;
  const model = modelOf(options);
  const whose: Whose = { id, timeoutMs, nowMs, ...(key ? { key: key.name } : {}) };
  return {
    id,
    async call(request, signal) {
      // Not AbortSignal.any: in Node 20 the signal of a long search would keep every call it ever had.
      const ends = new AbortController();
      const stop = (): void => ends.abort(signal.reason);
      signal.throwIfAborted();
      signal.addEventListener('abort', stop, { once: true });
      const timer = setTimeout(() => ends.abort(timedOut()), timeoutMs);
      try {
        return await oneCall({ model, request, output }, ends.signal);
      } catch (error) {
        signal.throwIfAborted();
        const cause = ends.signal.aborted ? ends.signal.reason : error;
        return replyOf(error) ?? failedReply(cause, whose);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

function failedReply(cause: unknown, whose: Whose): EndpointReply {
  const failure = failureOf(cause, whose);
  return { failure, ...(mayHaveCost(cause, failure) ? { mayHaveCost: true } : {}) };
}

function timedOut(): DOMException {
  return new DOMException('no answer in time', 'TimeoutError');
}

function modelOf({ provider, model, key, output, ...options }: EndpointOptions): LanguageModel {
  const { url = PLACES[provider] } = options;
  const shared = { fetch: boundedFetch, ...(url ? { baseURL: url } : {}) };
  const keyed = { ...shared, apiKey: key?.value ?? '' };
  switch (provider) {
    case 'anthropic':
      return createAnthropic(keyed)(model);
    case 'openai':
      return createOpenAI(keyed)(model);
    case 'google':
      return createGoogleGenerativeAI(keyed)(model);
    case 'ollama':
    case 'openai-compatible':
      return createOpenAICompatible({
        name: provider,
        ...shared,
        baseURL: url ?? '',
        ...(key ? { apiKey: key.value } : {}),
        supportsStructuredOutputs: output === 'schema',
      })(model);
  }
}

interface Call {
  readonly model: LanguageModel;
  readonly request: ModelRequest;
  readonly output: EndpointOptions['output'];
}

async function oneCall(
  { model, request, output }: Call,
  signal: AbortSignal,
): Promise<EndpointReply> {
  const { system, prompt, maxOutputTokens, temperature, topP } = request;
  const schema = jsonSchema(request.schema);
  const forms = {
    schema: { output: Output.object({ schema }) },
    json: { output: Output.json() },
    text: {},
  };
  const { text, finishReason, usage } = await generateText({
    model,
    // The same over a study, so that providers which cache keep it.
    system: { role: 'system', content: system, providerOptions: CACHED },
    prompt,
    maxOutputTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    maxRetries: 0,
    abortSignal: signal,
    ...forms[output],
  });
  return finished(text, finishReason, usage);
}

function finished(
  text: string,
  reason: string | undefined,
  usage: LanguageModelUsage | undefined,
): EndpointReply {
  const counted = usageOf(usage);
  if (reason === 'content-filter') {
    const says = 'The model declined: its provider’s filter stopped the answer.';
    const cost = counted.usage ? counted : { mayHaveCost: true as const };
    return { failure: { kind: 'declined', says }, ...cost };
  }
  return { text, isCut: reason === 'length', ...counted };
}

const CACHED = { anthropic: { cacheControl: { type: 'ephemeral' as const } } };

/** What came is an answer, whatever form it has: whether it is a proposal is not for the SDK to say. */
function replyOf(error: unknown): EndpointReply | undefined {
  if (!NoObjectGeneratedError.isInstance(error)) return undefined;
  const { text = '', finishReason, usage } = error;
  return finished(text, finishReason, usage);
}

function usageOf(usage: LanguageModelUsage | undefined): { readonly usage?: Usage } {
  const { inputTokens, outputTokens, inputTokenDetails } = usage ?? {};
  if (inputTokens === undefined && outputTokens === undefined) return {};
  const cachedTokens = inputTokenDetails?.cacheReadTokens;
  return {
    usage: {
      inputTokens: whole(inputTokens),
      cachedTokens: whole(cachedTokens),
      outputTokens: whole(outputTokens),
    },
  };
}

/** No context holds as many; sums of more would be no whole numbers any longer. */
const MOST_TOKENS = 100_000_000;

/** A provider may report anything. */
function whole(tokens: number | undefined): number {
  return tokens !== undefined && tokens > 0 ? Math.min(MOST_TOKENS, Math.ceil(tokens)) : 0;
}
