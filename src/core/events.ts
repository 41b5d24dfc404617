/**
 * The events of a study: everything that is ever known is one of these. A type has a version;
 * stored bytes are never rewritten, readers upcast. Field order below is the stored order.
 */
import { z } from 'zod';
import { PacelineError } from './errors.ts';
import type { EventMeta } from './event-meta.ts';
import { FOLLOW_ON_EVENTS, triedFollowOn } from './follow-ons.ts';
import { FORECAST_EVENTS, forecastRecord, tastePromise } from './forecast.ts';
import type { Hash } from './hash.ts';
import { gateStamp, HOLDOUT_EVENTS, holdoutPromise } from './holdout.ts';
import { AROUND_IT, archive, arm, lane, metric } from './opened-parts.ts';
import { studyPool } from './pool.ts';
import { PROPOSAL_EVENTS } from './proposal.ts';
import { remarks } from './remarks.ts';
import { gatesPromise, NOT_LOGICAL_SAFETY, SAFETY_EVENTS } from './safety-events.ts';
import { steering, steeringId } from './steering.ts';
import { TRIAL_ENDS } from './trial-state.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const finite = z.number();
const count = z.int().nonnegative();
const range = z.tuple([finite, finite]).readonly();
const json: z.ZodType<unknown> = z.json();
/** Per case, in the metric's own unit; null where the case has no score. */
const values = z.array(finite.nullable()).readonly();
/** The runs behind each value, in the order of measuring; null where one has no score. */
const runs = z.array(values).readonly();

export const OUTCOMES = [
  'scored',
  'invalid',
  'timeout',
  'crashed',
  'infra-error',
  'over-budget',
] as const;
export const PURPOSES = ['baseline', 'remeasure', 'confirm', 'block', 'control', 'final'] as const;
export const SCREEN_MODES = ['paired-if-needed', 'paired'] as const;
export const CLOSE_REASONS = ['budget', 'target', 'stopped', 'exhausted', 'failed'] as const;

/** A metric beside the objective, of the same pairs: a guard, or one that is only shown. */
const otherPairs = z
  .array(z.strictObject({ name: z.string(), values, againstValues: values }))
  .readonly();
/** Its verdict in a confirm; spec and evidence are of a test, which an exact study has none of. */
const guardVerdict = z.strictObject({
  name: z.string(),
  verdict: z.enum(['passed', 'worse', 'inconclusive', 'open']),
  n: count,
  spec: json.optional(),
  logE: finite.optional(),
  /** Oriented mean up to that pair; absent where no change is known. */
  effect: finite.optional(),
});
/** How it stands in the block of a promotion: oriented, n of the pairs in which it is known. */
const otherGain = z.strictObject({
  name: z.string(),
  n: count,
  effect: finite.optional(),
  interval: range.optional(),
});

/** One strict schema per event type: a body with an unknown field does not enter the ledger. */
export const EVENT_BODIES = {
  'study.opened': z.strictObject({
    name: z.string(),
    task: hash,
    config: hash,
    rule: json,
    ruleHash: hash,
    metric,
    /** Metrics that are recorded and shown and decide nothing; guards stand in the rule. */
    info: z.array(metric).readonly().optional(),
    seed: z.string(),
    secretCommit: hash,
    evaluator: hash,
    evaluatorClass: z.enum(['split', 'fused']),
    origin: hash,
    originText: z.string(),
    isolation: z.string(),
    lookahead: count,
    epochTrials: count,
    reproducible: z.enum(['rerun', 'replay']),
    why: z.string().optional(),
    arms: z.array(arm).readonly(),
    lanes: z.array(lane).readonly(),
    cycle: z.array(count).readonly(),
    rng: z.string(),
    fold: z.string(),
    engine: z.string(),
    unchecked: z.array(z.string()).readonly(),
    autonomy: count,
    archive: archive.optional(),
    /** Values of training cases are reused between trials, where the evaluator repeats itself. */
    cache: z.literal(true).optional(),
    /** How candidates are screened (claims/screen.ts). Absent: all of them against the reference. */
    screen: z.enum(SCREEN_MODES).optional(),
    /** Elites are measured again and ranked by shrunken means (claims/elites.ts). Absent: by their scores. */
    elites: z.literal('remeasured').optional(),
    /**
     * `paired`: one of a set of pairs of equal budgets. `islands`: several searches, the arms of
     * search `improver`, against control blocks. Absent: one search, compared with each control at
     * the control's spend.
     */
    design: z.enum(['paired', 'islands']).optional(),
    /** Absent: no sealed set is asked before a promotion. */
    holdout: holdoutPromise.optional(),
    /** Absent: confirms draw new cases without end. */
    pool: studyPool.optional(),
    /** Absent in older ledgers, and where no gatekeeper judges: promotions rest on the claim alone. */
    gates: gatesPromise.optional(),
    /** What every proposal of a search is expected to do, before it runs. Absent: nothing was expected. */
    taste: tastePromise.optional(),
    ...AROUND_IT,
  }),
  'study.resumed': z.strictObject({
    epoch: count,
    fromSeq: count,
    /** What holds the candidates from here on; absent in older ledgers. */
    isolation: z.string().optional(),
  }),
  /** A person's decision, from where it stands. From the first that is not a note on: replay only. */
  'study.steered': z.strictObject({
    id: steeringId,
    by: z.string(),
    said: steering,
    /** The open trial that it ends. */
    declines: count.optional(),
    /** Of a candidate: the trial that tries it, its key, and its size as the task kind counts it. */
    takes: z.strictObject({ trial: count, key: z.string(), size: count }).optional(),
    /** Of a pin: the text of the candidate, which the archive may not keep. */
    pinned: z.string().optional(),
  }),
  'study.closed': z.strictObject({
    reason: z.enum(CLOSE_REASONS),
    stoppedBy: z.string().optional(),
    revealedSecret: z.string().optional(),
  }),
  'noise.measured': z.strictObject({
    candidate: hash,
    cases: z.array(count).readonly(),
    values: z.array(finite).readonly(),
    repeats: z.array(z.tuple([finite, finite]).readonly()).readonly(),
    deterministic: z.boolean(),
    parity: count,
    /** The task says that its evaluator does not repeat itself. Absent: it says it does. */
    declaredNoisy: z.literal(true).optional(),
    /** Each stage of the cascade on the origin; absent where there are none. */
    stages: z
      .array(
        z.strictObject({
          name: z.string(),
          values: z.array(finite).readonly(),
          repeats: z.boolean(),
        }),
      )
      .readonly()
      .optional(),
    /** Of an exact study: what the verifier says of the origin. */
    verified: finite.optional(),
  }),
  'trial.settled': z.strictObject({
    arm: z.string(),
    lane: count,
    horizon: count,
    proposer: z.string(),
    operator: z.string(),
    candidate: hash,
    text: z.string(),
    key: z.string(),
    parents: z.array(hash).readonly(),
    considered: count,
    outcome: z.enum(OUTCOMES),
    values,
    evals: count,
    /** Of these, cases whose values an earlier trial of the epoch had; absent means none. */
    reused: count.optional(),
    probe: z.array(finite.nullable()).readonly().optional(),
    size: count,
    message: z.string().optional(),
    ...remarks,
    admitted: z.boolean(),
    end: z.enum(TRIAL_ENDS).nullable(),
    /** Where the candidate stands on the axes of the archive, in their order; null where unknown. */
    measures: values.optional(),
    /** Of a paired screen: the incumbent, and what it scored beside each of `values`. */
    against: hash.optional(),
    againstValues: values.optional(),
    /** Of a block of several runs a side: what `values` and `againstValues` are the means of. */
    runs: runs.optional(),
    againstRuns: runs.optional(),
    /** What the cascade saw before the screen: the stages reached, in order. */
    stages: z
      .array(z.strictObject({ name: z.string(), values }))
      .readonly()
      .optional(),
    /** The stage whose threshold ended the trial; whatever comes later was not measured. */
    stoppedAt: z.string().optional(),
    /** The steering that bars the candidate: unmeasured from there on, whatever it scored before. */
    barredBy: steeringId.optional(),
    /** The steering that handed it in, where a person wrote it. */
    writtenIn: steeringId.optional(),
    /** The stage whose threshold would have ended it, had it not been drawn to go on all the same. */
    spotChecked: z.string().optional(),
    /** What its taste expected of it; absent where it was not to be measured. */
    forecast: forecastRecord.optional(),
    /** Of a duplicate that `memory` names: the study that found it to lead nowhere. */
    remembered: z.string().optional(),
    /** The follow-on that it tries. */
    followOn: triedFollowOn.optional(),
  }),
  'measurement.recorded': z.strictObject({
    purpose: z.enum(PURPOSES),
    arm: z.string(),
    candidate: hash,
    against: hash.optional(),
    from: count,
    cases: z.array(count).readonly(),
    values,
    againstValues: values.optional(),
    /** Of an exact study's confirm, whose values are the verifier's: what the evaluator says. */
    claimed: values.optional(),
    againstClaimed: values.optional(),
    /** Of a confirm or a block: guards and informational metrics, in their declared order. */
    others: otherPairs.optional(),
    runs: runs.optional(),
    againstRuns: runs.optional(),
  }),
  'trial.confirmed': z.strictObject({
    arm: z.string(),
    candidate: hash,
    against: hash,
    attempt: count,
    /** Index, level and evidence are of a test: an exact study has none. */
    index: count.optional(),
    alpha: finite.optional(),
    spec: json,
    logE: finite.optional(),
    n: count,
    /** Absent where the verifier of an exact study gave no value. */
    effect: finite.optional(),
    verdict: z.enum(['accepted', 'unconfirmed']),
    /** Why it is unconfirmed, where that is not simply too little evidence. */
    why: z.string().optional(),
    /** In the order of the rule; absent where it has none. */
    guards: z.array(guardVerdict).readonly().optional(),
    /** The pair at which the objective's own test was decided, where a guard took longer. */
    objectiveAt: count.optional(),
    /** Of a pool that answers in bits: where the gate wrote down what was measured, and its cost. */
    pool: z.strictObject({ evals: count, ...gateStamp }).optional(),
  }),
  'candidate.promoted': z.strictObject({
    arm: z.string(),
    candidate: hash,
    from: hash,
    gain: finite,
    /** Interval and its coverage, or the tolerance of an exact study: then the gain is arithmetic. */
    interval: range.optional(),
    level: finite.optional(),
    tolerance: finite.optional(),
    n: count,
    notes: z.array(z.string()).readonly(),
    /** Guards and informational metrics over the same block. */
    others: z.array(otherGain).readonly().optional(),
    approvedBy: z.string(),
    atEvals: count,
  }),
  'arm.compared': z.strictObject({
    arm: z.string(),
    atEvals: count,
    ours: hash,
    theirs: hash,
    /** Absent where the verifier of an exact study gave no value. */
    effect: finite.optional(),
    interval: range.optional(),
    tolerance: finite.optional(),
    n: count,
    verdict: z.enum(['ahead', 'behind', 'equal', 'no-evidence', 'identical']),
    words: z.string(),
  }),
  /** The finals of all islands and control blocks on cases common to them. */
  'islands.compared': z.strictObject({
    /** The smallest spend of all: each final is the incumbent its arm had by then. */
    atEvals: count,
    finals: z.array(z.strictObject({ arm: z.string(), candidate: hash })).readonly(),
    /** Cases of each. */
    n: count,
    verdict: z.enum(['helped', 'hurt', 'no-evidence', 'not-testable']),
    /** Mean of the islands less that of the blocks, positive is better; absent where one lacks a score. */
    difference: finite.optional(),
    interval: range.optional(),
    p: finite.optional(),
    words: z.string(),
  }),
  ...HOLDOUT_EVENTS,
  ...PROPOSAL_EVENTS,
  ...FORECAST_EVENTS,
  ...FOLLOW_ON_EVENTS,
  ...SAFETY_EVENTS,
} as const;

export type EventType = keyof typeof EVENT_BODIES;
export type EventBody = { readonly [T in EventType]: z.infer<(typeof EVENT_BODIES)[T]> };
export const EVENT_VERSION = 1;

export type EventDraft = {
  readonly [T in EventType]: {
    readonly type: T;
    readonly trial?: number;
    readonly actor: string;
    readonly body: EventBody[T];
    readonly meta?: Partial<EventMeta>;
  };
}[EventType];

export type StoredEvent<T extends EventType = EventType> = T extends EventType
  ? {
      readonly seq: number;
      readonly type: T;
      readonly v: number;
      readonly trial?: number;
      readonly actor: string;
      readonly body: EventBody[T];
      readonly meta: EventMeta;
      readonly hash: Hash;
    }
  : never;

/** The stored text of a row's columns, exactly as hashed. */
export interface EventRow {
  readonly seq: number;
  readonly type: string;
  readonly v: number;
  readonly trial: number | null;
  readonly actor: string;
  readonly body: string;
  readonly meta: string;
  readonly hash: Hash;
}

/**
 * Events that describe how a run went rather than what was found: not in the logical digest. Answers
 * come in the order in which they come; what they were is in the trials. What people expect decides nothing.
 */
export const NOT_LOGICAL: ReadonlySet<string> = new Set([
  'study.resumed',
  ...Object.keys(PROPOSAL_EVENTS),
  ...Object.keys(FORECAST_EVENTS),
  ...NOT_LOGICAL_SAFETY,
]);

function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENT_BODIES, type);
}

/** @throws PacelineError `INTERNAL` when a body does not fit its schema: nothing unfit is stored. */
export function checkBody<T extends EventType>(type: T, body: unknown): void {
  const result = EVENT_BODIES[type].safeParse(body);
  if (result.success) return;
  throw new PacelineError(
    'INTERNAL',
    `An event ${type} does not fit its schema: ${z.prettifyError(result.error)}. Please report this; the ledger is unharmed.`,
    { type },
  );
}

/**
 * Reads a stored row. @throws PacelineError `LEDGER_VERSION` for a type or version this release does
 * not know, `LEDGER_ALTERED` for text that is not the event it claims to be.
 */
export function decodeRow(row: EventRow): StoredEvent {
  if (!isEventType(row.type) || row.v !== EVENT_VERSION) {
    throw new PacelineError(
      'LEDGER_VERSION',
      `Entry ${row.seq} is "${row.type}" version ${row.v}, which this release does not know. Open the study with the release that wrote it or a newer one.`,
      { seq: row.seq, type: row.type, v: row.v },
    );
  }
  try {
    const body = EVENT_BODIES[row.type].parse(JSON.parse(row.body));
    const meta = JSON.parse(row.meta) as EventMeta;
    const { seq, type, v, actor, hash } = row;
    const base = { seq, type, v, actor, body, meta, hash };
    return (row.trial === null ? base : { ...base, trial: row.trial }) as StoredEvent;
  } catch (cause) {
    throw new PacelineError(
      'LEDGER_ALTERED',
      `Entry ${row.seq} of the ledger cannot be read as ${row.type}. The file was altered or damaged; run paceline verify and restore a copy.`,
      { seq: row.seq },
      { cause },
    );
  }
}
