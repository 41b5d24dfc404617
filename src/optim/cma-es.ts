/**
 * (μ/μ_w, λ)-CMA-ES with active covariance update, as pure functions: ask is `cmaSample`, tell is
 * `cmaTell`, and a told state is a new one, so a state once captured stays valid for ever.
 *
 * Hansen, "The CMA evolution strategy: a tutorial", arXiv 1604.00772; equation numbers are its own.
 */

import { PacelineError } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';
import type { CmaSettings } from './cma-settings.ts';
import { cmaSettings, defaultLambda } from './cma-settings.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Plain data, structured-cloneable; nobody writes to its arrays. Row-major matrices. */
export interface CmaState {
  readonly lambda: number;
  readonly generation: number;
  readonly mean: Float64Array;
  readonly sigma: number;
  readonly covariance: Float64Array;
  readonly covariancePath: Float64Array;
  readonly sigmaPath: Float64Array;
  /** Row i is eigenvector i of the covariance as it was at `decomposedAt`. */
  readonly basis: Float64Array;
  /** Square roots of the eigenvalues. */
  readonly scales: Float64Array;
  readonly decomposedAt: number;
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

/** Smallest share of the largest eigenvalue an eigenvalue may have: condition at most 1e14. */
const SMALLEST_EIGENVALUE = 1e-14;

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
    generation: 0,
    mean: Float64Array.from(mean),
    sigma,
    covariance: identity,
    covariancePath: new Float64Array(n),
    sigmaPath: new Float64Array(n),
    basis: identity,
    scales: new Float64Array(n).fill(1),
    decomposedAt: 0,
  };
}

/** λ points of the distribution; equal states and equal streams give equal points. */
export function cmaSample(state: CmaState, rng: Rng): Float64Array[] {
  const n = state.mean.length;
  return Array.from({ length: state.lambda }, () => {
    const point = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      addRow(point, rng.normal() * get(state.scales, i), { matrix: state.basis, row: i });
    }
    for (let j = 0; j < n; j++) point[j] = get(state.mean, j) + state.sigma * get(point, j);
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
  const settings = cmaSettings(n, state.lambda);
  const steps = ranking(losses).map((i) => stepTo(points[i] as ArrayLike<number>, state));
  const move = new Float64Array(n);
  for (let i = 0; i < settings.mu; i++) {
    addScaled(move, get(settings.weights, i), steps[i] as Float64Array);
  }
  const mean = state.mean.slice();
  addScaled(mean, state.sigma, move);
  const paths = movePaths(state, move, settings);
  const covariance = nextCovariance(state, { steps, settings, ...paths });
  const { covariancePath, sigmaPath } = paths;
  const sigma = nextSigma(state.sigma, sigmaPath, settings);
  const next = { ...state, generation, mean, sigma, covariance, covariancePath, sigmaPath };
  return generation - state.decomposedAt < settings.eigenGap ? next : decompose(next);
}

/** A copy of the distribution's mean: the answer of a noisy search, free of the winner's curse. */
export function cmaMean(state: CmaState): Float64Array {
  return state.mean.slice();
}

/** Ratio of the largest to the smallest eigenvalue of the covariance matrix, at least 1. */
export function cmaCondition({ scales }: CmaState): number {
  return (Math.max(...scales) / Math.min(...scales)) ** 2;
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

/** (x − m) / σ. */
function stepTo(point: ArrayLike<number>, { mean, sigma }: CmaState): Float64Array {
  return Float64Array.from(point, (x, j) => (x - get(mean, j)) / sigma);
}

/** Coordinates of a step in the basis, each in units of its own scale: B ᵀ y / D. */
function whiten({ basis, scales, mean }: CmaState, step: Float64Array): Float64Array {
  const n = mean.length;
  return scales.map((scale, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += get(basis, i * n + j) * get(step, j);
    return sum / scale;
  });
}

interface Paths {
  readonly covariancePath: Float64Array;
  readonly sigmaPath: Float64Array;
  /** Variance the covariance path lost by standing still (equation after 47), else 0. */
  readonly stallVariance: number;
}

/** Equations 43 and 45. */
function movePaths(state: CmaState, move: Float64Array, settings: CmaSettings): Paths {
  const { sigmaPathRate: cs, covariancePathRate: cc, muEff } = settings;
  const n = move.length;
  const sigmaPath = state.sigmaPath.map((p) => (1 - cs) * p);
  const turned = whiten(state, move);
  const gain = Math.sqrt(cs * (2 - cs) * muEff);
  for (let i = 0; i < n; i++) {
    addRow(sigmaPath, gain * get(turned, i), { matrix: state.basis, row: i });
  }
  const warmUp = Math.sqrt(1 - (1 - cs) ** (2 * (state.generation + 1)));
  const limit = (1.4 + 2 / (n + 1)) * settings.expectedNorm * warmUp;
  const isMoving = norm(sigmaPath) < limit;
  const covariancePath = state.covariancePath.map((p) => (1 - cc) * p);
  if (isMoving) addScaled(covariancePath, Math.sqrt(cc * (2 - cc) * muEff), move);
  return { covariancePath, sigmaPath, stallVariance: isMoving ? 0 : cc * (2 - cc) };
}

interface Learned extends Paths {
  /** Best first. */
  readonly steps: readonly Float64Array[];
  readonly settings: CmaSettings;
}

/** Equation 47 with the weights of 46: a bad step counts by its direction, not by its length. */
function nextCovariance(state: CmaState, learned: Learned): Float64Array {
  const { settings, steps, covariancePath, stallVariance } = learned;
  const { weights, rankOneRate, rankMuRate } = settings;
  const n = state.mean.length;
  const kept =
    1 - rankOneRate * (1 - stallVariance) - rankMuRate * weights.reduce((sum, w) => sum + w, 0);
  const next = state.covariance.map((c) => kept * c);
  addLowerOuter(next, rankOneRate, covariancePath);
  for (const [i, step] of steps.entries()) {
    const weight = get(weights, i);
    const length = weight < 0 ? norm(whiten(state, step)) : 0;
    const share = length > 0 ? (weight * n) / length ** 2 : Math.max(weight, 0);
    addLowerOuter(next, rankMuRate * share, step);
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) next[j * n + i] = get(next, i * n + j);
  return next;
}

/** Equation 44. */
function nextSigma(sigma: number, path: Float64Array, settings: CmaSettings): number {
  const { sigmaPathRate, sigmaDamping, expectedNorm } = settings;
  const change = (sigmaPathRate / sigmaDamping) * (norm(path) / expectedNorm - 1);
  return Math.min(sigma * Math.exp(Math.min(change, MAX_LOG_STEP)), MAX_SIGMA);
}

/** Refreshes basis and scales; a covariance that lost its definiteness to rounding is lifted. */
function decompose(state: CmaState): CmaState {
  const n = state.mean.length;
  const { values, vectors } = symmetricEigen(state.covariance, n);
  const largest = Math.max(...values, Number.MIN_VALUE);
  const lift = Math.max(0, largest * SMALLEST_EIGENVALUE - Math.min(...values));
  const covariance = lift === 0 ? state.covariance : state.covariance.slice();
  if (lift > 0)
    for (let i = 0; i < n; i++) covariance[i * n + i] = get(covariance, i * n + i) + lift;
  const scales = values.map((value) => Math.sqrt(value + lift));
  return { ...state, covariance, basis: vectors, scales, decomposedAt: state.generation };
}

/** target += factor · v vᵀ, diagonal and lower triangle only. */
function addLowerOuter(target: Float64Array, factor: number, v: Float64Array): void {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    const scaled = factor * get(v, i);
    for (let j = 0; j <= i; j++) target[i * n + j] = get(target, i * n + j) + scaled * get(v, j);
  }
}

function addScaled(target: Float64Array, factor: number, v: Float64Array): void {
  for (let j = 0; j < target.length; j++) target[j] = get(target, j) + factor * get(v, j);
}

interface MatrixRow {
  readonly matrix: Float64Array;
  readonly row: number;
}

function addRow(target: Float64Array, factor: number, { matrix, row }: MatrixRow): void {
  const start = row * target.length;
  for (let j = 0; j < target.length; j++) {
    target[j] = get(target, j) + factor * get(matrix, start + j);
  }
}

function norm(v: Float64Array): number {
  return Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
}

/** The indices above stay inside by construction. */
function get(values: Float64Array, i: number): number {
  return values[i] as number;
}

function misuse(reason: string): PacelineError {
  return new PacelineError(
    'INTERNAL',
    `CMA-ES was called wrongly: ${reason}. Correct the caller.`,
    { reason },
  );
}
