/** A candidate that somebody outside wrote takes the place of a proposal, and is a trial like any other. */
import type { Slot } from '../claims/follow-ons.ts';
import { sha256 } from '../core/hash.ts';
import { hasKey } from '../core/key-set.ts';
import { predictionOf } from '../core/prediction.ts';
import { outsiderOf } from '../core/steering.ts';
import type { Draft } from '../proposers/contract.ts';
import { BARRED_BY_AUDIT, isBarredByAudit } from './barred.ts';
import { horizonOf, laneOf } from './lanes.ts';
import { MAIN_ARM, type Plan, type WrittenText } from './plan.ts';
import { armOf, type StudyState } from './state.ts';
import { barOf, budgetNow, type SteeringState, type Written } from './steering.ts';

/** Texts lie in the state until they are tried: no more of them than people write in an afternoon. */
const MOST_WAITING = 16;

/**
 * The first trial of the main arm that is not asked at this fold and that no other candidate takes.
 * A function of the fold alone, so it is the same trial whoever runs the study, and however often.
 */
export function slotOf(plan: Plan, state: StudyState): number {
  return firstSlot(plan, state, { from: state.committed });
}

/** The same of those from `from` on, in the lanes of that proposer; undefined where none comes up in a round. */
export function slotWithin(
  plan: Plan,
  state: StudyState,
  { afterEpochOf, proposer, taken }: Slot,
): number | undefined {
  const { epochTrials, cycle } = plan.opened;
  const isOf = ({ arm, proposer: { name } }: Plan['lanes'][number]): boolean =>
    arm === MAIN_ARM && (proposer === undefined || name === proposer);
  const lanes = cycle.flatMap((lane) => plan.lanes[lane] ?? []);
  if (!lanes.some(isOf)) return undefined;
  const epoch = afterEpochOf === undefined ? 0 : Math.floor(afterEpochOf / epochTrials) + 1;
  const from = Math.max(state.committed, epoch * epochTrials);
  return firstSlot(plan, state, { from, taken, isOf });
}

interface Wanted {
  readonly from: number;
  readonly taken?: readonly number[];
  readonly isOf?: (lane: Plan['lanes'][number]) => boolean;
}

function firstSlot(plan: Plan, state: StudyState, { from, taken = [], isOf }: Wanted): number {
  const { cycle, lookahead } = plan.opened;
  const schedule = { cycle, lookahead, lanes: plan.lanes };
  const mayBeAsked = state.floor !== undefined && !state.isPaired;
  const isAsked = (trial: number): boolean =>
    mayBeAsked && !isOfPeople(plan, trial) && horizonOf(trial, schedule) <= state.committed;
  const isTaken = (trial: number): boolean => isHandedIn(state, trial) || taken.includes(trial);
  const isMain = (trial: number): boolean => {
    const lane = plan.lanes[laneOf(cycle, trial)];
    return lane?.arm === MAIN_ARM && (isOf?.(lane) ?? true);
  };
  let trial = from;
  while (!isMain(trial) || isTaken(trial) || isAsked(trial)) trial += 1;
  return trial;
}

/** Whether nobody is asked for it: it is what somebody hands in. */
function isOfPeople({ opened, lanes }: Plan, trial: number): boolean {
  return lanes[laneOf(opened.cycle, trial)]?.proposer.traits.waits === true;
}

/** True of a trial that nobody has written yet, and that nobody is asked for. */
export function isAwaited(plan: Plan, state: StudyState, trial: number): boolean {
  return isOfPeople(plan, trial) && !isHandedIn(state, trial);
}

/** Nobody is asked for it: a person wrote it, or it is a follow-on. */
function isHandedIn({ steering, followOns }: StudyState, trial: number): boolean {
  return [...steering.written, ...followOns.waiting].some((one) => one.trial === trial);
}

/** What is tried in that trial, where a person wrote it. */
export function writtenFor({ written }: SteeringState, trial: number): Written | undefined {
  return written.find((one) => one.trial === trial);
}

export function draftOf(written: Written): Draft {
  const { text, key, size, parent, by } = written;
  const { operator } = outsiderOf(by);
  return { text, key, size, parents: [parent], operator, considered: 1, ...predictionOf(written) };
}

/** Why it cannot be tried; undefined where nothing stands against it. */
export function refusedCandidate(
  plan: Plan,
  state: StudyState,
  { text, by }: { readonly text: string; readonly by: string },
): string | undefined {
  const { steering } = state;
  if (plan.readWritten === undefined) return 'This study takes no candidates that people write.';
  const read = plan.readWritten(text);
  if ('why' in read) return read.why;
  if (isBarredByAudit(state, MAIN_ARM, sha256(text))) return BARRED_BY_AUDIT;
  const known = refusedKnown(plan, state, { ...read, text });
  if (known !== undefined) return known;
  const candidate = sha256(text);
  const proposed = { candidate, ...outsiderOf(by), text, size: read.size };
  const bar = barOf(plan, steering, proposed);
  if (bar) return `${bar.why} That was steering ${bar.id}.`;
  if (steering.written.length >= MOST_WAITING) {
    return `${MOST_WAITING} candidates wait for their trials already. Hand it in again when some are settled.`;
  }
  const { trials } = budgetNow(plan, state);
  if (slotOf(plan, state) < (trials ?? Infinity)) return undefined;
  return `The budget of ${trials} trials leaves none for it: the last ones are under way. Raise it first, with paceline steer budget --trials.`;
}

/** Keys, not texts, are compared: what only looks different would be measured for nothing. */
function refusedKnown(
  plan: Plan,
  state: StudyState,
  { key, text }: WrittenText & { readonly text: string },
): string | undefined {
  const { incumbent, seen, spoiled } = armOf(state, MAIN_ARM);
  const isSame = (other: string): boolean => {
    const read = plan.readWritten?.(other);
    return other === text || (read !== undefined && 'key' in read && read.key === key);
  };
  if (isSame(incumbent.text))
    return 'It is the incumbent, or differs from it in nothing that counts here.';
  if (isSame(plan.origin.text))
    return 'It is the origin, or differs from it in nothing that counts here.';
  if (state.steering.written.some((one) => one.key === key))
    return 'It waits for its trial already.';
  const isTried = (one: string): boolean => hasKey(seen, one) && !hasKey(spoiled, one);
  // Proposers of a closed language do not all tell candidates apart by the same key.
  if (!isTried(key) && !isTried(sha256(text))) return undefined;
  return 'It was tried already, or one that differs from it in nothing that counts here: another trial would be a duplicate.';
}
