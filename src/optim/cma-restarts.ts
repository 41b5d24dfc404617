/**
 * CMA-ES that starts again where it has nothing more to find. IPOP doubles λ at every restart (Auger
 * & Hansen, CEC 2005); BIPOP spends as much on small runs with short steps as on those large ones
 * (Hansen, GECCO BBOB workshop 2009). Pure functions of plain data, as in cma-es.ts.
 *
 * Deviations: λ stops doubling at 64 times the first one, so that the state stays bounded, and a new
 * run starts at a normal draw around the first mean, since no box is known to draw from.
 */
import type { Rng } from '../core/rng.ts';
import {
  type CmaStart,
  type CmaState,
  cmaCondition,
  cmaInit,
  cmaTell,
  cmaWidth,
} from './cma-es.ts';

export type Restarts = 'none' | 'ipop' | 'bipop';

export interface RestartStart extends CmaStart {
  readonly restarts: Restarts;
}

/** Plain data, structured-cloneable; of the past it holds one number per generation, at most 400. */
export interface RestartState {
  /** The run under way: `cmaSample` draws from it. */
  readonly run: CmaState;
  readonly first: CmaState;
  readonly restarts: Restarts;
  /** Runs that came to an end. */
  readonly finished: number;
  /** Doublings of λ so far. */
  readonly doublings: number;
  readonly isSmall: boolean;
  /** Step size at the start of this run. */
  readonly startSigma: number;
  /** Samples of this run. */
  readonly evals: number;
  /** Samples of all finished runs of either kind, for sharing the budget. */
  readonly spent: { readonly large: number; readonly small: number };
  /** A small run ends after so many samples. */
  readonly evalsLimit: number;
  /** Best finite loss of each of the latest generations of this run, oldest first. */
  readonly recent: readonly number[];
}

const MOST_DOUBLINGS = 6;

/** Share of its first size a distribution may shrink to (tutorial B.3, TolX). */
const SMALLEST_SHARE = 1e-12;
/** Differences of losses below it are rounding (TolHistFun). */
const FLAT = 1e-12;
/** Beyond it the covariance is not told apart from a singular one (ConditionCov). */
const WORST_CONDITION = 1e14;
/** Bounds the memory; the tutorial's window is a fifth of all generations, up to 20,000. */
const LONGEST_WINDOW = 400;
/** The newest and the oldest share of the window are compared by their medians (Stagnation). */
const COMPARED_SHARE = 0.3;

/** @throws PacelineError INTERNAL as `cmaInit` does. */
export function restartsInit({ restarts, ...start }: RestartStart): RestartState {
  const run = cmaInit(start);
  return {
    run,
    first: run,
    restarts,
    finished: 0,
    doublings: 0,
    isSmall: false,
    startSigma: run.sigma,
    evals: 0,
    spent: { large: 0, small: 0 },
    evalsLimit: Number.POSITIVE_INFINITY,
    recent: [],
  };
}

/** The run after one generation; it never starts again by itself. @throws as `cmaTell`. */
export function restartsTell(
  state: RestartState,
  points: readonly ArrayLike<number>[],
  losses: readonly number[],
): RestartState {
  const run = cmaTell(state.run, points, losses);
  const best = Math.min(...losses.filter(Number.isFinite));
  const recent = Number.isFinite(best)
    ? [...state.recent, best].slice(-windowOf(run))
    : state.recent;
  return { ...state, run, recent, evals: state.evals + losses.length };
}

/** Why the run has nothing more to find, or undefined while it may. */
export function spentReason(
  state: RestartState,
): 'converged' | 'flat' | 'stagnant' | 'ill-conditioned' | 'budget' | undefined {
  const { run, recent, startSigma, evals, evalsLimit } = state;
  if (cmaWidth(run) < SMALLEST_SHARE * startSigma) return 'converged';
  if (cmaCondition(run) > WORST_CONDITION) return 'ill-conditioned';
  if (evals >= evalsLimit) return 'budget';
  const lately = recent.slice(-flatWindow(run));
  const isFlat = Math.max(...lately) - Math.min(...lately) < FLAT;
  if (lately.length >= flatWindow(run) && isFlat) return 'flat';
  return recent.length >= windowOf(run) && isStagnant(recent) ? 'stagnant' : undefined;
}

/** The first generation of the next run where this one is spent and restarts are wanted; else as is. */
export function restartIfSpent(state: RestartState, rng: Rng): RestartState {
  if (state.restarts === 'none' || spentReason(state) === undefined) return state;
  const { first, evals, isSmall } = state;
  const spent = {
    large: state.spent.large + (isSmall ? 0 : evals),
    small: state.spent.small + (isSmall ? evals : 0),
  };
  const next =
    state.restarts === 'bipop' && spent.small < spent.large ? small(state, rng) : large(state);
  const mean = Array.from(first.mean, (m) => m + first.sigma * rng.normal());
  const run = cmaInit({ mean, sigma: next.sigma, lambda: next.lambda });
  return {
    ...state,
    run,
    finished: state.finished + 1,
    doublings: next.doublings,
    isSmall: next.isSmall,
    startSigma: next.sigma,
    evals: 0,
    spent,
    evalsLimit: next.isSmall
      ? Math.max(run.lambda, evalsOfLarge(state) / 2)
      : Number.POSITIVE_INFINITY,
    recent: [],
  };
}

/** Mean cost of a large run so far: half of it is the most a small one may take. */
function evalsOfLarge({ spent, evals, isSmall, doublings }: RestartState): number {
  return (spent.large + (isSmall ? 0 : evals)) / (doublings + 1);
}

interface Next {
  readonly lambda: number;
  readonly sigma: number;
  readonly doublings: number;
  readonly isSmall: boolean;
}

function large({ first, doublings }: RestartState): Next {
  const next = Math.min(doublings + 1, MOST_DOUBLINGS);
  return { lambda: first.lambda * 2 ** next, sigma: first.sigma, doublings: next, isSmall: false };
}

function small({ first, doublings }: RestartState, rng: Rng): Next {
  const growth = Math.max(1, 2 ** doublings / 2) ** (rng.float() ** 2);
  const lambda = Math.floor(first.lambda * growth);
  const sigma = first.sigma * 10 ** (-2 * rng.float());
  return { lambda, sigma, doublings, isSmall: true };
}

function flatWindow({ mean, lambda }: CmaState): number {
  return 10 + Math.ceil((30 * mean.length) / lambda);
}

function windowOf({ mean, lambda }: CmaState): number {
  return Math.min(LONGEST_WINDOW, 120 + Math.ceil((30 * mean.length) / lambda));
}

function isStagnant(recent: readonly number[]): boolean {
  const share = Math.ceil(COMPARED_SHARE * recent.length);
  return median(recent.slice(-share)) >= median(recent.slice(0, share));
}

function median(values: readonly number[]): number {
  return Float64Array.from(values).sort()[Math.floor(values.length / 2)] ?? Number.NaN;
}
