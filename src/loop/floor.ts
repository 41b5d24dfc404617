/**
 * The noise floor (acceptance.md §1.1): what one evaluation of the origin scatters by, whether the
 * evaluator repeats itself, and whether search and judge agree. A study that cannot be decided
 * honestly is refused here, before anything is spent on it.
 */
import { areClose } from '../claims/exact.ts';
import type { SampledRule } from '../claims/rule.ts';
import { floorCases } from '../claims/screen.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventDraft } from '../core/events.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { inTheJail } from './jail-words.ts';
import { measureAlone } from './measure.ts';
import { measuredAlone } from './pairs.ts';
import type { Plan } from './plan.ts';
import { measureOriginStages } from './stages.ts';

/** Cases repeated with identical instance and seed, and cases scored by both evaluators. */
const REPEATED_CASES = 3;

/** A study that fails before its floor leaves nothing that could be resumed. */
const AGAIN = 'the same command again';

export async function measureFloor(plan: Plan, signal: AbortSignal): Promise<EventDraft> {
  const { rule } = plan;
  const size = floorCases(rule);
  const cases = Array.from({ length: size }, (_, i) =>
    plan.publicRoot.stream(-1, 'floor', i).u32(),
  );
  const some = cases.slice(0, REPEATED_CASES);
  const { origin: candidate, search, judge } = plan;
  // Drift shows over time, so what may drift is spread over it; what repeats itself cannot (§1.1).
  const isInTurn = !judge.traits.deterministic;
  const searched = (wanted: readonly number[]) =>
    measureAlone(search, { candidate, cases: wanted }, { signal, again: AGAIN, isInTurn });
  const judging = () =>
    measuredAlone({ judge }, { candidate, cases: some }, { signal, again: AGAIN });
  const found = (result: CaseResult): number => scoredOrRefuse(result, searchByHand(plan));
  const judgedValue = (result: CaseResult): number => scoredOrRefuse(result, judgeByHand(plan));
  const values = (await searched(cases)).map(found);
  const again = (await searched(some)).map(found);
  const first = await judging();
  const judged = first.map(judgedValue);
  if (rule.mode !== 'exact') refuseUnguarded(plan, first);
  const judgedAgain = (await judging()).map(judgedValue);
  const repeats = judged.map((value, i) => [value, judgedAgain[i] ?? Number.NaN] as const);
  const searchRepeats = again.every((value, i) => value === values[i]);
  const deterministic = searchRepeats && repeats.every(([first, second]) => first === second);
  if (rule.mode === 'exact') refuseScatter(plan, [...values, ...again, ...judged, ...judgedAgain]);
  else {
    refuseConstant(plan, values);
    refuseMisfit(rule, values);
  }
  if (plan.checkParity && searchRepeats) refuseDisagreement(values, judged);
  const stages = await measureOriginStages(plan, signal);
  return {
    type: 'noise.measured',
    actor: 'engine',
    body: {
      candidate: plan.origin.id,
      cases,
      values,
      repeats,
      deterministic,
      parity: judged.length,
      ...(plan.judge.traits.deterministic ? {} : { declaredNoisy: true as const }),
      ...stages,
      ...(rule.mode === 'exact' ? { verified: await verifiedOrigin(plan, judged, signal) } : {}),
    },
  };
}

/** In a search that interprets, it is not the evaluator that failed. */
function searchByHand(plan: Plan): Remedy {
  return plan.checkParity
    ? {
        remedy: 'Correct evaluator.interpreter until it gives the origin a finite metric',
        place: '',
      }
    : judgeByHand(plan);
}

interface Remedy {
  readonly remedy: string;
  /** What a study has not that a person at a terminal has. */
  readonly place: string;
}

function judgeByHand(plan: Plan): Remedy {
  const { byHand } = plan.judge.traits;
  const remedy =
    byHand === undefined
      ? 'Run the evaluator command on the origin by hand until it reports a finite metric'
      : `${byHand} on the origin by hand until it returns a finite metric`;
  return { remedy, place: inTheJail(plan) };
}

function scoredOrRefuse(result: CaseResult, { remedy, place }: Remedy): number {
  if (result.outcome === 'scored') return result.value;
  throw new PacelineError(
    'ORIGIN_FAILED',
    `The origin could not be scored (${result.outcome}: ${result.message}). ${remedy}, then start again; nothing was spent.${place}`,
    { outcome: result.outcome },
  );
}

/** A guard that the origin has no value of could never pass: said before anything is spent. */
function refuseUnguarded({ rule }: Plan, results: readonly CaseResult[]): void {
  const who = rule.mode === 'exact' ? 'verifier' : 'evaluator';
  for (const { name } of rule.guards ?? []) {
    const isKnown = results.every(
      (one) => one.outcome === 'scored' && one.others?.[name] !== undefined,
    );
    if (isKnown) continue;
    throw new PacelineError(
      'ORIGIN_FAILED',
      `The origin has no finite value of the guard ${name}, so no candidate could be shown to keep it. Let the ${who} report ${name} beside the objective, or take the guard out; nothing was spent.`,
      { guard: name },
    );
  }
}

function refuseConstant(plan: Plan, values: readonly number[]): void {
  if (values.some((value) => value !== values[0])) return;
  throw new PacelineError(
    'EVALUATOR_IGNORES_SEED',
    `The origin scored exactly ${values[0]} ${plan.opened.metric.unit} on ${values.length} different seeds: the evaluator or the generator ignores its seed, so no claim about fresh instances could be tested. Make the instances depend on the seed of each case: PACELINE_SEED, or cases[].seed.`,
    { value: values[0] ?? null, cases: values.length },
  );
}

/** Attempts would end at their first pair, each of them, and tell nothing about any candidate. */
function refuseMisfit({ method }: SampledRule, values: readonly number[]): void {
  const other = values.find((value) => value !== 0 && value !== 1);
  if (method !== 'passfail' || other === undefined) return;
  throw new PacelineError(
    'CONFIG_INVALID',
    `rule.method is passfail, but the origin scored ${other}, which is neither 0 nor 1. Let the evaluator report one pass (1) or failure (0) a case, or set rule.method to symmetric; nothing was spent.`,
    { value: other },
  );
}

/** The two paths differ by rounding only: a table look-up against the compiled source. */
const PARITY_TOLERANCE = 1e-9;

function refuseDisagreement(searched: readonly number[], judged: readonly number[]): void {
  judged.forEach((value, i) => {
    const other = searched[i] ?? Number.NaN;
    if (Math.abs(value - other) <= PARITY_TOLERANCE * Math.max(1, Math.abs(value))) return;
    throw new PacelineError(
      'PARITY_BROKEN',
      `The in-process interpreter scored the origin ${other} where the evaluator scored ${value} on the same seed. Make the two agree before searching with one and confirming with the other.`,
      { searched: other, judged: value },
    );
  });
}

/** The verifier has to answer for the origin, and as the evaluator does, before anything is spent. */
async function verifiedOrigin(
  plan: Plan,
  [claimed = Number.NaN]: readonly number[],
  signal: AbortSignal,
): Promise<number> {
  const cases = [plan.publicRoot.stream(-1, 'floor', 0).u32()];
  const { origin: candidate, verifier: judge } = plan;
  const [result] = judge
    ? await measuredAlone({ judge }, { candidate, cases }, { signal, again: AGAIN })
    : [];
  if (result?.outcome !== 'scored') {
    const why = result ? ` (${result.outcome}: ${result.message})` : '';
    throw new PacelineError(
      'ORIGIN_FAILED',
      `The verifier gave no value for the origin${why}. Run rule.exact.verifier on the origin by hand until it prints a finite metric, then start again; nothing was spent.`,
    );
  }
  refuseUnguarded(plan, [result]);
  const tolerance = plan.rule.mode === 'exact' ? plan.rule.tolerance : 0;
  if (areClose(claimed, result.value, tolerance)) return result.value;
  throw new PacelineError(
    'PARITY_BROKEN',
    `Evaluator and verifier disagree on the origin: ${claimed} against ${result.value}, more than rule.exact.tolerance ${tolerance}. Mend the one that is wrong, or state the tolerance they can keep.`,
    { claimed, verified: result.value },
  );
}

function refuseScatter({ opened }: Plan, values: readonly number[]): void {
  const other = values.find((value) => value !== values[0]);
  if (other === undefined) return;
  throw new PacelineError(
    'EVALUATOR_FAILED',
    `rule.mode is exact, but the origin scored ${values[0]} and ${other} ${opened.metric.unit}: its value depends on the seed or on the run. Make the evaluator deterministic and without instances, or leave rule.mode at fwer.`,
    { values: [...values] },
  );
}
