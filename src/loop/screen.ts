/**
 * The screen of one candidate, measured: stage after stage until it is futile, promising, or has no
 * score. Against the reference of its arm, or pair by pair against the incumbent itself.
 */
import { orient } from '../claims/orient.ts';
import { pairDifferences } from '../claims/pairs.ts';
import { pairedValues, referenceOf, type ScreenFloor, screenVerdict } from '../claims/screen.ts';
import type { Candidate } from '../core/candidate.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import { knownValues } from '../core/known-values.ts';
import type { CaseResult, Outcome } from '../evaluators/contract.ts';
import { type Block, type Half, measureBlock, pairsRecord } from './block.ts';
import { type Meter, measureOne, type TrialRequest } from './measure.ts';
import type { Plan } from './plan.ts';
import type { ArmState, StudyState } from './state.ts';

/** What a screen recorded, in raw values. */
export type Screened = Pick<
  EventBody['trial.settled'],
  'values' | 'against' | 'againstValues' | 'runs' | 'againstRuns'
>;

/** Oriented values as the screen judges them and the archive ranks them. */
export function screenValues(plan: Plan, arm: ArmState, screened: Screened): number[] {
  const { values, againstValues } = screened;
  const { metric } = plan.opened;
  if (againstValues === undefined) {
    return values.flatMap((value) => (value === null ? [] : [orient(metric, value)]));
  }
  return pairedValues(arm.level, pairDifferences({ values, againstValues }, metric));
}

/** b: what the values are compared with; in a paired study what the incumbent is worth. */
export function yardstick(state: StudyState, arm: ArmState): number {
  return state.isPaired ? arm.level : referenceOf(arm.reference);
}

/** What a screen has to go by. @throws before the noise floor: a programming error. */
export function screenFloor({ floor, isPaired }: StudyState): ScreenFloor {
  if (floor === undefined) throw new Error('screened before the floor');
  const { scale, heavyTailed } = floor;
  return { scale, heavyTailed, isPaired };
}

interface Screening {
  readonly trial: number;
  readonly candidate: Candidate;
  readonly signal: AbortSignal;
  readonly meter: Meter;
}

export type ScreenResult = Screened & {
  readonly outcome: Outcome;
  readonly message?: string;
};

/** The screen of an arm as it stands now: later changes of `state` do not reach it. */
export function screenOf(
  plan: Plan,
  state: StudyState,
  arm: ArmState,
): (screening: Screening) => Promise<ScreenResult> {
  const floor = screenFloor(state);
  const reference = yardstick(state, arm);
  const verdict = (values: readonly number[]) => screenVerdict(plan.rule, floor, values, reference);
  if (!state.isPaired) {
    const { isReusing, known, committed: horizon } = state;
    return (screening) => {
      const epoch = epochOf(plan, screening.trial);
      const at = { candidate: screening.candidate.id, epoch, horizon };
      const held = isReusing ? knownValues(known, at) : [];
      return screenAlone(plan, { ...screening, verdict, held });
    };
  }
  const { incumbent, level } = arm;
  return (screening) => screenPaired(plan, { ...screening, verdict, incumbent, level });
}

interface Judged extends Screening {
  readonly verdict: (oriented: readonly number[]) => ReturnType<typeof screenVerdict>;
}

interface Alone extends Judged {
  /** Values of the first cases, which an earlier trial has. */
  readonly held: readonly number[];
}

async function screenAlone(plan: Plan, screening: Alone): Promise<ScreenResult> {
  const { metric } = plan.opened;
  const values: number[] = [];
  for (;;) {
    const verdict = screening.verdict(values.map((value) => orient(metric, value)));
    if (verdict.verdict !== 'more') return { outcome: 'scored', values };
    const end = values.length + verdict.take;
    const reused = screening.held.slice(values.length, end);
    values.push(...reused);
    screening.meter.evals += reused.length;
    screening.meter.reused += reused.length;
    const range = { from: values.length, take: end - values.length };
    if (range.take === 0) continue;
    const cases = trainCases(plan, screening.trial, range);
    for (const result of await measureOne(plan.search, { ...screening, cases })) {
      if (result.outcome !== 'scored')
        return { outcome: result.outcome, values, message: result.message };
      values.push(result.value);
    }
  }
}

interface Paired extends Judged {
  readonly incumbent: Candidate;
  readonly level: number;
}

/**
 * Pairs in a row whose incumbent half had no score, after which there is nothing to compare with. Not
 * fewer: cases belong to their epoch, so a study that a chance streak has stopped meets it again at
 * every resume.
 */
const MOST_MISSES = 12;

async function screenPaired(plan: Plan, screening: Paired): Promise<ScreenResult> {
  const against = screening.incumbent.id;
  const ours: Half[] = [];
  const theirs: Half[] = [];
  for (let misses = 0; ; ) {
    const pairs = pairsRecord(plan, ours, theirs);
    const differences = pairDifferences(pairs, plan.opened.metric);
    const verdict = screening.verdict(pairedValues(screening.level, differences));
    if (verdict.verdict !== 'more') return { outcome: 'scored', against, ...pairs };
    const block = await measurePair(plan, screening, ours.length);
    const { result } = block.ours;
    if (result.outcome !== 'scored') return { ...result, against, ...pairs };
    misses = block.theirs.result.outcome === 'scored' ? 0 : misses + 1;
    if (misses >= MOST_MISSES) throw incumbentFailed(block.theirs.result);
    ours.push(block.ours);
    theirs.push(block.theirs);
  }
}

/** On one case, in an order chosen by a fair public coin. */
function measurePair(plan: Plan, screening: Paired, index: number): Promise<Block> {
  const cases = trainCases(plan, screening.trial, { from: index, take: 1 });
  const coin = plan.publicRoot.stream(screening.trial, 'screen order', index).int(2);
  return measureBeside(plan, { ...screening, cases, isOursFirst: coin === 0 });
}

/** A candidate and what it is compared with, on one training case. */
export function measureBeside(
  plan: Plan,
  {
    incumbent,
    isOursFirst,
    ...request
  }: TrialRequest & { readonly incumbent: Candidate; readonly isOursFirst: boolean },
): Promise<Block> {
  return measureBlock(plan, isOursFirst, async (side) => {
    const candidate = side === 'ours' ? request.candidate : incumbent;
    const [result] = await measureOne(plan.search, { ...request, candidate });
    if (result === undefined) throw new Error('the queue returned no case');
    return result;
  });
}

function incumbentFailed(result: CaseResult): PacelineError {
  const why = 'message' in result ? ` (${result.outcome}: ${result.message})` : '';
  return new PacelineError(
    'EVALUATOR_FAILED',
    `The incumbent has no score on ${MOST_MISSES} training cases in a row${why}. Mend the evaluator or its surroundings, then run paceline resume.`,
  );
}

/**
 * Training cases are common to all trials of an epoch (common random numbers) and fresh in the next:
 * no candidate can be fitted to a fixed set.
 */
function trainCases(
  plan: Plan,
  trial: number,
  range: { readonly from: number; readonly take: number },
): readonly number[] {
  const epoch = epochOf(plan, trial);
  return Array.from({ length: range.take }, (_, i) =>
    plan.publicRoot.stream(epoch, 'train', range.from + i).u32(),
  );
}

function epochOf({ opened }: Plan, trial: number): number {
  return Math.floor(trial / opened.epochTrials);
}
