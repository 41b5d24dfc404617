/**
 * (μ/μ_w, λ)-CMA-ES with active covariance update, as pure functions: ask is `cmaSample`, tell is
 * `cmaTell`, and a told state is a new one, so a state once captured stays valid for ever.
 *
 * Hansen, "The CMA evolution strategy: a tutorial", arXiv 1604.00772; equation numbers are its own.
 * Deviation: where the tutorial takes the square root of the covariance by its eigenvectors we take
 * its Cholesky factor, whose inverse turns the path of σ otherwise but makes it no longer (Krause,
 * Arbonès & Igel, "CMA-ES with optimal covariance update and storage complexity", NIPS 2016).
 */

import { PacelineError } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';
import { cholesky, dotLowerRow, solveLower } from './cholesky.ts';
import type { CmaSettings } from './cma-settings.ts';
import { cmaSettings, defaultLambda } from './cma-settings.ts';
import { addLowerOuter, addScaled, at, norm, scaled } from './dense.ts';

/** Plain data, structured-cloneable; nobody writes to its arrays. Row-major matrices. */
export interface CmaState {
  readonly lambda: number;
  /** What follows from the number of parameters and λ. */
  readonly settings: CmaSettings;
  readonly generation: number;
  readonly mean: Float64Array;
  readonly sigma: number;
  readonly covariance: Float64Array;
  readonly covariancePath: Float64Array;
  readonly sigmaPath: Float64Array;
  /** Lower triangular L with L Lᵀ = the covariance as it was at `factoredAt`. */
  readonly factor: Float64Array;
  readonly factoredAt: number;
}

export interface CmaStart {
  readonly mean: readonly number[];
  /** Initial step size, > 0: about a third of the distance to where the optimum may lie. */
  readonly sigma: number;
  /** Samples per generation, at least 4. Default 4 + ⌊3 ln n⌋. */
  readonly lambda?: number;
}

/** Beyond it numbers stop being numbers; within it every coordinate of a sample is finite. */
const MAX_SIGMA = 1e100;

/** Smallest share of the largest variance a variance may have, given the ones before it. */
const SMALLEST_SHARE = 1e-14;

/** Largest growth of log σ in one generation (pycma's limit): a lucky start must not explode. */
const MAX_LOG_STEP = 1;

/** @throws PacelineError INTERNAL for an empty or non-finite mean, σ ≤ 0 or λ < 4. */
export function cmaInit({ mean, sigma, lambda = defaultLambda(mean.length) }: CmaStart): CmaState {
  const n = mean.length;
  if (n === 0 || !mean.every(Number.isFinite))
    throw misuse('the mean has one finite number or more');
  if (!(sigma > 0 && sigma <= MAX_SIGMA)) throw misuse('sigma is positive and finite');
  if (!Number.isInteger(lambda) || lambda < 4)
    throw misuse('lambda is a whole number of at least 4');
  const identity = new Float64Array(n * n);
  for (let i = 0; i < n; i++) identity[i * n + i] = 1;
  return {
    lambda,
    settings: cmaSettings(n, lambda),
    generation: 0,
    mean: Float64Array.from(mean),
    sigma,
    covariance: identity,
    covariancePath: new Float64Array(n),
    sigmaPath: new Float64Array(n),
    factor: identity,
    factoredAt: 0,
  };
}

/** λ points of the distribution; equal states and equal streams give equal points. */
export function cmaSample(state: CmaState, rng: Rng): Float64Array[] {
  const { mean, sigma, factor } = state;
  const n = mean.length;
  const normals = new Float64Array(n);
  return Array.from({ length: state.lambda }, () => {
    for (let i = 0; i < n; i++) normals[i] = rng.normal();
    const point = new Float64Array(n);
    for (let i = 0; i < n; i++) point[i] = at(mean, i) + sigma * dotLowerRow(factor, normals, i);
    return point;
  });
}

/**
 * The distribution after seeing `losses` (lower is better; whatever is not finite ranks last; equal
 * ones rank by position). Where no loss is finite there is nothing to learn: the same distribution
 * is returned, one generation older.
 *
 * @throws PacelineError INTERNAL unless there are λ points of the right length and λ losses.
 */
export function cmaTell(
  state: CmaState,
  points: readonly ArrayLike<number>[],
  losses: readonly number[],
): CmaState {
  const n = state.mean.length;
  if (points.length !== state.lambda || losses.length !== state.lambda) {
    throw misuse(`${points.length} points and ${losses.length} losses for lambda ${state.lambda}`);
  }
  if (points.some((point) => point.length !== n)) throw misuse(`a point has ${n} coordinates`);
  const generation = state.generation + 1;
  if (!losses.some(Number.isFinite)) return { ...state, generation };
  const { move, spread } = weigh(state, points, ranking(losses));
  const mean = state.mean.slice();
  addScaled(mean, state.sigma, move);
  const { stallVariance, ...paths } = movePaths(state, move);
  const covariance = nextCovariance(state, { spread, stallVariance, ...paths });
  const sigma = nextSigma(state.sigma, paths.sigmaPath, state.settings);
  const next = { ...state, generation, mean, sigma, covariance, ...paths };
  return generation - state.factoredAt < state.settings.factorGap ? next : factored(next);
}

/** A copy of the distribution's mean: the answer of a noisy search, free of the winner's curse. */
export function cmaMean(state: CmaState): Float64Array {
  return state.mean.slice();
}

/** The condition of the covariance matrix is at least so large; at least 1. */
export function cmaCondition({ factor, mean }: CmaState): number {
  const n = mean.length;
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < n; i++) {
    least = Math.min(least, at(factor, i * n + i));
    most = Math.max(most, at(factor, i * n + i));
  }
  return (most / least) ** 2;
}

/** The largest standard deviation of a coordinate. */
export function cmaWidth({ covariance, mean, sigma }: CmaState): number {
  const n = mean.length;
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, at(covariance, i * n + i));
  return sigma * Math.sqrt(most);
}

/** Indices of the losses, best first. */
function ranking(losses: readonly number[]): number[] {
  const known = losses.map((loss) => (Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY));
  return known
    .map((_, i) => i)
    .sort((a, b) => {
      const x = known[a] as number;
      const y = known[b] as number;
      return x === y ? a - b : x < y ? -1 : 1;
    });
}

/**
 * The weighted sums of the steps (x − m) / σ of a generation, and of their outer products (lower
 * triangle) with the weights of equation 46: a bad step counts by its direction, not by its length.
 */
function weigh(
  { mean, sigma, factor, settings }: CmaState,
  points: readonly ArrayLike<number>[],
  bestFirst: readonly number[],
): { readonly move: Float64Array; readonly spread: Float64Array } {
  const n = mean.length;
  const move = new Float64Array(n);
  const spread = new Float64Array(n * n);
  const step = new Float64Array(n);
  const turned = new Float64Array(n);
  for (let rank = 0; rank < bestFirst.length; rank++) {
    const point = points[bestFirst[rank] as number] as ArrayLike<number>;
    for (let j = 0; j < n; j++) step[j] = ((point[j] as number) - at(mean, j)) / sigma;
    const weight = at(settings.weights, rank);
    if (weight > 0) addScaled(move, weight, step);
    const length = weight < 0 ? norm(solveLower(factor, step, turned)) : 0;
    addLowerOuter(spread, length > 0 ? (weight * n) / length ** 2 : Math.max(weight, 0), step);
  }
  return { move, spread };
}

interface Paths {
  readonly covariancePath: Float64Array;
  readonly sigmaPath: Float64Array;
  /** Variance the covariance path lost by standing still (equation after 47), else 0. */
  readonly stallVariance: number;
}

/** Equations 43 and 45. */
function movePaths(state: CmaState, move: Float64Array): Paths {
  const { sigmaPathRate: cs, covariancePathRate: cc, muEff, expectedNorm } = state.settings;
  const n = move.length;
  const sigmaPath = scaled(state.sigmaPath, 1 - cs);
  addScaled(
    sigmaPath,
    Math.sqrt(cs * (2 - cs) * muEff),
    solveLower(state.factor, move, new Float64Array(n)),
  );
  const warmUp = Math.sqrt(1 - (1 - cs) ** (2 * (state.generation + 1)));
  const isMoving = norm(sigmaPath) < (1.4 + 2 / (n + 1)) * expectedNorm * warmUp;
  const covariancePath = scaled(state.covariancePath, 1 - cc);
  if (isMoving) addScaled(covariancePath, Math.sqrt(cc * (2 - cc) * muEff), move);
  return { covariancePath, sigmaPath, stallVariance: isMoving ? 0 : cc * (2 - cc) };
}

/** Equation 47. */
function nextCovariance(
  { covariance, settings }: CmaState,
  { covariancePath: path, spread, stallVariance }: Paths & { readonly spread: Float64Array },
): Float64Array {
  const { weightSum, rankOneRate, rankMuRate } = settings;
  const n = path.length;
  const kept = 1 - rankOneRate * (1 - stallVariance) - rankMuRate * weightSum;
  const next = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const place = i * n + j;
      const learned = rankOneRate * at(path, i) * at(path, j) + rankMuRate * at(spread, place);
      next[place] = kept * at(covariance, place) + learned;
      next[j * n + i] = at(next, place);
    }
  }
  return next;
}

/** Equation 44. */
function nextSigma(sigma: number, path: Float64Array, settings: CmaSettings): number {
  const { sigmaPathRate, sigmaDamping, expectedNorm } = settings;
  const change = (sigmaPathRate / sigmaDamping) * (norm(path) / expectedNorm - 1);
  return Math.min(sigma * Math.exp(Math.min(change, MAX_LOG_STEP)), MAX_SIGMA);
}

/** Refreshes the factor; a covariance that lost its definiteness to rounding is lifted. */
function factored(state: CmaState): CmaState {
  const n = state.mean.length;
  const factoredAt = state.generation;
  let { covariance } = state;
  for (let lift = SMALLEST_SHARE; ; lift *= 10) {
    const factor = cholesky(covariance, n, SMALLEST_SHARE);
    if (factor !== undefined) return { ...state, covariance, factor, factoredAt };
    const most = (cmaWidth(state) / state.sigma) ** 2;
    covariance = state.covariance.slice();
    for (let i = 0; i < n; i++) covariance[i * n + i] = at(covariance, i * n + i) + lift * most;
  }
}

function misuse(reason: string): PacelineError {
  return new PacelineError(
    'INTERNAL',
    `CMA-ES was called wrongly: ${reason}. Correct the caller.`,
    { reason },
  );
}
