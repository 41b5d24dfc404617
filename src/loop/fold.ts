import type { Elite } from '../archives/contract.ts';
import { eliteNoise } from '../claims/elites.ts';
import { exactDifferences, type VerifiedPair } from '../claims/exact.ts';
import { afterPromoted, afterProposed } from '../claims/follow-on-memory.ts';
import { orient } from '../claims/orient.ts';
import { withChanges } from '../claims/other-metrics.ts';
import { isOnFreshCases, pairDifferences, pairEvals } from '../claims/pairs.ts';
import { isPairedScreen, referenceSize, screenScore } from '../claims/screen.ts';
import { charge } from '../core/accounts.ts';
import type { Candidate } from '../core/candidate.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody, EventType, StoredEvent } from '../core/events.ts';
import { FOLLOW_ON_PROPOSER } from '../core/follow-ons.ts';
import { addKey } from '../core/key-set.ts';
import { learnValues, mayReuse } from '../core/known-values.ts';
import { remember } from '../core/memory.ts';
import { advance } from '../core/trial-state.ts';
import { applyPace } from '../pace/fold.ts';
import { noiseFloor } from '../stats/noise-floor.ts';
import { mean } from '../stats/summary.ts';
import { applyRemeasured } from './elites.ts';
import { agreedAfter } from './fold-approvals.ts';
import { applyQueried, applySealed, withLast } from './fold-holdout.ts';
import { countEnd, endOpen, noSuchOpen, openOf } from './fold-open.ts';
import { SAFETY_HANDLERS } from './fold-safety.ts';
import { applySteered, settleWritten } from './fold-steered.ts';
import { followAdopted, followConfirmed, followSettled } from './follow-ons.ts';
import { MAIN_ARM, othersOf, type Plan } from './plan.ts';
import { book, bookAllOpen, reserve } from './purse.ts';
import { screenValues, yardstick } from './screen.ts';
import { type ArmState, armOf, type OpenTrial, type StudyState } from './state.ts';
import { tellTaste } from './taste.ts';

/** How entries are folded: recorded by a study when it opens. */
export const FOLD_VERSION = 'paceline.fold/2';
/** Shape of the state: a snapshot of another shape is not loaded, the ledger has everything. */
export const STATE_VERSION = `${FOLD_VERSION} state/26`;

type Handlers = {
  readonly [T in EventType]: (plan: Plan, state: StudyState, event: StoredEvent<T>) => void;
};

/** Changes `state` by one event. No I/O, clock or randomness: state = fold(events), always. */
export function apply(plan: Plan, state: StudyState, event: StoredEvent): void {
  if (event.seq !== state.seq + 1) {
    throw new PacelineError(
      'LEDGER_ALTERED',
      `Entry ${state.seq + 1} is missing from the ledger (found ${event.seq}). Run paceline verify and restore a copy.`,
      { seq: event.seq },
    );
  }
  const handle = HANDLERS[event.type] as (p: Plan, s: StudyState, e: StoredEvent) => void;
  handle(plan, state, event);
  applyPace(state.pace, event);
  state.seq = event.seq;
  state.activeMs = Math.max(state.activeMs, event.meta.wallMs ?? 0);
}

const HANDLERS: Handlers = {
  'study.opened': (_plan, state, event) => {
    state.opened = event.body;
    for (const arm of Object.values<ArmState>(state.arms)) remember(event.body.memory, arm);
  },
  'study.resumed': (_plan, state, event) => {
    state.epoch = event.body.epoch;
    bookAllOpen(state.purse);
  },
  'study.closed': (_plan, state, event) => {
    state.closed = event.body;
  },
  'study.steered': (plan, state, event) => {
    if (event.body.declines !== undefined) decline(state, event.body.declines);
    applySteered(plan, state, event);
  },
  'spend.reserved': (_plan, { purse }, { body }) => reserve(purse, body.call, body.most),
  'spend.settled': (_plan, { purse }, { body }) => book(purse, body.call, body),
  // Of a trial under way: what it says is folded when that settles.
  'proposal.made': () => undefined,
  'proposal.step': () => undefined,
  // Scored by whoever reads the ledger: it decides nothing.
  'forecast.made': () => undefined,
  'follow-ons.proposed': (_plan, state, { body }) => {
    state.followOns = afterProposed(state.followOns, body);
  },
  'noise.measured': applyNoise,
  'trial.settled': applySettled,
  'measurement.recorded': applyMeasurement,
  'trial.confirmed': applyConfirmed,
  'candidate.promoted': applyPromoted,
  'arm.compared': (_plan, state, event) => {
    state.compared.push(event.body.arm);
  },
  'islands.compared': (_plan, state) => {
    state.areIslandsJudged = true;
  },
  'holdout.sealed': (plan, state, { body }) => {
    applySealed(state, body);
    chargeHoldout(plan, state, body);
  },
  'holdout.queried': (plan, state, event) => {
    chargeHoldout(plan, state, event.body);
    if (applyQueried(state, openOf(state), event.body)) return;
    endOpen(state, 'gate-fail', 'gate-failed');
  },
  'holdout.revealed': (_plan, state, event) => {
    if (state.holdout) state.holdout.revealed = event.body.generation;
  },
  ...SAFETY_HANDLERS,
};

function chargeHoldout(
  { opened: { fold } }: Plan,
  state: StudyState,
  { evals }: { readonly evals: number },
): void {
  charge(state, armOf(state, MAIN_ARM), { spent: 'holdout', evals, fold });
}

function applyNoise(plan: Plan, state: StudyState, event: StoredEvent<'noise.measured'>): void {
  const { values, deterministic } = event.body;
  state.floor = noiseFloor(orientAll(plan, values));
  state.deterministic = deterministic;
  state.isPaired = isPairedScreen(plan.opened.screen, state.floor, deterministic);
  state.isReusing = mayReuse(plan.opened, event.body, state.isPaired);
  for (const arm of Object.values(state.arms)) arm.level = state.floor.location;
  const { fold } = plan.opened;
  charge(state, armOf(state, MAIN_ARM), { spent: 'floor', evals: values.length, fold });
}

function applySettled(plan: Plan, state: StudyState, event: StoredEvent<'trial.settled'>): void {
  const { body, trial } = event;
  if (trial !== state.committed) {
    throw new PacelineError(
      'LEDGER_ALTERED',
      `Entry ${event.seq} settles trial ${trial ?? '?'} where ${state.committed} was due. Run paceline verify.`,
      { seq: event.seq },
    );
  }
  const arm = armOf(state, body.arm);
  tellProposer(plan, state, event);
  tellTaste(plan, arm, event);
  settleWritten(state, trial);
  followSettled(plan, state, event);
  state.committed += 1;
  arm.trials += 1;
  arm.evals += body.evals;
  state.reused += body.reused ?? 0;
  if (state.isReusing) {
    const epoch = Math.floor(trial / plan.opened.epochTrials);
    state.known = learnValues(state.known, { trial, epoch, body });
  }
  state.considered += body.considered;
  state.outcomes[body.outcome] = (state.outcomes[body.outcome] ?? 0) + 1;
  if (body.stoppedAt !== undefined) state.stopped += 1;
  // What was barred was not tried: it may be proposed again once nothing stands against it.
  const isTried =
    body.end !== 'duplicate' && body.barredBy === undefined && body.noCandidate === undefined;
  if (isTried) addKey(arm.seen, body.key);
  else if (body.barredBy !== undefined) addKey(arm.barred, body.key);
  if (isTried && body.end === 'infra-error') addKey(arm.spoiled, body.key);
  if (body.refused) state.purse.refused = body.refused;
  if (body.admitted) {
    state.admitted += 1;
    plan.archive.add(arm.archive, eliteOf(plan, state, event));
  }
  if (body.end === null) state.open = openTrial(plan, event);
  else countEnd(state, body.end);
}

function candidateOf(body: EventBody['trial.settled']): Candidate {
  return { id: body.candidate, text: body.text };
}

export function eliteOf(
  plan: Plan,
  state: StudyState,
  event: { readonly trial?: number; readonly body: EventBody['trial.settled'] },
): Elite {
  const { body } = event;
  const values = screenValues(plan, armOf(state, body.arm), body);
  const noise = eliteNoise(state);
  return {
    ...candidateOf(body),
    trial: event.trial ?? -1,
    score: mean(values),
    n: values.length,
    size: body.size,
    ...(noise === undefined ? {} : { noise }),
    ...(body.measures ? { measures: body.measures } : {}),
  };
}

function openTrial(plan: Plan, event: StoredEvent<'trial.settled'>): OpenTrial {
  const { values, againstValues } = event.body;
  return {
    trial: event.trial ?? -1,
    arm: event.body.arm,
    candidate: candidateOf(event.body),
    proposer: event.body.proposer,
    operator: event.body.operator,
    phase: advance(advance('proposed', 'measured'), 'challenge'),
    differences: [],
    pairsUsed: 0,
    block: [],
    others: {},
    blockOthers: {},
    trained: againstValues ? pairDifferences({ values, againstValues }, plan.opened.metric) : [],
  };
}

function orientAll({ opened }: Plan, values: readonly (number | null)[]): number[] {
  return values.flatMap((value) => (value === null ? [] : [orient(opened.metric, value)]));
}

function tellProposer(plan: Plan, state: StudyState, event: StoredEvent<'trial.settled'>): void {
  const { body, trial = -1 } = event;
  const lane = plan.lanes[body.lane];
  // What a person wrote is nothing that a proposer asked for: it has nothing to learn from it.
  if (lane === undefined || lane.fromOrigin || body.writtenIn !== undefined) return;
  if (body.proposer === FOLLOW_ON_PROPOSER) return;
  const arm = armOf(state, body.arm);
  const values = body.outcome === 'scored' ? screenValues(plan, arm, body) : [];
  const gain =
    values.length > 0 && state.floor
      ? screenScore(values, yardstick(state, arm), state.floor.scale)
      : null;
  state.lanes[body.lane] = lane.proposer.tell(state.lanes[body.lane], {
    trial,
    operator: body.operator,
    text: body.text,
    key: body.key,
    outcome: body.end === 'duplicate' ? 'duplicate' : body.outcome,
    ...(body.message === undefined ? {} : { message: body.message }),
    ...(body.hypothesis === undefined ? {} : { hypothesis: body.hypothesis }),
    ...(body.expected === undefined ? {} : { expected: body.expected }),
    ...(body.model === undefined ? {} : { model: body.model }),
    ...(body.spent === undefined ? {} : { spent: body.spent }),
    gain,
    evals: body.evals,
    admitted: body.admitted,
    ...(body.probe ? { probe: body.probe } : {}),
    rng: plan.publicRoot.stream(trial, 'ask'),
  });
}

function applyMeasurement(
  plan: Plan,
  state: StudyState,
  event: StoredEvent<'measurement.recorded'>,
): void {
  const { body } = event;
  const pairs = { values: body.values, againstValues: body.againstValues ?? [] };
  const differences = (): number[] =>
    (plan.rule.mode === 'exact' ? exactDifferences : pairDifferences)(pairs, plan.opened.metric);
  if (isOnFreshCases(body)) state.drawn += body.cases.length;
  if (body.purpose === 'control') {
    // The final comparison is charged to nobody: it decides nothing about the search.
    state.comparing[body.arm] = [...(state.comparing[body.arm] ?? []), ...differences()];
    return;
  }
  if (body.purpose === 'final') {
    state.finals[body.arm] = [...(state.finals[body.arm] ?? []), ...body.values];
    return;
  }
  const arm = armOf(state, body.arm);
  const { fold } = plan.opened;
  charge(state, arm, { spent: body.purpose, evals: pairEvals(body), fold });
  if (body.purpose === 'baseline') {
    arm.reference = [...arm.reference, ...orientAll(plan, body.values)].slice(
      -referenceSize(plan.rule),
    );
    arm.referencedAt = arm.trials;
    arm.referenceCases += body.cases.length;
    arm.referenceMisses = body.values.every((one) => one === null) ? arm.referenceMisses + 1 : 0;
    return;
  }
  if (body.purpose === 'remeasure') {
    applyRemeasured(plan, arm, body);
    return;
  }
  const open = openOf(state);
  const recorded = { ...pairs, others: body.others };
  const about = { metrics: othersOf(plan), isExact: plan.rule.mode === 'exact' };
  if (body.purpose === 'confirm') {
    open.differences.push(...differences());
    open.others = withChanges(open.others, recorded, about);
  } else {
    open.block.push(...differences());
    open.blockOthers = withChanges(open.blockOthers, recorded, about);
  }
  if (body.claimed) open.verified = verifiedPair(body);
}

function verifiedPair(body: EventBody['measurement.recorded']): VerifiedPair {
  const first = (values: readonly (number | null)[] = []): number | null => values[0] ?? null;
  return {
    value: first(body.values),
    againstValue: first(body.againstValues),
    claimed: first(body.claimed),
    againstClaimed: first(body.againstClaimed),
  };
}

function applyConfirmed(
  plan: Plan,
  state: StudyState,
  event: StoredEvent<'trial.confirmed'>,
): void {
  const { body } = event;
  const arm = armOf(state, body.arm);
  const open = openOf(state);
  arm.attempts += 1;
  if (body.pool) {
    arm.evals += body.pool.evals;
    state.poolStamp = { entry: body.pool.entry, evidence: body.pool.evidence };
  }
  if (body.verdict === 'unconfirmed') {
    arm.failedAttempts += 1;
    endOpen(state, 'fail-confirm', 'unconfirmed');
    followConfirmed(plan, state, event);
    return;
  }
  open.phase = advance(open.phase, 'accept');
  // The pairs of a shared pool say nothing of how large a block should be.
  open.pairsUsed = body.pool ? 0 : body.n;
  arm.accepted += 1;
  if (body.arm === MAIN_ARM) return;
  const { level } = arm;
  adopt(arm, open, body.effect ?? 0);
  followAdopted(plan, state, { open, level });
  endOpen(state, 'adopt', 'adopted');
}

/**
 * A person ends the open trial. Its attempt keeps its share of the error budget: otherwise a veto of
 * what looks like failing would buy another try, and only a promotion gives its index back.
 */
function decline(state: StudyState, trial: number): void {
  const open = openOf(state);
  if (open.trial !== trial) throw noSuchOpen();
  const arm = armOf(state, open.arm);
  if (open.phase === 'confirming') arm.attempts += 1;
  else arm.accepted -= 1;
  arm.failedAttempts += 1;
  endOpen(state, 'decline', 'declined');
}

function applyPromoted(
  _plan: Plan,
  state: StudyState,
  event: StoredEvent<'candidate.promoted'>,
): void {
  const { body } = event;
  const open = openOf(state);
  const gated = open.phase === 'gated' ? open.phase : advance(open.phase, 'gates-pass');
  open.phase = advance(gated, 'approve');
  if (state.holdout) state.holdout.incumbents = withLast(state.holdout, open);
  adopt(armOf(state, body.arm), open, body.gain);
  state.promotions += 1;
  state.followOns = afterPromoted(state.followOns, body);
  state.agreedGain = agreedAfter(state, body, open.approved !== undefined);
  const { gain: effect, interval } = body;
  state.lastGain = interval ? { effect, interval } : { effect };
  endOpen(state, 'promote', 'promoted');
}

/** The incumbent pointer moves; its reference has to be measured anew. */
function adopt(arm: ArmState, open: OpenTrial, gain: number): void {
  arm.level += gain;
  arm.incumbent = open.candidate;
  arm.milestones.push({ candidate: open.candidate, atEvals: arm.evals, trial: open.trial });
  arm.reference = [];
}
