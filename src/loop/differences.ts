/**
 * From paired raw values to oriented differences (acceptance.md §1.4). A candidate's crash or
 * time-out is its worst score, never missing data; the same holds for the incumbent, so an A/A pair
 * stays exchangeable.
 */

/** Far beyond any bet's reach (tanh saturates at a few scales) and still finite in JSON. */
const WORST_IN_SCALES = 1e6;

export interface PairedValues {
  readonly values: readonly (number | null)[];
  readonly againstValues: readonly (number | null)[];
}

/** Oriented: positive means the candidate is better. `scale` is the size of one ordinary difference. */
export function orientedDifferences(pairs: PairedValues, sign: number, scale: number): number[] {
  const worst = WORST_IN_SCALES * (scale > 0 ? scale : 1);
  return pairs.values.map((value, i) => {
    const against = pairs.againstValues[i] ?? null;
    if (value === null && against === null) return 0;
    if (value === null) return -worst;
    if (against === null) return worst;
    return sign * (value - against);
  });
}
