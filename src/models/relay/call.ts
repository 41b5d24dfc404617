/** What a program's call is, as far as it concerns us: where it goes, which model it asks, what it may take. Pure. */
import type { RelayRequest } from '../contract.ts';

/** How a provider's calls look. */
export interface Shape {
  /** Header that carries the key, and what stands before it. */
  readonly header: readonly [name: string, before: string];
}

export const SHAPES = {
  anthropic: { header: ['x-api-key', ''] },
  openai: { header: ['authorization', 'Bearer '] },
  google: { header: ['x-goog-api-key', ''] },
  ollama: { header: ['authorization', 'Bearer '] },
  'openai-compatible': { header: ['authorization', 'Bearer '] },
} as const satisfies Readonly<Record<string, Shape>>;

export type Provider = keyof typeof SHAPES;

/** Of the program's own, these go on; its key, cookies and what concerns the connection do not. */
const PASSED =
  'accept content-type user-agent anthropic-version anthropic-beta openai-beta x-goog-api-client'.split(
    ' ',
  );

export function passedHeaders({ headers }: RelayRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PASSED.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

/** Of the endpoint's, these go back. */
const RETURNED =
  /^(content-type|retry-after(-ms)?|request-id|x-request-id|(anthropic-|x-)ratelimit-[\w-]+)$/;

export function returnedHeaders(headers: Headers): Readonly<Record<string, string>> {
  return Object.fromEntries([...headers].filter(([name]) => RETURNED.test(name)));
}

/** Below the base and nowhere else; undefined for a path that leads out of it. */
export function addressOf(base: string, path: string): URL | undefined {
  const root = base.replace(/\/+$/, '');
  if (!path.startsWith('/')) return undefined;
  let url: URL;
  try {
    url = new URL(`${root}${path}`);
  } catch {
    return undefined;
  }
  const below = new URL(`${root}/`);
  const isBelow = url.origin === below.origin && url.pathname.startsWith(below.pathname);
  return isBelow && url.username === '' ? url : undefined;
}

export interface Asks {
  /** As the provider names it. */
  readonly model: string;
  /** As the call limits it, for each answer. */
  readonly maxOutputTokens?: number;
  /** Answers that it wants. */
  readonly answers: number;
  /** What is judged here, and nothing else: a name that stands twice would be read one way by us and another by them. */
  readonly body: string;
}

/** Calls that answer with tokens, and at once: what else an endpoint sells costs something that nobody counts here. */
const ANSWERED =
  /\/(messages(\/count_tokens)?|(chat\/)?completions|responses|embeddings|api\/(chat|generate))$|\/models\/(?<model>[^/:]+):(generateContent|streamGenerateContent|countTokens|embedContent)$/;

/** It stands in the ledger and on screens. */
const MODEL = /^[\w.@:/+-]{1,200}$/;

type Fields = Readonly<Record<string, unknown>>;

/** Undefined for what is no such call. @param url As `addressOf` gives it: where it goes, whatever was written. */
export function asksOf({ pathname }: URL, text: string): Asks | undefined {
  const found = ANSWERED.exec(pathname);
  const call = found && bodyOf(text);
  if (!call) return undefined;
  const { fields, body } = call;
  const named = typeof fields.model === 'string' ? fields.model : undefined;
  const inPath = found.groups?.model;
  const model = inPath ?? named;
  if (model === undefined || !MODEL.test(model)) return undefined;
  const isOther = named !== undefined && named !== model && named !== `models/${model}`;
  // In the background its answer, and what it took, would come when nobody looks.
  if (isOther || fields.background === true) return undefined;
  const maxOutputTokens = limitOf(pathname, fields);
  const answers = answersOf(fields);
  return { model, answers, body, ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }) };
}

/** More than any model writes: it stays a number that can be booked. */
const MOST_TOKENS = 10_000_000;
const MOST_ANSWERS = 1000;

/** By the name that the call's own form has for it: others would be read over. Of two, the larger. */
function limitOf(pathname: string, fields: Fields): number | undefined {
  const names = pathname.endsWith('/responses')
    ? [fields.max_output_tokens]
    : [fields.max_tokens, fields.max_completion_tokens];
  const limits = pathname.includes(':') ? [generationOf(fields).maxOutputTokens] : names;
  return largest(limits, MOST_TOKENS);
}

function answersOf(fields: Fields): number {
  const { candidateCount } = generationOf(fields);
  return largest([fields.n, fields.best_of, candidateCount], MOST_ANSWERS) ?? 1;
}

function generationOf(fields: Fields): Fields {
  return Object(fields.generationConfig ?? fields.generation_config);
}

function largest(values: readonly unknown[], most: number): number | undefined {
  const counts = values.filter((one): one is number => typeof one === 'number' && one >= 1);
  return counts.length === 0 ? undefined : Math.min(most, Math.ceil(Math.max(...counts)));
}

function bodyOf(text: string): { readonly fields: Fields; readonly body: string } | undefined {
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return undefined;
    return { fields: fields as Fields, body: JSON.stringify(fields) };
  } catch {
    return undefined;
  }
}
