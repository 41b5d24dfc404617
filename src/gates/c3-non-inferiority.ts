/**
 * Check C3: candidate against incumbent on cases of the gate's own secret, which was committed before the
 * candidate was frozen. Non-inferiority: the lower 95 % bound of the paired difference lies above −δ, and
 * the same of each guard and its margin. The bound is that of a confidence sequence (acceptance.md §4.1),
 * valid at any n, so it stops as soon as it knows. What fails badly on few cases has a good centre all the same:
 * losses of many σ are counted besides, against gains of that size.
 */
import { type GuardFinding, type GuardRule, guardFinding, guardSpec } from '../claims/guards.ts';
import { orient } from '../claims/orient.ts';
import { pairDifferences, scoredOnly } from '../claims/pairs.ts';
import type { Json } from '../core/json.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { confidenceBounds } from '../stats/confidence-sequence.ts';
import { BOUNDED_MAX_BET } from '../stats/e-process/bounded.ts';
import { iqrScale, sampleSd } from '../stats/summary.ts';
import type { Check, CheckFinding, Declaration, Intake, Tier, Tools } from './contract.ts';
import {
  isSideBySide,
  measuredPairs,
  type Pair,
  secretCases,
  sideBySide,
  sound,
} from './paired.ts';
import { counted, named } from './sentence.ts';

/** One-sided, of each test: what passes has to pass all of them, which needs no correction. */
const ALPHA = 0.05;
/** Most pairs of a centre; of a mean as many as could show it, up to `MOST_OF_MEAN`. */
const MOST: Readonly<Record<Tier, number>> = { floor: 64, deep: 512 };
const MOST_OF_MEAN: Readonly<Record<Tier, number>> = { floor: 256, deep: 2048 };
/** Least pairs: none of 32 lost bounds the rate of bad losses at 9 %, none of 12 at 22 % (95 %). */
const LEAST = { atOnce: 32, oneByOne: 12 } as const;
/** A loss of so many σ beyond δ is a bad one: no metric scatters so far that pairs of one case would. */
const BAD_LOSS = 10;
/** Bad losses, of which each gain of that size excuses some: chance brings both as often. */
const TOO_MANY = 3;
const EXCUSED = 4;
/** Evaluations of the incumbent for σ, on cases that no pair uses. */
const PILOT = 8;
/** Of a rule that says nothing: acceptance.md §1.1. */
const SMALLEST_EFFECT = 2;
/** Two sums of the same numbers differ by this share. */
const ROUNDING = 1e-9;

const OBJECTIVE = 'the objective';

export const nonInferiorityCheck: Check = {
  name: 'C3',
  inapplicable: ({ isExact }) =>
    isExact ? 'one problem with one value has no fresh cases' : undefined,
  judge: (intake, tools, signal) => judged({ ...intake, tools, signal }),
};

interface Job extends Intake {
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

async function judged(job: Job): Promise<CheckFinding> {
  const { declaration } = job.tools;
  const first = await begun(job);
  const { sigma, rule } = objectiveRule(declaration, first.pilot);
  const rules = [rule, ...(declaration.guards ?? [])];
  const pairs: Pair[] = [];
  let lost: string | undefined;
  for (;;) {
    const findings = rules.map((rule) => tested(rule, pairs, job));
    const bad = badLosses(rule, { pairs, declaration, sigma });
    const take = takeOf(job, { findings, n: pairs.length, bad });
    const isOver = findings.some(({ verdict }) => verdict === 'worse') || take === 0;
    if (lost !== undefined || isOver || bad >= TOO_MANY) {
      return finding({ rules, findings, pairs, lost, bad, declaration });
    }
    const known = pairs.length === 0 ? first.pairs : [];
    const more = known.length > 0 ? known : await morePairs(job, pairs.length, take);
    lost = await lostCase(job, more, pairs.length);
    pairs.push(...more);
  }
}

interface Begun {
  /** Of the incumbent, on cases that no pair uses. */
  readonly pilot: readonly CaseResult[];
  /** The least there have to be, where they cost no process more; else none. */
  readonly pairs: readonly Pair[];
}

async function begun(job: Job): Promise<Begun> {
  const { tools, signal, ticket, candidate, incumbent } = job;
  const of = { ticket, check: 'C3', purpose: 'sigma' } as const;
  const pilot = secretCases(tools.secrets, of, { from: 0, count: PILOT });
  if (isSideBySide(tools.declaration)) {
    const cases = casesOfPairs(job, 0, LEAST.atOnce);
    return sideBySide(tools, { candidate, incumbent, cases, pilot }, signal);
  }
  const [measured] = await tools.measure([{ candidate: incumbent, cases: pilot }], signal);
  return { pilot: pilot.map((_, i) => sound(measured?.cases[i])), pairs: [] };
}

function casesOfPairs({ tools, ticket }: Job, from: number, count: number): readonly number[] {
  const of = { ticket, check: 'C3', purpose: 'pairs' } as const;
  return secretCases(tools.secrets, of, { from, count });
}

function morePairs(job: Job, from: number, count: number): Promise<readonly Pair[]> {
  const { tools, signal, ticket, candidate, incumbent } = job;
  const cases = casesOfPairs(job, from, count);
  const order = tools.secrets.stream(-1, `${ticket}\nC3\norder`, from);
  const coin = (): boolean => order.int(2) === 0;
  return measuredPairs(tools, { candidate, incumbent, cases, coin }, signal);
}

interface Open {
  readonly findings: readonly GuardFinding[];
  readonly n: number;
  readonly bad: number;
}

/** Further pairs to ask for at once; 0 when all is known that the tier pays for. */
function takeOf({ tools }: Job, { findings, n, bad }: Open): number {
  const least = isSideBySide(tools.declaration) ? LEAST.atOnce : LEAST.oneByOne;
  const wanted = bad > 0 ? MOST.floor : least;
  const open = findings.map((one) => (one.verdict === 'open' ? one.take : 0));
  return Math.max(0, wanted - n, ...open);
}

/** Losses of many σ that no gain of that size excuses. None where the mean is tested. */
function badLosses(
  rule: GuardRule,
  of: {
    readonly pairs: readonly Pair[];
    readonly declaration: Declaration;
    readonly sigma: number;
  },
): number {
  if (rule.bound !== undefined) return 0;
  const far = rule.margin + BAD_LOSS * of.sigma;
  const changes = changesOf(rule, of.pairs, of.declaration);
  return changes.reduce<number>((count, change) => {
    if (change === null || !(Math.abs(change) > far)) return count;
    return change < 0 ? count + 1 : count - EXCUSED;
  }, 0);
}

/** δ: as declared, or the smallest effect in σ of one evaluation of the incumbent. */
function objectiveRule(
  declaration: Declaration,
  pilot: readonly CaseResult[],
): { readonly rule: GuardRule; readonly sigma: number } {
  const { goal, tolerance } = declaration;
  const { margin, smallestEffect = SMALLEST_EFFECT, bound } = tolerance ?? {};
  const sigma = sigmaOf(declaration, pilot);
  const delta = margin ?? smallestEffect * sigma;
  const isBounded = bound !== undefined && bound > delta;
  const rule = { name: OBJECTIVE, goal, unit: '', margin: delta };
  return { sigma, rule: isBounded ? { ...rule, bound } : rule };
}

/** Where the incumbent's values are all the same the least loss counts. */
function sigmaOf(declaration: Declaration, pilot: readonly CaseResult[]): number {
  const values = pilot.flatMap((one) =>
    one.outcome === 'scored' ? [orient(direction(declaration), one.value)] : [],
  );
  const spread = values.length < 2 ? 0 : iqrScale(values) || sampleSd(values);
  return Math.max(spread, ROUNDING * Math.max(1, ...values.map(Math.abs)));
}

function direction({ goal, isTimed }: Pick<Declaration, 'goal' | 'isTimed'>) {
  return isTimed ? ({ goal, kind: 'time' } as const) : { goal };
}

/** A case that the incumbent scores and the candidate does not, twice: nobody would have used that answer. */
async function lostCase(
  job: Job,
  pairs: readonly Pair[],
  from: number,
): Promise<string | undefined> {
  const at = pairs.findIndex(
    ({ ours, theirs }) => ours.outcome !== 'scored' && theirs.outcome === 'scored',
  );
  if (at < 0) return undefined;
  const { tools, signal, candidate } = job;
  const cases = casesOfPairs(job, from + at, 1);
  const [measured] = await tools.measure([{ candidate, cases }], signal);
  const { outcome } = sound(measured?.cases[0]);
  return outcome === 'scored' ? undefined : outcome;
}

/**
 * Of a mean twice what equals take to show it: δ of a wide range is small, and each pair then says little. No budget
 * takes the floor's pairs away.
 */
function mostPairs(
  { margin, bound }: GuardRule,
  tier: Tier,
  { mostEvals = Number.POSITIVE_INFINITY }: Tools,
): number {
  const paid = Math.floor(mostEvals / 2);
  if (bound === undefined) return Math.max(MOST.floor, Math.min(MOST[tier], paid));
  const growth = Math.log1p((BOUNDED_MAX_BET * margin) / (bound - margin));
  const wanted = Math.ceil((2 * Math.log(1 / ALPHA)) / growth);
  const most = Math.min(MOST_OF_MEAN[tier], Math.max(MOST[tier], wanted));
  return Math.max(MOST.floor, Math.min(most, paid));
}

function tested(rule: GuardRule, pairs: readonly Pair[], { tier, tools }: Job): GuardFinding {
  const changes = changesOf(rule, pairs, tools.declaration);
  return guardFinding(rule, { level: ALPHA, limit: mostPairs(rule, tier, tools) }, changes);
}

/** As `guardChanges`: −Infinity without a score, NaN where the incumbent has none, null for a missing value. */
function changesOf(
  rule: GuardRule,
  pairs: readonly Pair[],
  declaration: Declaration,
): readonly (number | null)[] {
  if (rule.name === OBJECTIVE) return pairDifferences(valuesOf(pairs), direction(declaration));
  return pairs.map(({ ours, theirs }) => {
    if (theirs.outcome !== 'scored') return Number.NaN;
    if (ours.outcome !== 'scored') return Number.NEGATIVE_INFINITY;
    const [our, their] = [ours, theirs].map((one) => one.others?.[rule.name]);
    if (our === undefined || their === undefined) return null;
    return rule.goal === 'max' ? our - their : their - our;
  });
}

function valuesOf(pairs: readonly Pair[]) {
  return {
    values: pairs.map(({ ours }) => valueOf(ours)),
    againstValues: pairs.map(({ theirs }) => valueOf(theirs)),
  };
}

function valueOf(result: CaseResult): number | null {
  return result.outcome === 'scored' ? result.value : null;
}

interface Found {
  readonly rules: readonly GuardRule[];
  readonly findings: readonly GuardFinding[];
  readonly pairs: readonly Pair[];
  /** How the candidate ended on a case that only the incumbent scores. */
  readonly lost: string | undefined;
  readonly bad: number;
  readonly declaration: Declaration;
}

function finding(found: Found): CheckFinding {
  const { findings, pairs, lost, bad } = found;
  const n = pairs.length;
  const said = { evidence: evidenceOf(found), cases: n };
  const worse = findings.find(({ verdict }) => verdict === 'worse');
  if (lost !== undefined) {
    const why = `It ended without a score (${lost}), twice, on a secret case that the incumbent scores.`;
    return { ...said, verdict: 'fail', why, suspicion: 1 };
  }
  if (worse !== undefined) {
    const why = `On ${counted(worse.n, 'secret case')} ${words(worse.name)} is worse than the incumbent's by more than its margin.`;
    return { ...said, verdict: 'fail', why, suspicion: 1 };
  }
  if (bad >= TOO_MANY) {
    const why = `On ${counted(n, 'secret case')} it loses by more than ${BAD_LOSS} σ, and does not gain as much as often.`;
    return { ...said, verdict: 'fail', why, suspicion: 1 };
  }
  const unknown = findings.filter(({ verdict }) => verdict !== 'passed');
  if (unknown.length > 0) {
    const names = unknown.map(({ name }) => words(name)).join(', ');
    const why = `After ${counted(n, 'secret case')} it is not known whether it is no worse in ${names}.`;
    return { ...said, verdict: 'inconclusive', why, suspicion: 0.5 };
  }
  if (bad === TOO_MANY - 1) {
    const why = `On ${counted(n, 'secret case')} it loses by more than ${BAD_LOSS} σ twice, which may be chance.`;
    return { ...said, verdict: 'inconclusive', why, suspicion: 0.9 };
  }
  const why = `On ${counted(n, 'secret case')} it is no worse than the incumbent: every lower 95 % bound is above its margin.`;
  return { ...said, verdict: 'pass', why, suspicion: bad > 0 ? 0.7 : 0 };
}

/** Other names are of metrics, by the user. */
function words(name: string): string {
  return name === OBJECTIVE ? name : named(name);
}

function evidenceOf({ rules, findings, pairs, bad, declaration }: Found): Json {
  const tests = rules.map((rule, i) => {
    const changes = changesOf(rule, pairs, declaration);
    const lower = lowerBound(rule, changes);
    const { verdict = 'open', n = 0, logE = 0 } = findings[i] ?? {};
    const { name, margin, bound = null } = rule;
    return { name, margin, bound, verdict, n, logE, lower };
  });
  return {
    alpha: ALPHA,
    bad,
    tests,
    outcomes: pairs.map(({ ours }) => ours.outcome),
    ...valuesOf(pairs),
  };
}

/** Null while nothing is excluded, and where the test is of a mean. */
function lowerBound(rule: GuardRule, changes: readonly (number | null)[]): number | null {
  const known = scoredOnly(changes.filter((one): one is number => one !== null));
  const spec = guardSpec(rule, changes);
  if (known.length === 0 || spec.method !== 'symmetric') return null;
  const { lower } = confidenceBounds(spec, known, ALPHA);
  return Number.isFinite(lower) ? lower : null;
}
