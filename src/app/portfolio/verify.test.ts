/** Turns decided again from the moves before them: honest ones hold, each planted fault is found. */
import { expect, test } from 'vitest';
import { decideNext } from './decide.ts';
import { capsOf, initialState, type Portfolio } from './files.ts';
import { applyMove } from './fold.ts';
import type { Move, Reading } from './moves.ts';
import { UNREAD } from './reading.ts';
import { portfolioSchema } from './schema.ts';
import { turnsOf } from './turns.ts';
import { decidedAgain } from './verify.ts';

const plan: Portfolio = {
  schema: 'paceline.portfolio/1',
  id: 'p',
  config: portfolioSchema.parse({
    studies: ['a', 'b', 'c'],
    budget: { wall: '2s' },
    slice: { wall: '100ms' },
  }),
  studies: ['a', 'b', 'c'].map((id) => ({
    id,
    name: id,
    path: `${id}/paceline.yaml`,
    weight: 1,
    metric: { name: 'loss', unit: 'points' },
    config: {},
  })),
};

/** What a run would record where only `a` ever gains. */
function honestMoves(): Move[] {
  const moves: Move[] = [{ move: 'took-over', at: 0 }];
  let state = applyMove(initialState(plan), moves[0] as Move);
  const say = (move: Move): void => {
    moves.push(move);
    state = applyMove(state, move);
  };
  for (let seq = 1; ; seq++) {
    const next = decideNext(capsOf(plan), state, false);
    if (next.do === 'begin-closing') say({ move: 'closing', why: 'budget', at: 0 });
    if (next.do === 'end') {
      say({ move: 'ended', why: next.why, at: 0 });
      return moves;
    }
    if (next.do !== 'turn' && next.do !== 'close') continue;
    const { study } = next;
    if (next.do === 'turn')
      say({ move: 'granted', study, grant: next.grant, why: next.why, at: 0 });
    const before = state.accounts.find((one) => one.study === study)?.reading ?? UNREAD;
    const reading: Reading = {
      ...before,
      seq,
      head: 'h',
      activeMs: before.activeMs + 100,
      gain: before.gain + (study === 'a' ? 1 : 0),
      yardstick: { is: 'noise', size: 1 },
      isClosed: next.do === 'close',
    };
    say({ move: 'read', study, reading, tookMs: 110, at: 0 });
  }
}

test('what a run records is what is decided again, and who gains has more turns', () => {
  const moves = honestMoves();
  expect(decidedAgain(plan, moves)).toEqual([]);
  const turns = turnsOf(initialState(plan), moves);
  expect(turns).toHaveLength(20);
  const count = (id: string): number => turns.filter(({ study }) => study === id).length;
  expect(count('a')).toBeGreaterThan(count('b') + 1);
  expect(count('b')).toBeGreaterThan(1);
  expect(turns[0]).toMatchObject({ study: 'a', cost: 100, gain: 1 });
});

const changed = (change: (move: Move, i: number) => Move | undefined): readonly string[] =>
  decidedAgain(
    plan,
    honestMoves().flatMap((move, i) => change(move, i) ?? []),
  );
const isTurn = (move: Move, n: number): move is Extract<Move, { move: 'granted' }> =>
  move.move === 'granted' && n === 7;

test('planted faults: another study, a longer grant, another reason', () => {
  const faults = [
    (move: Extract<Move, { move: 'granted' }>) => ({
      ...move,
      study: move.study === 'c' ? 'b' : 'c',
    }),
    (move: Extract<Move, { move: 'granted' }>) => ({ ...move, grant: { wallMs: 900 } }),
    (move: Extract<Move, { move: 'granted' }>) => ({ ...move, why: { ...move.why, share: 0.9 } }),
  ];
  for (const fault of faults)
    expect(changed((move, i) => (isTurn(move, i) ? fault(move) : move))[0]).toMatch(
      /Move 8: . had a turn that was not due/,
    );
});

test('planted faults: closed early, ended early', () => {
  const early: Move = { move: 'closing', why: 'budget', at: 0 };
  expect(decidedAgain(plan, [early])[0]).toMatch(/the budget were used up, and it was not/);
  expect(decidedAgain(plan, [{ move: 'ended', why: 'finished', at: 0 }])[0]).toMatch(
    /ended with studies left/,
  );
});
