/** What the verifier of an exact study decided, derived again from its recorded values. */
import { shortNumber } from '../claims/claim.ts';
import { compareExact, exactWords } from '../claims/exact.ts';
import { type GuardedExactVerdict, guardedExactVerdict } from '../claims/guarded.ts';
import type { ExactRule } from '../claims/rule.ts';
import type { EventBody } from '../core/events.ts';
import { sameRecord } from './agreement.ts';
import type { Challenger, Complain, Evidence } from './evidence.ts';
import { checkExactGuards } from './guarded.ts';

interface Verified {
  readonly body: EventBody['trial.confirmed'];
  readonly open: Challenger;
  readonly complain: Complain;
}

/** Undefined where nothing was verified. Values are compared bit for bit: they are copied, not computed. */
export function checkVerified(
  study: Evidence & { readonly rule: ExactRule },
  { body, open, complain }: Verified,
): GuardedExactVerdict | undefined {
  const { tolerance } = study.rule;
  if (open.verified === undefined || open.differences.length !== 1) {
    complain('decision', 'An exact verdict needs one pair of the verifier, and no more.');
    return undefined;
  }
  if (!sameRecord(body.spec, { method: 'exact', tolerance })) {
    complain('decision', `The rule is exact with tolerance ${tolerance}, not as recorded.`);
  }
  const verified = { pair: open.verified, guards: open.others };
  const due = guardedExactVerdict(study.rule, verified, study.opened.metric);
  if (due.verdict !== body.verdict || due.why !== body.why) {
    const says = due.why === undefined ? due.verdict : `${due.verdict}: ${due.why}`;
    complain('decision', `Recorded as ${body.verdict}; the verifier's values say ${says}.`);
  }
  if (due.gain !== body.effect || body.n !== 1) {
    complain('decision', `The verifier's values differ by ${due.gain}, not by ${body.effect}.`);
  }
  checkExactGuards(due, { body, complain });
  refuseLevels(body, complain);
  return due;
}

/** An exact claim with a level or an interval would claim a test that was never made. */
function refuseLevels(
  body: {
    readonly index?: number | undefined;
    readonly alpha?: number | undefined;
    readonly logE?: number | undefined;
    readonly interval?: unknown;
    readonly level?: number | undefined;
  },
  complain: Complain,
): void {
  const { index, alpha, logE, interval, level } = body;
  if ([index, alpha, logE, interval, level].every((one) => one === undefined)) return;
  complain(
    'decision',
    'An exact study has no level, evidence or interval; this entry records one.',
  );
}

export function checkExactGain(
  { tolerance }: ExactRule,
  {
    body,
    open,
    complain,
  }: Omit<Verified, 'body'> & { readonly body: EventBody['candidate.promoted'] },
): void {
  const [gain] = open.differences;
  refuseLevels(body, complain);
  if (body.gain !== gain || body.n !== 1 || body.tolerance !== tolerance) {
    complain('decision', `The verifier's values give a gain of ${gain}, tolerance ${tolerance}.`);
  }
  if (open.block.length > 0 || body.notes.length > 0) {
    complain('decision', 'An exact gain needs neither a block nor notes.');
  }
}

interface Compared {
  readonly body: EventBody['arm.compared'];
  readonly differences: readonly number[];
  readonly isOrigin: boolean;
  readonly complain: Complain;
}

export function checkExactComparison(
  study: Evidence & { readonly rule: ExactRule },
  { body, differences, isOrigin, complain }: Compared,
): void {
  const { tolerance, isItself } = study.rule;
  const { metric } = study.opened;
  refuseLevels(body, complain);
  const due = compareExact(study.rule, differences);
  if (body.effect !== due.effect || body.n !== due.n || body.tolerance !== tolerance) {
    complain('decision', `The verifier's values give ${due.effect}, tolerance ${tolerance}.`);
  }
  if (body.verdict !== due.verdict) {
    complain('decision', `Recorded as ${body.verdict}; the values say ${due.verdict}.`);
  }
  const found = { ...due, metric, isOrigin, tolerance, isItself };
  const words = exactWords(found);
  const isSaid = body.words === words || body.words === exactWords(found, shortNumber);
  if (!isSaid) complain('decision', `The words should be: ${words}`);
}

export function isExact(study: Evidence): study is Evidence & { readonly rule: ExactRule } {
  return study.rule?.mode === 'exact';
}
