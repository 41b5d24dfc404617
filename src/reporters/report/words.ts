/** Codes of the ledger in words. */

import type { AcceptanceRule, ExactRule, SampledRule } from '../../claims/rule.ts';
import { CHECKS } from '../../core/checks.ts';
import type { EventBody } from '../../core/events.ts';
import type { GatesPromise } from '../../core/safety-events.ts';
import { thresholdText } from './number-text.ts';
import { guardWords } from './other-text.ts';

/** The rule as far as it can be read; a later rule may have other fields. */
export type ReadableRule = Partial<Omit<SampledRule, 'mode'>> &
  Partial<Pick<ExactRule, 'tolerance' | 'isItself'>> & { readonly mode?: AcceptanceRule['mode'] };

export function ruleOf(rule: unknown): ReadableRule {
  return typeof rule === 'object' && rule !== null ? rule : {};
}

const METHODS: Readonly<Record<SampledRule['method'], string>> = {
  symmetric: 'capped symmetric e-process',
  passfail: 'beta-binomial e-process',
  bounded: 'betting e-process over a declared range',
  't-mixture': 'Student-mixture e-process',
};

const MODES: Readonly<Record<SampledRule['mode'], string>> = {
  fwer: 'chance of any false promotion in the whole study at most',
  'e-lond': 'expected share of false promotions at most',
};

export function ruleWords(rule: ReadableRule, metric: EventBody['study.opened']['metric']): string {
  const { method, mode, alpha, smallestEffect, minEffect, tolerance, isItself } = rule;
  const guarded = guardWords(rule.guards);
  if (mode === 'exact') {
    const size = tolerance === undefined ? 'a tolerance' : thresholdText(tolerance, metric);
    const who = isItself
      ? 'the evaluator, run again, scores better than the incumbent by more than'
      : 'an independent verifier scores better than the incumbent by more than';
    const agree = isItself
      ? 'no second program looks, so a fault of the evaluator stays unseen'
      : 'evaluator and verifier must agree within it';
    return `exact: accept only what ${who} ${size}; ${agree}; no error budget is spent${guarded}`;
  }
  const parts = [
    `accept only by a ${method ? METHODS[method] : 'test'} on paired differences of fresh instances`,
    ...(alpha === undefined || mode === undefined ? [] : [`${MODES[mode]} ${alpha}`]),
    ...(smallestEffect === undefined
      ? []
      : [`planned to find effects of ${smallestEffect} σ or more`]),
    ...(minEffect === undefined
      ? []
      : [`"better" means by more than ${thresholdText(minEffect, metric)}`]),
  ];
  return `${parts.join('; ')}${guarded}`;
}

/** The checks of the gate, by code; those that no release has are in older ledgers. */
const NAMES: Readonly<Record<string, string>> = {
  ...CHECKS,
  C11: 'weight noise',
  C12: 'probe gap',
  C14: 'interval proof',
  C15: 'invariant sets',
  C19: 'quoted-input judge',
};

export function checkNames(codes: readonly string[]): string {
  if (codes.length === 0) return 'none';
  return codes.map((code) => (NAMES[code] ? `${code} ${NAMES[code]}` : code)).join(' · ');
}

/** With the reason of each, which the declaration of the task gave before the first trial. */
export function whyUnchecked(unchecked: GatesPromise['unchecked']): string {
  if (unchecked.length === 0) return 'none';
  return unchecked.map(({ check, why }) => `${checkNames([check])}: ${why}`).join(' · ');
}

const LEVELS = [
  'observe only',
  'suggest only',
  'runs by itself, a person accepts',
  'accepts by itself, a person promotes',
  'promotes by itself, a sample is audited',
  'schedules itself within caps',
] as const;

export function levelWords(level: number): string {
  const words = LEVELS[level];
  return words === undefined ? `L${level}` : `L${level}: ${words}`;
}

/** Of an agent with a login of its own. */
export const CREDENTIALS_WORDS = 'an agent proposes that runs unjailed and holds your credentials';

/** Split or fused, and what the latter means. */
export function classWords(of: 'split' | 'fused'): string {
  return of === 'split' ? 'split' : 'fused: the candidate could reach its grade';
}
