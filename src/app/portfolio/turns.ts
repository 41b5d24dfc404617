/** Every turn of a portfolio with its reason and what came of it: the fold of its moves, told in order. Pure. */
import { applyMove, costOf, type PortfolioState } from './fold.ts';
import type { Grant, Move, Reading, Reason } from './moves.ts';

export interface Turn {
  readonly study: string;
  readonly grant: Grant;
  readonly why: Reason;
  /** In the unit of the portfolio. Absent: cut short, and what it cost was read later. */
  readonly cost?: number;
  /** In the study's yardstick. */
  readonly gain?: number;
  readonly reading?: Reading;
  readonly trouble?: { readonly code: string; readonly why: string };
}

export function turnsOf(start: PortfolioState, moves: readonly Move[]): readonly Turn[] {
  const turns: Turn[] = [];
  let state = start;
  for (const move of moves) {
    if (move.move === 'granted') {
      const { study, grant, why } = move;
      turns.push({ study, grant, why });
    }
    const last = turns.at(-1);
    if (last !== undefined && 'study' in move && move.study === state.current)
      turns[turns.length - 1] = { ...last, ...outcomeOf(state, move) };
    state = applyMove(state, move);
  }
  return turns;
}

function outcomeOf(state: PortfolioState, move: Move): Partial<Turn> {
  if (move.move === 'set-aside') return { trouble: { code: move.code, why: move.why } };
  if (move.move !== 'read') return {};
  const { reading, study } = move;
  const before = state.accounts.find((one) => one.study === study)?.reading;
  const cost = costOf(state.unit, reading) - costOf(state.unit, before);
  return { reading, cost, gain: reading.gain - (before?.gain ?? 0) };
}
