/** Weights and learning rates of CMA-ES: table 1 of Hansen's tutorial (arXiv 1604.00772). */

export interface CmaSettings {
  /** By rank, best first, λ of them: the better half sums to 1, the others are negative. */
  readonly weights: Float64Array;
  readonly weightSum: number;
  /** Number of positive weights. */
  readonly mu: number;
  /** Variance effective selection mass μ_eff. */
  readonly muEff: number;
  readonly rankOneRate: number;
  readonly rankMuRate: number;
  readonly covariancePathRate: number;
  readonly sigmaPathRate: number;
  readonly sigmaDamping: number;
  /** Expected length of a standard normal vector. */
  readonly expectedNorm: number;
  /** Generations from one factorisation to the next. */
  readonly factorGap: number;
}

/** The share of the covariance matrix that may change before it is factored again (tutorial B.2). */
const STALE_SHARE = 1 / 10;

/** The tutorial's default number of samples per generation. */
export function defaultLambda(dimension: number): number {
  return 4 + Math.floor(3 * Math.log(dimension));
}

/** The settings for n parameters and λ samples, λ ≥ 4. */
export function cmaSettings(n: number, lambda: number): CmaSettings {
  const raw = Float64Array.from(
    { length: lambda },
    (_, i) => Math.log((lambda + 1) / 2) - Math.log(i + 1),
  );
  const mu = Math.floor(lambda / 2);
  const muEff = effectiveMass(raw.subarray(0, mu));
  const rankOneRate = 2 / ((n + 1.3) ** 2 + muEff);
  const rankMuRate = Math.min(
    1 - rankOneRate,
    (2 * (0.25 + muEff + 1 / muEff - 2)) / ((n + 2) ** 2 + muEff),
  );
  const sigmaPathRate = (muEff + 2) / (n + muEff + 5);
  const weights = scaleWeights(raw, { n, mu, muEff, rankOneRate, rankMuRate });
  return {
    weights,
    weightSum: sum(weights),
    mu,
    muEff,
    rankOneRate,
    rankMuRate,
    covariancePathRate: (4 + muEff / n) / (n + 4 + (2 * muEff) / n),
    sigmaPathRate,
    sigmaDamping: 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + sigmaPathRate,
    expectedNorm: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
    factorGap: Math.max(1, Math.floor(STALE_SHARE / (n * (rankOneRate + rankMuRate)))),
  };
}

type WeightRates = Pick<CmaSettings, 'mu' | 'muEff' | 'rankOneRate' | 'rankMuRate'> & {
  readonly n: number;
};

/** Equations 49–53: negative weights as large as a positive definite covariance allows. */
function scaleWeights(raw: Float64Array, rates: WeightRates): Float64Array {
  const { n, mu, muEff, rankOneRate, rankMuRate } = rates;
  const worse = raw.subarray(mu);
  const negativeMass = Math.min(
    1 + rankOneRate / rankMuRate,
    1 + (2 * effectiveMass(worse)) / (muEff + 2),
    (1 - rankOneRate - rankMuRate) / (n * rankMuRate),
  );
  const positive = sum(raw.map((w) => Math.max(w, 0)));
  const negative = sum(raw.map((w) => Math.max(-w, 0)));
  return raw.map((w) => (w >= 0 ? w / positive : (w * negativeMass) / negative));
}

function effectiveMass(weights: Float64Array): number {
  return sum(weights) ** 2 / sum(weights.map((w) => w * w));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
