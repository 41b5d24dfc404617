/**
 * A study as OpenTelemetry traces: lines of OTLP JSON, each an ExportTraceServiceRequest, which the
 * collector's file receiver reads and `/v1/traces` takes as they are.
 */
import type { ExportSource } from './contract.ts';
import { addToTrace, endTrace, newTrace } from './otel/fold.ts';
import { attributesOf, type Span } from './otel/span.ts';
import type { Trace } from './otel/trace.ts';
import { quietJson } from './plain-text.ts';

/** Spans of a line. */
const BATCH = 512;

export async function* otelTraces({
  study,
  isRunning,
  entries,
}: ExportSource): AsyncGenerator<string> {
  const trace = newTrace(study, isRunning);
  for await (const page of entries()) {
    for (const event of page) addToTrace(trace, event);
    while (trace.ready.length >= BATCH) yield request(trace, trace.ready.splice(0, BATCH));
  }
  endTrace(trace);
  while (trace.ready.length > 0) yield request(trace, trace.ready.splice(0, BATCH));
}

function request({ study, opened }: Trace, spans: readonly Span[]): string {
  const version = opened?.body.engine;
  const resource = attributesOf({
    'service.name': 'paceline',
    'service.version': version,
    'service.instance.id': study,
  });
  return `${quietJson({
    resourceSpans: [
      {
        resource: { attributes: resource, droppedAttributesCount: 0 },
        scopeSpans: [{ scope: { name: 'paceline', ...(version ? { version } : {}) }, spans }],
      },
    ],
  })}\n`;
}
