/** Gradients somebody wrote by hand, held against central differences before a search trusts them. */
import type { Constrained } from './augmented-lagrangian.ts';
import { at } from './dense.ts';

export interface GradientFault {
  /** The objective, or a constraint by its number from 0. */
  readonly of: 'objective' | number;
  readonly parameter: number;
  readonly given: number;
  readonly difference: number;
}

/** Step relative to the coordinate: balances truncation and rounding of a central difference. */
const STEP = Number.EPSILON ** (1 / 3);
/** Largest disagreement, relative to the larger of 1 and the derivative. */
const TOLERANCE = 1e-5;

/** The first disagreement at `x`, or undefined. Choose a point without kinks: a random one will do. */
export function gradientFault(problem: Constrained, x: Float64Array): GradientFault | undefined {
  const count = problem.equalities + problem.inequalities;
  const objective = (point: Float64Array): Float64Array =>
    Float64Array.of(problem.objective(point, new Float64Array(x.length)));
  const constraints = (point: Float64Array): Float64Array => {
    const values = new Float64Array(count);
    problem.constraints(point, values);
    return values;
  };
  const own = new Float64Array(x.length);
  problem.objective(x.slice(), own);
  const rows = Array.from({ length: count }, (_, i) => {
    const gradient = new Float64Array(x.length);
    const weights = new Float64Array(count);
    weights[i] = 1;
    problem.addGradients(x.slice(), weights, gradient);
    return gradient;
  });
  for (let parameter = 0; parameter < x.length; parameter++) {
    const [wanted = Number.NaN] = slopes(objective, x, parameter);
    if (differs(at(own, parameter), wanted)) {
      return { of: 'objective', parameter, given: at(own, parameter), difference: wanted };
    }
    for (const [i, difference] of slopes(constraints, x, parameter).entries()) {
      const given = at(rows[i] as Float64Array, parameter);
      if (differs(given, difference)) return { of: i, parameter, given, difference };
    }
  }
  return undefined;
}

function slopes(
  f: (point: Float64Array) => Float64Array,
  x: Float64Array,
  parameter: number,
): Float64Array {
  const step = STEP * Math.max(1, Math.abs(at(x, parameter)));
  const [low, high] = [x.slice(), x.slice()];
  low[parameter] = at(x, parameter) - step;
  high[parameter] = at(x, parameter) + step;
  const width = at(high, parameter) - at(low, parameter);
  const below = f(low);
  return f(high).map((value, i) => (value - at(below, i)) / width);
}

/** True for what is not a number, too. */
function differs(given: number, wanted: number): boolean {
  return !(Math.abs(given - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted)));
}
