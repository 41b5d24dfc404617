/**
 * One trial from ask to result, in the background: it reads the fold at its horizon and nothing
 * later, so it may run beside any other. Commits happen elsewhere, in order.
 */
import { referenceOf, screenVerdict } from '../claims/screen.ts';
import type { Candidate } from '../core/candidate.ts';
import { sha256 } from '../core/hash.ts';
import { hasKey } from '../core/key-set.ts';
import type { CaseResult, Measured, Outcome } from '../evaluators/contract.ts';
import type { Draft, Probe } from '../proposers/contract.ts';
import { laneOf } from './lanes.ts';
import { orientation, type Plan } from './plan.ts';
import { armOf, type StudyState } from './state.ts';

export interface TrialResult {
  readonly trial: number;
  readonly lane: number;
  readonly horizon: number;
  readonly draft: Draft;
  readonly candidate: Candidate;
  readonly outcome: Outcome | 'duplicate';
  /** Raw values, one per screened case. */
  readonly values: readonly number[];
  readonly evals: number;
  readonly cpuMs: number;
  readonly message?: string;
}

/** Infrastructure errors are retried on the same cases: never the candidate's fault. */
const INFRA_RETRIES = 2;

interface Meter {
  evals: number;
  cpuMs: number;
}

/** Reads `state` before its first await only. */
export async function runTrial(
  plan: Plan,
  state: StudyState,
  at: { readonly trial: number; readonly signal: AbortSignal },
): Promise<TrialResult> {
  const { trial, signal } = at;
  const laneNumber = laneOf(plan.opened.cycle, trial);
  const lane = plan.lanes[laneNumber];
  if (lane === undefined || state.floor === undefined) throw new Error('asked before the floor');
  const arm = armOf(state, lane.arm);
  const { floor } = state;
  const horizon = state.committed;
  const reference = referenceOf(arm.reference);
  const meter: Meter = { evals: 0, cpuMs: 0 };
  const known = new Set<string>();
  const seen = (key: string): boolean => {
    const isKnown = hasKey(arm.seen, key);
    if (isKnown) known.add(key);
    return isKnown;
  };
  const draft = await lane.proposer.ask(state.lanes[laneNumber], {
    trial,
    rng: plan.publicRoot.stream(trial, 'ask'),
    archive: plan.archive.view(arm.archive, trial),
    probe: probeOf(plan, { trial, signal, meter }),
    fromOrigin: lane.fromOrigin,
    seen,
  });
  const candidate = { id: sha256(draft.text), text: draft.text };
  const base = { trial, lane: laneNumber, horizon, draft, candidate };
  if (known.has(draft.key)) {
    return { ...base, outcome: 'duplicate', values: [], evals: meter.evals, cpuMs: meter.cpuMs };
  }
  const screened = await screen(plan, {
    candidate,
    cases: (from, take) => trainCases(plan, trial, { from, take }),
    verdict: (values) => screenVerdict(plan.rule, floor, values, reference),
    signal,
    meter,
  });
  return { ...base, ...screened, evals: meter.evals, cpuMs: meter.cpuMs };
}

interface Screening {
  readonly candidate: Candidate;
  readonly cases: (from: number, take: number) => readonly number[];
  readonly verdict: (oriented: readonly number[]) => ReturnType<typeof screenVerdict>;
  readonly signal: AbortSignal;
  readonly meter: Meter;
}

/** Stage after stage until the candidate is futile, promising, or has no score. */
async function screen(
  plan: Plan,
  screening: Screening,
): Promise<Pick<TrialResult, 'outcome' | 'values' | 'message'>> {
  const sign = orientation(plan);
  const values: number[] = [];
  for (;;) {
    const verdict = screening.verdict(values.map((value) => sign * value));
    if (verdict.verdict !== 'more') return { outcome: 'scored', values };
    const cases = screening.cases(values.length, verdict.take);
    const measured = await measureOne(plan, { ...screening, cases });
    for (const result of measured) {
      if (result.outcome !== 'scored')
        return { outcome: result.outcome, values, message: result.message };
      values.push(result.value);
    }
  }
}

async function measureOne(
  plan: Plan,
  request: {
    readonly candidate: Candidate;
    readonly cases: readonly number[];
    readonly signal: AbortSignal;
    readonly meter: Meter;
  },
): Promise<readonly CaseResult[]> {
  const { candidate, cases, signal, meter } = request;
  for (let attempt = 0; ; attempt++) {
    const [measured] = await plan.search.measure([{ candidate, cases }], signal);
    if (measured === undefined) throw new Error('the queue returned no result');
    meter.evals += cases.length;
    meter.cpuMs += measured.cpuMs;
    const failed = measured.cases.some((result) => result.outcome === 'infra-error');
    if (!failed || attempt >= INFRA_RETRIES) return measured.cases;
  }
}

/**
 * Training cases are common to all trials of an epoch (common random numbers) and fresh in the next:
 * no candidate can be fitted to a fixed set.
 */
function trainCases(
  plan: Plan,
  trial: number,
  range: { readonly from: number; readonly take: number },
): readonly number[] {
  const epoch = Math.floor(trial / plan.opened.epochTrials);
  return Array.from({ length: range.take }, (_, i) =>
    plan.publicRoot.stream(epoch, 'train', range.from + i).u32(),
  );
}

/** Metered inner evaluations: each round of a trial has one fresh case for all its candidates. */
function probeOf(
  plan: Plan,
  at: { readonly trial: number; readonly signal: AbortSignal; readonly meter: Meter },
): Probe {
  const sign = orientation(plan);
  return {
    async measure(texts, round) {
      const cases = [plan.publicRoot.stream(at.trial, 'probe', round).u32()];
      const requests = texts.map((text) => ({ candidate: { id: '', text }, cases }));
      const measured = await plan.search.measure(requests, at.signal);
      at.meter.evals += texts.length;
      return measured.map((one: Measured) => {
        at.meter.cpuMs += one.cpuMs;
        const [first] = one.cases;
        return first?.outcome === 'scored' ? sign * first.value : null;
      });
    },
  };
}
