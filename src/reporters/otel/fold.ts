/**
 * A ledger as spans: study > trial > proposal, measurements, confirm; below a proposal its calls to models.
 * The ledger says when things ended. What began nowhere in it began, for a trace, with the entry before.
 */
import type { EventBody, EventType, StoredEvent } from '../../core/events.ts';
import type { Hash } from '../../core/hash.ts';
import { MAIN_ARM } from '../report/tally.ts';
import { callSpan } from './gen-ai.ts';
import { type SpanDraft, spanIdOf, spanOf, traceIdOf } from './span.ts';
import { measureSpan, proposalSpan, studySpan, trialSpan } from './spans.ts';
import { confirmId, proposalId, type Trace, type TrialTrace } from './trace.ts';

export function newTrace(study: string, isRunning: boolean): Trace {
  return {
    study,
    isRunning,
    traceId: '',
    root: '',
    opening: '' as Hash,
    opened: undefined,
    closed: undefined,
    beforeMs: 0,
    trials: new Map(),
    calls: new Map(),
    open: undefined,
    ready: [],
  };
}

export function addToTrace(trace: Trace, event: StoredEvent): void {
  const handle = HANDLERS[event.type] as ((t: Trace, e: StoredEvent) => void) | undefined;
  handle?.(trace, event);
  trace.beforeMs = event.meta.at;
}

/** What is still open ends with the last entry. */
export function endTrace(trace: Trace): void {
  if (!trace.opened) return;
  loseCalls(trace, trace.beforeMs);
  release(trace);
  for (const one of trace.trials.values()) emitTrial(trace, one);
  put(trace, studySpan(trace, trace.opened));
}

function put(trace: Trace, draft: SpanDraft): void {
  trace.ready.push(spanOf(trace.traceId, draft));
}

type Handlers = { readonly [T in EventType]?: (trace: Trace, event: StoredEvent<T>) => void };

const HANDLERS: Handlers = {
  'study.opened': (trace, event) => {
    trace.opened = event;
    trace.opening = event.hash;
    trace.traceId = traceIdOf(event.hash);
    trace.root = spanIdOf('study', event.hash);
  },
  'study.resumed': (trace, event) => loseCalls(trace, event.meta.at),
  'study.closed': (trace, { body }) => {
    trace.closed = body;
  },
  'spend.reserved': (trace, { trial = -1, body, meta, hash }) => {
    traceOf(trace, trial, meta.at);
    trace.calls.set(body.call, { trial, to: body.to, startMs: meta.at, hash });
  },
  'spend.settled': (trace, { body, meta }) =>
    endCall(trace, body.call, { endMs: meta.at, booked: body }),
  'proposal.made': (trace, event) => {
    const one = traceOf(trace, event.trial ?? -1, trace.beforeMs);
    one.made = event;
    one.lastMs = event.meta.at;
  },
  'noise.measured': (trace, event) =>
    put(trace, measureSpan(trace, event, { purpose: 'noise', n: event.body.values.length })),
  'trial.settled': settle,
  'measurement.recorded': measured,
  'trial.confirmed': confirmed,
  'holdout.queried': (trace, event) => {
    const { verdict, gate, evals } = event.body;
    put(trace, measureSpan(trace, event, { purpose: 'holdout', verdict, gate, evals }));
    if (gate === 'fail') endOpen(trace, event, 'gate-failed');
  },
  'gate.judged': (trace, event) => {
    const { verdict } = event.body;
    if (verdict !== 'pass') endOpen(trace, event, verdict === 'fail' ? 'gate-failed' : 'expired');
  },
  'audit.opened': (trace, { body }) => {
    trace.audited = body.to;
  },
  'audit.finished': (trace, event) => {
    const isAhead = trace.open?.settled?.body.candidate === trace.audited;
    if (event.body.verdict === 'fail' && isAhead) endOpen(trace, event, 'gate-failed');
  },
  'study.steered': (trace, event) => {
    if (event.body.declines !== undefined && event.body.declines === trace.open?.trial)
      endOpen(trace, event, 'declined');
  },
  'approval.requested': (trace, { trial }) => {
    if (trace.open?.trial === trial) trace.open = undefined;
  },
  'approval.decided': (trace, event) => {
    const { decision, again } = event.body;
    const asked = trace.trials.get(event.trial ?? -1);
    if (asked === undefined) return;
    release(trace);
    trace.open = asked;
    if (decision !== 'approve' && !again) endOpen(trace, event, ENDS[decision]);
  },
  'candidate.promoted': (trace, event) => {
    if (trace.open) trace.open.promoted = event;
    endOpen(trace, event, 'promoted');
  },
};

const ENDS = { reject: 'declined', expired: 'expired', superseded: 'superseded' } as const;

function traceOf(trace: Trace, trial: number, startMs: number): TrialTrace {
  const known = trace.trials.get(trial);
  if (known) return known;
  const id = spanIdOf(`trial ${trial}`, trace.opening);
  const made: TrialTrace = { trial, id, startMs, lastMs: startMs, calls: [] };
  trace.trials.set(trial, made);
  return made;
}

function endCall(
  trace: Trace,
  call: number,
  ended: { readonly endMs: number; readonly booked?: EventBody['spend.settled'] },
): void {
  const open = trace.calls.get(call);
  if (open === undefined) return;
  trace.calls.delete(call);
  const one = traceOf(trace, open.trial, open.startMs);
  one.calls.push(callSpan(open, { ...ended, parent: proposalId(trace, open.trial) }));
  one.lastMs = ended.endMs;
}

/** A process ended while they were under way. */
function loseCalls(trace: Trace, endMs: number): void {
  for (const call of trace.calls.keys()) endCall(trace, call, { endMs });
}

function settle(trace: Trace, event: StoredEvent<'trial.settled'>): void {
  release(trace);
  const one = traceOf(trace, event.trial ?? -1, trace.beforeMs);
  one.settled = event;
  one.lastMs = event.meta.at;
  trace.open = one;
  const { values, evals, outcome } = event.body;
  if (values.length > 0) {
    const n = values.filter((value) => value !== null).length;
    put(trace, measureSpan(trace, event, { purpose: 'screen', n, evals, outcome }));
  }
  if (event.body.end !== null) endOpen(trace, event, event.body.end);
}

function measured(trace: Trace, event: StoredEvent<'measurement.recorded'>): void {
  const { purpose, values, arm } = event.body;
  put(trace, measureSpan(trace, event, { purpose, arm, n: values.length }));
}

function confirmed(trace: Trace, event: StoredEvent<'trial.confirmed'>): void {
  const { open } = trace;
  const { body, meta } = event;
  put(trace, {
    id: confirmId(trace, event.trial ?? -1),
    parent: open?.id ?? trace.root,
    name: 'confirm',
    startMs: open?.settled?.meta.at ?? trace.beforeMs,
    endMs: meta.at,
    facts: {
      'paceline.claim.verdict': body.verdict,
      'paceline.claim.n': body.n,
      'paceline.claim.alpha': body.alpha,
      'paceline.claim.log_e': body.logE,
      'paceline.claim.effect': body.effect,
      'paceline.claim.why': body.why,
    },
  });
  if (body.verdict === 'unconfirmed') endOpen(trace, event, 'unconfirmed');
  else if (body.arm !== MAIN_ARM) endOpen(trace, event, 'adopted');
}

function endOpen(trace: Trace, { meta }: StoredEvent, as: string): void {
  if (!trace.open) return;
  trace.open.end = as;
  trace.open.lastMs = meta.at;
  release(trace);
}

function release(trace: Trace): void {
  if (!trace.open) return;
  trace.trials.delete(trace.open.trial);
  emitTrial(trace, trace.open);
  trace.open = undefined;
}

function emitTrial(trace: Trace, one: TrialTrace): void {
  const isAsked = one.made !== undefined || one.calls.length > 0;
  if (isAsked) put(trace, proposalSpan(one, proposalId(trace, one.trial)));
  for (const call of one.calls) put(trace, call);
  put(trace, trialSpan(trace, one));
}
