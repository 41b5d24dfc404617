/**
 * The shell around one study: the ledger, the fold that follows it, and the trials in flight.
 * It decides nothing.
 */
import { setMaxListeners } from 'node:events';
import { referenceSize } from '../claims/screen.ts';
import type { EventDraft, StoredEvent } from '../core/events.ts';
import type { Progress, Reporter } from '../reporters/contract.ts';
import type { Ledger } from '../stores/contract.ts';
import { isComparing, limitReached, type MeasuredInputs } from './decide.ts';
import { apply } from './fold.ts';
import { isAwaited } from './hand-written.ts';
import type { Inbox } from './inbox.ts';
import { horizonOf } from './lanes.ts';
import { type Made, madeDraft, stepDraft } from './made.ts';
import { type Meter, newMeter } from './measure.ts';
import { purseOf, unlessAborted } from './pay.ts';
import type { Budget, Plan } from './plan.ts';
import type { StudyState } from './state.ts';
import { budgetNow } from './steering.ts';
import { type FromOutside, runTrial, type TrialResult } from './trial.ts';
import type { UnderWay } from './under-way.ts';

export type Wish = 'pause' | 'stop';

interface Flying {
  readonly result: Promise<TrialResult>;
  /** What it has taken so far. */
  readonly meter: Meter;
}

export interface Study {
  readonly plan: Plan;
  readonly state: StudyState;
  readonly ledger: Ledger;
  readonly reporters: readonly Reporter[];
  /** Absent where nobody can steer. */
  readonly inbox?: Inbox;
  /** Trials under way, by number. */
  readonly flight: Map<number, Flying>;
  /** Trials below this are in the ledger already: never launched again. */
  readonly firstTrial: number;
  /** Evaluations of trials that were under way when the search ended. */
  givenUpEvals: number;
  /** Ends the trials in flight. */
  readonly searchAbort: AbortController;
  /** Ends the foreground step too. */
  readonly stepAbort: AbortController;
  /** When what comes from outside may be recorded: once the ledger is read. */
  readonly ready: Readiness;
  /** Calls that wait until another gives back what it had put aside. */
  readonly waitingForMoney: (() => void)[];
  /** Answers from outside of trials that have not settled, by trial: never asked for again. */
  readonly made: ReadonlyMap<number, Made>;
  /** What a person asked for, if anything. */
  wish: Wish | undefined;
  /** Totals at which this process yields; absent where it has the study to its end. */
  readonly until?: Budget;
  /** The deep audit beside the search. */
  audit: UnderWay | undefined;
  /** Recorded, but not yet shown to the reporters. */
  readonly unseen: StoredEvent[];
  /** What the foreground is doing, for people. */
  phase: string;
  /** Which pair the step under way measures, where their number is fixed. */
  pair: Progress['pair'];
  /** `state.activeMs` when this process took over, and the monotonic time it did. */
  readonly resumedActiveMs: number;
  readonly resumedAtMs: number;
  /** Monotonic time of the last progress shown, pause for the event loop, and snapshot. */
  shownAtMs: number;
  breathedAtMs: number;
  snapshotAtMs: number;
  snapshotCommitted: number;
  /** When the inbox was last looked into. */
  lookedAtMs: number;
  /** A gate that nobody agreed to would judge. */
  isGateStrange: boolean;
  /** It left because only people can take it further. */
  waitsForApproval: boolean;
  /** Why the root over the last entries is in no second place. */
  unpublished: string | undefined;
}

export interface Readiness {
  readonly promise: Promise<void>;
  isNow: boolean;
  now(): void;
}

export function notReady(): Readiness {
  let resolveIt = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    resolveIt = resolve;
  });
  const ready: Readiness = {
    promise,
    isNow: false,
    now() {
      ready.isNow = true;
      resolveIt();
    },
  };
  return ready;
}

function isReady(): Readiness {
  return { promise: Promise.resolve(), isNow: true, now: () => undefined };
}

/** As many listen as measurements are under way: Node would call more than ten a leak, on stderr. */
function heardByMany(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

export function newStudy(
  parts: Pick<Study, 'plan' | 'state' | 'ledger' | 'reporters' | 'firstTrial' | 'inbox' | 'until'> &
    Partial<Pick<Study, 'made' | 'ready'>>,
): Study {
  const nowMs = parts.plan.clock.monotonicMs();
  return {
    ...parts,
    flight: new Map(),
    givenUpEvals: 0,
    waitingForMoney: [],
    ready: parts.ready ?? isReady(),
    made: parts.made ?? new Map(),
    searchAbort: heardByMany(),
    stepAbort: heardByMany(),
    wish: undefined,
    audit: undefined,
    unseen: [],
    phase: 'starting',
    pair: undefined,
    resumedActiveMs: parts.state.activeMs,
    resumedAtMs: nowMs,
    shownAtMs: Number.NEGATIVE_INFINITY,
    breathedAtMs: Number.NEGATIVE_INFINITY,
    snapshotAtMs: nowMs,
    snapshotCommitted: parts.state.committed,
    lookedAtMs: Number.NEGATIVE_INFINITY,
    isGateStrange: false,
    waitsForApproval: false,
    unpublished: undefined,
  };
}

/** `pause` leaves at once and can be resumed; `stop` ends the search, compares and closes. */
export function ask(study: Study, wish: Wish): void {
  // Who left cannot also finish: the final comparison would find its signal aborted.
  if (study.wish !== 'pause') study.wish = wish;
  study.searchAbort.abort();
  if (wish === 'pause') study.stepAbort.abort();
}

/** Active time over all epochs: pauses and clock jumps do not count. */
export function activeMs(study: Study): number {
  return study.resumedActiveMs + study.plan.clock.monotonicMs() - study.resumedAtMs;
}

export function inputs(study: Study): MeasuredInputs {
  const { isGateStrange, plan } = study;
  const reading = {
    activeMs: activeMs(study),
    wallMs: plan.clock.wallMs(),
    inFlight: study.flight.size,
    isGateStrange,
  };
  const wish = study.wish ?? (isTurnOver(study, reading) ? 'yield' : undefined);
  return wish === undefined ? reading : { ...reading, wish };
}

function isTurnOver({ until, state }: Study, reading: Pick<MeasuredInputs, 'activeMs'>): boolean {
  return until !== undefined && limitReached(until, state, reading) !== undefined;
}

/** Appends and folds: the only way a study's state changes. */
export function record(study: Study, ...drafts: readonly EventDraft[]): void {
  const stamped = drafts.map((draft) => ({
    ...draft,
    meta: { ...draft.meta, epoch: study.state.epoch, wallMs: Math.round(activeMs(study)) },
  })) as readonly EventDraft[];
  const stored: readonly StoredEvent[] = study.ledger.append(stamped);
  for (const event of stored) apply(study.plan, study.state, event);
  if (study.reporters.length > 0) study.unseen.push(...stored);
}

/** Reporters see what is durable, never what a crash could take back. */
export function tellReporters(study: Study): void {
  const { unseen, ledger } = study;
  const after = unseen.findIndex(({ seq }) => seq > ledger.durable.seq);
  const durable = unseen.splice(0, after < 0 ? unseen.length : after);
  if (durable.length === 0) return;
  for (const reporter of study.reporters) reporter.onEvents?.(durable);
}

/**
 * Trials whose horizon is reached and that are not on their way yet. Usually they are asked at their
 * horizon; those that a raised budget lets through are asked at the fold that raised it.
 */
export function dueTrials(study: Study): readonly number[] {
  const { plan, state, flight } = study;
  const { trials: limit } = budgetNow(plan, state);
  const { cycle, lookahead } = plan.opened;
  const schedule = { cycle, lookahead, lanes: plan.lanes };
  const end = Math.min(state.committed + lookahead, limit ?? Infinity);
  const due: number[] = [];
  for (let trial = Math.max(state.committed, study.firstTrial); trial < end; trial++) {
    if (flight.has(trial) || isAwaited(plan, state, trial)) continue;
    const horizon = horizonOf(trial, schedule);
    if (horizon <= state.committed) due.push(trial);
  }
  return due;
}

/** The first trials are asked when floor and references stand; all later ones right after a commit. */
function isBoundary({ rule }: Plan, state: StudyState): boolean {
  if (state.floor === undefined || state.closed) return false;
  const arms = Object.values(state.arms);
  return state.committed > 0 || arms.every((arm) => arm.reference.length >= referenceSize(rule));
}

/** Starts every due trial in the background, unless nothing may run beside what is measured. */
export function launch(study: Study): void {
  if (study.wish !== undefined || study.state.isPaired) return;
  if (study.searchAbort.signal.aborted || isComparing(study.state)) return;
  if (!isBoundary(study.plan, study.state)) return;
  // Before leaving only those that one in flight has to wait for: the others are asked when resumed.
  const isLeaving = isTurnOver(study, { activeMs: activeMs(study) });
  const last = isLeaving ? Math.max(-1, ...study.flight.keys()) : Number.POSITIVE_INFINITY;
  for (const trial of dueTrials(study)) if (trial <= last) start(study, trial);
}

function whenReady(study: Study, draft: EventDraft): void {
  const keep = (): void => record(study, draft);
  if (study.ready.isNow) keep();
  else void study.ready.promise.then(keep);
}

/** What a trial has from outside the process, and leaves for the next one. */
function outside(study: Study, trial: number): FromOutside {
  const { plan, state, ledger, waitingForMoney: waiting, made } = study;
  const known = made.get(trial);
  const purse = purseOf(
    {
      budget: () => budgetNow(plan, state),
      purse: () => state.purse,
      record: (draft) => record(study, draft),
      flush: () => ledger.flush(),
      ready: study.ready.promise,
      waiting,
    },
    trial,
  );
  return {
    purse,
    ...(known ? { made: known } : {}),
    note: (proposer, step) => whenReady(study, stepDraft(trial, proposer, step)),
    foretell: (body) => whenReady(study, { type: 'forecast.made', trial, actor: body.by, body }),
    keep: async (proposer, answer) => {
      // One that came while the search was being ended is paid for too: whoever ends it waits for this.
      if (!study.ready.isNow) await unlessAborted(study.ready.promise, study.searchAbort.signal);
      record(study, madeDraft(trial, proposer, answer));
    },
  };
}

/** Its failure surfaces when its turn to settle comes. */
export function start(study: Study, trial: number): void {
  const { signal } = study.searchAbort;
  const meter = newMeter();
  const result = runTrial(study.plan, study.state, {
    trial,
    signal,
    meter,
    ...outside(study, trial),
  });
  result.catch(() => undefined);
  study.flight.set(trial, { result, meter });
}

/** Gives up what is still under way, and waits until it is: comparisons are measured alone. */
export async function endSearch(study: Study): Promise<void> {
  const { searchAbort, flight } = study;
  searchAbort.abort();
  await Promise.allSettled([...flight.values()].map(({ result }) => result));
  study.givenUpEvals += evalsUnderWay(study);
  flight.clear();
}

export function evalsUnderWay({ flight }: Study): number {
  return [...flight.values()].reduce((sum, { meter }) => sum + meter.evals, 0);
}
