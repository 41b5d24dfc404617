/**
 * What follow-ons rest on, folded from the entries of a study: whatever led, the challenger, what is due and what
 * waits. Pure and bounded by promotions; the loop keeps one and `verify` another of its own.
 */
import type { Candidate, CandidateId } from '../core/candidate.ts';
import type { EventBody } from '../core/events.ts';
import type { FollowOn, FollowOnKind } from '../core/follow-ons.ts';
import {
  EMPTY_BOOK,
  type FollowOnBook,
  isRight,
  mayFollowSurprise,
  withProposed,
  withRight,
  withTried,
} from './follow-on-book.ts';
import { type FollowedPromotion, isOffPrediction, type Occasion } from './follow-ons.ts';

export type WaitingFollowOn = FollowOn & {
  /** The incumbent that it is about. */
  readonly incumbent: CandidateId;
};

/** The open trial of the search. */
export interface Challenging {
  readonly trial: number;
  readonly candidate: Candidate;
  readonly proposer: string;
  readonly operator: string;
  /** Oriented mean of its screen less what it was compared with. */
  readonly screened: number;
  /** What it said to expect of itself. */
  readonly expectation?: readonly [number, number] | undefined;
}

export interface FollowOnMemory {
  readonly book: FollowOnBook;
  /** The origin, and whatever was promoted. */
  readonly led: readonly Candidate[];
  readonly challenger?: Challenging | undefined;
  /** Of the challenger, where it is one that has to be promoted. */
  readonly hoped?: FollowOnKind | undefined;
  readonly promotion?: FollowedPromotion | undefined;
  readonly due?: Occasion | undefined;
  readonly waiting: readonly WaitingFollowOn[];
}

export function newFollowOnMemory(origin: Candidate): FollowOnMemory {
  return { book: EMPTY_BOOK, led: [origin], waiting: [] };
}

export interface SettledTrial {
  readonly trial: number;
  readonly isScored: boolean;
  /** What its entry says of the follow-on that it tried. */
  readonly gain?: number | undefined;
  /** Where it challenges the incumbent of the search. */
  readonly challenger?: Challenging | undefined;
}

/** What that trial is to try, where it is one of them. */
export function waitingAt(
  { waiting }: Pick<FollowOnMemory, 'waiting'>,
  trial: number,
): WaitingFollowOn | undefined {
  return waiting.find((one) => one.trial === trial);
}

/** Of all trials, only the one that was named to repeat a claim may try again what was tried. */
export function isRepeat(follow: WaitingFollowOn | undefined, key: string): boolean {
  return follow?.kind === 'refute' && follow.candidate?.key === key;
}

export function afterSettled(memory: FollowOnMemory, settled: SettledTrial): FollowOnMemory {
  const { challenger } = settled;
  const tried = waitingAt(memory, settled.trial);
  const next = challenger ? { ...memory, challenger, hoped: undefined } : memory;
  if (tried === undefined) return next;
  const waiting = memory.waiting.filter((one) => one !== tried);
  const right = isRight(tried, settled);
  const book = right === undefined ? memory.book : withTried(memory.book, tried.kind, right);
  const isHoped = challenger !== undefined && tried.rightBelow === undefined;
  return { ...next, waiting, book, hoped: isHoped ? tried.kind : undefined };
}

/** Trials of the search, settled. */
export interface SoFar {
  readonly trials: number;
}

interface Unconfirmed extends SoFar {
  readonly effect?: number | undefined;
  /** The effect that the study was planned for, in the same unit; undefined where none is. */
  readonly planned: number | undefined;
}

/** A surprise where its screen saw as much as the study was planned for. */
export function afterUnconfirmed(
  memory: FollowOnMemory,
  { effect, planned, trials }: Unconfirmed,
): FollowOnMemory {
  const { challenger, ...rest } = memory;
  if (challenger === undefined || planned === undefined || !(planned > 0)) return rest;
  if (challenger.screened < planned) return rest;
  const { trial, candidate, screened } = challenger;
  return surprised(
    rest,
    { trials },
    {
      why: 'unconfirmed',
      about: trial,
      challenger: candidate,
      screened,
      ...(effect === undefined ? {} : { effect }),
    },
  );
}

/** The incumbent of a control arm came to be worth as much as ours. */
export function afterCaughtUp(memory: FollowOnMemory, { trials }: SoFar): FollowOnMemory {
  const { promotion } = memory;
  if (promotion === undefined) return memory;
  const { trial: about } = promotion;
  return surprised(memory, { trials }, { why: 'caught-up', about, promotion });
}

// oxlint-disable-next-line max-params -- what is known, how much room there is, and what happened
function surprised(memory: FollowOnMemory, { trials }: SoFar, due: Occasion): FollowOnMemory {
  if (memory.due) return memory;
  const room = { trials, waiting: memory.waiting.length };
  return mayFollowSurprise(memory.book, room) ? { ...memory, due } : memory;
}

type Sized = Pick<EventBody['candidate.promoted'], 'gain' | 'interval'>;

export function afterPromoted(memory: FollowOnMemory, { gain, interval }: Sized): FollowOnMemory {
  const { challenger, hoped, ...rest } = memory;
  const from = memory.led.at(-1);
  if (challenger === undefined || from === undefined) return memory;
  const { trial, candidate, proposer, operator, expectation } = challenger;
  const size = interval ? { gain, interval } : { gain };
  const promotion = { trial, from, to: candidate, ...size, proposer, operator };
  const why = isOffPrediction(expectation, interval) ? 'off-prediction' : 'promotion';
  return {
    ...rest,
    book: hoped ? withRight(memory.book, hoped) : memory.book,
    led: [...memory.led, candidate],
    promotion,
    due: { why, about: trial, promotion },
  };
}

/** Whatever was promoted since is barred: nothing follows from it. */
export function afterRollback(memory: FollowOnMemory, to: string): FollowOnMemory {
  const { promotion: _promotion, due: _due, challenger: _challenger, ...rest } = memory;
  const back = memory.led.find(({ id }) => id === to);
  return back ? { ...rest, led: [...memory.led, back] } : rest;
}

export function afterProposed(
  memory: FollowOnMemory,
  { next, incumbent }: EventBody['follow-ons.proposed'],
): FollowOnMemory {
  const { due: _due, ...rest } = memory;
  const added = next.map((one) => ({ ...one, incumbent: incumbent as CandidateId }));
  return {
    ...rest,
    book: withProposed(memory.book, next),
    waiting: [...memory.waiting, ...added],
  };
}
