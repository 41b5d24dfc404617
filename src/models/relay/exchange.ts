/** One call that goes on to the endpoint, and its answer as it comes back. */
import { boundedFetch } from '../ai-sdk/bounded-fetch.ts';
import { GIVEN_UP, isNeverSent, ofStatus, ofTransport } from '../ai-sdk/failures.ts';
import type { Failure, RelayReply, RelayRequest } from '../contract.ts';
import { type Provider, passedHeaders, returnedHeaders, SHAPES } from './call.ts';
import { redacted } from './redacted.ts';

export interface EndpointOptions {
  readonly provider: Provider;
  /** What is asked lies below. */
  readonly url: string;
  /** Name of the environment variable, and what it holds. */
  readonly key?: { readonly name: string; readonly value: string };
  /** Of one call, to its last byte. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch: for headers that name a date. */
  readonly nowMs: () => number;
}

export interface Sent {
  /** `provider/model`. */
  readonly id: string;
  readonly url: URL;
  readonly request: RelayRequest;
}

export type Exchanged = {
  readonly reply: RelayReply;
} /** `mayHaveCost`: a model may have read the call all the same. */ & (
  | { readonly failure: Failure; readonly mayHaveCost: boolean }
  /** Its body once it has come to its end; rejects where it does not. */
  | { readonly whole: Promise<string> }
);

/** @throws where what was sent may have been taken, and no answer came: nobody knows what it cost. */
export async function exchange(
  options: EndpointOptions,
  sent: Sent,
  signal: AbortSignal,
): Promise<Exchanged> {
  const whose = whoseOf(options, sent);
  let response: Response;
  try {
    response = await sendOn(options, sent, signal);
  } catch (error) {
    const failure = ofTransport(error, whose);
    if (!isNeverSent(error)) throw new Error(failure.says, { cause: error });
    return { reply: refusal(failure.says, BAD_GATEWAY), failure, mayHaveCost: false };
  }
  const body = clean(options, response);
  const { status } = response;
  const headers = withoutKey(options, returnedHeaders(response.headers));
  if (response.ok) return follow({ status, headers, body }, signal);
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const said = messageOf(bytes.toString());
  const failure = ofStatus(status, { said, headers, whose });
  const mayHaveCost = GIVEN_UP.has(status);
  return { reply: { status, headers, body: once(bytes) }, failure, mayHaveCost };
}

function sendOn(
  { provider, key, timeoutMs }: EndpointOptions,
  { url, request }: Sent,
  signal: AbortSignal,
): Promise<Response> {
  const [name, before] = SHAPES[provider].header;
  return boundedFetch(url, {
    method: request.method,
    headers: { ...passedHeaders(request), ...(key ? { [name]: `${before}${key.value}` } : {}) },
    body: request.body as Uint8Array<ArrayBuffer>,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
}

function withoutKey({ key }: EndpointOptions, headers: Readonly<Record<string, string>>) {
  if (key === undefined) return headers;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replaceAll(key.value, '[key]')]),
  );
}

/** An endpoint may say our key back. */
function clean({ key }: EndpointOptions, { body }: Response): AsyncIterable<Uint8Array> {
  const chunks = body as AsyncIterable<Uint8Array> | null;
  return redacted(chunks ?? once(new Uint8Array()), key?.value);
}

/** Who asked did not want the rest of the answer: no fault of the provider. */
export class NotRead extends Error {
  constructor() {
    super('Its answer was not read to the end.');
  }
}

/** Whoever reads the reply moves it on; who stops reading cuts it. */
function follow(reply: RelayReply, signal: AbortSignal): Exchanged {
  const decoder = new TextDecoder();
  let said = '';
  let end = (_whole?: string): void => undefined;
  let cut = (): void => undefined;
  const whole = new Promise<string>((resolve, reject) => {
    const fail = (): void => reject(new Error('Its answer was cut.'));
    end = (text) => (text === undefined ? reject(new NotRead()) : resolve(text));
    cut = fail;
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail, { once: true });
  });
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of reply.body) {
        said += decoder.decode(chunk, { stream: true });
        yield chunk;
      }
      end(said);
    } catch (error) {
      cut();
      throw error;
    } finally {
      end();
    }
  }
  return { reply: { ...reply, body: body() }, whole };
}

function whoseOf({ key, timeoutMs, nowMs }: EndpointOptions, { id }: Sent) {
  return { id, ...(key ? { key: key.name } : {}), timeoutMs, nowMs };
}

const FORBIDDEN = 403;
export const BAD_GATEWAY = 502;

/** In a form in which clients of all providers find the sentence; 403, so that none asks again. */
export function refusal(says: string, status: number = FORBIDDEN): RelayReply {
  const error = { type: 'permission_error', message: says };
  const body = once(Buffer.from(JSON.stringify({ type: 'error', error })));
  return { status, headers: { 'content-type': 'application/json' }, body };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Where providers put the sentence. */
function messageOf(body: string): string {
  if (/^\s*</.test(body)) return 'a web page';
  try {
    const { error, message } = Object(JSON.parse(body));
    return String(error?.message ?? message ?? body);
  } catch {
    return body;
  }
}
