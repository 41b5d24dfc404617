/**
 * L-BFGS: the two-loop recursion (Nocedal & Wright, Numerical Optimization, 2nd ed., algorithm 7.4)
 * with a line search for the strong Wolfe conditions (algorithms 3.5 and 3.6, bisection instead of
 * interpolation where a trial value is not finite).
 */
import { PacelineError } from '../core/errors.ts';
import { addScaled, dot, norm } from './dense.ts';

/** Value at `x`; writes the gradient into `gradient`. A value that is not finite is a barrier. */
export type Smooth = (x: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  /** Pairs of steps kept, at least 1. Default 10. */
  readonly memory?: number;
  /** Ends where no component of the gradient is larger. Default 1e-8. */
  readonly tolerance?: number;
  /** Calls of the function (included). Default 10,000. */
  readonly maxEvals?: number;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  /** Largest component of the gradient there. */
  readonly gradient: number;
  readonly evals: number;
  /** `stuck`: no step along the direction is better, often the limit of the arithmetic. */
  readonly end: 'converged' | 'stuck' | 'budget';
}

/** Sufficient decrease and curvature, the textbook's for quasi-Newton methods. */
const DECREASE = 1e-4;
const CURVATURE = 0.9;
/** Trial steps of one line search. */
const LINE_TRIALS = 40;
const DEFAULTS = { memory: 10, tolerance: 1e-8, maxEvals: 10_000 } as const;

interface Place {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (change · step). */
  readonly rho: number;
}

/** @throws PacelineError INTERNAL when the start is empty or has no finite value and gradient. */
export function lbfgs(f: Smooth, start: ArrayLike<number>, options: LbfgsOptions = {}): Minimum {
  const { memory, tolerance, maxEvals } = { ...DEFAULTS, ...options };
  let evals = 0;
  const look = (x: Float64Array): Place => {
    evals += 1;
    const gradient = new Float64Array(x.length);
    const value = f(x, gradient);
    return { x, gradient, value: gradient.every(Number.isFinite) ? value : Number.NaN };
  };
  let place = look(Float64Array.from(start));
  if (place.x.length === 0 || !Number.isFinite(place.value)) throw noStart();
  let pairs: readonly Pair[] = [];
  const at = (end: Minimum['end']): Minimum => {
    return { point: place.x, value: place.value, gradient: largest(place.gradient), evals, end };
  };
  for (;;) {
    if (largest(place.gradient) <= tolerance) return at('converged');
    if (evals >= maxEvals) return at('budget');
    const direction = descent(place.gradient, pairs);
    const first = pairs.length === 0 ? Math.min(1, 1 / norm(place.gradient)) : 1;
    const line = { place, direction, look, mayLook: () => evals < maxEvals };
    const next = wolfeStep(line, first);
    if (next === undefined) {
      if (pairs.length === 0) return at(evals >= maxEvals ? 'budget' : 'stuck');
      pairs = []; // The remembered curvature misleads here: try the gradient once before giving up.
      continue;
    }
    pairs = remembered(pairs, pairOf(place, next), memory);
    place = next;
  }
}

/** −H g by the two loops of algorithm 7.4, scaled as in its equation 7.20. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.slice();
  const alphas = pairs.toReversed().map(({ step, change, rho }) => {
    const alpha = rho * dot(step, q);
    addScaled(q, -alpha, change);
    return alpha;
  });
  const last = pairs.at(-1);
  if (last) scale(q, 1 / (last.rho * dot(last.change, last.change)));
  for (const [i, { step, change, rho }] of pairs.entries()) {
    const alpha = alphas[pairs.length - 1 - i] as number;
    addScaled(q, alpha - rho * dot(change, q), step);
  }
  scale(q, -1);
  return q;
}

function pairOf(from: Place, to: Place): Pair {
  const step = to.x.slice();
  addScaled(step, -1, from.x);
  const change = to.gradient.slice();
  addScaled(change, -1, from.gradient);
  return { step, change, rho: 1 / dot(change, step) };
}

/** The curvature condition keeps change · step > 0; rounding may not, and then the pair is dropped. */
function remembered(pairs: readonly Pair[], pair: Pair, memory: number): readonly Pair[] {
  const isUsable = pair.rho > 0 && Number.isFinite(pair.rho);
  return isUsable ? [...pairs, pair].slice(-memory) : pairs;
}

interface Line {
  readonly place: Place;
  readonly direction: Float64Array;
  readonly look: (x: Float64Array) => Place;
  readonly mayLook: () => boolean;
}

/**
 * A place that fulfils the strong Wolfe conditions, by bracketing and bisection: the bracket grows
 * while the function falls steeply and halves once it is closed. The best sufficient decrease seen
 * is good enough when the trials are used up.
 */
function wolfeStep({ place, direction, look, mayLook }: Line, first: number): Place | undefined {
  const slope = dot(place.gradient, direction);
  if (!(slope < 0)) return undefined;
  let [low, high, step] = [0, Number.POSITIVE_INFINITY, first];
  let fallback: Place | undefined;
  for (let trial = 0; trial < LINE_TRIALS && mayLook(); trial++) {
    const there = place.x.slice();
    addScaled(there, step, direction);
    const next = look(there);
    const isLower = next.value <= place.value + DECREASE * step * slope;
    const slopeThere = dot(next.gradient, direction);
    if (isLower && Math.abs(slopeThere) <= CURVATURE * -slope) return next;
    if (isLower && next.value < (fallback?.value ?? place.value)) fallback = next;
    if (!isLower || slopeThere > 0) high = step;
    else low = step;
    step = Number.isFinite(high) ? (low + high) / 2 : 2 * step;
  }
  return fallback;
}

function largest(v: Float64Array): number {
  let most = 0;
  for (let i = 0; i < v.length; i++) most = Math.max(most, Math.abs(v[i] as number));
  return most;
}

function scale(target: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) * factor;
}

function noStart(): PacelineError {
  return new PacelineError(
    'INTERNAL',
    'L-BFGS was called wrongly: the function has no finite value and gradient at the start. Start inside its domain.',
  );
}
