/**
 * Paired measurements on fresh cases under the secret root: confirm, block and final comparison.
 * Each pair has a case of its own, drawn independently of all others, the same for both sides.
 */
import type { Candidate } from '../core/candidate.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventDraft } from '../core/events.ts';
import type { RngRoot } from '../core/rng.ts';
import type { CaseResult, Evaluator } from '../evaluators/contract.ts';
import type { PairsStep } from './decide.ts';

/** Pairs measured in one call where the evaluator is deterministic, so that order cannot matter. */
const BATCH_PAIRS = 8;
const RETRIES = 2;
const RESUME = 'paceline resume';

/** Seed of pair `index`: a function of the secret, the purpose, the trial and the arm. */
export function pairCase(
  plan: Pick<PairMeasurer, 'secretRoot'>,
  step: Pick<PairsStep, 'purpose' | 'arm' | 'trial'>,
  index: number,
): number {
  return plan.secretRoot.stream(step.trial, `${step.purpose}:${step.arm}`, index).u32();
}

type PairJudge = Pick<Evaluator, 'measure'>;

/** What measuring pairs needs of a plan. */
export interface PairMeasurer {
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
  /** Names of the other metrics that are recorded; absent: none. */
  readonly others?: readonly string[];
}

/** Measures up to a batch of the pairs asked for; the fold then says how many are still missing. */
export async function measurePairs(
  plan: PairMeasurer,
  step: PairsStep,
  run: PairsRun,
): Promise<EventDraft> {
  const count = Math.min(step.take, run.deterministic ? BATCH_PAIRS : 1);
  const cases = Array.from({ length: count }, (_, i) => pairCase(plan, step, step.from + i));
  const candidateFirst =
    plan.secretRoot.stream(step.trial, `order:${step.purpose}`, step.from).int(2) === 0;
  const sides = { cases, candidateFirst, ...run };
  const [ours, theirs] = await measuredTogether(plan.verifier ?? plan.judge, step, sides);
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
      values: ours.map(valueOf),
      againstValues: theirs.map(valueOf),
      ...otherValues(run.others ?? [], [ours, theirs]),
      ...(await claims(plan, step, sides)),
    },
  };
}

/** Of the very same pairs. */
function otherValues(names: readonly string[], [ours, theirs]: Results) {
  if (names.length === 0) return {};
  const others = names.map((name) => ({
    name,
    values: ours.map((one) => otherValue(one, name)),
    againstValues: theirs.map((one) => otherValue(one, name)),
  }));
  return { others };
}

/** What the evaluator itself says of a pair that the verifier decides: the two must agree. */
async function claims(plan: PairMeasurer, step: PairsStep, sides: Sides) {
  if (plan.verifier === undefined || step.purpose !== 'confirm') return {};
  const [ours, theirs] = await measuredTogether(plan.judge, step, sides);
  return { claimed: ours.map(valueOf), againstClaimed: theirs.map(valueOf) };
}

interface Sides extends PairsRun {
  readonly cases: readonly number[];
  readonly candidateFirst: boolean;
}

type Results = readonly [readonly CaseResult[], readonly CaseResult[]];

/**
 * What the machine spoiled is measured again, both sides of it. Pairs of which neither side has a
 * score, all of them and again and again, are the judge's failure and nobody's tie.
 */
async function measuredTogether(judge: PairJudge, step: PairsStep, sides: Sides): Promise<Results> {
  for (let attempt = 0; ; attempt++) {
    const results = await bothSides(judge, step, sides);
    const [ours, theirs] = results;
    const isSpoiled = [...ours, ...theirs].some(({ outcome }) => outcome === 'infra-error');
    const isDead = [...ours, ...theirs].every(({ outcome }) => outcome !== 'scored');
    if (!isSpoiled && !isDead) return results;
    if (attempt < RETRIES) continue;
    throw isSpoiled ? machineFailed(sides) : judgeFailed(sides, ours[0]);
  }
}

function machineFailed({ again = RESUME }: Sides): PacelineError {
  return new PacelineError(
    'INFRASTRUCTURE',
    `A pair could not be measured after three tries because of the machine, not the candidate. Free processes or memory, then run ${again}.`,
  );
}

function judgeFailed({ again = RESUME }: Sides, result: CaseResult | undefined): PacelineError {
  const why = result && 'message' in result ? ` (${result.outcome}: ${result.message})` : '';
  return new PacelineError(
    'EVALUATOR_FAILED',
    `The evaluator scored neither of the two candidates, three times on the same cases${why}. Run it by hand on the origin, mend its surroundings, then run ${again}.`,
  );
}

/** Back to back in an order chosen by a fair coin; at once where nothing but the input matters. */
async function bothSides(judge: PairJudge, step: PairsStep, sides: Sides): Promise<Results> {
  const side = async (candidate: Candidate): Promise<readonly CaseResult[]> => {
    const [measured] = await judge.measure([{ candidate, cases: sides.cases }], sides.signal);
    return measured?.cases ?? [];
  };
  if (sides.deterministic) return Promise.all([side(step.candidate), side(step.against)]);
  if (sides.candidateFirst) return [await side(step.candidate), await side(step.against)];
  const theirs = await side(step.against);
  return [await side(step.candidate), theirs];
}

function valueOf(result: CaseResult): number | null {
  return result.outcome === 'scored' ? result.value : null;
}

function otherValue(result: CaseResult, name: string): number | null {
  return result.outcome === 'scored' ? (result.others?.[name] ?? null) : null;
}
