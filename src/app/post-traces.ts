/** Sends lines of OTLP JSON to a collector: `/v1/traces` over HTTP, each line a request. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { PacelineError } from '../core/errors.ts';
import type { Sink } from './export-data.ts';

const TIMEOUT_MS = 10_000;
const ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;
/** Those that the protocol says to try again (OTLP/HTTP, "Retryable Response Codes"). */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const TRACES = '/v1/traces';

/** What a collector took and what it did not, by its own word. */
export interface Posted {
  spansRejected: number;
  says: string | undefined;
}

/** @throws PacelineError `USAGE` for what is no address of a collector. */
export function tracesUrl(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !isHttp || url.username !== '' || url.password !== '') {
    throw new PacelineError(
      'USAGE',
      '--endpoint is no address of a collector. Give one such as http://127.0.0.1:4318, without a password in it.',
    );
  }
  if (!url.pathname.endsWith(TRACES)) url.pathname = url.pathname.replace(/\/*$/, TRACES);
  return url;
}

/**
 * @throws PacelineError `PROVIDER_DOWN` where nobody answers or the answer is no; spans sent before are
 *   there, and have the same ids when they are sent again.
 */
export function traceSink(url: URL, posted: Posted): Sink {
  return async (piece) => {
    for (let attempt = 1; ; attempt++) {
      const answer = await post(url, piece);
      if (answer.ok) return noteRejected(answer.text, posted);
      if (!answer.mayRetry || attempt === ATTEMPTS) throw refused(url, answer.says);
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  };
}

type Answer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly says: string; readonly mayRetry: boolean };

async function post(url: URL, body: string | Uint8Array): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body as string,
      // A collector elsewhere than where it was said to be is not the one that was meant.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (response.ok) return { ok: true, text };
    return {
      ok: false,
      says: `it answered ${response.status}`,
      mayRetry: RETRYABLE.has(response.status),
    };
  } catch (error) {
    const { cause } = error as { readonly cause?: NodeJS.ErrnoException };
    const says = cause?.code ?? cause?.message ?? (error as Error).message;
    return { ok: false, says, mayRetry: false };
  }
}

const partial = z.looseObject({
  partialSuccess: z
    .looseObject({
      rejectedSpans: z.coerce.number().optional(),
      errorMessage: z.string().optional(),
    })
    .optional(),
});

function noteRejected(text: string, posted: Posted): void {
  const { rejectedSpans = 0, errorMessage } = partialOf(text);
  posted.spansRejected += rejectedSpans;
  if (errorMessage) posted.says = errorMessage;
}

/** An answer that cannot be read says of no span that it was rejected. */
function partialOf(text: string) {
  try {
    return partial.parse(JSON.parse(text)).partialSuccess ?? {};
  } catch {
    return {};
  }
}

function refused(url: URL, says: string): PacelineError {
  return new PacelineError(
    'PROVIDER_DOWN',
    `The traces were not taken by ${url.href}: ${says}. See that a collector listens there for OTLP over HTTP, then export again: ids stay the same.`,
    { endpoint: url.href },
  );
}
