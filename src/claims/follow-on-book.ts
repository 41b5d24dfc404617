/** How often follow-ons of each kind were proposed, tried and right. */
import type { FollowOn, FollowOnKind } from '../core/follow-ons.ts';

type ByKind = Readonly<Record<FollowOnKind, number>>;

export interface FollowOnBook {
  /** Number of the last one. */
  readonly last: number;
  readonly proposed: ByKind;
  /** Those that had an answer: trials without one are in no count. */
  readonly tried: ByKind;
  readonly right: ByKind;
}

const NONE: ByKind = { ablate: 0, refute: 0, transfer: 0, extend: 0 };

export const EMPTY_BOOK: FollowOnBook = { last: 0, proposed: NONE, tried: NONE, right: NONE };

export function withProposed(
  book: FollowOnBook,
  next: readonly Pick<FollowOn, 'kind'>[],
): FollowOnBook {
  const proposed = next.reduce((counts, { kind }) => plusOne(counts, kind), book.proposed);
  return { ...book, last: book.last + next.length, proposed };
}

export function withTried(book: FollowOnBook, kind: FollowOnKind, isRight: boolean): FollowOnBook {
  const { tried, right } = book;
  return {
    ...book,
    tried: plusOne(tried, kind),
    right: isRight ? plusOne(right, kind) : right,
  };
}

/** One that was tried is promoted after all. */
export function withRight(book: FollowOnBook, kind: FollowOnKind): FollowOnBook {
  return { ...book, right: plusOne(book.right, kind) };
}

function plusOne(counts: ByKind, kind: FollowOnKind): ByKind {
  return { ...counts, [kind]: counts[kind] + 1 };
}

/** Share of those tried that were right, after Laplace: one of two before the first. */
export function chanceOf({ tried, right }: FollowOnBook, kind: FollowOnKind): number {
  return (right[kind] + 1) / (tried[kind] + 2);
}

/** What a trial says of the follow-on that it tried. */
export interface Answer {
  /** Of its screen; absent where it says nothing of the prediction. */
  readonly gain?: number | undefined;
  readonly isScored: boolean;
}

/**
 * Whether it was right: of a predicted loss, that its screen saw less than that; of a predicted gain, that it was
 * promoted, which only a later entry tells. Undefined where the trial has no answer.
 */
export function isRight(
  { rightBelow }: Pick<FollowOn, 'rightBelow'>,
  { gain, isScored }: Answer,
): boolean | undefined {
  if (rightBelow === undefined) return isScored ? false : undefined;
  return gain === undefined ? undefined : gain < rightBelow;
}

/** Surprises are followed while follow-ons are at most this share of the search's trials; promotions always. */
const MOST_SHARE = 0.1;

export function mayFollowSurprise(book: FollowOnBook, { trials, waiting }: Room): boolean {
  return waiting === 0 && book.last <= MOST_SHARE * trials;
}

interface Room {
  /** Of the search, settled. */
  readonly trials: number;
  /** Follow-ons that were not tried yet. */
  readonly waiting: number;
}
