/** The runs of a block of times: two of each side, and the value they are the level of. */
import { levelOf } from '../claims/orient.ts';
import type { EventBody } from '../core/events.ts';
import { near } from './agreement.ts';
import type { Complain, Evidence } from './evidence.ts';

type Pairs = Pick<
  EventBody['measurement.recorded'],
  'values' | 'againstValues' | 'runs' | 'againstRuns'
>;

type Values = readonly (number | null)[];

/** A B B A. */
const RUNS_PER_SIDE = 2;

/** Where the metric is a time every pair has its runs; elsewhere none has. */
export function checkRuns(study: Evidence, pairs: Pairs, complain: Complain): void {
  const { values, againstValues = [], runs, againstRuns } = pairs;
  if (study.opened.metric.kind !== 'time') {
    if (runs ?? againstRuns) complain('decision', 'Only run times are measured in several runs.');
    return;
  }
  checkSide(study, { values, runs: runs ?? [] }, complain);
  checkSide(study, { values: againstValues, runs: againstRuns ?? [] }, complain);
}

interface Measured {
  readonly values: Values;
  readonly runs: readonly Values[];
}

function checkSide(study: Evidence, { values, runs }: Measured, complain: Complain): void {
  checkTimes(study, runs, complain);
  if (runs.length !== values.length) {
    complain('decision', `${values.length} values rest on the runs of ${runs.length}.`);
    return;
  }
  values.forEach((value, i) => {
    const scored = (runs[i] ?? []).filter((one) => one !== null);
    const isWhole = scored.length === RUNS_PER_SIDE && runs[i]?.length === RUNS_PER_SIDE;
    const due = isWhole ? levelOf(study.opened.metric, scored) : null;
    if (due === value || (due !== null && value !== null && near(due, value))) return;
    complain('decision', `The runs of a side give ${due ?? 'no value'}, not ${value}.`);
  });
}

/** A time is above 0: anything else has no logarithm, and no program is that fast. */
export function checkTimes(
  { opened }: Evidence,
  times: readonly Values[],
  complain: Complain,
): void {
  if (opened.metric.kind !== 'time') return;
  const odd = times.flat().find((time) => time !== null && !(time > 0));
  if (odd !== undefined) complain('decision', `A run is recorded with a time of ${odd}.`);
}
