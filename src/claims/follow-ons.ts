/**
 * What to try next after a promotion or a surprise: at most three of four kinds, those that were proposed least so
 * far first, each with what it predicts and the strongest reason not to try it. A kind that cannot be proposed says
 * why. Pure: the loop proposes by it, and `verify` derives every proposal again with it.
 */
import type { Candidate, CandidateId } from '../core/candidate.ts';
import type { EventBody } from '../core/events.ts';
import type { FollowOn, FollowOnKind, FollowOnReason } from '../core/follow-ons.ts';
import { FOLLOW_ON_KINDS } from '../core/follow-ons.ts';
import { chanceOf, type FollowOnBook } from './follow-on-book.ts';

/** The promotion that is followed, or the last one before a surprise. */
export interface FollowedPromotion {
  readonly trial: number;
  readonly from: Candidate;
  readonly to: Candidate;
  /** Oriented, as recorded; without an interval, exact. */
  readonly gain: number;
  readonly interval?: readonly [number, number];
  readonly proposer: string;
  readonly operator: string;
}

/** What happened. */
export type Occasion =
  | {
      readonly why: Exclude<FollowOnReason, 'unconfirmed'>;
      readonly about: number;
      readonly promotion: FollowedPromotion;
    }
  | {
      readonly why: 'unconfirmed';
      readonly about: number;
      readonly challenger: Candidate;
      /** Oriented mean of its screen less what it was compared with. */
      readonly screened: number;
      /** Mean of the pairs of its confirm; absent where none is known. */
      readonly effect?: number;
    };

/** Text of a candidate, and in words what was changed. */
export interface Variation {
  readonly text: string;
  readonly what: string;
}

type Read = { readonly key: string; readonly size: number } | { readonly why: string };

/** Where a follow-on may stand: the first trial of the search that nobody was asked for. */
export interface Slot {
  readonly proposer?: string;
  /** At least the first trial of the epoch after this one's, so that its training cases are others. */
  readonly afterEpochOf?: number;
  readonly taken: readonly number[];
}

/** What candidates are made from, and where they may stand. */
export interface Means {
  readonly incumbent: CandidateId;
  readonly book: FollowOnBook;
  /** Evaluations of a trial so far, on average. */
  readonly evals: number;
  /** Two measurements of one candidate can differ. */
  readonly varies: boolean;
  /** Absent where the parts of a change cannot be told. */
  readonly changes?: {
    ablate(from: string, to: string): readonly Variation[];
    transfer(from: string, to: string, onto: string): Partial<{ text: string; why: string }>;
  };
  readonly read: (text: string) => Read;
  /** It was tried, here or in a study that memory names, waits to be, or is the incumbent or the origin. */
  readonly isTried: (key: string, text: string) => boolean;
  readonly isWaiting: (key: string) => boolean;
  /** Another candidate that the archive of the search keeps; the same for the same occasion. */
  readonly other: (than: readonly CandidateId[]) => Candidate | undefined;
  /** Whether that proposer can be asked for one of its operators by name. */
  readonly repeats: (proposer: string) => boolean;
  readonly slot: (slot: Slot) => number | undefined;
}

type Body = EventBody['follow-ons.proposed'];
/** A proposal without its number and place, and where it may stand. */
type Idea = Omit<FollowOn, 'number' | 'trial' | 'kind' | 'evals'> & {
  readonly place?: Partial<Slot>;
};

const MOST = 3;

export function nextFollowOns(occasion: Occasion, means: Means): Body {
  const { why, about } = occasion;
  const { book, incumbent, evals } = means;
  const next: FollowOn[] = [];
  const notApplicable: { kind: FollowOnKind; why: string }[] = [];
  const byNeed = [...FOLLOW_ON_KINDS].sort((a, b) => book.proposed[a] - book.proposed[b]);
  for (const kind of byNeed) {
    if (next.length === MOST) break;
    const idea = IDEAS[kind](occasion, means);
    if (typeof idea === 'string') {
      notApplicable.push({ kind, why: idea });
      continue;
    }
    const { place, ...said } = idea;
    const trial = means.slot({ ...place, taken: next.map((one) => one.trial) });
    if (trial === undefined) notApplicable.push({ kind, why: NO_TURN });
    else next.push({ number: book.last + next.length + 1, kind, trial, ...said, evals });
  }
  return { why, about, incumbent, next, notApplicable };
}

const NO_TURN = 'No trial of the proposer that it would ask comes up.';
const ONE_VALUE = 'A candidate has one value here: to measure it again says nothing new.';
const NOT_PROMOTED = 'Nothing was promoted whose change could be taken apart or carried on.';

type IdeaOf = (occasion: Occasion, means: Means) => Idea | string;

const IDEAS: Readonly<Record<FollowOnKind, IdeaOf>> = { ablate, refute, transfer, extend };

/** Each change alone is expected to carry an equal part: what it really carries is the question. */
function ablate(occasion: Occasion, means: Means): Idea | string {
  if (occasion.why === 'unconfirmed') return NOT_PROMOTED;
  const { from, to, gain, interval, trial } = occasion.promotion;
  const found = means.changes?.ablate(from.text, to.text) ?? [];
  if (found.length === 0) {
    return 'What was promoted is a single change: without it, it is what was there before.';
  }
  for (const { text, what } of found) {
    const read = means.read(text);
    if ('why' in read || means.isTried(read.key, text)) continue;
    return {
      candidate: { text, ...read },
      hypothesis: `The gain of trial ${trial} rests on ${what}: without that it is smaller.`,
      expected: -gain / found.length,
      ...(interval ? { expectedInterval: [-Math.max(0, interval[1]), 0] as const } : {}),
      rightBelow: 0,
      against:
        'Changes may need one another: what is left after taking one back can fail for reasons that say nothing of its worth.',
    };
  }
  return 'Each of its changes was taken back already, or is no candidate without the others.';
}

/** The claim once more where it may fail: on training cases of another epoch, which decided nothing. */
function refute(occasion: Occasion, means: Means): Idea | string {
  if (!means.varies) return ONE_VALUE;
  const place = { afterEpochOf: occasion.about };
  if (occasion.why === 'unconfirmed') {
    const { challenger, screened, effect = 0, about } = occasion;
    const read = means.read(challenger.text);
    if ('why' in read) return read.why;
    if (means.isWaiting(read.key)) return WAITS;
    return {
      candidate: { text: challenger.text, ...read },
      hypothesis: `What the screen of trial ${about} saw was luck of its cases: on others less than half of it is left.`,
      expected: effect,
      rightBelow: screened / 2,
      place,
      against: 'Its confirm has answered with more pairs than another screen will have.',
    };
  }
  const { from, gain, interval, trial } = occasion.promotion;
  const read = means.read(from.text);
  if ('why' in read) return read.why;
  if (means.isWaiting(read.key)) return WAITS;
  return {
    candidate: { text: from.text, ...read },
    hypothesis: `On other cases too the candidate that trial ${trial} replaced is worse than the incumbent.`,
    expected: -gain,
    ...(interval ? { expectedInterval: [-interval[1], -interval[0]] as const } : {}),
    rightBelow: 0,
    place,
    against:
      'The gain was measured on fresh pairs already: most likely this says what is known, with fewer evaluations.',
  };
}

const WAITS = 'It waits for its trial already.';

function transfer(occasion: Occasion, means: Means): Idea | string {
  if (occasion.why === 'unconfirmed') return NOT_PROMOTED;
  const { from, to, gain, interval, trial } = occasion.promotion;
  if (means.changes === undefined) return 'The parts of a change cannot be told here.';
  const onto = means.other([from.id, to.id, means.incumbent]);
  if (onto === undefined) return 'The archive keeps no other candidate that it could be made in.';
  const made = means.changes.transfer(from.text, to.text, onto.text);
  if (made.text === undefined) return `It cannot be made in another candidate: ${made.why}.`;
  const read = means.read(made.text);
  if ('why' in read) return `What it gives in another candidate is none: ${read.why}`;
  if (means.isTried(read.key, made.text)) {
    return 'Made in another candidate, it gives one that was tried already.';
  }
  return {
    candidate: { text: made.text, ...read },
    hypothesis: `What helped in trial ${trial} helps in another candidate of the archive too, and the two together are better than the incumbent.`,
    ...hopeOf('transfer', means.book, { gain, interval }),
    against:
      'The change was chosen where it helped; the other candidate has to make up for its distance to the incumbent first.',
  };
}

function extend(occasion: Occasion, means: Means): Idea | string {
  if (occasion.why === 'unconfirmed') return NOT_PROMOTED;
  const { proposer, operator, gain, interval, trial } = occasion.promotion;
  if (!means.repeats(proposer)) {
    return 'Who proposed it cannot be asked for the same operator by name.';
  }
  return {
    operator,
    hypothesis: `The operator that paid in trial ${trial} pays once more, on the incumbent.`,
    ...hopeOf('extend', means.book, { gain, interval }),
    place: { proposer },
    against:
      'What was gained is not what is left, and a gain that was chosen for its size is followed by smaller ones.',
  };
}

/** The gain again, by the share of such follow-ons that were promoted so far (Laplace: half before the first). */
function hopeOf(
  kind: FollowOnKind,
  book: FollowOnBook,
  {
    gain,
    interval,
  }: { readonly gain: number; readonly interval: readonly [number, number] | undefined },
): Pick<Idea, 'expected' | 'expectedInterval'> {
  const expected = gain * chanceOf(book, kind);
  if (interval === undefined) return { expected };
  const high = Math.max(expected, interval[1]);
  return { expected, expectedInterval: [Math.min(0, expected), high] };
}

/**
 * A measured interval that what was expected lies wholly outside of. Of times never: people expect those in their
 * unit, and gains are ratios.
 */
export function isOffPrediction(
  expected: readonly [number, number] | undefined,
  measured: readonly [number, number] | undefined,
): boolean {
  if (expected === undefined || measured === undefined) return false;
  return expected[1] < measured[0] || expected[0] > measured[1];
}

/** What a trial said of itself before it ran, where gains are in the same unit. */
export function expectationOf(
  { kind }: { readonly kind?: string | undefined },
  said: {
    readonly expected?: number | undefined;
    readonly expectedInterval?: readonly [number, number] | undefined;
  },
): readonly [number, number] | undefined {
  if (kind === 'time' || said.expected === undefined) return undefined;
  return said.expectedInterval ?? [said.expected, said.expected];
}
