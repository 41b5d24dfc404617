/** What the portfolio does next: a pure function of its state. */
import {
  furthestBehind,
  type Share,
  sharesByGain,
  sharesByWeight,
} from '../../optim/allocation.ts';
import { type Account, costOf, type PortfolioState } from './fold.ts';
import type { Grant, Reason } from './moves.ts';

/** Another process has the study: of all troubles the one that passes by itself. */
export const LOCKED = 'STUDY_LOCKED';

/** Limits of all studies together, and of one turn; absent means unlimited. */
export interface Caps {
  readonly budget: { readonly wallMs?: number; readonly evals?: number };
  readonly slice: Grant;
  readonly share: { readonly by: 'gain' | 'equal'; readonly least: number };
}

export type Next =
  | { readonly do: 'turn'; readonly study: string; readonly grant: Grant; readonly why: Reason }
  | { readonly do: 'begin-closing'; readonly why: 'budget' | 'stopped' }
  | { readonly do: 'close'; readonly study: string }
  | { readonly do: 'end'; readonly why: 'budget' | 'stopped' | 'finished' }
  /** Some studies cannot go on now; `resume` tries them again. */
  | { readonly do: 'leave'; readonly because: readonly Account[] };

export interface Spent {
  readonly wallMs: number;
  readonly evals: number;
}

export function spentBy(accounts: readonly Account[]): Spent {
  return accounts.reduce(
    (sum, { reading }) => ({
      wallMs: sum.wallMs + (reading?.activeMs ?? 0),
      evals: sum.evals + (reading?.evals ?? 0),
    }),
    { wallMs: 0, evals: 0 },
  );
}

export function decideNext(caps: Caps, state: PortfolioState, isStopAsked: boolean): Next {
  const open = state.accounts.filter(({ reading }) => !reading?.isClosed);
  if (open.length === 0) return { do: 'end', why: state.closing ?? 'finished' };
  if (state.closing) return closeNext(state, open, state.closing);
  if (isStopAsked) return { do: 'begin-closing', why: 'stopped' };
  const grant = grantWithin(caps, spentBy(state.accounts));
  if (grant === undefined) return { do: 'begin-closing', why: 'budget' };
  const able = ableNow(state);
  if (able.length === 0) return { do: 'leave', because: open };
  return { do: 'turn', grant, ...choose(caps, state, able) };
}

/** The slice, cut to what is left of the budget; undefined when nothing is. */
function grantWithin({ budget, slice }: Caps, spent: Spent): Grant | undefined {
  const wallLeft = (budget.wallMs ?? Infinity) - spent.wallMs;
  const evalsLeft = (budget.evals ?? Infinity) - spent.evals;
  if (wallLeft <= 0 || evalsLeft <= 0) return undefined;
  const wallMs = Math.min(slice.wallMs ?? Infinity, wallLeft);
  const evals = Math.min(slice.evals ?? Infinity, evalsLeft);
  return {
    ...(slice.trials === undefined ? {} : { trials: slice.trials }),
    ...(Number.isFinite(wallMs) ? { wallMs } : {}),
    ...(Number.isFinite(evals) ? { evals } : {}),
  };
}

/** One that is locked is tried again after a turn of another, one that failed only by the next process. */
function mayTry({ trouble }: Account, { turns }: PortfolioState): boolean {
  return trouble === undefined || (trouble.code === LOCKED && trouble.atTurn < turns);
}

/** Begun studies finish in the order of the plan; those never begun have nothing to compare. */
function closeNext(
  state: PortfolioState,
  open: readonly Account[],
  why: 'budget' | 'stopped',
): Next {
  const begun = open.filter(({ reading }) => reading !== undefined);
  const next = begun.find((one) => mayTry(one, state));
  if (next) return { do: 'close', study: next.study };
  if (begun.length > 0) return { do: 'leave', because: begun };
  return { do: 'end', why };
}

/** The turn belongs to whoever is furthest behind its share. */
function choose(
  caps: Caps,
  state: PortfolioState,
  able: readonly Account[],
): { readonly study: string; readonly why: Reason } {
  const index = furthestBehind(able);
  const [chosen, given] = [able[index], sharesOf(caps, state, able)[index]];
  if (chosen === undefined || given === undefined) throw new Error('nobody to choose from');
  return { study: chosen.study, why: { by: caps.share.by, ...given } };
}

/** Shares among those who can go on now, by study. */
export function sharesNow(caps: Caps, state: PortfolioState): ReadonlyMap<string, Share> {
  if (state.closing || state.ended) return new Map();
  const able = ableNow(state);
  const shares = sharesOf(caps, state, able);
  return new Map(able.flatMap(({ study }, i) => (shares[i] ? [[study, shares[i]] as const] : [])));
}

function sharesOf(
  { share: { by, least } }: Caps,
  state: PortfolioState,
  able: readonly Account[],
): readonly Share[] {
  if (by === 'equal') return sharesByWeight(able);
  return sharesByGain(able, { least, turnCost: turnCost(state) });
}

function ableNow(state: PortfolioState): readonly Account[] {
  return state.accounts.filter((one) => !one.reading?.isClosed && mayTry(one, state));
}

function turnCost({ accounts, turns, unit }: PortfolioState): number {
  const total = accounts.reduce((sum, { reading }) => sum + costOf(unit, reading), 0);
  return turns > 0 ? total / turns : 0;
}
