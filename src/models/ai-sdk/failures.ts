/** What can go wrong between us and a provider, as one of three failures with what to do about it. */
import { APICallError, RetryError } from 'ai';
import { said as quoted } from '../../core/said.ts';
import type { Failure } from '../contract.ts';

/** Whose failure it is, for sentences. */
export interface Whose {
  readonly id: string;
  /** Name of the environment variable with the key; absent where none is needed. */
  readonly key?: string;
  readonly timeoutMs: number;
  /** Milliseconds since the epoch: for headers that name a date. */
  readonly nowMs: () => number;
}

export function failureOf(error: unknown, whose: Whose): Failure {
  const cause = RetryError.isInstance(error) ? error.lastError : error;
  if (isTimeout(cause)) {
    return unavailable(`${whose.id} gave no answer within ${whose.timeoutMs / 1000} s.`);
  }
  if (!APICallError.isInstance(cause)) return ofTransport(cause, whose);
  const { statusCode, responseHeaders = {} } = cause;
  if (statusCode === undefined) return ofTransport(cause, whose);
  const isPage = /^\s*</.test(cause.responseBody ?? '');
  const said = isPage ? 'a web page' : plainLine(cause.message);
  if (statusCode >= 200 && statusCode < 300) {
    return ofNonsense({ isPage, said: isPage ? said : plainLine(deepest(cause).message), whose });
  }
  return ofStatus(statusCode, { said, headers: responseHeaders, whose });
}

/** A gateway gave up on what it had handed on. */
export const GIVEN_UP: ReadonlySet<number> = new Set([408, 504, 524]);

/** No byte of the request left. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT) |^ bad port/;

/** Whether a model may have read the request all the same, and its provider want money for it. */
export function mayHaveCost(error: unknown, { kind }: Failure): boolean {
  if (kind !== 'unavailable') return false;
  const status = APICallError.isInstance(error) ? error.statusCode : undefined;
  if (status !== undefined && status >= 300) return GIVEN_UP.has(status);
  return !isNeverSent(error);
}

export function isNeverSent(error: unknown): boolean {
  const { code, message } = deepest(error);
  return NEVER_SENT.test(`${code} ${message}`);
}

/** It says that all is well, and what it sends is no answer of a model. */
function ofNonsense({
  isPage,
  said,
  whose: { id },
}: {
  readonly isPage: boolean;
  readonly said: string;
  readonly whose: Whose;
}): Failure {
  const words = `${id} sent ${isPage ? said : `what is no answer of a model (${said})`}.`;
  return isPage ? misconfigured(`${words} Check url.`) : unavailable(words);
}

export interface Answered {
  readonly said: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly whose: Whose;
}

export function ofStatus(status: number, { said, headers, whose }: Answered): Failure {
  const { id, key } = whose;
  const words = `${id} answered ${status}${said === '' ? '' : `: ${said}`}.`;
  if (status === 401 || status === 403) {
    const remedy = key
      ? `Check the key in the environment variable ${key}`
      : 'Name the environment variable with the key (key: …)';
    return misconfigured(`${words} ${remedy}.`);
  }
  if (status === 404) return misconfigured(`${words} Check the name of the model, and url.`);
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500) {
    const retryAfterMs = retryAfter(headers, whose.nowMs());
    return unavailable(words, retryAfterMs);
  }
  if (status === 413 || CONTEXT.test(said)) {
    return {
      kind: 'declined',
      says: `${words} The prompt is too long for it: lower prompt, or use another model.`,
    };
  }
  if (FILTERED.test(said)) return { kind: 'declined', says: `${words} It declines this prompt.` };
  if (OUTPUT.test(said)) {
    return misconfigured(
      `${words} It knows no such form of output: write output: json or output: text beside the model.`,
    );
  }
  if (status >= 300 && status < 400)
    return misconfigured(`${words} It leads elsewhere: correct url.`);
  return misconfigured(words);
}

/** Resumed, the study would send the same again. */
const FILTERED = /invalid_prompt|flagged|content.?(filter|management|policy)|safety/i;
const CONTEXT = /context|too long|too many tokens|maximum.{0,20}tokens|token limit/i;
const OUTPUT = /response_format|json_schema|json_object|structured output|output_config|tool/i;

export function ofTransport(error: unknown, { id }: Whose): Failure {
  const { code, message } = deepest(error);
  const said = plainLine(message);
  if (code === 'ENOTFOUND') return misconfigured(`${id} cannot be found: ${said}. Check url.`);
  if (/invalid url|protocol|parse error|invalid http|HTTPParser|HPE_/i.test(`${code} ${message}`)) {
    return misconfigured(`${id} does not speak HTTP there: ${said}. Check url.`);
  }
  return unavailable(`${id} could not be reached, or broke off: ${said}.`);
}

/** fetch wraps what happened in errors that say "fetch failed". */
function deepest(error: unknown): { readonly code: string; readonly message: string } {
  let found = error;
  for (let depth = 0; depth < 5; depth++) {
    const { cause } = (found ?? {}) as { readonly cause?: unknown };
    if (cause === undefined || cause === null) break;
    found = cause;
  }
  const { code = '', message = String(found) } = (found ?? {}) as NodeJS.ErrnoException;
  return { code, message };
}

function isTimeout(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'TimeoutError' || deepest(error).code === 'UND_ERR_HEADERS_TIMEOUT')
  );
}

function plainLine(text: string): string {
  return quoted(text, { quotes: false }).replace(/\.$/, '');
}

/** Of so many digits that it stays one: an infinite wait would be none in a recording. */
const NUMBER = /^\d{1,12}(\.\d{1,12})?$/;

/** Seconds or a date (RFC 9110 §10.2.3), or the milliseconds of OpenAI and Anthropic. */
export function retryAfter(
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): number | undefined {
  const { 'retry-after-ms': ms, 'retry-after': after } = headers;
  if (ms !== undefined && NUMBER.test(ms)) return Number(ms);
  if (after === undefined) return undefined;
  if (NUMBER.test(after)) return Number(after) * 1000;
  const atMs = Date.parse(after);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

function unavailable(says: string, retryAfterMs?: number): Failure {
  return { kind: 'unavailable', says, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function misconfigured(says: string): Failure {
  return { kind: 'misconfigured', says };
}
