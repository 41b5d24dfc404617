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
  /** As the provider names it; undefined where the call names none. */
  readonly model?: string;
  /** As the call limits it. */
  readonly maxOutputTokens?: number;
}

export function asksOf(path: string, body: string): Asks {
  const fields = fieldsOf(body);
  const inPath = /\/models\/([^/:?]+):/.exec(path)?.[1];
  const model = typeof fields.model === 'string' ? fields.model : inPath;
  const { max_tokens, max_completion_tokens, max_output_tokens } = fields;
  const config = fields.generationConfig as { readonly maxOutputTokens?: unknown } | undefined;
  const limits = [max_tokens, max_completion_tokens, max_output_tokens, config?.maxOutputTokens];
  const maxOutputTokens = limits.find((one) => Number.isSafeInteger(one)) as number | undefined;
  return {
    ...(model === undefined ? {} : { model }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
  };
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}
