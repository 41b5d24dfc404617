/**
 * Check C3: candidate against incumbent on cases of the gate's own secret, which was committed before the
 * candidate was frozen. Non-inferiority: the lower 95 % bound of the paired difference lies above −δ, and
 * the same of each guard and its margin. The bound is that of a confidence sequence (acceptance.md §4.1),
 * valid at any n, so it stops as soon as it knows.
 */
import { type GuardFinding, type GuardRule, guardFinding, guardSpec } from '../claims/guards.ts';
import { orient } from '../claims/orient.ts';
import { pairDifferences, scoredOnly } from '../claims/pairs.ts';
import type { Json } from '../core/json.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { confidenceBounds } from '../stats/confidence-sequence.ts';
import { iqrScale, sampleSd } from '../stats/summary.ts';
import type { Check, CheckFinding, Declaration, Intake, Tier, Tools } from './contract.ts';
import { measuredPairs, type Pair, secretCases, sound } from './paired.ts';

/** One-sided, of each test: what passes has to pass all of them, which needs no correction. */
const ALPHA = 0.05;
/** Most pairs. 64 without one failure bound a rate of failures at 4.6 %, 512 at 0.6 %. */
const PAIRS: Readonly<Record<Tier, number>> = { floor: 64, deep: 512 };
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
  const rules = [await objectiveRule(job), ...(declaration.guards ?? [])];
  const pairs: Pair[] = [];
  let lost: string | undefined;
  for (;;) {
    const findings = rules.map((rule) => tested(rule, pairs, job));
    const take = Math.max(...findings.map((one) => (one.verdict === 'open' ? one.take : 0)));
    const isOver = findings.some(({ verdict }) => verdict === 'worse') || take === 0;
    if (lost !== undefined || isOver) return finding({ rules, findings, pairs, lost, declaration });
    const more = await morePairs(job, pairs.length, take);
    lost = await lostCase(job, more, pairs.length);
    pairs.push(...more);
  }
}

function morePairs(job: Job, from: number, count: number): Promise<readonly Pair[]> {
  const { tools, signal, ticket, candidate, incumbent } = job;
  const of = { ticket, check: 'C3', purpose: 'pairs' } as const;
  const cases = secretCases(tools.secrets, of, { from, count });
  const order = tools.secrets.stream(-1, `${ticket}\nC3\norder`, from);
  const coin = (): boolean => order.int(2) === 0;
  return measuredPairs(tools, { candidate, incumbent, cases, coin }, signal);
}

/** δ: as declared, or the smallest effect in σ of one evaluation of the incumbent. */
async function objectiveRule(job: Job): Promise<GuardRule> {
  const { goal, tolerance } = job.tools.declaration;
  const { margin, smallestEffect = SMALLEST_EFFECT, bound } = tolerance ?? {};
  const delta = margin ?? smallestEffect * (await sigma(job));
  const isBounded = bound !== undefined && bound > delta;
  return { name: OBJECTIVE, goal, unit: '', margin: delta, ...(isBounded ? { bound } : {}) };
}

/** Where the incumbent's values are all the same the least loss counts. */
async function sigma({ tools, signal, ticket, incumbent }: Job): Promise<number> {
  const of = { ticket, check: 'C3', purpose: 'sigma' } as const;
  const cases = secretCases(tools.secrets, of, { from: 0, count: PILOT });
  const [measured] = await tools.measure([{ candidate: incumbent, cases }], signal);
  const results = cases.map((_, i) => sound(measured?.cases[i]));
  const values = results.flatMap((one) =>
    one.outcome === 'scored' ? [orient(direction(tools.declaration), one.value)] : [],
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
  const { tools, signal, ticket, candidate } = job;
  const of = { ticket, check: 'C3', purpose: 'pairs' } as const;
  const cases = secretCases(tools.secrets, of, { from: from + at, count: 1 });
  const [measured] = await tools.measure([{ candidate, cases }], signal);
  const { outcome } = sound(measured?.cases[0]);
  return outcome === 'scored' ? undefined : outcome;
}

/** Of what may be taken half is the incumbent's, and the floor is always had. */
function mostPairs(tier: Tier, { mostEvals = Number.POSITIVE_INFINITY }: Tools): number {
  return Math.max(PAIRS.floor, Math.min(PAIRS[tier], Math.floor(mostEvals / 2)));
}

function tested(rule: GuardRule, pairs: readonly Pair[], { tier, tools }: Job): GuardFinding {
  const changes = changesOf(rule, pairs, tools.declaration);
  return guardFinding(rule, { level: ALPHA, limit: mostPairs(tier, tools) }, changes);
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
  readonly declaration: Declaration;
}

function finding(found: Found): CheckFinding {
  const { findings, pairs, lost } = found;
  const n = pairs.length;
  const said = { evidence: evidenceOf(found), cases: n };
  const worse = findings.find(({ verdict }) => verdict === 'worse');
  if (lost !== undefined) {
    const why = `It ended without a score (${lost}), twice, on a secret case that the incumbent scores.`;
    return { ...said, verdict: 'fail', why, suspicion: 1 };
  }
  if (worse !== undefined) {
    const why = `On ${worse.n} secret cases ${worse.name} is worse than the incumbent's by more than its margin.`;
    return { ...said, verdict: 'fail', why, suspicion: 1 };
  }
  const unknown = findings.filter(({ verdict }) => verdict !== 'passed');
  if (unknown.length > 0) {
    const names = unknown.map(({ name }) => name).join(', ');
    const why = `After ${n} secret cases it is not known whether it is no worse in ${names}.`;
    return { ...said, verdict: 'inconclusive', why, suspicion: 0.5 };
  }
  const why = `On ${n} secret cases it is no worse than the incumbent: every lower 95 % bound is above its margin.`;
  return { ...said, verdict: 'pass', why, suspicion: 0 };
}

function evidenceOf({ rules, findings, pairs, declaration }: Found): Json {
  const tests = rules.map((rule, i) => {
    const changes = changesOf(rule, pairs, declaration);
    const lower = lowerBound(rule, changes);
    const { verdict = 'open', n = 0, logE = 0 } = findings[i] ?? {};
    const { name, margin, bound = null } = rule;
    return { name, margin, bound, verdict, n, logE, lower };
  });
  return {
    alpha: ALPHA,
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
