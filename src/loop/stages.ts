/** The cascade of a trial, before its screen: stage after stage until one stops it. */
import { isBelow, isSpotChecked, type StageValues, stagesVerdict } from '../claims/stages.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { inTheJail } from './jail-words.ts';
import { measureOne, newMeter, type TrialRequest } from './measure.ts';
import type { Plan, Stage } from './plan.ts';
import type { ScreenResult } from './screen.ts';

export interface Cascade {
  /** What goes into the ledger. */
  readonly record: Pick<EventBody['trial.settled'], 'stages' | 'stoppedAt' | 'spotChecked'>;
  /** Set where the trial ends here. */
  readonly end?: ScreenResult;
}

type Staged = Omit<TrialRequest, 'cases'> & { readonly trial: number };

/** What a study without stages has. */
const NO_STAGES: Cascade = { record: {} };

/** Stage values never enter the floor, a screen, an archive or a claim. */
export async function runStages(plan: Plan, request: Staged): Promise<Cascade> {
  const { stages = [] } = plan;
  if (stages.length === 0) return NO_STAGES;
  const rules = stages.map(({ rule }) => rule);
  const recorded: StageValues[] = [];
  let failed: Exclude<CaseResult, { readonly outcome: 'scored' }> | undefined;
  for (;;) {
    const found = stagesVerdict(rules, recorded);
    const record = { stages: recorded };
    if (found.verdict === 'passed') return { record };
    const { name } = found.stage;
    if (found.verdict === 'below') {
      // The screen tells what the threshold lost; a later stage would only blur the answer.
      if (isSpotChecked(plan.publicRoot.stream(request.trial, 'spot-check'))) {
        return { record: { ...record, spotChecked: name } };
      }
      return { record: { ...record, stoppedAt: name }, end: { outcome: 'scored', values: [] } };
    }
    if (found.verdict === 'unscored') {
      const { outcome, message } = failed ?? { outcome: 'invalid', message: 'no value' };
      return { record, end: { outcome, values: [], message: `Stage ${name}: ${message}` } };
    }
    const stage = stages[found.at] as Stage;
    const cases = stageCases(plan, stage, Math.floor(request.trial / plan.opened.epochTrials));
    const results = await measureOne(stage.queue, { ...request, cases });
    for (const result of results) if (result.outcome !== 'scored') failed ??= result;
    recorded.push({ name, values: results.map(valueOf) });
  }
}

function valueOf(result: CaseResult): number | null {
  return result.outcome === 'scored' ? result.value : null;
}

/** Common to the trials of an epoch, as the cases of screens are. */
function stageCases(plan: Plan, { rule }: Stage, epoch: number): readonly number[] {
  return Array.from({ length: rule.cases }, (_, i) =>
    plan.publicRoot.stream(epoch, `stage:${rule.name}`, i).u32(),
  );
}

const STUDY_ITSELF = -1;

/**
 * Each stage on the origin, twice: it must score, pass its own threshold, and use its seed where it
 * has more than one.
 */
export async function measureOriginStages(
  plan: Plan,
  signal: AbortSignal,
): Promise<Pick<EventBody['noise.measured'], 'stages'>> {
  const { stages = [], origin: candidate } = plan;
  if (stages.length === 0) return {};
  const found: { name: string; values: readonly number[]; repeats: boolean }[] = [];
  for (const stage of stages) {
    const cases = stageCases(plan, stage, STUDY_ITSELF);
    const meter = newMeter();
    const once = async (): Promise<readonly number[]> =>
      (await measureOne(stage.queue, { candidate, cases, signal, meter })).map((result) =>
        scoredOrRefuse(stage, result, inTheJail(plan)),
      );
    const values = await once();
    refuseUnusable(stage, values);
    const again = await once();
    const repeats = again.every((value, i) => value === values[i]);
    found.push({ name: stage.rule.name, values, repeats });
  }
  return { stages: found };
}

function scoredOrRefuse({ rule }: Stage, result: CaseResult, place: string): number {
  if (result.outcome === 'scored') return result.value;
  throw new PacelineError(
    'ORIGIN_FAILED',
    `The stage ${rule.name} could not score the origin (${result.outcome}: ${result.message}). Run its evaluator on the origin by hand until it reports ${rule.metric}, then start again; nothing was spent.${place}`,
    { outcome: result.outcome, stage: rule.name },
  );
}

function refuseUnusable({ rule }: Stage, values: readonly number[]): void {
  const { name, metric, threshold } = rule;
  if (isBelow(rule, values)) {
    throw new PacelineError(
      'ORIGIN_FAILED',
      `The stage ${name} would stop the origin itself: its ${metric} has a mean of ${values.reduce((sum, one) => sum + one, 0) / values.length} over ${values.length === 1 ? '1 case' : `${values.length} cases`}, and the threshold is ${threshold}. Loosen the threshold; nothing was spent.`,
      { stage: name, threshold },
    );
  }
  if (values.length < 2 || values.some((value) => value !== values[0])) return;
  throw new PacelineError(
    'EVALUATOR_IGNORES_SEED',
    `The stage ${name} scored the origin exactly ${values[0]} on ${values.length} different seeds: more cases than one tell it nothing. Set its cases to 1, or make it depend on PACELINE_SEED.`,
    { stage: name },
  );
}
