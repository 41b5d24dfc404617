import { expect, test } from 'vitest';
import type { Candidate } from '../core/candidate.ts';
import { sha256 } from '../core/hash.ts';
import {
  chanceOf,
  EMPTY_BOOK,
  isRight,
  withProposed,
  withRight,
  withTried,
} from './follow-on-book.ts';
import {
  afterCaughtUp,
  afterPromoted,
  afterProposed,
  afterRollback,
  afterSettled,
  afterUnconfirmed,
  type FollowOnMemory,
  newFollowOnMemory,
} from './follow-on-memory.ts';
import {
  expectationOf,
  isOffPrediction,
  type Means,
  nextFollowOns,
  type Occasion,
} from './follow-ons.ts';

const candidate = (text: string): Candidate => ({ id: sha256(text), text });
const [ORIGIN, NEXT, OTHER] = ['origin', 'next', 'other'].map(candidate) as [
  Candidate,
  Candidate,
  Candidate,
];

const PROMOTED: Occasion = {
  why: 'promotion',
  about: 5,
  promotion: {
    trial: 5,
    from: ORIGIN,
    to: NEXT,
    gain: 4,
    interval: [2, 6],
    proposer: 'genetic',
    operator: 'swap',
  },
};

const means = (more: Partial<Means> = {}): Means => ({
  incumbent: NEXT.id,
  book: EMPTY_BOOK,
  evals: 3,
  varies: true,
  changes: {
    ablate: () => ['first', 'second'].map((text) => ({ text, what: text })),
    transfer: () => ({ text: 'moved' }),
  },
  read: (text) => ({ key: text, size: 1 }),
  isTried: () => false,
  isWaiting: () => false,
  other: () => OTHER,
  repeats: () => true,
  slot: ({ taken }) => 10 + taken.length,
  ...more,
});

const kinds = (more: Partial<Means> = {}) =>
  nextFollowOns(PROMOTED, means(more)).next.map((one) => one.kind);

test('three of four, those that were proposed least first', () => {
  expect(kinds()).toEqual(['ablate', 'refute', 'transfer']);
  const book = withProposed(EMPTY_BOOK, [{ kind: 'ablate' }, { kind: 'refute' }]);
  expect(kinds({ book })).toEqual(['transfer', 'extend', 'ablate']);
});

test('one that is ruled out gives its place to the next, and says why', () => {
  const { next, notApplicable } = nextFollowOns(PROMOTED, means({ varies: false }));
  expect(next.map(({ kind }) => kind)).toEqual(['ablate', 'transfer', 'extend']);
  expect(notApplicable).toEqual([{ kind: 'refute', why: expect.stringMatching(/one value/) }]);
});

test.each<[string, Partial<Means>, RegExp]>([
  ['parts that cannot be told', { changes: undefined as never }, /single change/],
  ['everything taken back before', { isTried: () => true }, /taken back already/],
  ['no other candidate', { other: () => undefined }, /no other candidate/],
  ['a proposer that does not repeat', { repeats: () => false, varies: false }, /cannot be asked/],
  ['no turn of it', { slot: () => undefined }, /No trial/],
])('not applicable: %s', (_name, more, says) => {
  const why = nextFollowOns(PROMOTED, means(more)).notApplicable.map((one) => one.why);
  expect(why.some((one) => says.test(one))).toBe(true);
});

test('a tried ablation is skipped for the next one, and keeps its own share', () => {
  const [one] = nextFollowOns(PROMOTED, means({ isTried: (key) => key === 'first' })).next;
  expect(one).toMatchObject({ candidate: { text: 'second' }, expected: -2 });
});

test('a hope is the gain by the share of its kind that was right; a surprise repeats its screen alone', () => {
  const hope = (book: Means['book']) =>
    nextFollowOns(PROMOTED, means({ book, varies: false })).next.find(
      ({ kind }) => kind === 'extend',
    )?.expected;
  expect(hope(EMPTY_BOOK)).toBe(2);
  expect(hope(withTried(EMPTY_BOOK, 'extend', false))).toBeCloseTo(4 / 3);
  const surprise: Occasion = {
    why: 'unconfirmed',
    about: 5,
    challenger: OTHER,
    screened: 3,
    effect: 0.5,
  };
  const { next, notApplicable } = nextFollowOns(surprise, means());
  expect(next).toMatchObject([{ kind: 'refute', expected: 0.5, rightBelow: 1.5 }]);
  expect(notApplicable).toHaveLength(3);
});

test('right: a predicted loss that was seen, or a promotion; without an answer neither', () => {
  expect(isRight({ rightBelow: 0 }, { gain: -1, isScored: true })).toBe(true);
  expect(isRight({ rightBelow: 0 }, { gain: 1, isScored: true })).toBe(false);
  expect(isRight({ rightBelow: 0 }, { isScored: true })).toBeUndefined();
  expect(isRight({}, { gain: 1, isScored: true })).toBe(false);
  expect(isRight({}, { isScored: false })).toBeUndefined();
  const book = withRight(withTried(EMPTY_BOOK, 'transfer', false), 'transfer');
  expect(chanceOf(book, 'transfer')).toBeCloseTo(2 / 3);
});

test('off prediction where the two intervals do not meet; of times never', () => {
  expect(isOffPrediction([0, 1], [2, 3])).toBe(true);
  expect(isOffPrediction([4, 5], [2, 3])).toBe(true);
  expect(isOffPrediction([0, 2], [2, 3])).toBe(false);
  expect(isOffPrediction(undefined, [2, 3])).toBe(false);
  expect(expectationOf({}, { expected: 1 })).toEqual([1, 1]);
  expect(expectationOf({ kind: 'time' }, { expected: 1 })).toBeUndefined();
});

const challenged = (memory: FollowOnMemory, screened = 3): FollowOnMemory => {
  const { id, text } = NEXT;
  const challenger = { trial: 5, candidate: { id, text }, proposer: 'p', operator: 'o', screened };
  return afterSettled(memory, { trial: 5, isScored: true, challenger });
};
const START = newFollowOnMemory(ORIGIN);

test('a failed confirm is a surprise where its screen saw what the study was planned for', () => {
  const after = (planned: number | undefined, screened = 3) =>
    afterUnconfirmed(challenged(START, screened), { planned, trials: 50 }).due;
  expect(after(2)).toMatchObject({ why: 'unconfirmed', challenger: NEXT });
  expect(after(4)).toBeUndefined();
  expect(after(undefined)).toBeUndefined();
});

test('a control that caught up follows the last promotion, and nothing where there is none', () => {
  expect(afterCaughtUp(START, { trials: 50 }).due).toBeUndefined();
  const promoted = afterPromoted(challenged(START), { gain: 1, interval: [0.5, 1.5] });
  expect(promoted.due).toMatchObject({ why: 'promotion', promotion: { from: ORIGIN, to: NEXT } });
  const body = {
    why: 'promotion',
    about: 5,
    incumbent: NEXT.id,
    next: [],
    notApplicable: [],
  } as const;
  const done = afterProposed(promoted, body);
  expect(done.due).toBeUndefined();
  expect(afterCaughtUp(done, { trials: 50 }).due).toMatchObject({ why: 'caught-up', about: 5 });
  expect(afterRollback(promoted, ORIGIN.id)).toMatchObject({ led: [ORIGIN, NEXT, ORIGIN] });
  expect(afterRollback(promoted, ORIGIN.id).due).toBeUndefined();
});

test('surprises are followed while follow-ons are few; promotions always are', () => {
  const many = { ...START, book: { ...EMPTY_BOOK, last: 6 } };
  expect(afterUnconfirmed(challenged(many), { planned: 2, trials: 50 }).due).toBeUndefined();
  expect(afterUnconfirmed(challenged(many), { planned: 2, trials: 60 }).due).toBeDefined();
  expect(afterPromoted(challenged(many), { gain: 1 }).due).toBeDefined();
});
