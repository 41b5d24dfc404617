/** The state of a portfolio: the fold of its moves. Pure. */
import { type Account as Allocated, afterTurn, NEW_ACCOUNT } from '../../optim/allocation.ts';
import type { Move, Reading, Reason } from './moves.ts';

export interface Account extends Allocated {
  readonly study: string;
  /** Absent before its first turn is read. */
  readonly reading?: Reading;
  readonly turns: number;
  /** Time between its readings that its ledger does not count: starting and ending. */
  readonly aroundMs: number;
  /** Set aside since the process took over, when `turns` of the portfolio were so many. */
  readonly trouble?: { readonly code: string; readonly why: string; readonly atTurn: number };
  /** Why it had its last turn. */
  readonly why?: Reason;
}

export interface PortfolioState {
  /** In the order of the plan. */
  readonly accounts: readonly Account[];
  readonly unit: CostUnit;
  /** Turns that were read. */
  readonly turns: number;
  /** Has a turn now, or had one when the process was killed. */
  readonly current?: string;
  readonly closing?: 'budget' | 'stopped';
  readonly ended?: 'budget' | 'stopped' | 'finished';
}

/** What turns cost: active time, or evaluations where they alone are limited. */
export type CostUnit = 'wallMs' | 'evals';

export function newState(
  studies: readonly { readonly id: string; readonly weight: number }[],
  unit: CostUnit,
): PortfolioState {
  const accounts = studies.map(({ id, weight }) => ({
    ...NEW_ACCOUNT,
    study: id,
    weight,
    turns: 0,
    aroundMs: 0,
  }));
  return { accounts, turns: 0, unit };
}

/** In the unit of the portfolio. */
export function costOf(unit: CostUnit, reading: Reading | undefined): number {
  return (unit === 'evals' ? reading?.evals : reading?.activeMs) ?? 0;
}

export function applyMove(state: PortfolioState, move: Move): PortfolioState {
  switch (move.move) {
    case 'took-over':
      return {
        ...without(state, 'current'),
        accounts: state.accounts.map((one) => without(one, 'trouble')),
      };
    case 'granted':
      return { ...changed(state, move.study, () => ({ why: move.why })), current: move.study };
    case 'closing':
      return { ...state, closing: move.why };
    case 'read':
      return read(without(state, 'current'), move);
    case 'set-aside': {
      const trouble = { code: move.code, why: move.why, atTurn: state.turns };
      return changed(without(state, 'current'), move.study, () => ({ trouble }));
    }
    case 'ended':
      return { ...state, ended: move.why };
  }
}

function read(
  state: PortfolioState,
  move: Extract<Move, { readonly move: 'read' }>,
): PortfolioState {
  const { study, reading, tookMs } = move;
  const next = changed(state, study, (account) => {
    const { reading: before, turns, aroundMs } = account;
    const spentMs = reading.activeMs - (before?.activeMs ?? 0);
    const turn = {
      gain: reading.gain - (before?.gain ?? 0),
      cost: costOf(state.unit, reading) - costOf(state.unit, before),
      // What somebody ran by hand was given by nobody: it counts like a turn of an equal share.
      share: account.why?.share ?? 1 / state.accounts.length,
    };
    return {
      ...afterTurn(account, turn),
      reading,
      turns: turns + 1,
      aroundMs: aroundMs + Math.max(0, tookMs - spentMs),
    };
  });
  return { ...next, turns: state.turns + 1 };
}

function changed(
  state: PortfolioState,
  study: string,
  change: (account: Account) => Partial<Account>,
): PortfolioState {
  const accounts = state.accounts.map((one) =>
    one.study === study ? { ...one, ...change(one) } : one,
  );
  return { ...state, accounts };
}

function without<T extends object, K extends keyof T>(from: T, key: K): T {
  const { [key]: _gone, ...rest } = from;
  return rest as T;
}
