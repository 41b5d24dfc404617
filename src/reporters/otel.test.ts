/** Traces, held against the transformer that OpenTelemetry publishes and against its words for models. */
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { expect, test } from 'vitest';
import { paidStudy, recorded, settledBody, sourceOf, textOf } from '../../test/golden/recorded.ts';
import type { StoredEvent } from '../core/events.ts';
import type { Attribute, Span } from './otel/span.ts';
import { otelTraces } from './otel.ts';

interface Request {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly spans: readonly Span[];
    }[];
  }[];
}

async function requestsOf(events: readonly StoredEvent[], isRunning = false): Promise<Request[]> {
  const text = await textOf(otelTraces(sourceOf(events, { isRunning })));
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Request);
}

async function spansOf(
  events: readonly StoredEvent[],
  isRunning = false,
): Promise<readonly Span[]> {
  const requests = await requestsOf(events, isRunning);
  return requests.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  );
}

const plain = (attributes: readonly Attribute[]): Record<string, string | number | boolean> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

const hrTime = (nanos: string): [number, number] => [
  Number(BigInt(nanos) / 1_000_000_000n),
  Number(BigInt(nanos) % 1_000_000_000n),
];

/** A span as the SDK hands it to the official transformer. */
function readable(request: Request): readonly object[] {
  const [{ resource, scopeSpans } = { resource: { attributes: [] }, scopeSpans: [] }] =
    request.resourceSpans;
  const shared = { attributes: plain(resource.attributes) };
  return scopeSpans.flatMap(({ scope, spans }) =>
    spans.map((span) => ({
      name: span.name,
      kind: span.kind - 1,
      spanContext: () => ({ traceId: span.traceId, spanId: span.spanId, traceFlags: 1 }),
      parentSpanContext: span.parentSpanId
        ? { traceId: span.traceId, spanId: span.parentSpanId, traceFlags: 1 }
        : undefined,
      startTime: hrTime(span.startTimeUnixNano),
      endTime: hrTime(span.endTimeUnixNano),
      status: span.status,
      attributes: plain(span.attributes),
      links: [],
      events: span.events.map(({ name, timeUnixNano, attributes }) => ({
        name,
        time: hrTime(timeUnixNano),
        attributes: plain(attributes),
      })),
      resource: shared,
      instrumentationScope: scope,
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    })),
  );
}

test('it is what the official transformer makes of the same spans', async () => {
  const [request] = await requestsOf(recorded);
  expect(request).toBeDefined();
  const spans = readable(request as Request) as never;
  const bytes = JsonTraceSerializer.serializeRequest(spans) as Uint8Array;
  expect(request).toEqual(JSON.parse(Buffer.from(bytes).toString('utf8')));
});

test('every span hangs below one study, once, inside the time of its parent', async () => {
  const timed = recorded.map((one) => ({ ...one, meta: { ...one.meta, at: one.seq * 1000 } }));
  const spans = await spansOf(timed as readonly StoredEvent[]);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  expect(byId.size).toBe(spans.length);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  expect(roots.map(({ name }) => name)).toEqual(['study']);
  for (const span of spans) {
    expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
    if (span.parentSpanId === undefined) continue;
    const parent = byId.get(span.parentSpanId);
    expect(parent, span.name).toBeDefined();
    expect(BigInt(span.endTimeUnixNano)).toBeLessThanOrEqual(BigInt(parent?.endTimeUnixNano ?? 0));
    expect(BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(
      BigInt(parent?.startTimeUnixNano ?? 0),
    );
  }
});

test('trials, confirms and promotions are those of the ledger', async () => {
  const spans = await spansOf(recorded);
  const count = (name: string): number => spans.filter((span) => span.name === name).length;
  const entries = (type: string): number => recorded.filter((event) => event.type === type).length;
  expect(count('trial')).toBe(entries('trial.settled'));
  expect(count('confirm')).toBe(entries('trial.confirmed'));
  const promoted = spans.flatMap(({ events }) => events).filter(({ name }) => name === 'promoted');
  expect(promoted).toHaveLength(entries('candidate.promoted'));
  const confirm = spans.find(({ name }) => name === 'confirm');
  const pairs = spans.filter(
    ({ parentSpanId, name }) => name === 'measure' && parentSpanId === confirm?.spanId,
  );
  expect(pairs.length).toBeGreaterThan(0);
});

test('the same ledger makes the same spans; another makes others', async () => {
  expect(await requestsOf(recorded)).toEqual(await requestsOf(recorded));
  const [first, ...rest] = recorded as [StoredEvent, ...StoredEvent[]];
  const hash = `sha256:${'0'.repeat(64)}` as StoredEvent['hash'];
  const ids = new Set((await spansOf(recorded)).map(({ spanId }) => spanId));
  const other = (await spansOf([{ ...first, hash }, ...rest])).filter(
    ({ name }) => name === 'trial',
  );
  expect(other.some(({ spanId }) => ids.has(spanId))).toBe(false);
});

const most = { requests: 1, tokens: 900, microUsd: 9000 };
const asked = (call: number, to: string, at: number) =>
  ({ type: 'spend.reserved', trial: 0, body: { call, to, most }, at }) as const;
const answered = (call: number, at: number, more: object = {}) =>
  ({
    type: 'spend.settled',
    trial: 0,
    body: { call, spent: { requests: 1, tokens: 10, microUsd: 1500 }, ...more },
    at,
  }) as never;
const settled = {
  type: 'trial.settled',
  trial: 0,
  body: settledBody({ model: 'google/gemini-x' }),
  at: 90,
} as const;

test('a call to a model has the attributes of the conventions', async () => {
  const spans = await spansOf(
    paidStudy([
      asked(0, 'google/gemini-x', 10),
      answered(0, 30, { usage: { input: 7, output: 3 } }),
      settled,
    ]),
  );
  const call = spans.find(({ kind }) => kind === 3);
  expect(call?.name).toBe('chat gemini-x');
  expect(plain(call?.attributes ?? [])).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'gcp.gemini',
    'gen_ai.request.model': 'gemini-x',
    'gen_ai.usage.input_tokens': 7,
    'gen_ai.usage.output_tokens': 3,
    'paceline.spent.tokens': 10,
    'paceline.spent.usd': 0.0015,
  });
  expect([call?.startTimeUnixNano, call?.endTimeUnixNano]).toEqual(['10000000', '30000000']);
  const proposal = spans.find(({ spanId }) => spanId === call?.parentSpanId);
  const trial = spans.find(({ spanId }) => spanId === proposal?.parentSpanId);
  expect([proposal?.name, trial?.name]).toEqual(['proposal', 'trial']);
});

test('tokens that nobody counted apart are absent, and a call without an answer is an error', async () => {
  const spans = await spansOf(
    paidStudy([
      asked(0, 'ollama/m/7b', 10),
      answered(0, 20),
      asked(1, 'ollama/m/7b', 30),
      { type: 'study.resumed', body: { epoch: 1, fromSeq: 4 }, at: 70 },
      settled,
    ]),
  );
  const [told, lost] = spans.filter(({ kind }) => kind === 3);
  expect(plain(told?.attributes ?? [])).toMatchObject({ 'gen_ai.request.model': 'm/7b' });
  expect(Object.keys(plain(told?.attributes ?? [])).join()).not.toContain('usage');
  expect(plain(lost?.attributes ?? [])).toMatchObject({ 'error.type': 'unanswered' });
  expect(lost?.status).toEqual({ code: 2 });
  expect(lost?.endTimeUnixNano).toBe('70000000');
});

test('a running study ends with its last entry, trials under way included', async () => {
  const spans = await spansOf(paidStudy([asked(0, 'openai/m', 10), answered(0, 30)]), true);
  expect(spans.map(({ name }) => name)).toEqual(['proposal', 'chat m', 'trial', 'study']);
  const study = spans.at(-1);
  expect(study?.endTimeUnixNano).toBe('30000000');
  expect(plain(study?.attributes ?? [])).toMatchObject({ 'paceline.running': true });
});

test('a candidate that failed is an error of its trial, by its outcome', async () => {
  const body = settledBody({ outcome: 'timeout', values: [null], end: 'timeout' });
  const spans = await spansOf(paidStudy([{ type: 'trial.settled', trial: 0, body, at: 9 }]));
  const trial = spans.find(({ name }) => name === 'trial');
  expect(trial?.status.code).toBe(2);
  expect(plain(trial?.attributes ?? [])).toMatchObject({ 'error.type': 'timeout' });
  expect(plain(trial?.attributes ?? [])).not.toHaveProperty('paceline.score');
});

test('a trial that waits for a person ends as they decide, whatever was tried meanwhile', async () => {
  const settled = (trial: number, end: 'discarded' | null, at: number) =>
    ({ type: 'trial.settled', trial, body: settledBody({ end }), at }) as const;
  const about = (type: 'approval.requested' | 'approval.decided', body: object, at: number) =>
    ({ type, trial: 0, body: { approval: 1, ...body } as never, at }) as const;
  const asked = [
    settled(0, null, 5),
    about('approval.requested', {}, 6),
    settled(1, 'discarded', 7),
  ];
  const decided = about('approval.decided', { decision: 'reject' }, 9);
  const spans = await spansOf(paidStudy([...asked, decided] as never));
  const ends = spans
    .filter(({ name }) => name === 'trial')
    .map(({ attributes }) => plain(attributes));
  expect(ends.map((one) => [one['paceline.trial'], one['paceline.end']])).toEqual([
    [1, 'discarded'],
    [0, 'declined'],
  ]);
});

test('no source and nothing hostile is in a trace', async () => {
  const body = settledBody({ text: 'SOURCE', operator: 'a\u001b[2J', message: 'SAID' });
  const text = await textOf(
    otelTraces(sourceOf(paidStudy([{ type: 'trial.settled', trial: 0, body, at: 9 }]))),
  );
  expect(text).not.toMatch(/SOURCE|SAID|\\u001b\[2J(?!)|\u001b/);
  expect(text).toContain('a\\\\u001b[2J');
});
