/** The sealed hold-out as the ledger tells of it: sets, questions and answers, without their values. */
import { holdoutStep } from '../claims/holdout.ts';
import { charge } from '../core/accounts.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { secretRoot } from '../core/rng.ts';
import { advance } from '../core/trial-state.ts';
import { blockSize } from '../stats/block.ts';
import { near } from './agreement.ts';
import { checkFreshCases } from './cases.ts';
import {
  type ArmEvidence,
  type Challenger,
  type Complain,
  type Evidence,
  MAIN_ARM,
} from './evidence.ts';
import { checkAsked, checkTold } from './gate-record.ts';
import type { HoldoutEvidence } from './holdout-evidence.ts';

const NOTHING: NonNullable<Evidence['opened']['holdout']> = { cases: 0, queries: 0 };

/** Nothing happened at the gate that this ledger does not hold. */
function followsOn(study: Evidence, entry: number): boolean {
  return entry === study.holdout.entry + 1;
}

export function checkSealed(
  study: Evidence,
  { body }: StoredEvent<'holdout.sealed'>,
  complain: Complain,
): void {
  const { holdout, opened, rule, floor } = study;
  const { cases, queries, promotions } = opened.holdout ?? NOTHING;
  const main = study.arms.get(MAIN_ARM);
  if (body.cases !== cases || body.queries !== queries || body.promotions !== promotions) {
    const passes = promotions === undefined ? '' : ` and ${promotions} promotions`;
    complain(
      'decision',
      `The study promised ${cases} sealed cases and ${queries} questions${passes}.`,
    );
  }
  if (study.open) complain('order', `Sealed while trial ${study.open.trial} was open.`);
  checkOrder(study, body, complain);
  if (body.generation <= holdout.generation || holdout.revealed > 0) {
    complain('order', `Set ${body.generation} is sealed after set ${holdout.generation}.`);
  }
  if (followsOn(study, body.entry)) {
    if (holdout.isOpen) complain('order', 'Sealed while the last set still answers.');
    if (body.candidate !== main?.incumbent)
      complain('decision', 'It is sealed for another than the incumbent.');
  }
  if (rule && rule.mode !== 'exact' && floor && cases > 0) {
    const due = holdoutStep(rule, floor, cases);
    if (!near(due, body.step)) complain('decision', `The step is ${due}, not ${body.step}.`);
  }
  if (body.evals !== body.cases) complain('decision', `It took ${body.cases} evaluations.`);
  charge(study, main, { spent: 'holdout', evals: body.evals, fold: study.opened.fold });
  if (study.gate) checkTold(study.gate, body, complain);
  const { generation, entry, candidate: measured } = body;
  const unasked = { isOpen: true, asked: 0, passed: 0, refused: 0, measured };
  const ofGate = [...holdout.ofGate, ...(body.secret === undefined ? [] : [generation])];
  study.holdout = { ...holdout, ...unasked, generation, entry, ofGate };
}

/** Entries of the gate are named in the order in which it wrote them. */
function checkOrder(study: Evidence, { entry }: { readonly entry: number }, complain: Complain) {
  const { holdout, opened } = study;
  if (opened.holdout === undefined) complain('order', 'This study promised no hold-out.');
  if (entry > holdout.entry) return;
  complain('order', `Names entry ${entry} of the gate after entry ${holdout.entry}.`);
}

export function checkQueried(
  study: Evidence,
  { body, trial }: StoredEvent<'holdout.queried'>,
  complain: Complain,
): void {
  const { holdout, open } = study;
  const arm = study.arms.get(MAIN_ARM);
  if (!arm || open?.trial !== trial || open?.arm !== MAIN_ARM || open.phase !== 'accepted') {
    complain('order', `No trial ${trial ?? '?'} of ${MAIN_ARM} awaits the hold-out.`);
    return;
  }
  if (open.block.length !== blockSize(open.pairsUsed)) {
    complain('order', 'The hold-out is asked before the block of the gain is whole.');
  }
  if (body.candidate !== open.candidate || body.against !== arm.incumbent) {
    complain('decision', 'It is not about the challenger and the incumbent.');
  }
  checkOrder(study, body, complain);
  checkAnswer(study, body, complain);
  charge(study, arm, { spent: 'holdout', evals: body.evals, fold: study.opened.fold });
  if (study.gate) checkAsked(checkTold(study.gate, body, complain), open.block, complain);
  const { generation, query: asked, entry } = body;
  const isOpen = body.retired === undefined;
  const counts = counted(holdout, body);
  study.holdout = { ...holdout, ...counts, generation, asked, entry, isOpen };
  follow(study, { arm, open, gate: body.gate });
}

type Queried = EventBody['holdout.queried'];

/** Answers that the ledger lost were one or the other. */
function counted({ passed, refused }: HoldoutEvidence, { gate }: Queried) {
  return gate === 'pass' ? { passed: passed + 1, refused } : { passed, refused: refused + 1 };
}

/** Evaluations a question can take: of one side, of both, and of times two runs of both. */
export function isRunOf(evals: number, cases: number): boolean {
  return [1, 2, 4].includes(evals / cases);
}

function checkAnswer({ holdout, opened }: Evidence, body: Queried, complain: Complain): void {
  const { queries, cases, promotions = Number.POSITIVE_INFINITY } = opened.holdout ?? NOTHING;
  const { generation, query, queriesLeft, retired, gate, why, evals } = body;
  if (generation !== holdout.generation || !holdout.isOpen || holdout.revealed > 0) {
    complain('order', `Set ${generation} was not there to be asked.`);
  }
  if (query <= holdout.asked || query > queries || queriesLeft !== queries - query) {
    complain(
      'decision',
      `Question ${query} of ${queries}, ${queriesLeft} left: it does not add up.`,
    );
  }
  if ((queriesLeft === 0 && retired === undefined) || (retired === 'spent' && queriesLeft > 0)) {
    complain('decision', 'A set is retired as spent with its last question, and not before.');
  }
  const { passed, refused } = counted(holdout, body);
  const isEarly = retired === 'promoted' && query - refused < promotions;
  if (isEarly || (retired === undefined && passed >= promotions)) {
    complain('decision', `A set is retired with the last of ${promotions} promotions.`);
  }
  if ((gate === 'fail') !== (why !== undefined)) {
    complain('decision', 'A refusal has its reason, and nothing else has one.');
  }
  if (!isRunOf(evals, cases)) {
    complain('decision', `${evals} evaluations cannot be those of ${cases} sealed cases.`);
  }
}

/** A refused candidate keeps its share of the error budget. */
function follow(
  study: Evidence,
  of: { readonly arm: ArmEvidence; readonly open: Challenger; readonly gate: Queried['gate'] },
): void {
  const { arm, open, gate } = of;
  if (gate === 'pass') {
    open.heldOutIn = study.holdout.generation;
    if (study.opened.gates === undefined) open.phase = advance(open.phase, 'gates-pass');
    return;
  }
  open.phase = advance(open.phase, 'gate-fail');
  arm.accepted -= 1;
  arm.failed += 1;
  study.open = undefined;
}

export function checkRevealed(
  study: Evidence,
  { body, seq }: StoredEvent<'holdout.revealed'>,
  complain: Complain,
): void {
  const { holdout, opened } = study;
  const { generation, cases, values, againstValues, queries } = body;
  if (study.open || study.compared.size === 0) {
    complain('order', 'A sealed set is shown before the search is over.');
  }
  if (generation !== holdout.revealed + 1 || generation > holdout.generation) {
    complain('order', `Set ${holdout.revealed + 1} of ${holdout.generation} is due to be shown.`);
  }
  checkOrder(study, body, complain);
  const isLast = generation === holdout.generation && followsOn(study, body.entry);
  if (isLast && body.candidate !== holdout.measured) {
    complain(
      'decision',
      'The last set is shown of another than the last incumbent measured on it.',
    );
  }
  const sides = [values, ...(againstValues ? [againstValues] : [])];
  const size = opened.holdout?.cases ?? 0;
  if ([cases, ...sides].some((side) => side.length !== size)) {
    complain('body', `A sealed set has ${size} cases, and a value for each.`);
  }
  if (generation === holdout.generation && queries < holdout.asked) {
    complain('decision', `It was asked ${holdout.asked} times, not ${queries}.`);
  }
  const name = `holdout:${MAIN_ARM}`;
  const root = rootOf(study, generation);
  const due = root && ((i: number) => root.stream(generation, name, i).u32());
  checkFreshCases(study, { seq, cases, due }, complain);
  if (study.gate) checkTold(study.gate, body, complain);
  study.holdout = { ...holdout, revealed: generation, entry: body.entry };
}

/** Of the gatekeeper's secret where it is shown and the one that was committed to. */
function rootOf({ holdout, secretRoot: ofStudy, gatekeeper, gateSecret }: Evidence, set: number) {
  if (!holdout.ofGate.includes(set)) return ofStudy;
  const isCommitted = gateSecret !== undefined && sha256(gateSecret) === gatekeeper?.secretCommit;
  return isCommitted ? secretRoot(gateSecret) : undefined;
}

/** Sets that a study has to show before it closes. */
export function areSetsHidden({ holdout, compared }: Evidence): boolean {
  return compared.size > 0 && holdout.revealed < holdout.generation;
}
