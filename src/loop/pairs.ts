/**
 * Paired measurements on fresh cases under the secret root: confirm, block and final comparison.
 * Each pair uses one case never used before in this study, the same for both sides.
 */
import type { Candidate } from '../core/candidate.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventDraft } from '../core/events.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import type { PairsStep } from './decide.ts';
import { MAIN_ARM, type Plan } from './plan.ts';

/** Pairs measured in one call where the evaluator is deterministic, so that order cannot matter. */
const BATCH_PAIRS = 8;
const INFRA_RETRIES = 2;

/** Seed of pair `index`: a function of the secret, the purpose, the trial and the arm. */
export function pairCase(
  plan: Plan,
  step: Pick<PairsStep, 'purpose' | 'arm' | 'trial'>,
  index: number,
): number {
  return plan.secretRoot.stream(step.trial, `${step.purpose}:${step.arm}`, index).u32();
}

/** Measures up to a batch of the pairs asked for; the fold then says how many are still missing. */
export async function measurePairs(
  plan: Plan,
  step: PairsStep,
  run: { readonly deterministic: boolean; readonly signal: AbortSignal },
): Promise<EventDraft> {
  const count = Math.min(step.take, run.deterministic ? BATCH_PAIRS : 1);
  const cases = Array.from({ length: count }, (_, i) => pairCase(plan, step, step.from + i));
  const candidateFirst =
    plan.secretRoot.stream(step.trial, `order:${step.purpose}`, step.from).int(2) === 0;
  const [values, againstValues] = await bothSides(plan, step, { cases, candidateFirst, ...run });
  return {
    type: 'measurement.recorded',
    ...(step.trial >= 0 ? { trial: step.trial } : {}),
    actor: 'engine',
    body: {
      purpose: step.purpose,
      arm: step.purpose === 'control' ? step.arm : step.arm || MAIN_ARM,
      candidate: step.candidate.id,
      against: step.against.id,
      from: step.from,
      cases,
      values,
      againstValues,
    },
  };
}

type Values = readonly (number | null)[];

interface Sides {
  readonly cases: readonly number[];
  readonly candidateFirst: boolean;
  readonly deterministic: boolean;
  readonly signal: AbortSignal;
}

/** Back to back in an order chosen by a fair coin; at once where nothing but the input matters. */
async function bothSides(
  plan: Plan,
  step: PairsStep,
  sides: Sides,
): Promise<readonly [Values, Values]> {
  const side = (candidate: Candidate): Promise<Values> => scores(plan, candidate, sides);
  if (sides.deterministic) return Promise.all([side(step.candidate), side(step.against)]);
  if (sides.candidateFirst) return [await side(step.candidate), await side(step.against)];
  const against = await side(step.against);
  return [await side(step.candidate), against];
}

async function scores(plan: Plan, candidate: Candidate, sides: Sides): Promise<Values> {
  for (let attempt = 0; ; attempt++) {
    const [measured] = await plan.judge.measure([{ candidate, cases: sides.cases }], sides.signal);
    const results = measured?.cases ?? [];
    const broken = results.find((result) => result.outcome === 'infra-error');
    if (broken === undefined) return results.map(valueOf);
    if (attempt < INFRA_RETRIES) continue;
    throw new PacelineError(
      'INFRASTRUCTURE',
      'A pair could not be measured after three tries because of the machine, not the candidate. Free processes or memory, then run paceline resume.',
    );
  }
}

function valueOf(result: CaseResult): number | null {
  return result.outcome === 'scored' ? result.value : null;
}
