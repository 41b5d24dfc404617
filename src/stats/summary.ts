/** Location and scale of a handful of measurements. All refuse an empty list with NaN, never 0. */

/** IQR of a standard normal: makes an IQR comparable with a standard deviation. */
const NORMAL_IQR = 1.34898;
/** Median of |X − Y| for independent standard normals X, Y. */
const NORMAL_MEDIAN_STEP = 0.953873;

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/**
 * Quantile by linear interpolation between order statistics (type 7 of Hyndman & Fan, "Sample
 * quantiles in statistical packages", Am. Stat. 50, 1996). `q` in [0, 1], both included.
 */
export function quantile(values: readonly number[], q: number): number {
  const ordered = sorted(values);
  const position = q * (ordered.length - 1);
  const below = Math.floor(position);
  const low = ordered[below] ?? Number.NaN;
  const high = ordered[below + 1] ?? low;
  return low + (position - below) * (high - low);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Standard deviation with n − 1 in the denominator; NaN for fewer than two values. */
export function sampleSd(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1));
}

/** IQR / 1.34898: the standard deviation if the values are normal, unmoved by a quarter of outliers. */
export function iqrScale(values: readonly number[]): number {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / NORMAL_IQR;
}

/**
 * median|x_{i+1} − x_i| / 0.953873: the scale between neighbours in time. Far below `iqrScale` when
 * the machine drifts. NaN for fewer than two values.
 */
export function shortRangeScale(values: readonly number[]): number {
  const steps = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? Number.NaN)));
  return median(steps) / NORMAL_MEDIAN_STEP;
}

/** Mean without the lowest and the highest ⌊share·n⌋ values. `share` in [0, 0.5). */
export function trimmedMean(values: readonly number[], share = 0.1): number {
  const cut = Math.floor(share * values.length);
  return mean(sorted(values).slice(cut, values.length - cut));
}
