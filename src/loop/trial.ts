/**
 * One trial from ask to result, in the background: it reads the fold at its horizon and nothing
 * later, so it may run beside any other. Commits happen elsewhere, in order.
 */
import type { ArchiveView } from '../archives/contract.ts';
import { orient } from '../claims/orient.ts';
import type { Candidate } from '../core/candidate.ts';
import { sha256 } from '../core/hash.ts';
import type { Awaitable } from '../core/json.ts';
import { hasKey } from '../core/key-set.ts';
import { EMPTY_PURSE } from '../core/spend.ts';
import { PERSON } from '../core/steering.ts';
import type { Measured, Outcome } from '../evaluators/contract.ts';
import type { Draft, Probe } from '../proposers/contract.ts';
import { draftOf, writtenFor } from './hand-written.ts';
import { laneOf } from './lanes.ts';
import type { Meter } from './measure.ts';
import { withPinned } from './pinned.ts';
import { type Lane, MAIN_ARM, type Plan } from './plan.ts';
import { type Screened, screenOf } from './screen.ts';
import { type Cascade, runStages } from './stages.ts';
import { armOf, type StudyState } from './state.ts';
import { barOf } from './steering.ts';

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
  readonly message?: string;
  /** The steering that barred it before it was measured. */
  readonly barredBy?: string;
  /** The steering that handed it in, where a person wrote it. */
  readonly writtenIn?: string;
  /** What came before the screen; absent where nothing did. */
  readonly cascade?: Cascade['record'];
}

/** Reads `state` before its first await only. */
export async function runTrial(
  plan: Plan,
  state: StudyState,
  at: { readonly trial: number; readonly signal: AbortSignal; readonly meter: Meter },
): Promise<TrialResult> {
  const { trial, signal, meter } = at;
  const laneNumber = laneOf(plan.opened.cycle, trial);
  const lane = plan.lanes[laneNumber];
  if (lane === undefined || state.floor === undefined) throw new Error('asked before the floor');
  const arm = armOf(state, lane.arm);
  const horizon = state.committed;
  const screen = screenOf(plan, state, arm);
  const { steering } = state;
  const known = new Set<string>();
  const seen = (key: string): boolean => {
    const isKnown = hasKey(arm.seen, key);
    if (isKnown) known.add(key);
    return isKnown;
  };
  const written = writtenFor(steering, trial);
  if (written) seen(written.key);
  const ask = (): Awaitable<Draft> =>
    lane.proposer.ask(state.lanes[laneNumber], {
      trial,
      rng: plan.publicRoot.stream(trial, 'ask'),
      archive: offerOf(plan, state, { lane, trial }),
      probe: probeOf(plan, { trial, signal, meter }),
      fromOrigin: lane.fromOrigin,
      seen,
      purse: EMPTY_PURSE,
      signal,
    });
  const draft = await (written ? draftOf(written) : ask());
  meter.evals += draft.evals ?? 0;
  const candidate = { id: sha256(draft.text), text: draft.text };
  const proposer = written ? PERSON : lane.proposer.name;
  const by = written ? { proposer, writtenIn: written.id } : { proposer };
  const base = { trial, lane: laneNumber, horizon, draft, candidate, ...by };
  const { operator, text, size, noCandidate } = draft;
  if (noCandidate !== undefined) return { ...base, ...meter, ...invalid(noCandidate) };
  if (known.has(draft.key)) return { ...base, outcome: 'duplicate', values: [], ...meter };
  const bar = barOf(plan, steering, { operator, candidate: candidate.id, proposer, text, size });
  if (bar) return { ...base, ...meter, ...invalid(bar.why), barredBy: bar.id };
  const { record: cascade, end } = await runStages(plan, { trial, candidate, signal, meter });
  const screened = end ?? (await screen({ trial, candidate, signal, meter }));
  return { ...base, ...screened, cascade, ...meter };
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
