/** What the spans of a study say. Names are few; what differs from trial to trial is in the attributes. */
import { levelOf } from '../../claims/orient.ts';
import type { StoredEvent } from '../../core/events.ts';
import { type SpanDraft, spanIdOf } from './span.ts';
import { confirmId, type Trace, type TrialTrace } from './trace.ts';

export function studySpan(
  trace: Trace,
  { body, meta, hash }: StoredEvent<'study.opened'>,
): SpanDraft {
  return {
    id: spanIdOf('study', hash),
    name: 'study',
    startMs: meta.at,
    endMs: trace.beforeMs,
    facts: {
      'paceline.study': trace.study,
      'paceline.task': body.task,
      'paceline.rule': body.ruleHash,
      'paceline.metric': body.metric.name,
      'paceline.goal': body.metric.goal,
      'paceline.unit': body.metric.unit,
      'paceline.isolation': body.isolation,
      'paceline.running': trace.isRunning,
      'paceline.closed': trace.closed?.reason,
    },
    error: trace.closed?.reason === 'failed' ? 'failed' : undefined,
  };
}

export function trialSpan(trace: Trace, one: TrialTrace): SpanDraft {
  const { settled, promoted } = one;
  const body = settled?.body;
  const values = (body?.values ?? []).filter((value) => value !== null);
  const metric = trace.opened?.body.metric;
  return {
    id: one.id,
    parent: trace.root,
    name: 'trial',
    startMs: one.startMs,
    endMs: one.lastMs,
    facts: {
      'paceline.trial': one.trial,
      'paceline.arm': body?.arm,
      'paceline.proposer': body?.proposer,
      'paceline.operator': body?.operator,
      'paceline.candidate': body?.candidate,
      'paceline.parent': body?.parents[0],
      'paceline.outcome': body?.outcome,
      'paceline.end': one.end,
      'paceline.admitted': body?.admitted,
      'paceline.evals': body?.evals,
      'paceline.score': metric && values.length > 0 ? levelOf(metric, values) : undefined,
      'paceline.n': body ? values.length : undefined,
      'paceline.cpu_ms': settled?.meta.cpuMs,
    },
    ...(promoted ? { events: [promotion(promoted)] } : {}),
    error: body === undefined || body.outcome === 'scored' ? undefined : body.outcome,
  };
}

function promotion({ body, meta }: StoredEvent<'candidate.promoted'>) {
  return {
    name: 'promoted',
    atMs: meta.at,
    facts: {
      'paceline.gain': body.gain,
      'paceline.gain.low': body.interval?.[0],
      'paceline.gain.high': body.interval?.[1],
      'paceline.gain.n': body.n,
      'paceline.approved_by': body.approvedBy,
    },
  };
}

export function proposalSpan(one: TrialTrace, id: string): SpanDraft {
  const { made, settled } = one;
  return {
    id,
    parent: one.id,
    name: 'proposal',
    startMs: one.startMs,
    endMs: made?.meta.at ?? Math.max(...one.calls.map(({ endMs }) => endMs)),
    facts: {
      'paceline.proposer': settled?.body.proposer,
      'paceline.operator': made?.body.operator,
      'paceline.model': made?.body.model,
    },
    error: made?.body.endsAs,
  };
}

type Measured =
  | StoredEvent<'noise.measured'>
  | StoredEvent<'trial.settled'>
  | StoredEvent<'measurement.recorded'>
  | StoredEvent<'holdout.queried'>;

type Said = Readonly<Record<string, string | number>> & { readonly purpose: string };

/** Below the confirm or the trial it was for; below the study where it was for none. */
export function measureSpan(trace: Trace, event: Measured, said: Said): SpanDraft {
  const { open } = trace;
  const isOfTrial = open !== undefined && event.trial === open.trial;
  const above = said.purpose === 'confirm' ? confirmId(trace, event.trial ?? -1) : open?.id;
  return {
    id: spanIdOf('measure', event.hash),
    parent: isOfTrial && above !== undefined ? above : trace.root,
    name: 'measure',
    startMs: trace.beforeMs,
    endMs: event.meta.at,
    facts: Object.fromEntries(
      Object.entries(said).map(([key, value]) => [`paceline.${key}`, value]),
    ),
  };
}
