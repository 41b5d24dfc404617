/** Trials that a person's rule bars: that it is named, and that nothing was measured under it. */
import { judge } from '../core/constraint.ts';
import type { EventBody } from '../core/events.ts';
import { hasKey } from '../core/key-set.ts';
import type { SteeringOf } from '../core/steering.ts';
import type { ArmEvidence, Complain, Evidence } from './evidence.ts';
import type { Rule } from './steering-evidence.ts';

type Settled = EventBody['trial.settled'];

interface Named {
  readonly candidate: string;
  readonly proposer: string;
  readonly operator: string;
}

export function concerns(value: SteeringOf<'veto'>['value'], named: Named): boolean {
  return value.what === 'candidate'
    ? value.candidate === named.candidate
    : value.name === named[value.what];
}

/** A rule that bars the candidate, for all that can be told here. */
interface Barring {
  readonly rule: Rule;
  readonly isCertain: boolean;
}

export function checkBarred(
  study: Evidence,
  arm: ArmEvidence,
  { body, complain }: { readonly body: Settled; readonly complain: Complain },
): void {
  const { barredBy, horizon, noCandidate } = body;
  const rules = noCandidate ? [] : study.steering.rules;
  const barring = rules.flatMap((rule) => barringOf(study, rule, body));
  const due = hasKey(arm.seen, body.key) ? [undefined] : namesDue(barring, horizon);
  if (!due.includes(barredBy)) {
    const by = (id: string | undefined): string => (id === undefined ? 'nobody' : `steering ${id}`);
    const names = due.map(by).join(' or ');
    complain('decision', `Recorded as barred by ${by(barredBy)}; it was by ${names}.`);
  }
  const isBarred = barredBy !== undefined || !due.includes(undefined);
  if (isBarred && body.outcome !== 'invalid') {
    complain('decision', `A person had ruled it out, and it counts as ${body.outcome}.`);
  }
  const isMeasured = body.values.length > 0 || (body.stages ?? []).length > 0;
  const stood = barring.some(
    ({ rule, isCertain }) =>
      (isCertain && isSurelyAsked(rule, horizon)) ||
      (rule.until !== undefined && rule.id === barredBy),
  );
  if (!stood || !isMeasured) return;
  complain(
    'decision',
    'It was asked for after a person had ruled it out, and measured all the same.',
  );
}

function barringOf(study: Evidence, rule: Rule, body: Settled): readonly Barring[] {
  if (rule.kind === 'veto') {
    return concerns(rule.value, body) ? [{ rule, isCertain: true }] : [];
  }
  if (body.candidate === study.opened.origin) return [];
  const judged = judge(rule.value, { size: body.size, reach: () => study.reachOf?.(body.text) });
  return judged.verdict === 'kept' ? [] : [{ rule, isCertain: judged.verdict === 'broken' }];
}

/**
 * The rule that stands and came first; else one that stood when the trial was asked and was taken back
 * before it settled. Several where it cannot be told, nobody (undefined) among them.
 */
function namesDue(barring: readonly Barring[], horizon: number): readonly (string | undefined)[] {
  const names: (string | undefined)[] = [];
  for (const { rule, isCertain } of barring.filter((one) => one.rule.until === undefined)) {
    names.push(rule.id);
    if (isCertain) return names;
  }
  const lifted = barring.filter(({ rule }) => isMaybeAsked(rule, horizon));
  names.push(...lifted.map(({ rule }) => rule.id));
  const isCertain = lifted.some((one) => one.isCertain && isSurelyAsked(one.rule, horizon));
  return isCertain ? names : [...names, undefined];
}

/** Asked while it stood: at the very fold of either end it may have been before or after. */
function isSurelyAsked({ at, until = Number.POSITIVE_INFINITY }: Rule, horizon: number): boolean {
  return at < horizon && horizon < until;
}

function isMaybeAsked({ at, until }: Rule, horizon: number): boolean {
  return until !== undefined && at <= horizon && horizon <= until;
}
