/** One simulated study from opening to close, and what the rules in common use make of it. */
import type { StoredEvent } from '../../core/events.ts';
import type { CaseResult } from '../../evaluators/contract.ts';
import { decodeSimulated, simulatedEvaluator } from '../../evaluators/simulated.ts';
import { totalEvals } from '../../loop/decide.ts';
import { runLoop } from '../../loop/loop.ts';
import { openStudy } from '../../loop/recovery.ts';
import { ask, type Study } from '../../loop/study.ts';
import { greedy, madRatio, twoStandardErrors } from '../../stats/rival-rules.ts';
import { memoryStore } from '../../stores/memory.ts';
import { ORIGIN, type SimulatedPlan, type SimulatedStudy, simulatedPlan } from './plan.ts';
import { stoppedAtRandom } from './stopped.ts';

/** What one rule did in one study. */
export interface RuleOutcome {
  /** Candidates promoted that are no better than what they replaced. */
  readonly falsePromotions: number;
  readonly foundPlanted: boolean;
  readonly evaluations: number;
  /** Candidates measured: all, unless the study was stopped. */
  readonly candidates: number;
}

export const RULE_NAMES = ['paceline', 'greedy', 'MAD ratio', '2 SE'] as const;
export type RuleName = (typeof RULE_NAMES)[number];
export type StudyOutcome = Readonly<Record<RuleName, RuleOutcome>>;

/** Evaluations per side the rule of two standard errors reads. */
const TWO_SE_EVALUATIONS = 10;

export async function runSimulated(study: SimulatedStudy): Promise<StudyOutcome> {
  const simulated = simulatedPlan(study);
  const store = memoryStore({ clock: study.clock });
  const ledger = await store.open('null', 'write');
  const plan = study.stopsAtRandom
    ? stoppedAtRandom(simulated, study, () => ask(running, 'stop'))
    : simulated.plan;
  const running: Study = await openStudy({ plan, ledger, reporters: [] });
  await runLoop(running);
  const draws = newDraws();
  for await (const page of ledger.read(0)) for (const event of page) draws.add(event);
  await ledger.close();
  const { baseline, candidates, promoted } = draws;
  const judge = (kept: readonly number[], evaluations: number): RuleOutcome => ({
    ...truthOf(simulated, kept),
    evaluations,
    candidates: candidates.length,
  });
  const singles = candidates.length + 1;
  const again = await measureAgain(study, simulated, candidates.length);
  return {
    paceline: judge(promoted, totalEvals(running.state)),
    greedy: judge(greedy(baseline, candidates).kept, singles),
    'MAD ratio': judge(madRatio(baseline, candidates).kept, singles),
    '2 SE': judge(twoStandardErrors(again.baseline, again.candidates).kept, again.evaluations),
  };
}

interface Draws {
  readonly baseline: number[];
  /** Screen values by trial, as the engine drew them. */
  readonly candidates: (readonly number[])[];
  readonly promoted: number[];
  add(event: StoredEvent): void;
}

/** Read from the ledger: the very draws the engine decided on. */
function newDraws(): Draws {
  const draws: Draws = {
    baseline: [],
    candidates: [],
    promoted: [],
    add(event) {
      if (event.type === 'noise.measured') draws.baseline.push(...event.body.values);
      if (event.type === 'trial.settled')
        draws.candidates.push(event.body.values.map((value) => value ?? Number.NaN));
      if (event.type === 'candidate.promoted') draws.promoted.push(event.trial ?? -1);
    },
  };
  return draws;
}

/** A promotion is false when the truth about the candidate is no better than about what it replaced. */
function truthOf(
  { plan, plantedAt, textOf }: SimulatedPlan,
  promoted: readonly number[],
): Pick<RuleOutcome, 'falsePromotions' | 'foundPlanted'> {
  const effect = (text: string): number => decodeSimulated(text)?.effect ?? 0;
  let incumbent = effect(plan.origin.text);
  let falsePromotions = 0;
  for (const trial of promoted) {
    const challenger = effect(textOf(trial));
    if (challenger <= incumbent) falsePromotions += 1;
    incumbent = challenger;
  }
  return { falsePromotions, foundPlanted: promoted.includes(plantedAt) };
}

/**
 * The rule of two standard errors reads ten evaluations where the engine often stops after one: the
 * same candidates are measured ten times each on a machine of their own under the same noise.
 */
async function measureAgain(
  study: SimulatedStudy,
  { root, textOf }: SimulatedPlan,
  howMany: number,
) {
  const machine = simulatedEvaluator({ noise: study.noise, rng: root.stream(-1, 'rival machine') });
  const cases = Array.from({ length: TWO_SE_EVALUATIONS }, (_, i) => i);
  const texts = [ORIGIN.text, ...Array.from({ length: howMany }, (_, t) => textOf(t))];
  const requests = texts.map((text) => ({ candidate: { id: '', text }, cases }));
  const measured = await machine.measure(requests, NEVER);
  const [baseline = [], ...candidates] = measured.map((one) => one.cases.map(valueOf));
  return { baseline, candidates, evaluations: texts.length * TWO_SE_EVALUATIONS };
}

function valueOf(result: CaseResult): number {
  return result.outcome === 'scored' ? result.value : Number.NaN;
}

const NEVER = new AbortController().signal;
