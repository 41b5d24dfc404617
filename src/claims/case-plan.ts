/**
 * How many cases a check tries: a budget of CPU time over what one case costs the origin, never fewer than leave a stated
 * power. Nothing of it comes from a candidate, and whoever has the cost can work the number out again.
 */

/** Fixed with the study: in the hash of what it promised (core/safety-events.ts). */
export interface CaseRule {
  /** CPU time of the origin for all cases of one verdict, ms. */
  readonly cpuMs: number;
  /** Cases that are tried however dear they are (included). */
  readonly least: number;
  /** And however cheap (included). */
  readonly most: number;
}

/** What cases cost the origin. */
export interface CaseCost {
  /** CPU time of one call, ms. */
  readonly callMs: number;
  /** Calls for each case: itself, and one for each relation that rejects. */
  readonly calls: number;
  /** Calls more for each of the first `few` cases. */
  readonly extra: number;
  readonly few: number;
}

/** With 95 % at least one of the cases shows a fault of that frequency. */
const LEVEL = 0.95;

/** CPU time of so many cases, ms. */
export function costOf({ callMs, calls, extra, few }: CaseCost, cases: number): number {
  return callMs * (calls * cases + extra * Math.min(cases, few));
}

/** @returns the most cases that the budget buys, between the bounds of the rule. */
export function casesFor({ cpuMs, least, most }: CaseRule, cost: CaseCost): number {
  const { callMs, calls, extra, few } = cost;
  if (costOf(cost, most) <= cpuMs) return most;
  const bought = cpuMs / callMs;
  const early = bought / (calls + extra);
  const count = Math.floor(early <= few ? early : (bought - extra * few) / calls);
  return Math.min(most, Math.max(least, count));
}

/**
 * The smallest frequency of faults that n cases show with 95 %: 1 − 0.05^(1/n), the rate that n cases without one bound
 * (Hanley & Lippman-Hand, JAMA 249, 1983). From 0 to 1; 1 for no case.
 */
export function seenBy(cases: number): number {
  return cases <= 0 ? 1 : 1 - (1 - LEVEL) ** (1 / cases);
}

/** Two digits: 3.0 %, 0.10 %. */
export function percentOf(share: number): string {
  return `${(100 * share).toPrecision(2)} %`;
}

/** For people: what the number can see, and what it cannot. */
export function powerWords(cases: number): string {
  const rate = percentOf(seenBy(cases));
  return `${cases} cases: a fault in ${rate} of inputs is found with 95 %, a rarer one may be missed`;
}
