/** Guards and informational metrics: their pairs, their verdicts and their gains, derived again. */
import {
  exactGuardRecords,
  type GuardedExactVerdict,
  type GuardedVerdict,
  guardRecords,
} from '../claims/guarded.ts';
import {
  exactGains,
  type OtherMetric,
  otherGains,
  otherMetrics,
  withChanges,
} from '../claims/other-metrics.ts';
import type { EventBody } from '../core/events.ts';
import { magnitude, near, sameRecord } from './agreement.ts';
import type { Challenger, Complain, Evidence } from './evidence.ts';

type Pairs = EventBody['measurement.recorded'];
type Confirmed = EventBody['trial.confirmed'];

function othersOf({ rule, opened }: Evidence): readonly OtherMetric[] {
  return otherMetrics(rule, opened.info);
}

/** Beside every pair of a confirm or a block, and nowhere else. */
export function checkOthers(study: Evidence, body: Pairs, complain: Complain): void {
  const isDue = body.purpose === 'confirm' || body.purpose === 'block';
  const due = isDue ? othersOf(study).map(({ name }) => name) : [];
  const found = (body.others ?? []).map(({ name }) => name);
  if (JSON.stringify(due) !== JSON.stringify(found)) {
    const names = due.join(', ') || 'none';
    complain('body', `Other metrics due beside these pairs: ${names}; not as recorded.`);
  }
  const sides = (body.others ?? []).flatMap(({ values, againstValues }) => [values, againstValues]);
  if (sides.some((side) => side.length !== body.cases.length)) {
    complain('body', 'Cases and values of another metric are not equally many.');
  }
}

export function extendOthers(study: Evidence, open: Challenger, body: Pairs): void {
  const { values, againstValues = [], others } = body;
  const known = body.purpose === 'confirm' ? 'others' : 'blockOthers';
  const about = { metrics: othersOf(study), isExact: study.rule?.mode === 'exact' };
  open[known] = withChanges(open[known], { values, againstValues, others }, about);
}

interface Verdict {
  readonly body: Confirmed;
  readonly open: Challenger;
  readonly complain: Complain;
}

export function checkGuards(due: GuardedVerdict, { body, open, complain }: Verdict): void {
  checkRecords(guardRecords(due, open.others), { body, complain });
}

export function checkExactGuards(
  due: GuardedExactVerdict,
  { body, complain }: Omit<Verdict, 'open'>,
): void {
  checkRecords(exactGuardRecords(due), { body, complain });
}

interface Records {
  readonly why?: string;
  readonly guards?: readonly Guard[];
  readonly objectiveAt?: number;
}

type Guard = NonNullable<Confirmed['guards']>[number];

function checkRecords(due: Records, { body, complain }: Omit<Verdict, 'open'>): void {
  const { guards = [] } = body;
  // Older ledgers say why of guards only.
  const isUnsaid = body.guards === undefined && body.why === undefined;
  if (due.why !== body.why && !isUnsaid) {
    const says = due.why ?? 'no more than the verdict';
    complain('decision', `The reason beside the verdict should be: ${says}`);
  }
  if (due.objectiveAt !== body.objectiveAt) {
    complain('decision', `The objective was decided at pair ${due.objectiveAt ?? body.n}.`);
  }
  const all = due.guards ?? [];
  if (all.length !== guards.length) {
    complain('decision', `The rule has ${all.length} guards; ${guards.length} are recorded.`);
    return;
  }
  for (const [i, one] of all.entries()) checkGuard(one, guards[i], complain);
}

function checkGuard(due: Guard, found: Guard | undefined, complain: Complain): void {
  const of = `Guard ${due.name}`;
  if (due.name !== found?.name || due.verdict !== found.verdict || due.n !== found.n) {
    complain('decision', `${of} is ${due.verdict} after ${due.n} pairs, not as recorded.`);
    return;
  }
  if (!isSameSpec(due.spec, found.spec)) {
    complain('decision', `${of} was tested as ${JSON.stringify(due.spec)}, not as recorded.`);
  }
  if (!areNear(due.logE, found.logE)) {
    complain('decision', `${of} has log E ${due.logE} on the recorded pairs, not ${found.logE}.`);
  }
  if (!areNear(due.effect, found.effect)) {
    complain('decision', `${of} changed by ${due.effect} on average, not ${found.effect}.`);
  }
}

function isSameSpec(due: unknown, found: unknown): boolean {
  return typeof due === 'object' && due !== null ? sameRecord(found, due) : found === undefined;
}

function areNear(due: number | undefined, found: number | undefined): boolean {
  if (due === undefined || found === undefined) return due === found;
  return near(due, found, Math.max(1, magnitude([due])));
}

/** What a promotion says of the other metrics rests on the same block as its gain. */
export function checkOtherGains(
  study: Evidence,
  {
    body,
    open,
    complain,
  }: Omit<Verdict, 'body'> & { readonly body: EventBody['candidate.promoted'] },
): void {
  const metrics = othersOf(study);
  const due =
    study.rule?.mode === 'exact'
      ? exactGains(metrics, open.others)
      : otherGains(metrics, open.blockOthers);
  const found = body.others ?? [];
  const isSame = due.every((one, i) => {
    const other = found[i];
    if (other?.name !== one.name || other.n !== one.n) return false;
    const bounds = [0, 1].map((end) => [one.interval?.[end], other.interval?.[end]] as const);
    return [[one.effect, other.effect] as const, ...bounds].every(([a, b]) => areNear(a, b));
  });
  if (isSame && due.length === found.length) return;
  complain('decision', `The pairs give for the other metrics: ${JSON.stringify(due)}`);
}
