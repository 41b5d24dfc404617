/**
 * Spans in the JSON form of OTLP (opentelemetry-proto, trace/v1), and their ids: parts of digests of the
 * ledger, so that equal ledgers make equal traces and a second export adds nothing.
 */
import { type Hash, sha256 } from '../../core/hash.ts';
import { escapeControl } from '../plain-text.ts';

type Value =
  | { readonly stringValue: string }
  | { readonly intValue: number }
  | { readonly doubleValue: number }
  | { readonly boolValue: boolean };

export interface Attribute {
  readonly key: string;
  readonly value: Value;
}

export interface SpanEvent {
  readonly timeUnixNano: string;
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly droppedAttributesCount: 0;
}

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly droppedAttributesCount: 0;
  readonly events: readonly SpanEvent[];
  readonly droppedEventsCount: 0;
  readonly status: { readonly code: number; readonly message?: string };
  readonly links: readonly [];
  readonly droppedLinksCount: 0;
  readonly flags: number;
}

/** As the protocol numbers them. */
export const KIND = { internal: 1, client: 3 } as const;
/** Sampled, and said whether the parent is of another process: it is not. */
const FLAGS = 0x101;
const STATUS = { unset: 0, error: 2 } as const;

/** What is undefined or null is not known, and is left out. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export function attributesOf(facts: Facts): readonly Attribute[] {
  return Object.entries(facts).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [{ key, value: valueOf(value) }],
  );
}

function valueOf(value: string | number | boolean): Value {
  if (typeof value === 'string') return { stringValue: escapeControl(value) };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: value } : { doubleValue: value };
}

const TRACE_DIGITS = 32;
const SPAN_DIGITS = 16;

function digits(text: string, count: number): string {
  return sha256(text).slice('sha256:'.length, 'sha256:'.length + count);
}

export function traceIdOf(opening: Hash): string {
  return digits(`trace ${opening}`, TRACE_DIGITS);
}

/** @param what Names the span among those of one entry. */
export function spanIdOf(what: string, entry: Hash): string {
  return digits(`${what} ${entry}`, SPAN_DIGITS);
}

export interface SpanDraft {
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  readonly kind?: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly facts: Facts;
  readonly events?: readonly {
    readonly name: string;
    readonly atMs: number;
    readonly facts: Facts;
  }[];
  /** Why it failed: a low-cardinality word, as `error.type` wants it. */
  readonly error?: string | undefined;
}

export function spanOf(traceId: string, draft: SpanDraft): Span {
  const { id, parent, name, kind = KIND.internal, facts, error, events = [] } = draft;
  return {
    traceId,
    spanId: id,
    ...(parent === undefined ? {} : { parentSpanId: parent }),
    name: escapeControl(name),
    kind,
    startTimeUnixNano: nanos(Math.min(draft.startMs, draft.endMs)),
    endTimeUnixNano: nanos(draft.endMs),
    attributes: attributesOf({ ...facts, 'error.type': error }),
    droppedAttributesCount: 0,
    events: events.map((event) => ({
      timeUnixNano: nanos(event.atMs),
      name: event.name,
      attributes: attributesOf(event.facts),
      droppedAttributesCount: 0,
    })),
    droppedEventsCount: 0,
    status: { code: error === undefined ? STATUS.unset : STATUS.error },
    links: [],
    droppedLinksCount: 0,
    flags: FLAGS,
  };
}

function nanos(ms: number): string {
  return `${BigInt(Math.round(ms)) * 1_000_000n}`;
}
