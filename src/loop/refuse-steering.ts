/** Why something that was said cannot be taken up: one sentence each, that says what can be done. */
import { isClient, type Steering, type SteeringOf } from '../core/steering.ts';
import { isComparing, measuredEvals } from './decide.ts';
import { refusedCandidate } from './hand-written.ts';
import { refusedPin } from './pinned.ts';
import type { Plan } from './plan.ts';
import { refusedConstraint, refusedLift, refusedVeto } from './refuse-rules.ts';
import type { StudyState } from './state.ts';
import { MOST_OF_CLIENTS, MOST_STEERINGS } from './steering.ts';

export interface Spent {
  readonly activeMs: number;
}

export interface Heard {
  readonly said: Steering;
  readonly by: string;
  readonly spent: Spent;
  /** Of a pin: the candidate's, where the main arm once admitted it. */
  readonly text?: string | undefined;
}

/** Undefined where nothing stands against it. */
export function refusedSteering(
  plan: Plan,
  state: StudyState,
  { said, by, spent, text }: Heard,
): string | undefined {
  const { steering, closed } = state;
  if (closed) return 'The study has ended. Read it with paceline report, or start a new one.';
  if (steering.ids.length >= MOST_STEERINGS) {
    return `This study was steered ${MOST_STEERINGS} times, which is the most. Stop it and start another.`;
  }
  if (isClient(by) && steering.ids.length >= MOST_OF_CLIENTS) {
    return `This study was steered ${MOST_OF_CLIENTS} times: what is left is for people. A program may propose to another study.`;
  }
  if (said.kind === 'note') return undefined;
  if (said.kind === 'close-incident') return refusedClosing(state, { said, by });
  if (isComparing(state)) {
    return 'The final comparison has begun, and its pairs belong to these candidates. Only notes are taken now; start a new study for anything else.';
  }
  if (plan.opened.design !== undefined && (said.kind === 'candidate' || said.kind === 'pin')) {
    return 'This study asks whether its search helps, and what is handed to one arm of it would count as found. Say it to a study of one search: without control.design, not one of --replicates.';
  }
  switch (said.kind) {
    case 'veto':
      return refusedVeto(plan, state, said.value);
    case 'budget':
      return refusedBudget(state, { limits: said.value, spent });
    case 'candidate':
      return refusedCandidate(plan, state, { text: said.value.text, by });
    case 'constraint':
      return refusedConstraint(plan, state, said.value);
    case 'lift':
      return refusedLift(state, said.value.steering);
    case 'pin':
      return refusedPin(plan, state, { ...said.value, text });
    case 'unpin': {
      const { candidate } = said.value;
      if (state.steering.pins.some(({ id }) => id === candidate)) return undefined;
      return 'It is not pinned. paceline status lists what is.';
    }
  }
}

function refusedClosing(
  { openIncidents }: StudyState,
  { said, by }: { readonly said: SteeringOf<'close-incident'>; readonly by: string },
): string | undefined {
  if (isClient(by)) return 'A program cannot close an incident: a person has to look at it.';
  if (openIncidents.includes(said.value.incident)) return undefined;
  return `Incident ${said.value.incident} is not open. paceline incidents list shows those that are.`;
}

const UNITS = {
  wallMs: 's of active time',
  trials: 'trials',
  evals: 'evaluations',
  requests: 'calls to models',
  tokens: 'tokens',
  microUsd: 'cents',
} as const;

/** Of the unit kept, in the unit shown. */
const SHOWN_PER: Readonly<Record<string, number>> = { wallMs: 1000, microUsd: 10_000 };

function refusedBudget(
  state: StudyState,
  { limits, spent }: { readonly limits: SteeringOf<'budget'>['value']; readonly spent: Spent },
): string | undefined {
  const used = {
    wallMs: spent.activeMs,
    trials: state.committed,
    evals: measuredEvals(state),
    ...state.purse.spent,
  };
  const names = Object.keys(used) as (keyof typeof used)[];
  if (names.every((name) => limits[name] === undefined)) {
    return 'No limit is named. Give a wall time, a number of trials, of evaluations, of calls or tokens, or an amount in US dollars.';
  }
  const over = names.find((name) => (limits[name] ?? Infinity) < used[name]);
  if (over === undefined) return undefined;
  const shown = (value: number): number => Math.ceil(value / (SHOWN_PER[over] ?? 1));
  return `${shown(used[over])} ${UNITS[over]} are spent already, so ${shown(limits[over] ?? 0)} cannot be the limit. Name at least what is spent, or end the study with paceline stop.`;
}
