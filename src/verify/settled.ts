/** One settled trial: its number, its text, its screen, its admission and its end. */
import { eliteNoise } from '../claims/elites.ts';
import { isRepeat, waitingAt } from '../claims/follow-on-memory.ts';
import { pairEvals } from '../claims/pairs.ts';
import { referenceOf, screenVerdict } from '../claims/screen.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { addKey, hasKey } from '../core/key-set.ts';
import { rememberedFrom } from '../core/memory.ts';
import { advance, type TrialEnd } from '../core/trial-state.ts';
import { mean } from '../stats/summary.ts';
import { pairDifferences, screenValues } from './differences.ts';
import { type ArmEvidence, type Complain, type Evidence, isNoOp, MAIN_ARM } from './evidence.ts';
import { checkFollowOn, followSettled } from './follow-ons.ts';
import { checkForeseen } from './foreseen.ts';
import { checkOwed } from './owed.ts';
import { checkPaid } from './paid.ts';
import { checkReused, learn } from './reused.ts';
import { checkRuns } from './runs.ts';
import { checkStages } from './stages.ts';
import { checkSteering } from './steered.ts';
import { checkWritten } from './written.ts';

type Settled = EventBody['trial.settled'];

export function checkSettled(
  study: Evidence,
  event: StoredEvent<'trial.settled'>,
  complain: Complain,
): void {
  const { body, trial } = event;
  study.checked.trials += 1;
  checkPlace(study, event, complain);
  checkOwed(study, complain);
  study.trials = (trial ?? study.trials) + 1;
  const arm = study.arms.get(body.arm);
  if (arm === undefined) {
    complain('order', `No arm is named "${body.arm}".`);
    return;
  }
  if (sha256(body.text) !== body.candidate) {
    complain('decision', `The text of trial ${trial} does not have the hash of its candidate.`);
  }
  if (isNoOp(study, body.arm) && body.candidate !== study.opened.origin) {
    complain('decision', `Trial ${trial} of the A/A arm proposes something else than the origin.`);
  }
  const key = isNoOp(study, body.arm) ? undefined : study.keyOf?.(body.text);
  if (key !== undefined && key !== body.key) {
    complain('decision', `Trial ${trial} is recorded as another hypothesis than its text is.`);
  }
  checkNothing(body, complain);
  checkPaid(study, event, complain);
  checkPairs(study, arm, { body, complain });
  checkSteering(study, arm, { event, complain });
  checkRuns(study, body, complain);
  checkEnd(study, arm, { event, complain });
  checkRemembered(study, body, complain);
  checkStages(study, arm, { event, complain });
  checkReused(study, event, complain);
  checkForeseen(study, arm, { event, complain });
  checkAdmission(study, arm, { event, complain });
  if (body.evals < pairEvals(body)) {
    complain('decision', `Its screen took ${pairEvals(body)} evaluations, not ${body.evals}.`);
  }
  followSettled(study, arm, { event, complain });
  follow(study, arm, event);
}

function checkPlace(
  study: Evidence,
  event: StoredEvent<'trial.settled'>,
  complain: Complain,
): void {
  const { body, trial } = event;
  const { opened, open, floor, trials } = study;
  if (trial !== trials) complain('order', `Settles trial ${trial ?? '?'} where ${trials} was due.`);
  if (floor === undefined) complain('order', 'A trial is settled before the noise floor.');
  if (study.comparing.size > 0 || study.compared.size > 0) {
    complain('order', 'A trial is settled after the final comparison began.');
  }
  if (open) complain('order', `A trial is settled while trial ${open.trial} awaits its verdict.`);
  const lane = opened.cycle[(trial ?? 0) % opened.cycle.length];
  const place = opened.lanes[body.lane];
  const isPersons = checkWritten(study, event, complain);
  const isOurs = checkFollowOn(study, event, complain);
  const isOwn = isPersons || isOurs || place?.proposer === body.proposer;
  const isPlaced = place?.arm === body.arm && isOwn;
  if (body.lane !== lane || !isPlaced) {
    const [is, was] =
      body.lane === lane
        ? [`${place?.proposer} in ${place?.arm}`, `${body.proposer} in ${body.arm}`]
        : [`lane ${lane}`, `lane ${body.lane}`];
    complain('order', `Trial ${trial} belongs to ${is}, not to ${was} as recorded.`);
  }
  if (study.isPaired && body.horizon !== trials) {
    complain('order', `Trial ${trial} was asked at ${body.horizon}, while another was measured.`);
  }
  if (body.horizon > trials || body.horizon < trials - opened.lookahead + 1) {
    complain('order', `Trial ${trial} was asked at ${body.horizon}, outside the lookahead.`);
  }
}

/** Where nothing was proposed there is no text, and nothing of it was measured. */
function checkNothing(body: Settled, complain: Complain): void {
  if (body.noCandidate === undefined) {
    if (body.text === '') complain('decision', 'It has no text, and does not say why.');
    return;
  }
  const isMeasured = body.values.length > 0 || body.evals > 0 || (body.stages ?? []).length > 0;
  if (body.text !== '' || isMeasured || body.writtenIn !== undefined) {
    complain('decision', 'Recorded as without a candidate, and something was tried all the same.');
  }
  if (!ENDS_WITHOUT.has(body.outcome)) {
    complain('decision', `Recorded as without a candidate, and as ${body.outcome} all the same.`);
  }
  if (!body.message) complain('decision', 'Recorded as without a candidate, for no reason.');
}

/** How a trial ends for which there is no candidate. */
const ENDS_WITHOUT: ReadonlySet<string> = new Set(['invalid', 'infra-error', 'over-budget']);

interface Screened {
  readonly body: Settled;
  readonly complain: Complain;
}

/** In a paired study every value stands beside one of the incumbent, and in no other. */
function checkPairs(study: Evidence, arm: ArmEvidence, { body, complain }: Screened): void {
  const { values, against, againstValues } = body;
  if (!study.isPaired) {
    if (against ?? againstValues) complain('decision', 'No paired screen was due in this study.');
    return;
  }
  if (values.length !== (againstValues?.length ?? 0)) {
    complain('decision', 'The screen was due in pairs, and values of one side are missing.');
  }
  if (againstValues && against !== arm.incumbent) {
    complain('decision', 'The screen was not beside the incumbent of its arm.');
  }
}

/** A promising trial is open (`null`); everything else ends here. */
function checkEnd(study: Evidence, arm: ArmEvidence, { event, complain }: Offered): void {
  const { body } = event;
  const scored = body.values.filter((value) => value !== null).length;
  if (body.outcome === 'scored' && scored < body.values.length) {
    complain('decision', 'The trial counts as scored, but a case of its screen has no score.');
  }
  const expected = expectedEnd(study, arm, event);
  if (expected === undefined || expected === body.end) return;
  const name = (end: TrialEnd | null): string => (end === null ? 'promising' : `"${end}"`);
  complain('decision', `Recorded as ${name(body.end)}; its screen gives ${name(expected)}.`);
}

/** Undefined where it cannot be told. */
function expectedEnd(
  study: Evidence,
  arm: ArmEvidence,
  { body, trial = -1 }: StoredEvent<'trial.settled'>,
): TrialEnd | null | undefined {
  const { rule, floor } = study;
  if (body.noCandidate) return body.outcome === 'scored' ? 'invalid' : body.outcome;
  // What an audit failed is barred, whatever else stands against it.
  if (body.arm === MAIN_ARM && study.pace.quarantined.includes(body.candidate)) return 'invalid';
  const isAgain = isRepeat(waitingAt(study.followOns, trial), body.key);
  if (hasKey(arm.seen, body.key) && !isAgain) return 'duplicate';
  if (body.outcome !== 'scored') return body.outcome;
  if (body.candidate === arm.incumbent && !isNoOp(study, body.arm)) return 'discarded';
  const reference = study.isPaired ? arm.level : referenceOf(arm.reference);
  if (!rule || !floor || Number.isNaN(reference)) return undefined;
  const measured = { ...floor, isPaired: study.isPaired };
  const screen = screenVerdict(rule, measured, screenValues(study, arm, body), reference);
  return screen.verdict === 'promising' ? null : 'discarded';
}

/** Whoever is told that it was tried before is told where. */
function checkRemembered({ opened }: Evidence, body: Settled, complain: Complain): void {
  const due = body.end === 'duplicate' ? rememberedFrom(opened.memory, body.key) : undefined;
  if (due === body.remembered) return;
  complain(
    'decision',
    `Recorded as known from ${body.remembered ?? 'no study'}; the first entry names ${due ?? 'none'}.`,
  );
}

interface Offered {
  readonly event: StoredEvent<'trial.settled'>;
  readonly complain: Complain;
}

function checkAdmission(study: Evidence, arm: ArmEvidence, { event, complain }: Offered): void {
  const { body } = event;
  const mayEnter = body.end !== 'duplicate' && body.outcome === 'scored' && body.values.length > 0;
  const expected = mayEnter && study.archive.admits(arm.archive, eliteOf(study, arm, event));
  if (expected === body.admitted) return;
  const [was, is] = body.admitted ? ['admitted', 'would not take'] : ['refused', 'would take'];
  complain('decision', `Recorded as ${was}; the archive as it stood ${is} this candidate.`);
}

function eliteOf(
  study: Evidence,
  arm: ArmEvidence,
  { body, trial = -1 }: StoredEvent<'trial.settled'>,
) {
  const { candidate, text, size, measures } = body;
  const values = screenValues(study, arm, body);
  const noise = eliteNoise(study);
  return {
    id: candidate,
    text,
    trial,
    score: mean(values),
    n: values.length,
    size,
    ...(noise === undefined ? {} : { noise }),
    ...(measures ? { measures } : {}),
  };
}

function follow(study: Evidence, arm: ArmEvidence, event: StoredEvent<'trial.settled'>): void {
  const { body, trial = -1 } = event;
  arm.trials += 1;
  arm.evals += body.evals;
  learn(study, event);
  const isTried = body.barredBy === undefined && body.noCandidate === undefined;
  if (body.end !== 'duplicate' && isTried) addKey(arm.seen, body.key);
  if (isTried && body.end === 'infra-error') addKey(arm.spoiled, body.key);
  if (body.admitted) {
    study.archive.add(arm.archive, eliteOf(study, arm, event));
    if (body.arm === MAIN_ARM) addKey(study.steering.admitted, body.candidate);
  }
  if (body.end !== null) return;
  study.open = {
    trial,
    arm: body.arm,
    candidate: body.candidate,
    proposer: body.proposer,
    operator: body.operator,
    phase: advance(advance('proposed', 'measured'), 'challenge'),
    differences: [],
    block: [],
    others: {},
    blockOthers: {},
    trained: study.isPaired ? pairDifferences(study, body) : [],
    pairsUsed: 0,
  };
}
