/** What a steering changes in the state, and which open trial it ends. */
import type { CandidateId } from '../core/candidate.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { hasKey, newKeySet, removeKey } from '../core/key-set.ts';
import type { Steering, SteeringOf } from '../core/steering.ts';
import { slotOf } from './hand-written.ts';
import { type Budget, MAIN_ARM, type Plan } from './plan.ts';
import { type ArmState, armOf, type OpenTrial, type StudyState } from './state.ts';
import { isVetoed, type SteeringState } from './steering.ts';

type Consequences = Pick<EventBody['study.steered'], 'declines' | 'takes' | 'pinned'>;

/** What follows from it here and now: recorded with it, and derived again by `verify`. */
export function consequencesOf(
  plan: Plan,
  state: StudyState,
  { said, text }: { readonly said: Steering; readonly text?: string | undefined },
): Consequences {
  const declines = declinedBy(said, state.open);
  const read = said.kind === 'candidate' ? plan.readWritten?.(said.value.text) : undefined;
  return {
    ...(declines === undefined ? {} : { declines }),
    ...(said.kind === 'pin' && text !== undefined ? { pinned: text } : {}),
    ...(read && 'key' in read ? { takes: { trial: slotOf(plan, state), ...read } } : {}),
  };
}

/** The open trial that a steering ends. */
function declinedBy(said: Steering, open: OpenTrial | undefined): number | undefined {
  if (open === undefined || said.kind !== 'veto') return undefined;
  const proposed = { ...open, candidate: open.candidate.id };
  return isVetoed(said, proposed) ? open.trial : undefined;
}

export function applySteered(
  plan: Plan,
  state: StudyState,
  { body }: StoredEvent<'study.steered'>,
): void {
  const { id, said, takes } = body;
  const { steering } = state;
  const ids = [...steering.ids, id];
  const main = armOf(state, MAIN_ARM);
  const parent = main.incumbent.id;
  if (takes) takeAgain(main, takes.key);
  state.steering = { ...steering, ids, ...ruled(steering, { ...body, parent }) };
  if (said.kind === 'lift') {
    for (const arm of Object.values<ArmState>(state.arms)) arm.barred = newKeySet();
  }
  if (said.kind !== 'veto' || said.value.what !== 'candidate') return;
  for (const arm of Object.values<ArmState>(state.arms)) {
    plan.archive.drop(arm.archive, said.value.candidate);
  }
}

/** What the machine kept from being measured counts as never tried, once a person hands it in again. */
function takeAgain({ seen, spoiled }: ArmState, key: string): void {
  if (!hasKey(spoiled, key)) return;
  for (const keys of [seen, spoiled]) removeKey(keys, key);
}

/** The parts of the state that a steering changes. */
function ruled(
  { rules, budget, written, pins }: SteeringState,
  {
    id,
    by,
    said,
    takes,
    pinned,
    parent,
  }: EventBody['study.steered'] & { readonly parent: CandidateId },
): Partial<SteeringState> {
  const unpinned = (candidate: string) => pins.filter((pin) => pin.id !== candidate);
  switch (said.kind) {
    case 'note':
    case 'close-incident':
      return {};
    case 'veto': {
      const vetoed = { rules: [...rules, { id, ...said }] };
      return said.value.what === 'candidate'
        ? { ...vetoed, pins: unpinned(said.value.candidate) }
        : vetoed;
    }
    case 'budget':
      return { budget: { ...budget, ...limitsOf(said.value) } };
    case 'candidate':
      return takes ? { written: [...written, { id, by, ...said.value, ...takes, parent }] } : {};
    case 'constraint':
      return { rules: [...rules, { id, ...said }] };
    case 'lift':
      return { rules: rules.filter((rule) => rule.id !== said.value.steering) };
    case 'pin':
      return pinned === undefined ? {} : { pins: [...pins, { id: sha256(pinned), text: pinned }] };
    case 'unpin':
      return { pins: unpinned(said.value.candidate) };
  }
}

/** Without the keys that were not named. */
function limitsOf(limits: SteeringOf<'budget'>['value']): Budget {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}

/** It is tried, whatever became of it: nothing waits for that trial any more. */
export function settleWritten(state: StudyState, trial: number): void {
  const { written } = state.steering;
  if (!written.some((one) => one.trial === trial)) return;
  const waiting = written.filter((one) => one.trial !== trial);
  state.steering = { ...state.steering, written: waiting };
}
