import { logStudentCdf } from '../distributions.ts';

/**
 * Method D, for data known to be Gaussian: the right-Haar (scale), half-normal (effect size)
 * mixture of likelihood ratios. X = D − m, S = ΣX², T = ΣX, A = S − T²/(n + 1/g),
 * K_n = (1 + n·g)^{−1/2} (S/A)^{n/2} · 2·F_{t,n}(T/√(n + 1/g) · √(n/A)).
 * Cf. Grünwald, de Heide & Koolen, "Safe testing", JRSS-B 86 (2024); Wang & Ramdas, arXiv 2310.03722.
 *
 * A martingale at mean 0 only in the scale-invariant filtration: a stop rule on the raw mean voids
 * it. Large loss of power under outliers; not the default.
 */
export function tMixture(spec: {
  readonly margin: number;
  readonly g: number;
}): (difference: number) => number {
  const { margin, g } = spec;
  let n = 0;
  let squares = 0;
  let sum = 0;
  return (difference) => {
    const x = difference - margin;
    n += 1;
    squares += x * x;
    sum += x;
    const logPrior = -0.5 * Math.log1p(n * g);
    if (squares === 0) return logPrior;
    const rest = squares - (sum * sum) / (n + 1 / g);
    const shift = sum / Math.sqrt(n + 1 / g);
    const logTail = Math.LN2 + logStudentCdf(shift * Math.sqrt(n / rest), n);
    return logPrior + (n / 2) * Math.log(squares / rest) + logTail;
  };
}
