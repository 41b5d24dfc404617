/**
 * Minimises under constraints by a sequence of unconstrained problems (Nocedal & Wright, 2nd ed.,
 * algorithm 17.4 with its tolerances; inequalities by the function of Rockafellar, 17.4's equation
 * 17.65 without slack variables). The caller gives values and gradients; nothing here knows the problem.
 */
import { lbfgs, type Smooth } from './l-bfgs.ts';

export interface Constrained {
  readonly objective: Smooth;
  /** Constraints c(x) = 0: the first ones. */
  readonly equalities: number;
  /** Constraints c(x) ≤ 0: after the equalities. */
  readonly inequalities: number;
  /** Writes all constraint values, equalities first. */
  readonly constraints: (x: Float64Array, values: Float64Array) => void;
  /** Adds Σ weights[i] · ∇c_i(x) to `gradient`; many weights are 0. */
  readonly addGradients: (x: Float64Array, weights: Float64Array, gradient: Float64Array) => void;
}

export interface LagrangianOptions {
  /** Largest violation of a constraint that ends the search. Default 1e-9. */
  readonly tolerance?: number;
  /** Largest component of the gradient of the Lagrangian at the end. Default 1e-7. */
  readonly gradientTolerance?: number;
  /** Rounds of multipliers (included). Default 60. */
  readonly maxRounds?: number;
  /** Calls of the function (included), all rounds together. Default 100,000. */
  readonly maxEvals?: number;
  /** First penalty. Default 10. */
  readonly penalty?: number;
}

export interface ConstrainedMinimum {
  readonly point: Float64Array;
  /** Of the objective alone. */
  readonly value: number;
  /** Largest violation: |c| of an equality, c of an inequality where positive. */
  readonly violation: number;
  /** Lagrange multipliers, in the order of the constraints; of inequalities ≥ 0. */
  readonly multipliers: Float64Array;
  readonly evals: number;
  readonly end: 'converged' | 'rounds' | 'budget';
}

const DEFAULTS = {
  tolerance: 1e-9,
  gradientTolerance: 1e-7,
  maxRounds: 60,
  maxEvals: 100_000,
  penalty: 10,
} as const;

/** The penalty grows by it where a round did not reduce the violation enough. */
const PENALTY_GROWTH = 10;
/** Beyond it the subproblem is all penalty and its rounding hides the objective. */
const LARGEST_PENALTY = 1e8;

/** @throws PacelineError INTERNAL as `lbfgs` does. */
export function minimiseConstrained(
  problem: Constrained,
  start: ArrayLike<number>,
  options: LagrangianOptions = {},
): ConstrainedMinimum {
  const { tolerance, gradientTolerance, maxRounds, maxEvals, ...given } = {
    ...DEFAULTS,
    ...options,
  };
  const count = problem.equalities + problem.inequalities;
  const multipliers = new Float64Array(count);
  let { penalty } = given;
  let omega = 1 / penalty;
  let eta = penalty ** -0.1;
  let point: Float64Array = Float64Array.from(start);
  let evals = 0;
  for (let round = 1; ; round++) {
    const inner = { tolerance: Math.max(omega, gradientTolerance), maxEvals: maxEvals - evals };
    const found = lbfgs(lagrangian(problem, multipliers, penalty), point, inner);
    point = found.point;
    evals += found.evals;
    const values = valuesAt(problem, point);
    const violation = violationOf(problem, values);
    const isSettled = complementarity(problem, { values, multipliers, penalty }) <= tolerance;
    const isSharp = omega <= gradientTolerance && found.end === 'converged';
    const end = isSettled && isSharp && violation <= tolerance ? 'converged' : undefined;
    if (violation <= Math.max(eta, tolerance)) {
      for (let i = 0; i < count; i++)
        multipliers[i] = nextMultiplier(problem, { values, multipliers, penalty }, i);
      eta = Math.max(eta * penalty ** -0.9, tolerance / 10);
      omega = Math.max(omega / penalty, gradientTolerance);
    } else {
      penalty = Math.min(penalty * PENALTY_GROWTH, LARGEST_PENALTY);
      eta = penalty ** -0.1;
      omega = Math.max(1 / penalty, gradientTolerance);
    }
    const stopped =
      end ?? (evals >= maxEvals ? 'budget' : round >= maxRounds ? 'rounds' : undefined);
    if (stopped === undefined) continue;
    const value = problem.objective(point, new Float64Array(point.length));
    return { point, value, violation, multipliers, evals, end: stopped };
  }
}

interface Situation {
  readonly values: Float64Array;
  readonly multipliers: Float64Array;
  readonly penalty: number;
}

function lagrangian(problem: Constrained, multipliers: Float64Array, penalty: number): Smooth {
  const { objective, addGradients } = problem;
  const weights = new Float64Array(multipliers.length);
  const values = new Float64Array(multipliers.length);
  return (x, gradient) => {
    problem.constraints(x, values);
    let value = objective(x, gradient);
    for (let i = 0; i < weights.length; i++) {
      // As nextMultiplier has it; the constraints are many and this is the innermost loop.
      const multiplier = multipliers[i] as number;
      const next = multiplier + penalty * (values[i] as number);
      const weight = i < problem.equalities ? next : Math.max(0, next);
      weights[i] = weight;
      value += (weight * weight - multiplier * multiplier) / (2 * penalty);
    }
    addGradients(x, weights, gradient);
    return value;
  };
}

/** λ + μ c, for an inequality not below 0: also the derivative of the penalty term along c. */
function nextMultiplier({ equalities }: Constrained, now: Situation, i: number): number {
  const next = (now.multipliers[i] as number) + now.penalty * (now.values[i] as number);
  return i < equalities ? next : Math.max(0, next);
}

/** Largest change the multipliers would still ask of the constraints: 0 where all conditions hold. */
function complementarity(problem: Constrained, now: Situation): number {
  return now.multipliers.reduce(
    (most, multiplier, i) =>
      Math.max(most, Math.abs(nextMultiplier(problem, now, i) - multiplier) / now.penalty),
    0,
  );
}

function valuesAt(
  { constraints, equalities, inequalities }: Constrained,
  x: Float64Array,
): Float64Array {
  const values = new Float64Array(equalities + inequalities);
  constraints(x, values);
  return values;
}

function violationOf({ equalities }: Constrained, values: Float64Array): number {
  return values.reduce((most, c, i) => Math.max(most, i < equalities ? Math.abs(c) : c), 0);
}
