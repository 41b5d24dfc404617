/** Measurements that belong to no screen: the noise floor, references, and pairs on fresh cases. */
import { areClose } from '../claims/exact.ts';
import { pairEvals } from '../claims/pairs.ts';
import type { ExactRule } from '../claims/rule.ts';
import { floorCases, isPairedScreen, referenceSize } from '../claims/screen.ts';
import { charge } from '../core/accounts.ts';
import type { StoredEvent } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import { mayReuse } from '../core/known-values.ts';
import { noiseFloor } from '../stats/noise-floor.ts';
import { checkFreshCases, checkPublicCases } from './cases.ts';
import { rivalsOf } from './compared.ts';
import { pairDifferences } from './differences.ts';
import { checkRemeasured } from './elites.ts';
import { type Complain, type Evidence, MAIN_ARM, oriented } from './evidence.ts';
import { checkOthers, extendOthers } from './guarded.ts';
import { checkFinal } from './islands.ts';
import { checkInPool, pooledCase } from './pooled.ts';
import { checkRuns, checkTimes } from './runs.ts';
import { checkOriginStages } from './stages.ts';

type Recorded = StoredEvent<'measurement.recorded'>;

/** Trial number of what belongs to the study as a whole. */
const STUDY_ITSELF = -1;

export function checkNoise(
  study: Evidence,
  event: StoredEvent<'noise.measured'>,
  complain: Complain,
): void {
  const { candidate, cases, values, repeats, deterministic } = event.body;
  const { rule, publicRoot } = study;
  if (study.floor) {
    complain('order', 'The noise floor is measured a second time.');
    return;
  }
  if (candidate !== study.opened.origin) complain('decision', 'The floor is not of the origin.');
  if (rule && values.length !== floorCases(rule)) {
    const due = floorCases(rule);
    complain('decision', `The floor has ${values.length} values; the rule asks for ${due}.`);
  }
  if (cases.length !== values.length) complain('body', 'Cases and values are not equally many.');
  if (deterministic && repeats.some(([first, second]) => first !== second)) {
    complain('decision', 'Called deterministic, but a repeated case gave another value.');
  }
  checkTimes(study, [values, ...repeats], complain);
  checkOriginStages(study, event, complain);
  if (rule?.mode === 'exact') checkExactFloor(rule, event, complain);
  const due = publicRoot && ((i: number) => publicRoot.stream(STUDY_ITSELF, 'floor', i).u32());
  checkPublicCases(study, { seq: event.seq, cases, due }, complain);
  study.floor = noiseFloor(oriented(study, values));
  study.isPaired = isPairedScreen(study.opened.screen, study.floor, deterministic);
  study.isReusing = mayReuse(study.opened, event.body, study.isPaired);
  for (const arm of study.arms.values()) arm.level = study.floor.location;
  const { fold } = study.opened;
  charge(study, study.arms.get(MAIN_ARM), { spent: 'floor', evals: values.length, fold });
}

/** One problem has one value, and both programs know it. */
function checkExactFloor(
  rule: ExactRule,
  { body }: StoredEvent<'noise.measured'>,
  complain: Complain,
): void {
  const { values, repeats, verified } = body;
  const all = [...values, ...repeats.flat()];
  if (all.some((value) => value !== all[0])) {
    complain('decision', 'Called exact, but the origin has more than one value.');
  }
  if (verified === undefined || !areClose(values[0] ?? Number.NaN, verified, rule.tolerance)) {
    complain('decision', 'Evaluator and verifier do not agree on the origin.');
  }
}

export function checkMeasurement(study: Evidence, event: Recorded, complain: Complain): void {
  const { body } = event;
  const { cases, values, againstValues } = body;
  const sides =
    body.purpose === 'baseline' || body.purpose === 'final' || isAlone(study, body)
      ? [values]
      : [values, againstValues ?? [], ...claimedSides(study, body)];
  if (sides.some((side) => side.length !== cases.length)) {
    complain('body', 'Cases and values are not equally many.');
  }
  checkOthers(study, body, complain);
  if (study.floor === undefined) complain('order', 'Measured before the noise floor.');
  if (body.purpose === 'baseline') {
    checkBaseline(study, event, complain);
    return;
  }
  if (body.purpose === 'remeasure') {
    checkRuns(study, body, complain);
    checkRemeasured(study, event, complain);
    return;
  }
  if (body.purpose === 'final') {
    checkFinal(study, event, complain);
    return;
  }
  checkPairCases(study, event, complain);
  checkRuns(study, body, complain);
  if (body.purpose === 'control') {
    checkControl(study, event, complain);
    return;
  }
  const { fold } = study.opened;
  charge(study, study.arms.get(body.arm), { spent: body.purpose, evals: pairEvals(body), fold });
  checkChallengerPairs(study, event, complain);
}

/** An elite is measured as candidates are screened: beside the incumbent, or by itself. */
function isAlone({ isPaired }: Evidence, { purpose }: Recorded['body']): boolean {
  return purpose === 'remeasure' && !isPaired;
}

/** In the confirm of an exact study the evaluator is asked too; nowhere else. */
function claimedSides(study: Evidence, body: Recorded['body']): readonly (readonly unknown[])[] {
  const { claimed, againstClaimed } = body;
  if (study.rule?.mode === 'exact' && body.purpose === 'confirm') {
    return [claimed ?? [], againstClaimed ?? []];
  }
  return claimed || againstClaimed ? [[]] : [];
}

/** Evaluations of the arm's incumbent: the reference of later screens, never of a confirm. */
function checkBaseline(study: Evidence, event: Recorded, complain: Complain): void {
  const { body, seq } = event;
  const { publicRoot } = study;
  const arm = study.arms.get(body.arm);
  if (arm === undefined) {
    complain('order', `No arm is named "${body.arm}".`);
    return;
  }
  if (study.open)
    complain('order', `A reference is measured while trial ${study.open.trial} is open.`);
  if (study.isPaired) complain('order', 'A paired study has no use for a reference.');
  if (body.candidate !== arm.incumbent)
    complain('decision', 'The reference is not of the incumbent.');
  if (body.from !== arm.trials) complain('order', `Recorded after ${body.from} trials of its arm.`);
  const name = `reference:${body.arm}`;
  const first = arm.referenceCases;
  const due = publicRoot && ((i: number) => publicRoot.stream(STUDY_ITSELF, name, first + i).u32());
  checkPublicCases(study, { seq, cases: body.cases, due }, complain);
  arm.referenceCases += body.cases.length;
  arm.referencedAt = arm.trials;
  arm.owesReference = false;
  arm.evals += body.values.length;
  if (study.rule === undefined) return;
  const values = [...arm.reference, ...oriented(study, body.values)];
  arm.reference = values.slice(-referenceSize(study.rule));
}

function checkPairCases(study: Evidence, event: Recorded, complain: Complain): void {
  const { body, seq, trial = STUDY_ITSELF } = event;
  const { secretRoot, opened } = study;
  const name = `${body.purpose}:${body.arm}`;
  const ofStream = (i: number) => secretRoot?.stream(trial, name, body.from + i).u32();
  const due = opened.pool ? (i: number) => pooledCase(study, i) : ofStream;
  checkInPool(study, body.cases, complain);
  checkFreshCases(study, { seq, cases: body.cases, due: secretRoot && due }, complain);
  study.drawn += body.cases.length;
}

interface Sides {
  readonly candidate: Hash;
  readonly against: Hash | undefined;
}

function sameSides(event: Recorded, due: Sides): boolean {
  return event.body.candidate === due.candidate && event.body.against === due.against;
}

/** Confirm pairs before the verdict, block pairs after an acceptance; both in index order. */
function checkChallengerPairs(study: Evidence, event: Recorded, complain: Complain): void {
  const { body, trial } = event;
  const { open } = study;
  const phase = body.purpose === 'confirm' ? 'confirming' : 'accepted';
  if (open?.trial !== trial || open?.arm !== body.arm || open.phase !== phase) {
    complain('order', `No trial ${trial ?? '?'} of ${body.arm} awaits ${body.purpose} pairs.`);
    return;
  }
  const against = study.arms.get(open.arm)?.incumbent;
  if (!sameSides(event, { candidate: open.candidate, against })) {
    complain('decision', 'The pairs are not of the challenger and the incumbent of its arm.');
  }
  extend(body.purpose === 'confirm' ? open.differences : open.block, study, { event, complain });
  extendOthers(study, open, body);
  if (body.purpose === 'confirm' && study.rule?.mode === 'exact') {
    open.verified = {
      value: body.values[0] ?? null,
      againstValue: body.againstValues?.[0] ?? null,
      claimed: body.claimed?.[0] ?? null,
      againstClaimed: body.againstClaimed?.[0] ?? null,
    };
  }
}

function checkControl(study: Evidence, event: Recorded, complain: Complain): void {
  const { arm } = event.body;
  const rivals = rivalsOf(study, arm);
  if (rivals === undefined) {
    complain('order', `Nothing named "${arm}" is compared.`);
    return;
  }
  if (study.open) complain('order', `A comparison begins while trial ${study.open.trial} is open.`);
  if (study.compared.has(arm)) complain('order', `The comparison with ${arm} was over already.`);
  if (!sameSides(event, { candidate: rivals.ours, against: rivals.theirs })) {
    complain('decision', `The pairs are not of the candidates to be compared for ${arm}.`);
  }
  const differences = study.comparing.get(arm) ?? [];
  study.comparing.set(arm, differences);
  extend(differences, study, { event, complain });
}

interface Pairs {
  readonly event: Recorded;
  readonly complain: Complain;
}

function extend(known: number[], study: Evidence, { event, complain }: Pairs): void {
  const { body } = event;
  if (body.from !== known.length) {
    complain('order', `Pairs from ${body.from} on, where pair ${known.length} was due.`);
  }
  known.push(...pairDifferences(study, body));
}
