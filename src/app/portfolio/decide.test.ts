import { expect, test } from 'vitest';
import { type Caps, decideNext } from './decide.ts';
import { applyMove, newState, type PortfolioState } from './fold.ts';
import type { Move, Reading } from './moves.ts';
import { UNREAD } from './reading.ts';

const CAPS: Caps = {
  budget: { wallMs: 1000, evals: 500 },
  slice: { wallMs: 100 },
  share: { by: 'equal', least: 0 },
};
const read = (study: string, more: Partial<Reading>): Move => ({
  move: 'read',
  study,
  reading: { ...UNREAD, seq: 1, head: 'h', ...more },
  tookMs: 0,
  at: 0,
});
const after = (...moves: readonly Move[]): PortfolioState =>
  moves.reduce(
    applyMove,
    newState(
      [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 1 },
      ],
      'wallMs',
    ),
  );
const aside = (study: string, code: string): Move => ({
  move: 'set-aside',
  study,
  code,
  why: 'so',
  at: 0,
});
const next = (state: PortfolioState, isStopAsked = false) => decideNext(CAPS, state, isStopAsked);

test('a grant is the slice, cut to what is left of the budget of all', () => {
  expect(next(after())).toMatchObject({ do: 'turn', study: 'a', grant: { wallMs: 100 } });
  const late = after(read('a', { activeMs: 950, evals: 10 }));
  expect(next(late)).toMatchObject({ do: 'turn', study: 'b', grant: { wallMs: 50, evals: 490 } });
});

test('a used-up budget, of either kind, closes what was begun and then ends', () => {
  for (const spent of [{ activeMs: 1000 }, { evals: 500 }]) {
    const state = after(read('a', spent));
    expect(next(state)).toEqual({ do: 'begin-closing', why: 'budget' });
    const closing = applyMove(state, { move: 'closing', why: 'budget', at: 0 });
    expect(next(closing)).toEqual({ do: 'close', study: 'a' });
    const closed = applyMove(closing, read('a', { ...spent, seq: 2, isClosed: true }));
    expect(next(closed)).toEqual({ do: 'end', why: 'budget' });
  }
});

test('a stop asked for closes; an interrupted closing stays one', () => {
  const state = after(read('a', { activeMs: 1 }));
  expect(next(state, true)).toEqual({ do: 'begin-closing', why: 'stopped' });
  const closing = applyMove(state, { move: 'closing', why: 'stopped', at: 0 });
  expect(next(applyMove(closing, { move: 'took-over', at: 0 }))).toEqual({
    do: 'close',
    study: 'a',
  });
});

test('all finished ends, whatever is left', () => {
  const state = after(read('a', { isClosed: true }), read('b', { isClosed: true }));
  expect(next(state)).toEqual({ do: 'end', why: 'finished' });
});

test('a locked study is tried again after a turn of another, and never in a circle', () => {
  const locked = after(aside('a', 'STUDY_LOCKED'));
  expect(next(locked)).toMatchObject({ do: 'turn', study: 'b' });
  const later = applyMove(locked, read('b', { activeMs: 5 }));
  expect(next(later)).toMatchObject({ do: 'turn', study: 'a' });
  const both = after(aside('a', 'STUDY_LOCKED'), aside('b', 'STUDY_LOCKED'));
  expect(next(both)).toMatchObject({ do: 'leave', because: [{ study: 'a' }, { study: 'b' }] });
});

test('a failed study waits for the next process', () => {
  const failed = after(aside('a', 'EVALUATOR_FAILED'), read('b', { isClosed: true }));
  expect(next(failed)).toMatchObject({ do: 'leave', because: [{ study: 'a' }] });
  expect(next(applyMove(failed, { move: 'took-over', at: 0 }))).toMatchObject({ study: 'a' });
});
