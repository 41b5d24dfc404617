/** What a steering changes in the state, and which open trial it ends. */
import type { EventBody, StoredEvent } from '../core/events.ts';
import type { SteeringOf } from '../core/steering.ts';
import type { Budget, Plan } from './plan.ts';
import type { ArmState, OpenTrial, StudyState } from './state.ts';
import { isVetoed, type SteeringState } from './steering.ts';

/** The open trial that a steering ends. */
export function declinedBy(
  said: EventBody['study.steered']['said'],
  open: OpenTrial | undefined,
): number | undefined {
  if (open === undefined || said.kind !== 'veto') return undefined;
  const proposed = { ...open, candidate: open.candidate.id };
  return isVetoed(said, proposed) ? open.trial : undefined;
}

export function applySteered(
  plan: Plan,
  state: StudyState,
  { body }: StoredEvent<'study.steered'>,
): void {
  const { id, said } = body;
  const { steering } = state;
  const ids = [...steering.ids, id];
  state.steering = { ...steering, ids, ...ruled(steering, { id, said }) };
  if (said.kind !== 'veto' || said.value.what !== 'candidate') return;
  for (const arm of Object.values<ArmState>(state.arms)) {
    plan.archive.drop(arm.archive, said.value.candidate);
  }
}

/** The parts of the state that a steering changes. */
function ruled(
  { vetoes, budget }: SteeringState,
  { id, said }: Pick<EventBody['study.steered'], 'id' | 'said'>,
): Partial<SteeringState> {
  switch (said.kind) {
    case 'note':
      return {};
    case 'veto':
      return { vetoes: [...vetoes, { id, value: said.value }] };
    case 'budget':
      return { budget: { ...budget, ...limitsOf(said.value) } };
  }
}

/** Without the keys that were not named. */
function limitsOf({ wallMs, trials, evals }: SteeringOf<'budget'>['value']): Budget {
  return {
    ...(wallMs === undefined ? {} : { wallMs }),
    ...(trials === undefined ? {} : { trials }),
    ...(evals === undefined ? {} : { evals }),
  };
}
