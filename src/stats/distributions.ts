/** Distribution functions, each to at least 8 significant digits over the range the rules use. */
import { logBeta } from './gamma-function.ts';

export { logGamma } from './gamma-function.ts';

const TINY = 1e-300;
const CONVERGED = 1e-16;
/** The fraction needs about √max(a, b) terms; this serves arguments up to a million. */
const MAX_TERMS = 5000;

/** Continued fraction of the incomplete beta (DLMF 8.17.22) by Lentz's method; quick for x below the mean. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY);
  let fraction = d;
  for (let m = 1; m <= MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || TINY);
    c = 1 + even / c || TINY;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || TINY);
    c = 1 + odd / c || TINY;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < CONVERGED) break;
  }
  return fraction;
}

/** log I_x(a, b): finite where I itself would underflow, so evidence against a claim stays a number. */
export function logRegularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY;
  if (x >= 1) return 0;
  const front = a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b);
  if (x < (a + 1) / (a + b + 2)) return front + Math.log(betaFraction(x, a, b) / a);
  return Math.log1p(-Math.exp(front) * (betaFraction(1 - x, b, a) / b));
}

/** Regularised incomplete beta function I_x(a, b). */
export function regularisedBeta(x: number, a: number, b: number): number {
  return Math.exp(logRegularisedBeta(x, a, b));
}

/** log P(T ≤ x) for Student's t; exact deep in the left tail. `df` > 0, need not be whole. */
export function logStudentCdf(x: number, df: number): number {
  const logTail = logRegularisedBeta(df / (df + x * x), df / 2, 0.5) - Math.LN2;
  return x < 0 ? logTail : Math.log1p(-Math.exp(logTail));
}

export function studentCdf(x: number, df: number): number {
  return Math.exp(logStudentCdf(x, df));
}

/** Bracket and bisection steps for a double: 60 doublings, 200 halvings. */
const DOUBLINGS = 60;
const HALVINGS = 200;

/** Inverse of `studentCdf` by bisection. `p` in (0, 1); ±Infinity at the ends. */
export function studentQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentQuantile(1 - p, df);
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  let low = -1;
  for (let i = 0; i < DOUBLINGS && studentCdf(low, df) > p; i++) low *= 2;
  let high = 0;
  for (let i = 0; i < HALVINGS && high - low > Number.EPSILON * -low; i++) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, df) > p) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Beyond this the series loses digits and the tail fraction takes over. */
const SERIES_LIMIT = 3;
const TAIL_TERMS = 200;

function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/**
 * Φ(x): Taylor series about 0 (Marsaglia, "Evaluating the normal distribution", J. Stat. Softw. 11,
 * 2004) in the middle, Laplace's continued fraction in the tails.
 */
export function normalCdf(x: number): number {
  if (x > SERIES_LIMIT) return 1 - normalCdf(-x);
  if (x < -SERIES_LIMIT) {
    let fraction = -x;
    for (let k = TAIL_TERMS; k >= 1; k--) fraction = -x + k / fraction;
    return normalDensity(x) / fraction;
  }
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > CONVERGED * Math.abs(sum); i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

/** Bisection bracket: Φ(−40) is below the smallest double. */
const NORMAL_REACH = 40;

/** Inverse of `normalCdf` by bisection: called a few times a study, so plain beats fast. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  let low = -NORMAL_REACH;
  let high = 0;
  for (let i = 0; i < HALVINGS && high - low > Number.EPSILON; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) > p) high = middle;
    else low = middle;
  }
  return p === 0.5 ? 0 : (low + high) / 2;
}
