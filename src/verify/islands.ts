/** The end of a study of islands: finals on common cases, and what they say. */
import { FINAL_CASES, judgeIslands } from '../claims/islands.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import { magnitude, near } from './agreement.ts';
import { checkFreshCases } from './cases.ts';
import { finalOf } from './compared.ts';
import type { Complain, Evidence } from './evidence.ts';

type Recorded = StoredEvent<'measurement.recorded'>;
type Judged = EventBody['islands.compared'];
type Numbers = Partial<Pick<Judged, 'difference' | 'interval' | 'p'>>;

export function isOfIslands({ opened }: Pick<Evidence, 'opened'>): boolean {
  return opened.design === 'islands';
}

function commonSpend({ arms }: Evidence): number {
  return Math.min(...[...arms.values()].map(({ evals }) => evals));
}

/** One case after another, the same for every arm, drawn for the first. */
export function checkFinal(study: Evidence, event: Recorded, complain: Complain): void {
  const { body, seq } = event;
  const { secretRoot, islands } = study;
  const arm = study.arms.get(body.arm);
  if (!isOfIslands(study) || arm === undefined) {
    complain('order', `No final of "${body.arm}" is due.`);
    return;
  }
  if (study.open) complain('order', `A final is measured while trial ${study.open.trial} is open.`);
  if (islands.isJudged) complain('order', 'The islands were judged already.');
  if (body.candidate !== finalOf(study, arm, commonSpend(study))) {
    complain('decision', `It is not the final of ${body.arm} at the common spend.`);
  }
  const values = islands.values.get(body.arm) ?? [];
  islands.values.set(body.arm, values);
  if (body.from !== values.length) {
    complain('order', `Cases from ${body.from} on, where case ${values.length} was due.`);
  }
  const due = (i: number) => secretRoot?.stream(-1, 'final', body.from + i).u32();
  const isKnown = (i: number): boolean => body.from + i < islands.cases.length;
  const fresh = body.cases.filter((_, i) => !isKnown(i));
  const known = body.cases.length - fresh.length;
  const dueFresh = secretRoot && ((i: number) => due(known + i));
  checkFreshCases(study, { seq, cases: fresh, due: dueFresh }, complain);
  if (body.cases.some((one, i) => isKnown(i) && islands.cases[body.from + i] !== one)) {
    complain('decision', 'The cases are not those of the arms before it.');
  }
  islands.cases.push(...fresh);
  values.push(...body.values);
}

export function checkIslands(
  study: Evidence,
  { body }: StoredEvent<'islands.compared'>,
  complain: Complain,
): void {
  study.checked.comparisons += 1;
  const { islands } = study;
  if (!isOfIslands(study)) complain('order', 'This study has no islands.');
  if (islands.isJudged) complain('order', 'The islands are judged a second time.');
  islands.isJudged = true;
  const atEvals = commonSpend(study);
  if (body.atEvals !== atEvals) {
    complain('decision', `Judged at ${atEvals} evaluations, not ${body.atEvals}.`);
  }
  const due = [...study.arms].map(([arm, one]) => ({
    arm,
    candidate: finalOf(study, one, atEvals),
  }));
  if (JSON.stringify(body.finals) !== JSON.stringify(due)) {
    complain('decision', 'The finals are not those of the arms at the common spend.');
  }
  checkOutcome(study, { body, due }, complain);
}

interface Outcome {
  readonly body: Judged;
  /** The finals that were to be judged. */
  readonly due: Judged['finals'];
}

function checkOutcome(
  study: Evidence,
  { body, due: finalsDue }: Outcome,
  complain: Complain,
): void {
  const { opened, islands } = study;
  const searches = new Map(opened.arms.map(({ name, search }) => [name, search]));
  const finals = finalsDue.map(({ arm, candidate }) => ({
    arm,
    candidate,
    isIsland: searches.get(arm) === 'improver',
    values: islands.values.get(arm) ?? [],
  }));
  const short = finals.filter(({ values }) => values.length !== FINAL_CASES);
  if (short.length > 0 || body.n !== FINAL_CASES) {
    complain('decision', `Every final has ${FINAL_CASES} common cases; here not all of them do.`);
    return;
  }
  const due = judgeIslands(finals, { metric: opened.metric, atEvals: body.atEvals });
  const most = magnitude(finals.flatMap(({ values }) => values.flatMap((one) => one ?? [])));
  const numbers = ({ difference, interval, p }: Numbers): readonly number[] =>
    [difference, ...(interval ?? []), p].map((one) => one ?? Number.NaN);
  const [was, is] = [numbers(body), numbers(due)];
  const areSame =
    was.length === is.length &&
    was.every((one, i) => Object.is(one, is[i]) || near(one, is[i] ?? Number.NaN, most));
  if (!areSame) complain('decision', `The finals give ${is.join(', ')}.`);
  if (body.verdict !== due.verdict) {
    complain('decision', `Recorded as ${body.verdict}; the finals say ${due.verdict}.`);
  }
  if (body.words !== due.words) complain('decision', `The words should be: ${due.words}`);
}
