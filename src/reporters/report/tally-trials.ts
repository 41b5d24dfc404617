import { levelOf, orient } from '../../claims/orient.ts';
import { mean } from '../../stats/summary.ts';
import { metricOf } from './pairs.ts';
import {
  armOf,
  challengerOf,
  count,
  keepBest,
  type OperatorTally,
  type Settled,
  type Tally,
} from './tally.ts';
import { tallyFailure } from './tally-failures.ts';
import { tallyStages } from './tally-stages.ts';
import { addDot } from './trajectory.ts';

/** Discarded trials a report names. */
const DISCARDED_SHOWN = 5;

export function tallySettled(tally: Tally, event: Settled): void {
  const { body, trial = -1 } = event;
  const arm = armOf(tally, body.arm);
  arm.trials += 1;
  arm.evals += body.evals;
  tally.screened += body.values.length;
  tally.reused += body.reused ?? 0;
  tally.trials += 1;
  tally.firstTrialSeq ??= event.seq;
  tally.considered += body.considered;
  if (body.admitted) tally.admitted += 1;
  if (body.writtenIn !== undefined) tally.handedIn.set(trial, event);
  if (body.barredBy !== undefined) count(tally.barred, body.barredBy);
  // A duplicate found before it was measured has no outcome of its own.
  if (body.end !== 'duplicate' || body.values.length > 0) count(tally.outcomes, body.outcome);
  tallyOperator(tally, event);
  tallyFailure(tally, event);
  tallyStages(tally, event);
  if (body.end !== 'duplicate') drawDot(tally, event);
  if (body.end === null) challengerOf(tally, trial).settled = event;
  else count(tally.ends, body.end);
  if (body.end === 'discarded' && scoresOf(event).length > 0) {
    const rank = (one: Settled): number => cautiousScore(tally, one);
    keepBest(tally.discarded, event, { size: DISCARDED_SHOWN, rank });
  }
}

/** The scores a trial has, metric units. */
export function scoresOf({ body }: Settled): readonly number[] {
  return body.values.filter((value) => value !== null);
}

/** What the incumbent scored beside them, where the screen was paired. */
export function besideOf({ body }: Settled): readonly number[] {
  return (body.againstValues ?? []).filter((value) => value !== null);
}

/** Oriented mean less one standard error of the noise floor: many evaluations count for more than luck. */
function cautiousScore(tally: Tally, event: Settled): number {
  const scores = scoresOf(event);
  const metric = metricOf(tally);
  const centre = (values: readonly number[]): number =>
    mean(values.map((value) => orient(metric, value)));
  const spread = spreadOf((tally.floor?.body.values ?? []).map((value) => orient(metric, value)));
  const beside = besideOf(event);
  const level = beside.length > 0 ? centre(beside) : 0;
  return centre(scores) - level - spread / Math.sqrt(scores.length);
}

function spreadOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

function drawDot(tally: Tally, event: Settled): void {
  const scores = scoresOf(event);
  const arm = armOf(tally, event.body.arm);
  if (scores.length > 0)
    addDot(arm.dots, { evals: arm.evals, score: levelOf(metricOf(tally), scores) });
}

/** Keys a pair of names that may hold any character but this one. */
const SEPARATOR = '\u0000';

function tallyOperator(tally: Tally, { body }: Settled): void {
  const { proposer, operator } = body;
  const key = proposer + SEPARATOR + operator;
  const known: OperatorTally = tally.operators.get(key) ?? {
    proposer,
    operator,
    trials: 0,
    admitted: 0,
    challenged: 0,
  };
  known.trials += 1;
  if (body.admitted) known.admitted += 1;
  if (body.end === null) known.challenged += 1;
  tally.operators.set(key, known);
}
