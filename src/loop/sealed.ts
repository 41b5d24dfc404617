/**
 * Measurements for the gate, on the cases of a sealed set: one purpose and one number per set under
 * the secret root, so that no confirm, block or comparison ever draws from the same stream.
 */
import { pairEvals } from '../claims/pairs.ts';
import { PacelineError } from '../core/errors.ts';
import type { SealedMeasure, SealedQuestion } from '../gates/contract.ts';
import { type Half, halfOf, pairsRecord } from './block.ts';
import {
  BATCH_PAIRS,
  measuredAlone,
  measuredTogether,
  type PairMeasurer,
  pairCase,
} from './pairs.ts';
import { MAIN_ARM } from './plan.ts';

/** Cases of the sealed set number `generation`. */
export function sealedCases(plan: Pick<PairMeasurer, 'secretRoot'>, size: number) {
  return (generation: number): readonly number[] => {
    const stream = { purpose: 'holdout', arm: MAIN_ARM, trial: generation } as const;
    return Array.from({ length: size }, (_, i) => pairCase(plan, stream, i));
  };
}

export function sealedMeasure(plan: PairMeasurer, casesOf: SealedMeasure['cases']): SealedMeasure {
  return {
    cases: casesOf,
    async measure(question, signal) {
      const cases = casesOf(question.generation);
      // What does not repeat itself is measured as pairs are: one at a time.
      const at = question.isRepeatable ? BATCH_PAIRS : 1;
      const ours: Half[] = [];
      const theirs: Half[] = [];
      for (let from = 0; from < cases.length; from += at) {
        const batch = { cases: cases.slice(from, from + at), from, signal };
        const measured = await measureBatch(plan, question, batch);
        ours.push(...measured.ours);
        theirs.push(...measured.theirs);
      }
      const { againstValues, againstRuns, ...own } = pairsRecord(plan, ours, theirs);
      if (theirs.length === 0) return { values: own.values, evals: pairEvals(own) };
      const evals = pairEvals({ ...own, againstValues, ...(againstRuns ? { againstRuns } : {}) });
      return { values: own.values, againstValues, evals };
    },
  };
}

interface Batch {
  readonly cases: readonly number[];
  readonly from: number;
  readonly signal: AbortSignal;
}

interface Measured {
  readonly ours: readonly Half[];
  readonly theirs: readonly Half[];
}

async function measureBatch(
  plan: PairMeasurer,
  question: SealedQuestion,
  { cases, from, signal }: Batch,
): Promise<Measured> {
  const { candidate, against, generation, isRepeatable: isAtOnce, isAgainstKnown } = question;
  const coin = plan.secretRoot.stream(generation, 'order:holdout', from);
  const sides = { cases, candidateFirst: coin.int(2) === 0, isAtOnce, signal };
  if (against && !isAgainstKnown) return measuredTogether(plan, { candidate, against }, sides);
  const alone = await measureAlone(plan, question, { cases, from, signal });
  if (alone) return { ours: alone, theirs: [] };
  // Nothing scored: the candidate's failure only where what it replaces can still be scored.
  if (against === undefined) throw nothingScored(cases.length);
  const { ours } = await measuredTogether(plan, { candidate, against }, sides);
  return { ours, theirs: [] };
}

/** Undefined where no case at all has a score. */
async function measureAlone(
  plan: PairMeasurer,
  { candidate }: SealedQuestion,
  { cases, signal }: Batch,
): Promise<readonly Half[] | undefined> {
  const found = await measuredAlone(plan, { candidate, cases }, { signal });
  const isScored = found.some(({ outcome }) => outcome === 'scored');
  return isScored ? found.map((result) => halfOf(plan, [result])) : undefined;
}

function nothingScored(cases: number): PacelineError {
  return new PacelineError(
    'EVALUATOR_FAILED',
    `The incumbent has no score on ${cases} sealed cases in a row. Run the evaluator on it by hand, mend its surroundings, then run paceline resume.`,
    { cases },
  );
}
