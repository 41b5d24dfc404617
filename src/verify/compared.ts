/** The final comparisons: against the untouched origin, and against each control at its own spend. */

import { shortNumber } from '../claims/claim.ts';
import { gainBlock } from '../claims/decide.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import type { Hash } from '../core/hash.ts';
import { magnitude, near } from './agreement.ts';
import { type Complain, type Evidence, MAIN_ARM, ORIGIN_COMPARISON } from './evidence.ts';

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
  if (main === undefined || name === MAIN_ARM) return undefined;
  if (name === ORIGIN_COMPARISON) {
    return { ours: main.incumbent, theirs: study.opened.origin, atEvals: main.evals };
  }
  const control = study.arms.get(name);
  if (control === undefined) return undefined;
  const reached = main.milestones.filter(({ atEvals }) => atEvals <= control.evals);
  const ours = reached.at(-1)?.candidate ?? study.opened.origin;
  return { ours, theirs: control.incumbent, atEvals: control.evals };
}

/** The comparisons a finished study owes. */
export function missingComparisons(study: Evidence): readonly string[] {
  if (study.trials === 0) return [];
  const names = [...study.arms.keys()].map((name) =>
    name === MAIN_ARM ? ORIGIN_COMPARISON : name,
  );
  return names.filter((name) => !study.compared.has(name));
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
  if (study.rule) checkResult(body, differences, complain);
  checkWords(body, complain);
}

function checkResult(body: Compared, differences: readonly number[], complain: Complain): void {
  const due = resultOf(differences);
  if (differences.length > 0 && differences.length !== COMPARISON_PAIRS) {
    const found = differences.length;
    complain('decision', `A comparison has ${COMPARISON_PAIRS} pairs; ${found} are recorded.`);
  }
  if (body.n !== differences.length) {
    complain('decision', `The comparison rests on ${differences.length} pairs, not ${body.n}.`);
  }
  const most = magnitude(differences);
  const [lower, upper] = body.interval;
  const isSame = near(body.effect, due.effect, most) && near(lower, due.lower, most);
  if (!isSame || !near(upper, due.upper, most)) {
    complain('decision', `The pairs give ${due.effect} [${due.lower}, ${due.upper}].`);
  }
  if (body.verdict !== due.verdict) {
    complain('decision', `Recorded as ${body.verdict}; the pairs say ${due.verdict}.`);
  }
}

interface Result {
  readonly effect: number;
  readonly lower: number;
  readonly upper: number;
  readonly verdict: Compared['verdict'];
}

function resultOf(differences: readonly number[]): Result {
  if (differences.length === 0) return { effect: 0, lower: 0, upper: 0, verdict: 'identical' };
  const { mean, lower, upper } = gainBlock(differences);
  const verdict = lower > 0 ? 'ahead' : upper < 0 ? 'behind' : 'no-evidence';
  return { effect: mean, lower, upper, verdict };
}

/** One trajectory cannot show that the search helped (acceptance.md §4.3). */
const BEYOND_THE_EVIDENCE = /search (has )?(helped|hurt)/i;
const CLAIMS_BETTER = /\b(beats|better)\b/i;
const CLAIMS_WORSE = /\b(loses|worse)\b/i;

function checkWords({ words, verdict, ...found }: Compared, complain: Complain): void {
  const isTooMuch =
    BEYOND_THE_EVIDENCE.test(words) ||
    (verdict !== 'ahead' && CLAIMS_BETTER.test(words)) ||
    (verdict !== 'behind' && CLAIMS_WORSE.test(words));
  if (isTooMuch) complain('decision', `The words claim more than "${verdict}": ${words}`);
  if (verdict === 'identical') return;
  const numbers = [found.effect, ...found.interval].map(shortNumber);
  if (numbers.every((number) => words.includes(number))) return;
  complain('decision', `The words do not give effect and interval: ${words}`);
}
