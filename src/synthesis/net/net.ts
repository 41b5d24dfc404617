/**
 * The recognition net: features of a task in, for every primitive the probability that its program uses it out.
 * One hidden layer of leaky rectifiers, a sigmoid per primitive (after DeepCoder, Balog et al., ICLR 2017).
 */

/** Weights; row-major as their shapes say. Never changed once trained. */
export interface Net {
  /** Features (rows of `first`). */
  readonly inputs: number;
  readonly hidden: number;
  /** Primitives (rows of `second`). */
  readonly outputs: number;
  /** `inputs` × `hidden`. */
  readonly first: Float32Array;
  readonly firstBias: Float32Array;
  /** `outputs` × `hidden`. */
  readonly second: Float32Array;
  readonly secondBias: Float32Array;
  /** Mean prediction for each primitive on what it was trained on, in 0 to 1. */
  readonly usual: Float32Array;
}

/** Units between features and primitives. */
export const HIDDEN = 40;
/** Slope of a rectifier below zero. */
export const LEAK = 0.01;

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The hidden layer before its rectifiers. */
export function intoHidden(
  { first, firstBias, hidden }: Pick<Net, 'first' | 'firstBias' | 'hidden'>,
  features: Float32Array,
  sums: Float32Array,
): void {
  sums.set(firstBias);
  for (let d = 0; d < features.length; d++) {
    const x = features[d] as number;
    if (x === 0) continue;
    for (let h = 0, at = d * hidden; h < hidden; h++, at++)
      sums[h] = (sums[h] as number) + x * (first[at] as number);
  }
}

/** Probability of use of every primitive, in 0 to 1. */
export function predict(net: Net, features: Float32Array): Float32Array {
  const { hidden, outputs, second, secondBias } = net;
  const sums = new Float32Array(hidden);
  intoHidden(net, features, sums);
  for (let h = 0; h < hidden; h++) {
    const sum = sums[h] as number;
    if (sum < 0) sums[h] = LEAK * sum;
  }
  return Float32Array.from({ length: outputs }, (_, r) => {
    let sum = secondBias[r] as number;
    for (let h = 0, at = r * hidden; h < hidden; h++, at++)
      sum += (second[at] as number) * (sums[h] as number);
    return sigmoid(sum);
  });
}
