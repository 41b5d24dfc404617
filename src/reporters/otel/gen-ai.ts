/**
 * A call to a model in the words of OpenTelemetry's semantic conventions for generative AI
 * (semantic-conventions-genai 0.1.0, span `gen_ai.client.inference`, status: development).
 */
import type { EventBody } from '../../core/events.ts';
import type { Hash } from '../../core/hash.ts';
import { usdOf } from '../../core/spend.ts';
import { KIND, type SpanDraft, spanIdOf } from './span.ts';

export interface OpenCall {
  readonly to: string;
  readonly startMs: number;
  /** Of the entry that put the money aside. */
  readonly hash: Hash;
}

/** Those that the conventions name otherwise than our configs do. */
const PROVIDERS: Readonly<Record<string, string>> = { google: 'gcp.gemini' };

const OPERATION = 'chat';

export function callSpan(
  { to, startMs, hash }: OpenCall,
  { endMs, parent, booked }: CallEnd,
): SpanDraft {
  const cut = to.indexOf('/');
  const provider = cut < 0 ? to : to.slice(0, cut);
  const model = to.slice(cut + 1);
  return {
    id: spanIdOf('call', hash),
    parent,
    name: `${OPERATION} ${model}`,
    kind: KIND.client,
    startMs,
    endMs,
    facts: {
      'gen_ai.operation.name': OPERATION,
      'gen_ai.provider.name': PROVIDERS[provider] ?? provider,
      'gen_ai.request.model': model,
      'gen_ai.usage.input_tokens': booked?.usage?.input,
      'gen_ai.usage.output_tokens': booked?.usage?.output,
      'paceline.spent.tokens': booked?.spent.tokens,
      'paceline.spent.usd': booked ? usdOf(booked.spent.microUsd) : undefined,
    },
    error: booked === undefined || booked.unanswered ? 'unanswered' : undefined,
  };
}

interface CallEnd {
  readonly endMs: number;
  readonly parent: string;
  /** Absent where a process ended before its answer. */
  readonly booked?: EventBody['spend.settled'];
}
