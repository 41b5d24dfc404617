/**
 * What the loop does next: a pure function of the folded state and of what was measured about time
 * and wishes. Each step ends in events; the next call sees their fold.
 */
import { confirmSpec } from '../claims/decide.ts';
import {
  type GuardedExactVerdict,
  type GuardedVerdict,
  guardedExactVerdict,
  guardedVerdict,
} from '../claims/guarded.ts';
import { canConfirm } from '../claims/pool.ts';
import type { ExactRule, SampledRule } from '../claims/rule.ts';
import { needsTopUp, REFERENCE_EVERY_TRIALS, referenceSize } from '../claims/screen.ts';
import type { Candidate, CandidateId } from '../core/candidate.ts';
import { hasKey } from '../core/key-set.ts';
import { lastAudit } from '../pace/due.ts';
import { blockSize } from '../stats/block.ts';
import { withPairedScale } from '../stats/noise-floor.ts';
import { eliteDue, type RemeasureStep } from './elites.ts';
import { type FollowOnStep, followOnStep } from './follow-ons.ts';
import { isAwaited } from './hand-written.ts';
import { type IslandsStep, islandsStep } from './islands.ts';
import { attemptIndex, attemptLevelOf } from './levels.ts';
import { duePaceStep, type PaceStep, pacedStep } from './pace.ts';
import { type Budget, isNoOpArm, MAIN_ARM, type Plan } from './plan.ts';
import { spendLimitReached } from './purse.ts';
import { type EndRequestStep, endedRequest, type RequestStep, requestStep } from './requests.ts';
import { type ArmState, armOf, incumbentAt, type OpenTrial, type StudyState } from './state.ts';
import { budgetNow } from './steering.ts';

/** Readings the shell takes; each use is recorded by the event it causes. */
export interface MeasuredInputs {
  readonly activeMs: number;
  /**
   * `pause`: leave at once, resumable. `stop`: finish with the final comparison and close. `yield`:
   * settle what is in flight, so that nothing measured is lost, and leave, resumable.
   */
  readonly wish?: 'pause' | 'stop' | 'yield';
  /** Reading of the wall clock, ms since 1970: what requests expire by. */
  readonly wallMs: number;
  /** A gate that nobody agreed to would judge: the study waits. */
  readonly isGateStrange?: boolean;
  /** Trials on their way. */
  readonly inFlight?: number;
}

export interface PairsStep {
  readonly do: 'pairs';
  readonly purpose: 'confirm' | 'block' | 'control';
  readonly arm: string;
  readonly trial: number;
  readonly candidate: Candidate;
  readonly against: Candidate;
  readonly from: number;
  readonly take: number;
}

export type Step =
  | { readonly do: 'measure-floor' }
  | { readonly do: 'reference'; readonly arm: string; readonly take: number }
  | RemeasureStep
  | PairsStep
  | { readonly do: 'conclude'; readonly open: OpenTrial; readonly verdict: GuardedVerdict }
  | {
      readonly do: 'conclude-exact';
      readonly open: OpenTrial;
      readonly verdict: GuardedExactVerdict;
    }
  | { readonly do: 'ask-pool'; readonly open: OpenTrial }
  | { readonly do: 'join' }
  | { readonly do: 'judge'; readonly open: OpenTrial }
  | RequestStep
  | EndRequestStep
  | { readonly do: 'seal' }
  | { readonly do: 'ask-holdout'; readonly open: OpenTrial }
  | { readonly do: 'reveal'; readonly generation: number; readonly candidate: CandidateId }
  | { readonly do: 'promote'; readonly open: OpenTrial; readonly from: CandidateId }
  | {
      readonly do: 'compare';
      readonly arm: string;
      readonly ours: Candidate;
      readonly theirs: Candidate;
      readonly atEvals: number;
    }
  | { readonly do: 'settle'; readonly trial: number }
  /** For people to hand something in. */
  | { readonly do: 'wait' }
  | FollowOnStep
  | IslandsStep
  | PaceStep
  | {
      readonly do: 'close';
      readonly reason: 'budget' | 'exhausted' | 'stopped';
      readonly stoppedBy: string;
    }
  /** `approval`: nothing is left to do before somebody has decided. */
  | { readonly do: 'leave'; readonly why?: 'approval' };

/** Pairs of the final comparison: fixed before the first, so its interval means what it says. */
const COMPARISON_PAIRS = 32;

export function comparisonPairs({ rule }: Pick<Plan, 'rule'>): number {
  return rule.mode === 'exact' ? 1 : COMPARISON_PAIRS;
}

/** The comparison with the untouched origin, beside the control arms. */
export const ORIGIN_COMPARISON = 'origin';

export function decide(plan: Plan, state: StudyState, inputs: MeasuredInputs): Step {
  if (state.closed || inputs.wish === 'pause') return { do: 'leave' };
  if (plan.gatekeeper && state.gateEpoch !== state.epoch) {
    return inputs.isGateStrange ? { do: 'leave', why: 'approval' } : { do: 'join' };
  }
  const paced = duePaceStep(plan, state);
  if (paced) return paced;
  const next = followOnStep(plan, state);
  if (next) return next;
  const ended = endOfSearch(plan, state, inputs);
  const over = endedRequest(plan, state, inputs.wallMs);
  if (over) return over;
  if (!ended && inputs.wish === 'yield' && !inputs.inFlight) return { do: 'leave' };
  if (ended && state.open === undefined) {
    return state.parked.length > 0 ? { do: 'leave', why: 'approval' } : finish(plan, state, ended);
  }
  if (state.floor === undefined) return { do: 'measure-floor' };
  if (plan.holdout && !state.open && !state.holdout?.isOpen) return { do: 'seal' };
  const size = state.isPaired ? 0 : referenceSize(plan.rule);
  const empty = Object.values(state.arms).find((arm) => arm.reference.length < size);
  if (empty && state.open === undefined) {
    return { do: 'reference', arm: empty.name, take: size - empty.reference.length };
  }
  if (state.open) {
    const { activeMs } = inputs;
    return challenge(plan, state, { open: state.open, activeMs, isOver: ended !== undefined });
  }
  const isStill = state.isPaired || !needsTopUp(plan.rule);
  const due = isStill ? undefined : Object.values(state.arms).find(isReferenceDue);
  if (due) return { do: 'reference', arm: due.name, take: 1 };
  const doubted = eliteDue(plan, state);
  if (doubted) return doubted;
  const trial = state.committed;
  return isAwaited(plan, state, trial) ? { do: 'wait' } : { do: 'settle', trial };
}

function isReferenceDue(arm: ArmState): boolean {
  return arm.trials - arm.referencedAt >= REFERENCE_EVERY_TRIALS;
}

/** The budget or the proposers that are used up, or the wish to stop; undefined while the search goes on. */
export function endOfSearch(
  plan: Plan,
  state: StudyState,
  inputs: MeasuredInputs,
): string | undefined {
  if (inputs.wish === 'stop') return 'request';
  const limit = limitReached(budgetNow(plan, state), state, inputs);
  if (limit !== undefined) return limit;
  if (isExhausted(plan, state)) return 'proposers';
  if (isPoolSpent(plan, state)) return 'pool';
  // A stop that was interrupted while it compared stays a stop: its pairs are of these candidates.
  return isComparing(state) ? 'request' : undefined;
}

/** The limit that is used up, or undefined. */
export function limitReached(
  budget: Budget,
  state: StudyState,
  { activeMs }: Pick<MeasuredInputs, 'activeMs'>,
): 'trials' | 'evals' | 'wall' | 'requests' | 'tokens' | 'usd' | undefined {
  const { trials, evals, wallMs } = budget;
  if (trials !== undefined && state.committed >= trials) return 'trials';
  if (evals !== undefined && measuredEvals(state) >= evals) return 'evals';
  if (wallMs !== undefined && activeMs >= wallMs) return 'wall';
  const limit = spendLimitReached(budget, state.purse);
  return limit === 'microUsd' ? 'usd' : limit;
}

/** The search is over: what is compared stays what it is. */
export function isComparing({ comparing, compared, finals, hasGateLeft }: StudyState): boolean {
  return (
    hasGateLeft ||
    compared.length > 0 ||
    [comparing, finals].some((begun) => Object.keys(begun).length > 0)
  );
}

/** Nothing new can come from any lane, nor from a person. */
function isExhausted({ lanes }: Plan, state: StudyState): boolean {
  if (state.steering.written.length > 0 || state.followOns.waiting.length > 0) return false;
  return lanes.every(({ arm, proposer }, lane) => {
    const { seen, barred } = armOf(state, arm);
    return proposer.isExhausted?.(
      state.lanes[lane],
      (key) => hasKey(seen, key) || hasKey(barred, key),
    );
  });
}

/** No arm may begin an attempt that might not be finished. Comparisons have cases kept for them. */
function isPoolSpent({ opened, rule }: Plan, state: StudyState): boolean {
  const { pool, arms } = opened;
  if (pool === undefined || rule.mode === 'exact') return false;
  const compared = Object.values(state.comparing).reduce((sum, pairs) => sum + pairs.length, 0);
  const next = Object.values(state.arms).map((arm) => {
    const at = attemptIndex(arm);
    return { level: attemptLevelOf(rule, at, pool), acceptedBefore: at.acceptedBefore };
  });
  const kept = comparedCases({ opened: { arms } });
  return !canConfirm(rule, pool, { drawn: state.drawn - compared, compared: kept, next });
}

/** Cases that the final comparisons take: with the origin, and with each rival. */
export function comparedCases({
  opened,
}: {
  readonly opened: Pick<Plan['opened'], 'arms'>;
}): number {
  const rivals = opened.arms.filter(({ name }) => name !== MAIN_ARM && !isNoOpArm(opened, name));
  return COMPARISON_PAIRS * (1 + rivals.length);
}

export function totalEvals(state: StudyState): number {
  return Object.values(state.arms).reduce((sum, arm) => sum + arm.evals, state.claimEvals);
}

/** What was really measured: the arms are charged for values they reused, the budget is not. */
export function measuredEvals(state: StudyState): number {
  return totalEvals(state) - state.reused;
}

interface Challenged extends Pick<MeasuredInputs, 'activeMs'> {
  readonly open: OpenTrial;
  /** The search is over: this is the last that may be promoted. */
  readonly isOver: boolean;
}

/** The confirm of the one open challenger, then its measurement block, then its promotion. */
function challenge(plan: Plan, state: StudyState, challenged: Challenged): Step {
  const { open } = challenged;
  const against = armOf(state, open.arm).incumbent;
  const pairs = {
    do: 'pairs',
    arm: open.arm,
    trial: open.trial,
    candidate: open.candidate,
    against,
  } as const;
  const { rule } = plan;
  if (rule.mode === 'exact') {
    if (open.phase !== 'confirming') return promotion(plan, state, challenged);
    const verdict = verifiedSoFar(rule, plan, open);
    if (verdict) return { do: 'conclude-exact', open, verdict };
    return { ...pairs, purpose: 'confirm', from: 0, take: 1 };
  }
  if (open.phase === 'confirming') {
    if (plan.pool?.gate) return { do: 'ask-pool', open };
    const verdict = verdictSoFar(rule, state, open);
    if (verdict.verdict !== 'more') return { do: 'conclude', open, verdict };
    return { ...pairs, purpose: 'confirm', from: open.differences.length, take: verdict.take };
  }
  const missing = blockSize(open.pairsUsed) - open.block.length;
  if (missing > 0) return { ...pairs, purpose: 'block', from: open.block.length, take: missing };
  return promotion(plan, state, challenged);
}

/**
 * From accepted to promoted: what the gatekeeper says, then people, where they have to agree, then what the
 * pace asks for, since audits cost much, and last the hold-out, which answers few questions.
 */
function promotion(plan: Plan, state: StudyState, challenged: Challenged): Step {
  const { open } = challenged;
  if (plan.holdout && open.heldOutIn === undefined) return { do: 'ask-holdout', open };
  if (plan.gatekeeper && open.judged === undefined) return { do: 'judge', open };
  const request = requestStep(plan, state, open);
  if (request) return request;
  const paced = pacedStep(plan, state, challenged);
  if (paced) return paced;
  return { do: 'promote', open, from: armOf(state, open.arm).incumbent.id };
}

/** The rule applied to the pairs so far; pure, and again applied by `verify` to the recorded pairs. */
function verdictSoFar(rule: SampledRule, state: StudyState, open: OpenTrial): GuardedVerdict {
  const floor = state.floor;
  if (floor === undefined) throw new Error('a challenger before the noise floor');
  const arm = armOf(state, open.arm);
  const level = attemptLevelOf(rule, attemptIndex(arm));
  const spec = confirmSpec(rule, withPairedScale(floor, open.trained), open.differences);
  const { differences, others: guards } = open;
  return guardedVerdict(rule, { level, spec }, { differences, guards });
}

/** Undefined before the verifier was asked. */
function verifiedSoFar(
  rule: ExactRule,
  plan: Plan,
  { verified, others: guards }: OpenTrial,
): GuardedExactVerdict | undefined {
  return verified && guardedExactVerdict(rule, { pair: verified, guards }, plan.opened.metric);
}

/** What ended the search, where it was no budget. */
const REASONS: ReadonlyMap<string, 'stopped' | 'exhausted'> = new Map([
  ['request', 'stopped'],
  ['proposers', 'exhausted'],
  ['pool', 'exhausted'],
]);

/** After the search: each comparison in turn, then the end. */
function finish(plan: Plan, state: StudyState, stoppedBy: string): Step {
  const audit = plan.gatekeeper && !state.hasGateLeft ? closingAudit(state) : undefined;
  if (audit) return audit;
  const rivals = state.floor === undefined ? [] : comparisons(plan, state);
  for (const { arm, ours, theirs, atEvals } of rivals) {
    if (state.compared.includes(arm)) continue;
    const done = state.comparing[arm]?.length ?? 0;
    const take = comparisonPairs(plan) - done;
    if (ours.id === theirs.id || take <= 0) return { do: 'compare', arm, ours, theirs, atEvals };
    return {
      do: 'pairs',
      purpose: 'control',
      arm,
      trial: -1,
      candidate: ours,
      against: theirs,
      from: done,
      take,
    };
  }
  const islands =
    plan.opened.design === 'islands' && rivals.length > 0 ? islandsStep(plan, state) : undefined;
  if (islands) return islands;
  const unseen = rivals.length > 0 ? unrevealed(state) : undefined;
  if (unseen) return { do: 'reveal', ...unseen };
  return { do: 'close', reason: REASONS.get(stoppedBy) ?? 'budget', stoppedBy };
}

/** No search promotes anything more: what it leaves is certified, or the result says that it is not. */
function closingAudit({ pace }: StudyState): PaceStep | undefined {
  if (pace.audit) return { do: 'take-audit' };
  const due = lastAudit(pace);
  return due && { do: 'open-audit', due };
}

/** The first sealed set that people have not been shown; nothing can be asked of any by now. */
function unrevealed({ holdout }: StudyState) {
  const candidate = holdout?.incumbents[holdout.revealed];
  return holdout && candidate ? { generation: holdout.revealed + 1, candidate } : undefined;
}

/**
 * Final incumbent against the origin, and against each control at the control's spend. The A/A arm
 * is no rival: what it has to say is whether anything was accepted in it. Nor are islands and
 * control blocks, which are judged together.
 */
function comparisons(plan: Plan, state: StudyState) {
  const main = armOf(state, MAIN_ARM);
  if (state.committed === 0) return [];
  const rivals = Object.values(state.arms).filter(
    ({ name }) => name !== MAIN_ARM && !isNoOpArm(plan.opened, name),
  );
  const origin = { ours: main.incumbent, theirs: plan.origin, atEvals: main.evals };
  const ofOrigin = { arm: ORIGIN_COMPARISON, ...origin };
  if (plan.opened.design === 'islands') return [ofOrigin];
  const controls = rivals.map((arm) => {
    // A pair of equal budgets is cut at the smaller spend of the two, whoever that is.
    const atEvals = plan.opened.design === 'paired' ? Math.min(arm.evals, main.evals) : arm.evals;
    const theirs = incumbentAt(arm, atEvals);
    return { arm: arm.name, ours: incumbentAt(main, atEvals), theirs, atEvals };
  });
  return [ofOrigin, ...controls];
}
