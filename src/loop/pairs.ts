/**
 * Paired measurements on fresh cases under the secret root: confirm, block and final comparison.
 * Each pair has a case of its own, drawn independently of all others, the same for both sides.
 */
import type { Candidate } from '../core/candidate.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventDraft } from '../core/events.ts';
import type { RngRoot } from '../core/rng.ts';
import type { CaseResult, Evaluator, MeasureRequest } from '../evaluators/contract.ts';
import { type Half, halfOf, measureBlock, pairsRecord, valueOf } from './block.ts';
import type { PairsStep } from './decide.ts';
import { INFRA_RETRIES, machineFailed, RESUME, unspoiled } from './measure.ts';
import { isRepeatable, type Plan } from './plan.ts';

/** Pairs measured in one call where nothing but the input matters. */
export const BATCH_PAIRS = 8;

/** Seed of pair `index`: a function of the secret, the purpose, the trial and the arm. */
export function pairCase(
  plan: Pick<PairMeasurer, 'secretRoot'>,
  step: Pick<PairsStep, 'arm' | 'trial'> & { readonly purpose: PairsStep['purpose'] | 'holdout' },
  index: number,
): number {
  return plan.secretRoot.stream(step.trial, `${step.purpose}:${step.arm}`, index).u32();
}

type PairJudge = Pick<Evaluator, 'measure'>;

/** What measuring pairs needs of a plan. */
export interface PairMeasurer {
  readonly opened: Pick<Plan['opened'], 'metric'>;
  readonly judge: PairJudge;
  /** Decides in exact studies. */
  readonly verifier?: PairJudge;
  readonly secretRoot: RngRoot;
}

interface PairsRun {
  readonly deterministic: boolean;
  readonly signal: AbortSignal;
  /** What to run once the evaluator is mended; `paceline resume` where it is left out. */
  readonly again?: string;
  /** The i-th of the cases to come, where they are not drawn from the stream of the step. */
  readonly caseAt?: (i: number) => number;
  /** Names of the other metrics that are recorded; absent: none. */
  readonly others?: readonly string[];
  /** Pairs before these of which neither side had a score, in a row. Absent: none may be without. */
  readonly unscoredBefore?: number;
}

/** Measures up to a batch of the pairs asked for; the fold then says how many are still missing. */
export async function measurePairs(
  plan: PairMeasurer,
  step: PairsStep,
  run: PairsRun,
): Promise<EventDraft> {
  const isAtOnce = isRepeatable(plan, run);
  const count = Math.min(step.take, isAtOnce ? BATCH_PAIRS : 1);
  const { caseAt = (i: number) => pairCase(plan, step, step.from + i) } = run;
  const cases = Array.from({ length: count }, (_, i) => caseAt(i));
  const candidateFirst =
    plan.secretRoot.stream(step.trial, `order:${step.purpose}`, step.from).int(2) === 0;
  const sides = { cases, candidateFirst, isAtOnce, ...run };
  const { ours, theirs } = await measuredTogether(plan, step, sides);
  return {
    type: 'measurement.recorded',
    ...(step.trial >= 0 ? { trial: step.trial } : {}),
    actor: 'engine',
    body: {
      purpose: step.purpose,
      arm: step.arm,
      candidate: step.candidate.id,
      against: step.against.id,
      from: step.from,
      cases,
      ...pairsRecord(plan, ours, theirs),
      ...otherValues(run.others ?? [], { ours, theirs }),
      ...(await claims(plan, step, sides)),
    },
  };
}

/** Of the very same pairs. */
function otherValues(names: readonly string[], { ours, theirs }: Results) {
  if (names.length === 0) return {};
  const others = names.map((name) => ({
    name,
    values: ours.map(({ result }) => otherValue(result, name)),
    againstValues: theirs.map(({ result }) => otherValue(result, name)),
  }));
  return { others };
}

/** What the evaluator itself says of a pair that the verifier decides: the two must agree. */
async function claims(plan: PairMeasurer, step: PairsStep, sides: Sides) {
  if (plan.verifier === undefined || step.purpose !== 'confirm') return {};
  const { verifier: _, ...judged } = plan;
  const { ours, theirs } = await measuredTogether(judged, step, sides);
  const claimed = (halves: readonly Half[]) => halves.map(({ result }) => valueOf(result));
  return { claimed: claimed(ours), againstClaimed: claimed(theirs) };
}

export interface Sides extends Omit<PairsRun, 'deterministic'> {
  readonly cases: readonly number[];
  readonly candidateFirst: boolean;
  readonly isAtOnce: boolean;
}

/** At the end of differences as `pairDifferences` gives them. */
export function unscoredInARow(differences: readonly number[]): number {
  return differences.length - 1 - differences.findLastIndex((one) => !Number.isNaN(one));
}

interface Results {
  readonly ours: readonly Half[];
  readonly theirs: readonly Half[];
}

/**
 * A case on which neither side has a score is recorded as such, or the study would meet it again at
 * every resume; more in a row are no property of cases.
 */
const MOST_UNSCORED = 2;

/**
 * What the machine spoiled is measured again, both sides of it. Pairs of which neither side has a
 * score, again and again, are the judge's failure and nobody's tie.
 */
export async function measuredTogether(
  plan: PairMeasurer,
  step: Pick<PairsStep, 'candidate' | 'against'>,
  sides: Sides,
): Promise<Results> {
  for (let attempt = 0; ; attempt++) {
    const results = await bothSides(plan, step, sides);
    const found = [...results.ours, ...results.theirs].map(({ result }) => result);
    const isSpoiled = found.some(({ outcome }) => outcome === 'infra-error');
    const isDead = found.every(({ outcome }) => outcome !== 'scored');
    if (!isSpoiled && !isDead) return results;
    if (attempt < INFRA_RETRIES) continue;
    if (isSpoiled) throw machineFailed(sides.again);
    const { unscoredBefore = MOST_UNSCORED, cases } = sides;
    if (unscoredBefore + cases.length > MOST_UNSCORED) throw judgeFailed(sides, found[0]);
    return results;
  }
}

/** One candidate on some cases; what the machine spoiled is measured again. */
export function measuredAlone(
  { judge }: Pick<PairMeasurer, 'judge'>,
  request: MeasureRequest,
  { signal, again }: Pick<PairsRun, 'signal' | 'again'>,
): Promise<readonly CaseResult[]> {
  return unspoiled(async () => (await judge.measure([request], signal))[0]?.cases ?? [], again);
}

function judgeFailed({ again = RESUME }: Sides, result: CaseResult | undefined): PacelineError {
  const why = result && 'message' in result ? ` (${result.outcome}: ${result.message})` : '';
  return new PacelineError(
    'EVALUATOR_FAILED',
    `The evaluator scored neither of the two candidates, three times on the same cases${why}. Run it by hand on the origin, mend its surroundings, then run ${again}.`,
  );
}

/** In an order chosen by a fair coin; at once where nothing but the input matters. */
async function bothSides(
  plan: PairMeasurer,
  step: Pick<PairsStep, 'candidate' | 'against'>,
  sides: Sides,
): Promise<Results> {
  const { cases, candidateFirst, isAtOnce, signal } = sides;
  const judge = plan.verifier ?? plan.judge;
  const measured = async (candidate: Candidate): Promise<readonly CaseResult[]> => {
    const [results] = await judge.measure([{ candidate, cases }], signal);
    return results?.cases ?? [];
  };
  if (isAtOnce) {
    const found = await Promise.all([measured(step.candidate), measured(step.against)]);
    const [ours, theirs] = found.map((results) => results.map((one) => halfOf(plan, [one])));
    return { ours: ours ?? [], theirs: theirs ?? [] };
  }
  const { ours, theirs } = await measureBlock(plan, candidateFirst, async (side) => {
    const [result] = await measured(side === 'ours' ? step.candidate : step.against);
    if (result === undefined) throw new Error('the evaluator returned no case');
    return result;
  });
  return { ours: [ours], theirs: [theirs] };
}

function otherValue(result: CaseResult, name: string): number | null {
  return result.outcome === 'scored' ? (result.others?.[name] ?? null) : null;
}
