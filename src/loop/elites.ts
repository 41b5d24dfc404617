/** Elites that are measured again: which one is due, its measurement, and what it moves. */
import type { Elite } from '../archives/contract.ts';
import { eliteNoise, hasFailed, REMEASURE_EVERY_TRIALS } from '../claims/elites.ts';
import { referenceSize } from '../claims/screen.ts';
import type { EventBody, EventDraft } from '../core/events.ts';
import type { CaseResult } from '../evaluators/contract.ts';
import { pairsRecord, valueOf } from './block.ts';
import { isBreeding } from './lanes.ts';
import { machineFailed, measureOne, newMeter } from './measure.ts';
import type { Plan } from './plan.ts';
import { measureBeside, screenValues } from './screen.ts';
import { type ArmState, armOf, type StudyState } from './state.ts';

export interface RemeasureStep {
  readonly do: 'remeasure';
  readonly arm: string;
  readonly elite: Elite;
}

/** Of the arms that breed, the first whose turn it is and that has an elite with too little behind it. */
export function eliteDue(plan: Plan, state: StudyState): RemeasureStep | undefined {
  if (!eliteNoise(state)) return undefined;
  const enough = referenceSize(plan.rule);
  for (const arm of Object.values(state.arms)) {
    if (arm.trials - arm.remeasuredAt < REMEASURE_EVERY_TRIALS || !breeds(plan, arm)) continue;
    const elite = plan.archive.doubtful(arm.archive, state.committed, enough);
    if (elite) return { do: 'remeasure', arm: arm.name, elite };
  }
  return undefined;
}

function breeds({ lanes }: Plan, { name }: ArmState): boolean {
  return lanes.some((lane) => lane.arm === name && isBreeding(lane));
}

/** On the next case of its arm's own stream; where screens are paired, beside the incumbent. */
export async function measureElite(
  plan: Plan,
  state: StudyState,
  { arm: name, elite, signal }: RemeasureStep & { readonly signal: AbortSignal },
): Promise<EventDraft> {
  const arm = armOf(state, name);
  const stream = plan.publicRoot.stream(-1, `remeasure:${name}`, arm.eliteCases);
  const cases = [stream.u32()];
  const candidate = { id: elite.id, text: elite.text };
  const request = {
    candidate,
    cases,
    signal,
    meter: newMeter(),
  };
  const body = {
    purpose: 'remeasure',
    arm: name,
    candidate: elite.id,
    from: arm.trials,
    cases,
  } as const;
  const by = { type: 'measurement.recorded', actor: 'engine' } as const;
  if (!state.isPaired) {
    const results = await measureOne(plan.search, request);
    refuseSpoiled(results);
    return { ...by, body: { ...body, values: results.map(valueOf) } };
  }
  const { incumbent } = arm;
  const isOursFirst = stream.int(2) === 0;
  const { ours, theirs } = await measureBeside(plan, { ...request, incumbent, isOursFirst });
  refuseSpoiled([ours.result, theirs.result]);
  return {
    ...by,
    body: { ...body, against: incumbent.id, ...pairsRecord(plan, [ours], [theirs]) },
  };
}

/** Nobody leaves the archive for what the machine did. */
function refuseSpoiled(results: readonly CaseResult[]): void {
  if (results.some(({ outcome }) => outcome === 'infra-error')) throw machineFailed();
}

export function applyRemeasured(
  plan: Plan,
  arm: ArmState,
  body: EventBody['measurement.recorded'],
): void {
  arm.remeasuredAt = arm.trials;
  arm.eliteCases += body.cases.length;
  const { archive } = plan;
  if (hasFailed(body)) archive.drop(arm.archive, body.candidate);
  else archive.remeasured(arm.archive, body.candidate, screenValues(plan, arm, body));
}
