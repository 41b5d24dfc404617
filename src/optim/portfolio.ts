/**
 * CMA-ES with restarts and a genetic algorithm share one budget by what pays: after a short trial of
 * both, the next generation belongs to the one that promises the lower loss, its best less what the
 * last tenth of its evaluations gained. One that gains nothing any more lets the other run, and one
 * generation in twenty belongs to the one used least: a method that begins slowly is found, but late.
 * Each searches for itself; nothing is exchanged.
 *
 * The idea is that of Vrugt, Robinson & Hyman, "Self-adaptive multimethod search", IEEE TEC 13 (2009);
 * the rule is ours, simpler than theirs, because there are two methods only.
 */
import type { Rng } from '../core/rng.ts';
import { cmaSample } from './cma-es.ts';
import { type RestartState, restartIfSpent, restartsInit, restartsTell } from './cma-restarts.ts';
import { type GaState, gaInit, gaSample, gaTell } from './real-ga.ts';

export interface PortfolioStart {
  readonly mean: readonly number[];
  /** Of both methods at first, > 0. */
  readonly sigma: number;
}

/** What a method has cost and found, now and at the last two marks, a tenth of its cost apart. */
interface Ledger {
  readonly evals: number;
  /** Best loss of its first generation, and of all. */
  readonly first: number;
  readonly best: number;
  /** Evaluations at the latest gain. */
  readonly gainedAt: number;
  readonly mark: number;
  readonly bestAtMark: number;
  readonly bestBefore: number;
}

/** Plain data, structured-cloneable. */
export interface PortfolioState {
  readonly cma: RestartState;
  readonly ga: GaState;
  readonly generation: number;
  readonly ledgers: { readonly cma: Ledger; readonly ga: Ledger };
}

/** Evaluations per parameter that each method may use before they are compared. */
const TRIAL_EVALS = 10;
/** Growth of the evaluations from one mark to the next. */
const MARK_GROWTH = 1.1;
/** Evaluations per parameter without a gain after which a method gains nothing any more. */
const STALLED_EVALS = 25;
/** Less than this share of all that was gained is no gain. */
const SMALLEST_GAIN = 1e-6;
/** Generations from one for the less used method to the next. */
const SECOND_CHANCE = 20;

const NEW: Ledger = {
  evals: 0,
  first: Number.POSITIVE_INFINITY,
  best: Number.POSITIVE_INFINITY,
  gainedAt: 0,
  mark: 0,
  bestAtMark: Number.POSITIVE_INFINITY,
  bestBefore: Number.POSITIVE_INFINITY,
};

/** @throws PacelineError INTERNAL as `cmaInit` does. */
export function portfolioInit({ mean, sigma }: PortfolioStart): PortfolioState {
  const cma = restartsInit({ mean, sigma, restarts: 'bipop' });
  return { cma, ga: gaInit({ mean, sigma }), generation: 0, ledgers: { cma: NEW, ga: NEW } };
}

/** The points of one generation of the method whose turn it is. */
export function portfolioSample(state: PortfolioState, rng: Rng): Float64Array[] {
  return turnOf(state) === 'cma' ? cmaSample(state.cma.run, rng) : gaSample(state.ga, rng);
}

/** @param rng for restarts; the one of the samples, or any other. */
export function portfolioTell(
  state: PortfolioState,
  {
    points,
    losses,
  }: { readonly points: readonly Float64Array[]; readonly losses: readonly number[] },
  rng: Rng,
): PortfolioState {
  const turn = turnOf(state);
  const ledgers = { ...state.ledgers, [turn]: entered(state.ledgers[turn], losses) };
  const next = { ...state, ledgers, generation: state.generation + 1 };
  if (turn === 'ga') return { ...next, ga: gaTell(state.ga, points, losses) };
  const told = restartsTell(state.cma, points, losses);
  return { ...next, cma: restartIfSpent(told, rng.fork('restart')) };
}

/** Whose turn the next generation is. */
export function turnOf({ cma, ledgers, generation }: PortfolioState): 'cma' | 'ga' {
  const lessUsed = ledgers.cma.evals <= ledgers.ga.evals ? 'cma' : 'ga';
  const n = cma.run.mean.length;
  if (ledgers[lessUsed].evals < TRIAL_EVALS * n || generation % SECOND_CHANCE === 0)
    return lessUsed;
  const [leader, other] =
    promise(ledgers.cma) <= promise(ledgers.ga)
      ? (['cma', 'ga'] as const)
      : (['ga', 'cma'] as const);
  return isStalled(ledgers[leader], n) ? (isStalled(ledgers[other], n) ? lessUsed : other) : leader;
}

function isStalled({ evals, gainedAt }: Ledger, parameters: number): boolean {
  return evals - gainedAt >= STALLED_EVALS * parameters;
}

function promise({ best, bestBefore }: Ledger): number {
  return Number.isFinite(bestBefore) ? best - (bestBefore - best) : best;
}

function entered(ledger: Ledger, losses: readonly number[]): Ledger {
  const evals = ledger.evals + losses.length;
  const best = Math.min(ledger.best, ...losses.filter(Number.isFinite));
  const first = Number.isFinite(ledger.first) ? ledger.first : best;
  const isGain = ledger.best - best > SMALLEST_GAIN * (first - best);
  const now = { ...ledger, evals, first, best, gainedAt: isGain ? evals : ledger.gainedAt };
  return evals < MARK_GROWTH * ledger.mark
    ? now
    : { ...now, mark: evals, bestAtMark: best, bestBefore: ledger.bestAtMark };
}
