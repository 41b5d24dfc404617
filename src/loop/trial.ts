/**
 * One trial from ask to result, in the background: it reads the fold at its horizon and nothing
 * later, so it may run beside any other. Commits happen elsewhere, in order.
 */
import type { ArchiveView } from '../archives/contract.ts';
import { isRepeat, type WaitingFollowOn, waitingAt } from '../claims/follow-on-memory.ts';
import { orient } from '../claims/orient.ts';
import type { Candidate } from '../core/candidate.ts';
import type { EventBody } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { hasKey } from '../core/key-set.ts';
import type { Purse } from '../core/spend.ts';
import { outsiderOf } from '../core/steering.ts';
import type { Step } from '../core/steps.ts';
import type { Measured, Outcome } from '../evaluators/contract.ts';
import type { Draft, Probe } from '../proposers/contract.ts';
import { BARRED_BY_AUDIT, isBarredByAudit } from './barred.ts';
import { againOf, followOnDraftOf, proposerOf } from './follow-ons.ts';
import { draftOf, writtenFor } from './hand-written.ts';
import { laneOf } from './lanes.ts';
import type { Made } from './made.ts';
import type { Meter } from './measure.ts';
import { withPinned } from './pinned.ts';
import { type Lane, MAIN_ARM, type Plan } from './plan.ts';
import { type Screened, screenOf } from './screen.ts';
import { type Cascade, runStages } from './stages.ts';
import { armOf, type StudyState } from './state.ts';
import { barOf, type Written } from './steering.ts';
import {
  chooseDraft,
  type Expected,
  expectedOf,
  foretold,
  type Tasting,
  tastingOf,
} from './taste.ts';

export interface TrialResult extends Screened {
  readonly trial: number;
  readonly lane: number;
  readonly horizon: number;
  readonly proposer: string;
  readonly draft: Draft;
  readonly candidate: Candidate;
  readonly outcome: Outcome | 'duplicate';
  readonly evals: number;
  readonly reused: number;
  readonly cpuMs: number;
  /** Of it, what choosing and forecasting took. */
  readonly tasteMs: number;
  /** Of what was to be measured, by a study's taste. */
  readonly expected?: Expected | undefined;
  readonly message?: string;
  /** The steering that barred it before it was measured. */
  readonly barredBy?: string;
  /** The steering that handed it in, where a person wrote it. */
  readonly writtenIn?: string;
  /** What came before the screen; absent where nothing did. */
  readonly cascade?: Cascade['record'];
}

/** Of proposers whose answers cost something, or cannot be had again. */
export interface FromOutside {
  readonly purse: Purse;
  /** What was answered before the process that asked ended: it is not asked again. */
  readonly made?: Made;
  /** Keeps what is done on the way to an answer. */
  note(proposer: string, step: Step): void;
  /** Keeps what a person expects of it. */
  foretell(said: EventBody['forecast.made']): void;
  /** Keeps an answer before anything is done with it. */
  keep(proposer: string, answer: Made): Promise<void>;
}

/** Where one trial stands, and what it works with. */
interface At extends FromOutside {
  readonly trial: number;
  readonly signal: AbortSignal;
  readonly meter: Meter;
}

/** Reads `state` before its first await only. */
export async function runTrial(plan: Plan, state: StudyState, at: At): Promise<TrialResult> {
  const { trial, signal, meter } = at;
  const laneNumber = laneOf(plan.opened.cycle, trial);
  const lane = plan.lanes[laneNumber];
  if (lane === undefined || state.floor === undefined) throw new Error('asked before the floor');
  const horizon = state.committed;
  const screen = screenOf(plan, state, armOf(state, lane.arm));
  const { steering, pace } = state;
  const written = writtenFor(steering, trial);
  const follow = waitingAt(state.followOns, trial);
  const tasting = proposerOf(follow) ? undefined : tastingOf(plan, state, { lane, trial });
  const asked = { ...at, lane, laneNumber, written, tasting, follow };
  const { draft, isKnown } = await propose(plan, state, asked);
  meter.evals += draft.evals ?? 0;
  const candidate = { id: sha256(draft.text), text: draft.text };
  const own = proposerOf(follow) ?? lane.proposer.name;
  const proposer = written ? outsiderOf(written.by).proposer : own;
  const by = written ? { proposer, writtenIn: written.id } : { proposer };
  const base = { trial, lane: laneNumber, horizon, draft, candidate, ...by };
  const { operator, text, size } = draft;
  if (draft.noCandidate !== undefined) return { ...base, ...meter, ...withoutCandidate(draft) };
  if (isBarredByAudit({ pace }, lane.arm, candidate.id)) {
    return { ...base, ...meter, ...invalid(BARRED_BY_AUDIT) };
  }
  if (isKnown) return { ...base, outcome: 'duplicate', values: [], ...meter };
  const bar = barOf(plan, steering, { operator, candidate: candidate.id, proposer, text, size });
  if (bar) return { ...base, ...meter, ...invalid(bar.why), barredBy: bar.id };
  const { clock } = plan;
  const drafted = { proposer: { name: proposer }, request: at, meter, clock, draft };
  const expected = await expectedOf(tasting, drafted);
  const foretelling = { ...drafted, candidate: candidate.id };
  for (const said of await foretold(plan, tasting, foretelling)) at.foretell(said);
  const { record: cascade, end } = await runStages(plan, { trial, candidate, signal, meter });
  const screened = end ?? (await screen({ trial, candidate, signal, meter }));
  return { ...base, ...screened, cascade, expected, ...meter };
}

interface Asked extends At {
  readonly lane: Lane;
  readonly laneNumber: number;
  /** What a person wrote for this trial. */
  readonly written: Written | undefined;
  readonly tasting: Tasting | undefined;
  /** What the engine proposed for it. */
  readonly follow: WaitingFollowOn | undefined;
}

/** What is tried: a person's, an answer that was kept, or one that is asked for now. */
async function propose(plan: Plan, state: StudyState, asked: Asked): Promise<Made> {
  const { lane, trial, written, follow, made, signal } = asked;
  const arm = armOf(state, lane.arm);
  const known = new Set<string>();
  const seen = (key: string): boolean => {
    const isKnown = hasKey(arm.seen, key);
    if (isKnown) known.add(key);
    return isKnown;
  };
  if (written) return { draft: draftOf(written), isKnown: seen(written.key) };
  const next = follow && followOnDraftOf(follow);
  if (next) return { draft: next, isKnown: !isRepeat(follow, next.key) && seen(next.key) };
  if (made) return made;
  const again = againOf(state, follow);
  const request = {
    trial,
    rng: plan.publicRoot.stream(trial, 'ask'),
    archive: offerOf(plan, state, { lane, trial }),
    probe: probeOf(plan, asked),
    fromOrigin: lane.fromOrigin,
    seen,
    purse: asked.purse,
    note: (step: Step) => asked.note(lane.proposer.name, step),
    signal,
    ...(again ? { again } : {}),
    ...lessonsOf(state),
  };
  const { proposer } = lane;
  const about = { proposer, lane: state.lanes[asked.laneNumber], request, meter: asked.meter };
  const draft = await chooseDraft(asked.tasting, { ...about, clock: plan.clock });
  const answer = { draft, isKnown: known.has(draft.key) };
  const { name, traits } = proposer;
  if ((traits.outside ?? traits.paid) && !traits.repeatable) await asked.keep(name, answer);
  return answer;
}

/** From the first entry, so that a study that is resumed or replayed asks with the same words. */
function lessonsOf({ opened }: StudyState): { readonly lessons?: readonly string[] } {
  return opened?.lessons ? { lessons: opened.lessons } : {};
}

function withoutCandidate({ noCandidate = '', noCandidateAs }: Draft) {
  return { ...invalid(noCandidate), outcome: noCandidateAs ?? ('invalid' as const) };
}

function invalid(message: string) {
  return { outcome: 'invalid', values: [], message } as const;
}

/** What its proposer may breed from: in the main arm, where it breeds at all, the pins too. */
function offerOf(
  { archive }: Plan,
  state: StudyState,
  { lane, trial }: { readonly lane: Lane; readonly trial: number },
): ArchiveView<Candidate> {
  const view = archive.view(armOf(state, lane.arm).archive, trial);
  const isOffered = lane.arm === MAIN_ARM && !lane.fromOrigin;
  return isOffered ? withPinned(view, state.steering.pins) : view;
}

/** Metered inner evaluations: each round of a trial has one fresh case for all its candidates. */
function probeOf(
  plan: Plan,
  at: { readonly trial: number; readonly signal: AbortSignal; readonly meter: Meter },
): Probe {
  return {
    async measure(texts, round) {
      const cases = [plan.publicRoot.stream(at.trial, 'probe', round).u32()];
      const requests = texts.map((text) => ({ candidate: { id: '', text }, cases }));
      const measured = await plan.search.measure(requests, at.signal, at.trial);
      at.meter.evals += texts.length;
      return measured.map((one: Measured) => {
        at.meter.cpuMs += one.cpuMs;
        const [first] = one.cases;
        return first?.outcome === 'scored' ? orient(plan.opened.metric, first.value) : null;
      });
    },
  };
}
