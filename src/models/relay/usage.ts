/**
 * What a reply to somebody else's call says of its tokens, whole or as a stream of events, in the shapes of
 * Anthropic (Messages), OpenAI (Chat Completions, Responses) and Google (generateContent). Pure.
 */
import type { Usage } from '../contract.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface ReadReply {
  /** As reported, the largest where it is reported more than once; absent where it is not. */
  readonly usage?: Usage;
  /** What it took to keep input in the provider's cache, in tokens of input: those cost more than others. */
  readonly surcharge: number;
  /** What the model wrote, without what is around it: for a count of our own. */
  readonly text: string;
}

export function readReply(body: string): ReadReply {
  const written: string[] = [];
  let usage: Usage | undefined;
  let surcharge = 0;
  for (const document of documentsIn(body)) {
    surcharge = Math.max(surcharge, surchargeIn(document));
    const reported = usageIn(document);
    if (reported) usage = usage ? larger(usage, reported) : reported;
    if (!isSummary(document)) collect(document, { names: WRITTEN, into: written });
  }
  return { ...(usage ? { usage } : {}), surcharge, text: written.join('') };
}

/** All the words of a request, its names included: what a model is given to read. */
export function wordsOf(body: string): string {
  const words: string[] = [];
  for (const document of documentsIn(body)) collect(document, { into: words });
  return words.join('\n');
}

/** One JSON document, or one in each `data:` line (WHATWG HTML §9.2, server-sent events). */
function documentsIn(body: string): readonly Fields[] {
  const whole = parsed(body);
  if (whole) return [whole];
  return body.split(/\r\n|\n|\r/).flatMap((line) => {
    const found = line.startsWith('data:') ? parsed(line.slice('data:'.length)) : undefined;
    return found ? [found] : [];
  });
}

function parsed(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

/** Where a provider puts it: at the top, or in the message or response that an event is about. */
function usageIn(document: Fields): Usage | undefined {
  if (Array.isArray(document)) {
    const all = document.flatMap((one) => usageIn(fieldsOf(one) ?? {}) ?? []);
    return all.length === 0 ? undefined : all.reduce(larger);
  }
  const places = [document, fieldsOf(document.message), fieldsOf(document.response)];
  for (const place of places) {
    const found = fieldsOf(place?.usage) ?? fieldsOf(place?.usageMetadata);
    if (found) return usageOf(found);
  }
  return undefined;
}

/** Anthropic: a quarter more for what it keeps five minutes, twice as much for an hour. */
const KEPT_SHORT = 0.25;
const KEPT_LONG = 1;

function surchargeIn({ usage, message }: Fields): number {
  const fields = fieldsOf(fieldsOf(message)?.usage) ?? fieldsOf(usage);
  const made = countOf(fields?.cache_creation_input_tokens);
  const long = countOf(fieldsOf(fields?.cache_creation)?.ephemeral_1h_input_tokens);
  return Math.max(0, made - long) * KEPT_SHORT + long * KEPT_LONG;
}

function usageOf(fields: Fields): Usage {
  const first = (...names: readonly string[]): number =>
    names.map((name) => countOf(fields[name])).find((count) => count > 0) ?? 0;
  const details = fieldsOf(fields.prompt_tokens_details) ?? fieldsOf(fields.input_tokens_details);
  // Anthropic counts what its cache holds beside the input, the others within it.
  const beside = first('cache_read_input_tokens');
  const made = first('cache_creation_input_tokens');
  const within = countOf(details?.cached_tokens) + first('cachedContentTokenCount');
  return {
    inputTokens: first('input_tokens', 'prompt_tokens', 'promptTokenCount') + beside + made,
    cachedTokens: beside + within,
    outputTokens:
      first('output_tokens', 'completion_tokens', 'candidatesTokenCount') +
      first('thoughtsTokenCount'),
  };
}

function countOf(value: unknown): number {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : 0;
}

function larger(a: Usage, b: Usage): Usage {
  return {
    inputTokens: Math.max(a.inputTokens, b.inputTokens),
    cachedTokens: Math.max(a.cachedTokens, b.cachedTokens),
    outputTokens: Math.max(a.outputTokens, b.outputTokens),
  };
}

/** Events that say once more what others said bit by bit. */
function isSummary({ type }: Fields): boolean {
  return typeof type === 'string' && /(\.done|^response\.completed)$/.test(type);
}

/** Names under which the models' own words stand. */
const WRITTEN: ReadonlySet<string> = new Set(
  'text content delta thinking reasoning reasoning_content arguments partial_json'.split(' '),
);

const DEEPEST = 64;

interface Collecting {
  /** Absent: all strings, and the names. */
  readonly names?: ReadonlySet<string>;
  readonly into: string[];
}

function collect(value: unknown, how: Collecting, depth = 0): void {
  const { names, into } = how;
  const fields = depth < DEEPEST ? fieldsOf(value) : undefined;
  if (fields === undefined) return;
  for (const [name, one] of Object.entries(fields)) {
    const isWanted = names === undefined || names.has(name);
    if (typeof one === 'string' && isWanted) into.push(one);
    else collect(one, how, depth + 1);
    if (names === undefined && !Array.isArray(fields)) into.push(name);
  }
}
