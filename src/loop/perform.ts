/** Carries out one step and records what happened. Effects here, decisions in decide.ts. */
import { confirmSpec, stoppedMean } from '../claims/decide.ts';
import { isRepeat, waitingAt } from '../claims/follow-on-memory.ts';
import { exactGuardRecords, guardRecords } from '../claims/guarded.ts';
import { screenVerdict } from '../claims/screen.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody, EventDraft } from '../core/events.ts';
import { hasKey } from '../core/key-set.ts';
import type { TrialEnd } from '../core/trial-state.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { withPairedScale } from '../stats/noise-floor.ts';
import { endRequest, requestApproval } from './approvals.ts';
import { BARRED_BY_AUDIT, isBarredByAudit } from './barred.ts';
import { beforeScreen } from './before-screen.ts';
import { comparisonDraft } from './compare.ts';
import { type Step, totalEvals } from './decide.ts';
import { measureElite } from './elites.ts';
import { islandsDraft, measureFinal } from './finals.ts';
import { measureFloor } from './floor.ts';
import { eliteOf } from './fold.ts';
import { followOnDraft, triedOf } from './follow-ons.ts';
import { join, judge, sayGoodbye } from './gatekeeper.ts';
import { askHoldout, reveal, seal } from './holdout.ts';
import { keepPace } from './keep-pace.ts';
import { attemptIndex, attemptLevelOf } from './levels.ts';
import { remarksOf } from './made.ts';
import { measureAlone } from './measure.ts';
import { metered } from './metered.ts';
import { measurePairs, unscoredInARow } from './pairs.ts';
import { isNoOpArm, MAIN_ARM, othersOf, type Plan } from './plan.ts';
import { askPool, poolCases } from './pool.ts';
import { keepRoot, publishEnd } from './roots.ts';
import { screenFloor, screenValues, yardstick } from './screen.ts';
import { sizeOf } from './size.ts';
import { type ArmState, armOf, type OpenTrial, type StudyState } from './state.ts';
import { barOf } from './steering.ts';
import { endSearch, record, type Study, start } from './study.ts';
import type { TrialResult } from './trial.ts';
import { untilLook, withinWall } from './wall.ts';

type StepOf<D extends Step['do']> = Extract<Step, { readonly do: D }>;

/** @throws when measuring was aborted, or a part that is not the candidate's failed. */
export async function perform(study: Study, step: Exclude<Step, StepOf<'leave'>>): Promise<void> {
  const { plan, state } = study;
  const { signal } = study.stepAbort;
  switch (step.do) {
    case 'measure-floor':
      return record(study, await metered(plan, (by) => measureFloor(by, signal)));
    case 'reference':
      return measureReference(study, step);
    case 'remeasure':
      return record(
        study,
        await metered(plan, (by) => measureElite(by, state, { ...step, signal })),
      );
    case 'pairs':
      if (step.purpose === 'control') await endSearch(study);
      return record(study, await pairsDraft(study, step));
    case 'conclude':
      return conclude(study, step);
    case 'conclude-exact':
      return concludeExact(study, step);
    case 'ask-pool':
      return askPool(study, step);
    case 'join':
    case 'judge':
    case 'request-approval':
    case 'end-request':
    case 'seal':
    case 'ask-holdout':
    case 'reveal':
      return askKeepers(study, step);
    case 'promote':
      return promote(study, step);
    case 'wait':
      return untilLook(study);
    case 'settle':
      return settle(study, step.trial);
    case 'propose-next':
      return record(study, followOnDraft(plan, state, step));
    case 'compare':
      return record(study, comparisonDraft(plan, state, step));
    case 'final':
      return record(study, await finalDraft(study, step));
    case 'judge-islands':
      return record(study, islandsDraft(plan, state));
    case 'close':
      return close(study, step);
    default:
      return keepPace(study, step);
  }
}

type KeeperStep = StepOf<
  'join' | 'judge' | 'request-approval' | 'end-request' | 'seal' | 'ask-holdout' | 'reveal'
>;

/** What stands between accepted and promoted: the gatekeeper, people and the hold-out. */
async function askKeepers(study: Study, step: KeeperStep): Promise<void> {
  switch (step.do) {
    case 'join':
      return join(study);
    case 'judge':
      return judge(study, step);
    case 'request-approval':
      return requestApproval(study, step);
    case 'end-request':
      return endRequest(study, step);
    case 'seal':
      return seal(study);
    case 'ask-holdout':
      return askHoldout(study, step);
    case 'reveal':
      return reveal(study, step);
  }
}

/** Oriented differences of the pairs that came before. */
function pairsSoFar(
  { open, comparing }: StudyState,
  { purpose, arm }: StepOf<'pairs'>,
): readonly number[] {
  if (purpose === 'control') return comparing[arm] ?? [];
  return (purpose === 'confirm' ? open?.differences : open?.block) ?? [];
}

/** More pairs of a confirm, a block or a comparison. */
function pairsDraft({ plan, state, stepAbort }: Study, step: StepOf<'pairs'>): Promise<EventDraft> {
  const { signal } = stepAbort;
  // The final comparison is about the objective alone.
  const others = step.purpose === 'control' ? [] : othersOf(plan).map(({ name }) => name);
  const run = { deterministic: state.deterministic, signal, others, ...poolCases(plan, state) };
  // An exact study has one pair: without a score it has nothing.
  const before =
    plan.rule.mode === 'exact' ? {} : { unscoredBefore: unscoredInARow(pairsSoFar(state, step)) };
  return metered(plan, (by) => measurePairs(by, step, { ...run, ...before }));
}

async function finalDraft(study: Study, step: StepOf<'final'>): Promise<EventDraft> {
  await endSearch(study);
  const { plan, state, stepAbort } = study;
  const { deterministic } = state;
  const { signal } = stepAbort;
  return metered(plan, (by) => measureFinal(by, step, { deterministic, signal }));
}

/** New evaluations of the arm's incumbent: what screens are compared with. Never enters a confirm. */
async function measureReference(study: Study, step: StepOf<'reference'>): Promise<void> {
  const { plan, state } = study;
  const arm = armOf(state, step.arm);
  const cases = Array.from({ length: step.take }, (_, i) =>
    plan.publicRoot.stream(-1, `reference:${step.arm}`, arm.referenceCases + i).u32(),
  );
  const candidate = arm.incumbent;
  const { signal } = study.stepAbort;
  let failed: CaseResult | undefined;
  const draft = await metered(plan, async (by) => {
    const results = await measureAlone(by.search, { candidate, cases }, { signal });
    [failed] = results;
    const values = results.map((one) => (one.outcome === 'scored' ? one.value : null));
    const about = { purpose: 'baseline', arm: step.arm, candidate: candidate.id } as const;
    const body = { ...about, from: arm.trials, cases, values };
    return { type: 'measurement.recorded', actor: 'engine', body };
  });
  record(study, draft);
  if (arm.referenceMisses >= MOST_MISSES) throw incumbentFailed(arm, failed);
}

/** Measurements of a reference in a row without a single score, after which there is no going on. */
const MOST_MISSES = 3;

/** It scored when it took the place: a search that cannot score it any more has nothing to compare with. */
function incumbentFailed(arm: ArmState, result: CaseResult | undefined): PacelineError {
  const why = result && 'message' in result ? ` (${result.outcome}: ${result.message})` : '';
  return new PacelineError(
    'EVALUATOR_FAILED',
    `The incumbent of ${arm.name} has no score on fresh training cases${why}. Mend the evaluator or its surroundings, then run paceline resume.`,
  );
}

/**
 * Waits for the next trial in order and commits it; where nothing may run beside it, it starts here.
 * No longer than the wall budget lasts, since a trial may take many evaluations: then it is decided anew.
 */
async function settle(study: Study, trial: number): Promise<void> {
  if (study.state.isPaired && !study.flight.has(trial)) start(study, trial);
  const flying = study.flight.get(trial);
  if (flying === undefined) throw new Error(`trial ${trial} was never launched`);
  const result = await withinWall(study, flying.result);
  if (result === undefined) return;
  study.flight.delete(trial);
  record(study, settledDraft(study, result));
}

export function settledDraft(study: Study, result: TrialResult): EventDraft {
  const { plan, state } = study;
  const { draft, candidate, values, against, againstValues, runs, againstRuns } = result;
  const lane = plan.lanes[result.lane];
  if (lane === undefined) throw new Error(`no lane ${result.lane}`);
  const arm = armOf(state, lane.arm);
  const isNone = draft.noCandidate !== undefined;
  const isBarred = !isNone && isBarredByAudit(state, lane.arm, candidate.id);
  const isAgain = isRepeat(waitingAt(state.followOns, result.trial), draft.key);
  const isSeen = result.outcome === 'duplicate' || (!isAgain && hasKey(arm.seen, draft.key));
  const isDuplicate = !isNone && !isBarred && isSeen;
  const standing = isDuplicate || isNone ? tried(result) : standingOf(study, result);
  const mayEnter = !isDuplicate && standing.outcome === 'scored' && values.length > 0;
  const body: EventBody['trial.settled'] = {
    arm: lane.arm,
    lane: result.lane,
    horizon: result.horizon,
    proposer: result.proposer,
    operator: draft.operator,
    candidate: candidate.id,
    text: candidate.text,
    key: draft.key,
    parents: draft.parents,
    considered: draft.considered,
    values,
    evals: result.evals,
    ...(result.reused > 0 ? { reused: result.reused } : {}),
    ...(draft.probe ? { probe: draft.probe } : {}),
    size: draft.size,
    ...standing,
    ...remarksOf(draft),
    ...(against && againstValues ? { against, againstValues } : {}),
    ...(runs && againstRuns ? { runs, againstRuns } : {}),
    admitted: false,
    end: null,
    ...(mayEnter && plan.measures ? { measures: plan.measures(candidate.text) } : {}),
    ...beforeScreen(study, { arm, isDuplicate }, result),
  };
  const end = endOf(study, body, isDuplicate);
  const admitted =
    mayEnter &&
    plan.archive.admits(arm.archive, eliteOf(plan, state, { trial: result.trial, body }));
  return {
    type: 'trial.settled',
    trial: result.trial,
    actor: result.writtenIn === undefined ? `proposer:${result.proposer}` : result.proposer,
    body: { ...body, ...triedOf(plan, state, { trial: result.trial, body }), admitted, end },
    meta: { cpuMs: result.cpuMs, ...(result.tasteMs > 0 ? { tasteMs: result.tasteMs } : {}) },
  };
}

type Standing = Pick<EventBody['trial.settled'], 'outcome' | 'message' | 'barredBy'>;

function tried({ outcome, message }: TrialResult): Standing {
  const measured = outcome === 'duplicate' ? 'scored' : outcome;
  return { outcome: measured, ...(message ? { message } : {}) };
}

/** What people barred meanwhile counts as what was barred before: its scores move nothing. */
function standingOf({ plan, state }: Study, result: TrialResult): Standing {
  const { draft, candidate, proposer, barredBy } = result;
  if (isBarredByAudit(state, plan.lanes[result.lane]?.arm ?? '', candidate.id)) {
    return { outcome: 'invalid', message: BARRED_BY_AUDIT };
  }
  const { operator, text, size } = draft;
  const proposed = { operator, candidate: candidate.id, proposer, text, size };
  const bar = barOf(plan, state.steering, proposed);
  if (bar) return { outcome: 'invalid', message: bar.why, barredBy: bar.id };
  return { ...tried(result), ...(barredBy ? { barredBy } : {}) };
}

/** The trial's end, or null where it challenges the incumbent as it is now. */
function endOf(
  study: Study,
  body: EventBody['trial.settled'],
  isDuplicate: boolean,
): TrialEnd | null {
  const { plan, state } = study;
  if (isDuplicate) return 'duplicate';
  if (body.outcome !== 'scored') return body.outcome;
  const arm = armOf(state, body.arm);
  const isIncumbent = body.candidate === arm.incumbent.id && !isNoOpArm(plan.opened, body.arm);
  if (state.floor === undefined || isIncumbent) return 'discarded';
  const values = screenValues(plan, arm, body);
  const verdict = screenVerdict(plan.rule, screenFloor(state), values, yardstick(state, arm));
  return verdict.verdict === 'promising' ? null : 'discarded';
}

/** The verdict of a confirm; the first of the pair-wise differences fixed the scale if nothing else could. */
function conclude(study: Study, step: StepOf<'conclude'>): void {
  const { plan, state } = study;
  const { open, verdict } = step;
  const { rule } = plan;
  if (state.floor === undefined || verdict.verdict === 'more' || rule.mode === 'exact') return;
  const arm = armOf(state, open.arm);
  const at = attemptIndex(arm);
  record(study, {
    type: 'trial.confirmed',
    trial: open.trial,
    actor: 'engine',
    body: {
      arm: open.arm,
      candidate: open.candidate.id,
      against: arm.incumbent.id,
      attempt: at.attempt,
      index: at.index,
      alpha: attemptLevelOf(rule, at),
      spec: confirmSpec(rule, withPairedScale(state.floor, open.trained), open.differences),
      logE: verdict.logE,
      n: verdict.n,
      effect: stoppedMean(open.differences.slice(0, verdict.n)),
      verdict: verdict.verdict,
      ...guardRecords(verdict, open.others),
    },
  });
}

/** The verifier's verdict: no level, no evidence in bits, only its two values. */
function concludeExact(study: Study, step: StepOf<'conclude-exact'>): void {
  const { plan, state } = study;
  const { open, verdict } = step;
  if (plan.rule.mode !== 'exact') return;
  const arm = armOf(state, open.arm);
  record(study, {
    type: 'trial.confirmed',
    trial: open.trial,
    actor: 'engine',
    body: {
      arm: open.arm,
      candidate: open.candidate.id,
      against: arm.incumbent.id,
      attempt: attemptIndex(arm).attempt,
      spec: { method: 'exact', tolerance: plan.rule.tolerance },
      n: 1,
      ...(verdict.gain === undefined ? {} : { effect: verdict.gain }),
      verdict: verdict.verdict,
      ...exactGuardRecords(verdict),
    },
  });
}

/** Output commit: the evidence is durable before the pointer moves, and the move before anyone sees it. */
async function promote(study: Study, step: StepOf<'promote'>): Promise<void> {
  const { open } = step;
  await study.ledger.flush();
  record(study, {
    type: 'candidate.promoted',
    trial: open.trial,
    actor: 'engine',
    body: {
      arm: open.arm,
      candidate: open.candidate.id,
      from: step.from,
      ...sizeOf(study.plan, open),
      approvedBy: approverOf(study.plan, open),
      atEvals: totalEvals(study.state),
    },
  });
  await study.ledger.flush();
  const { roots } = study.plan;
  if (roots && open.arm === MAIN_ARM) await keepRoot(study, roots);
}

function approverOf({ opened }: Plan, { approved }: OpenTrial): string {
  if (approved) return `${approved.by} (approval ${approved.approval})`;
  return `autonomy level ${opened.autonomy}`;
}

async function close(study: Study, step: StepOf<'close'>): Promise<void> {
  await endSearch(study);
  await sayGoodbye(study);
  const { givenUpEvals } = study;
  const { roots } = study.plan;
  if (roots) await keepRoot(study, roots);
  record(study, {
    type: 'study.closed',
    actor: 'engine',
    ...(givenUpEvals > 0 ? { meta: { givenUpEvals } } : {}),
    body: { reason: step.reason, stoppedBy: step.stoppedBy, revealedSecret: study.plan.secret },
  });
  if (roots) study.unpublished = await publishEnd(study, roots);
}
