/**
 * Cases that the search has seen against fresh ones of the same generator, by score: on a memoriser's own cases it
 * beats the incumbent, elsewhere it does not.
 */
import type { Candidate } from '../../core/candidate.ts';
import type { CaseResult, Measured } from '../../evaluators/contract.ts';
import { exactMcNemar, signPermutationTest } from '../../stats/mcnemar.ts';
import { allEnded } from '../calls/all-ended.ts';
import { affordable, freshCases } from '../calls/task-inputs.ts';
import type { Intake, Tier, Tools } from '../contract.ts';

/** Seen cases, and fresh ones (included). */
const MOST: Readonly<Record<Tier, number>> = { floor: 32, deep: 200 };
const LEAST = 12;
const BUDGET_MS: Readonly<Record<Tier, number>> = { floor: 400, deep: 60_000 };
/** Cases of the incumbent that are measured first, to know what they cost. */
const PRICED = 2;
/** With fewer seen cases no split of them is rarer than 1 in 1,000 among `FEW_FRESH` fresh ones. */
const LEAST_SEEN = 2;
const FEW_SEEN = 8;
const FEW_FRESH = 48;
/** Pairs that may be lost to the machine before nothing is said. */
const MOST_LOST = 0.2;

export const ALPHA = 1e-3;
/** A gain on fresh cases alone at this level is real, whatever the seen ones say. */
const GAIN_ALPHA = 0.05;

export interface Scored {
  readonly seen: number;
  readonly fresh: number;
  /** Of "seen and fresh cases are one population", one-sided (stats/mcnemar.ts). */
  readonly p: number;
  /** Of "it does not beat the incumbent on fresh cases". */
  readonly gainP: number;
  readonly better: { readonly seen: number; readonly fresh: number };
  readonly trouble?: string;
}

export async function scoredCases(
  { incumbent, candidate, tier }: Intake,
  tools: Tools,
  signal: AbortSignal,
): Promise<Scored> {
  const visible = tools.visibleCases(MOST[tier]);
  if (visible.length < LEAST_SEEN) return nothing('fewer than two cases were seen by the search');
  const one = async (who: Candidate, cases: readonly number[]): Promise<Measured | undefined> =>
    (await tools.measure([{ candidate: who, cases }], signal))[0];
  const price = (await one(incumbent, visible.slice(0, PRICED)))?.cpuMs ?? 0;
  const cost = { cpuMs: price, inputs: PRICED };
  const { mostEvals = Number.POSITIVE_INFINITY, mostCpuMs = Number.POSITIVE_INFINITY } = tools;
  // Seen and fresh ones, each measured twice.
  const budgetMs = Math.min(BUDGET_MS[tier] / 2, mostCpuMs / 4);
  const bought = affordable(cost, budgetMs, { least: LEAST, most: MOST[tier] });
  const count = Math.min(bought, Math.floor(mostEvals / 4));
  const seen = visible.slice(-count);
  const fresh = freshCases(tools, 'C6', Math.max(count, seen.length < FEW_SEEN ? FEW_FRESH : 0));
  const unseen = fresh.filter((one) => !visible.includes(one));
  const cases = [...seen, ...unseen];
  const [before, after] = await allEnded([one(incumbent, cases), one(candidate, cases)]);
  const signs = signsOf(before?.cases ?? [], after?.cases ?? [], tools.declaration.goal);
  return comparedSigns(signs.slice(0, seen.length), signs.slice(seen.length));
}

function nothing(trouble: string): Scored {
  return { seen: 0, fresh: 0, p: 1, gainP: 1, better: { seen: 0, fresh: 0 }, trouble };
}

/** 1 where the candidate is better; undefined where the machine failed, or neither has a score. */
function signsOf(
  before: readonly CaseResult[],
  after: readonly CaseResult[],
  goal: 'min' | 'max',
): readonly (number | undefined)[] {
  return before.map((one, at) => {
    const other = after[at];
    if (other === undefined || isLost(one) || isLost(other)) return undefined;
    if (one.outcome === 'scored' && other.outcome === 'scored') {
      return Math.sign(other.value - one.value) * (goal === 'max' ? 1 : -1);
    }
    if (one.outcome === 'scored') return -1;
    return other.outcome === 'scored' ? 1 : undefined;
  });
}

function isLost({ outcome }: CaseResult): boolean {
  return outcome === 'infra-error';
}

function comparedSigns(
  seen: readonly (number | undefined)[],
  fresh: readonly (number | undefined)[],
): Scored {
  const known = (signs: readonly (number | undefined)[]): readonly number[] =>
    signs.filter((sign): sign is number => sign !== undefined);
  const [one, other] = [known(seen), known(fresh)];
  const count = (signs: readonly number[], sign: number): number =>
    signs.filter((each) => each === sign).length;
  const lost = 1 - (one.length + other.length) / (seen.length + fresh.length || 1);
  const gain = { first: count(other, 1), second: count(other, -1) };
  return {
    seen: one.length,
    fresh: other.length,
    p: signPermutationTest(one, other),
    gainP: exactMcNemar(gain, 'greater'),
    better: { seen: count(one, 1), fresh: gain.first },
    ...(lost > MOST_LOST && { trouble: 'too many cases have no score' }),
    ...(one.length < LEAST_SEEN && {
      trouble: 'too few cases that the search has seen have a score',
    }),
  };
}

/** It beats the incumbent on what was seen, and shows no gain on anything else. */
export function isMemory({ p, gainP, trouble }: Scored): boolean {
  return trouble === undefined && p < ALPHA && gainP >= GAIN_ALPHA;
}

/** Better on what was seen than elsewhere, with a real gain elsewhere: chosen by its luck, or part memory. */
export function isLeaning({ p, gainP }: Scored): boolean {
  return p < ALPHA && gainP < GAIN_ALPHA;
}
