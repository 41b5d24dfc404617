/** The final comparisons: against the untouched origin, and against each control at its own spend. */

import { compare, comparisonWords } from '../claims/comparison.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import { magnitude, near } from './agreement.ts';
import {
  type ArmEvidence,
  type Complain,
  type Evidence,
  isNoOp,
  MAIN_ARM,
  ORIGIN_COMPARISON,
} from './evidence.ts';
import { checkExactComparison, isExact } from './verified.ts';

type Compared = EventBody['arm.compared'];

/** Fixed before the first pair, so that the interval means what it says. */
const COMPARISON_PAIRS = 32;

interface Rivals {
  readonly ours: Hash;
  readonly theirs: Hash;
  readonly atEvals: number;
}

/** Undefined for a name that is neither the origin nor a control arm. */
export function rivalsOf(study: Evidence, name: string): Rivals | undefined {
  const main = study.arms.get(MAIN_ARM);
  if (main === undefined || name === MAIN_ARM || isNoOp(study, name)) return undefined;
  if (name === ORIGIN_COMPARISON) {
    return { ours: main.incumbent, theirs: study.opened.origin, atEvals: main.evals };
  }
  const control = study.arms.get(name);
  if (control === undefined || study.opened.design === 'islands') return undefined;
  const isPaired = study.opened.design === 'paired';
  const atEvals = isPaired ? Math.min(control.evals, main.evals) : control.evals;
  return { ours: finalOf(study, main, atEvals), theirs: finalOf(study, control, atEvals), atEvals };
}

/** The incumbent of an arm when it had spent so much. */
export function finalOf({ opened }: Evidence, { milestones }: ArmEvidence, atEvals: number): Hash {
  const reached = milestones.filter((one) => one.atEvals <= atEvals);
  return reached.at(-1)?.candidate ?? opened.origin;
}

/** The comparisons a finished study owes. */
export function missingComparisons(study: Evidence): readonly string[] {
  if (study.trials === 0) return [];
  if (study.opened.design === 'islands') {
    const isDone = study.islands.isJudged;
    const missing = isDone ? [] : ['the control blocks'];
    return study.compared.has(ORIGIN_COMPARISON) ? missing : [ORIGIN_COMPARISON, ...missing];
  }
  const names = [...study.arms.keys()].map((name) =>
    name === MAIN_ARM ? ORIGIN_COMPARISON : name,
  );
  return names.filter((name) => !study.compared.has(name) && !isNoOp(study, name));
}

export function checkCompared(
  study: Evidence,
  { body }: StoredEvent<'arm.compared'>,
  complain: Complain,
): void {
  study.checked.comparisons += 1;
  const due = rivalsOf(study, body.arm);
  if (due === undefined) {
    complain('order', `Nothing named "${body.arm}" is compared.`);
    return;
  }
  if (study.open) complain('order', `Compared while trial ${study.open.trial} is open.`);
  if (study.compared.has(body.arm)) complain('order', `${body.arm} is compared a second time.`);
  study.compared.add(body.arm);
  if (body.ours !== due.ours || body.theirs !== due.theirs) {
    complain('decision', `The candidates are not those to be compared for ${body.arm}.`);
  }
  if (body.atEvals !== due.atEvals) {
    complain('decision', `Compared at ${due.atEvals} evaluations, not ${body.atEvals}.`);
  }
  const isSame = due.ours === due.theirs;
  const differences = isSame ? [] : (study.comparing.get(body.arm) ?? []);
  const pairs = isExact(study) ? 1 : COMPARISON_PAIRS;
  if (study.rule && !isSame && differences.length !== pairs) {
    const found = differences.length;
    complain('decision', `A comparison takes ${pairs} pairs; ${found} are recorded.`);
  }
  if (isExact(study)) {
    const isOrigin = body.arm === ORIGIN_COMPARISON;
    checkExactComparison(study, { body, differences, isOrigin, complain });
    return;
  }
  if (study.rule) checkResult(body, differences, complain);
  checkWords(study, { body, differences, complain });
}

function checkResult(body: Compared, differences: readonly number[], complain: Complain): void {
  const due = compare(differences);
  if (body.n !== due.n) {
    complain('decision', `The comparison rests on ${due.n} scored pairs, not ${body.n}.`);
  }
  const most = magnitude(differences);
  const { effect = Number.NaN, interval = [] } = body;
  const isSame = [0, 1].every((i) =>
    near(interval[i] ?? Number.NaN, due.interval[i] ?? Number.NaN, most),
  );
  if (!isSame || !near(effect, due.effect, most)) {
    const [lower, upper] = due.interval;
    complain('decision', `The pairs give ${due.effect} [${lower}, ${upper}].`);
  }
  if (body.verdict !== due.verdict) {
    complain('decision', `Recorded as ${body.verdict}; the pairs say ${due.verdict}.`);
  }
}

interface Worded {
  readonly body: Compared;
  readonly differences: readonly number[];
  readonly complain: Complain;
}

/** One trajectory cannot show that the search helped: the words are exactly those of the finding. */
function checkWords(study: Evidence, { body, differences, complain }: Worded): void {
  const isOrigin = body.arm === ORIGIN_COMPARISON;
  const { metric } = study.opened;
  const due = comparisonWords({ ...compare(differences), metric, isOrigin, pairs: differences });
  if (body.words !== due) complain('decision', `The words should be: ${due}`);
}
