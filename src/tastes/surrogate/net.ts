/**
 * One hidden layer of tanh units and a logistic output (Rumelhart, Hinton & Williams 1986), and a correction of
 * its log odds to the study at hand (Platt 1999). Trained beforehand on other tasks (bench/taste.ts); here it is run.
 */

export interface Net {
  /** Numbers of inputs and of hidden units. */
  readonly inputs: number;
  readonly hidden: number;
  /** Weights of each hidden unit followed by its bias, unit by unit; then those of the output and its bias. */
  readonly weights: readonly number[];
}

export function weightCount(inputs: number, hidden: number): number {
  return hidden * (inputs + 1) + hidden + 1;
}

/** Log odds of the output. */
export function logOdds({ inputs, hidden, weights }: Net, x: readonly number[]): number {
  const out = hidden * (inputs + 1);
  let sum = weights[out + hidden] as number;
  for (let h = 0; h < hidden; h++) {
    const from = h * (inputs + 1);
    let into = weights[from + inputs] as number;
    for (let i = 0; i < inputs; i++) into += (weights[from + i] as number) * (x[i] as number);
    sum += (weights[out + h] as number) * Math.tanh(into);
  }
  return Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, sum));
}

/** A chance of 0.1 to 99.9 %: nothing is certain before it is measured. */
const MOST_LOG_ODDS = Math.log(999);

export function chanceOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** chance = logistic(shift + slope·log odds), by forecasts and what came of them. */
export interface Correction {
  readonly shift: number;
  readonly slope: number;
}

export interface Told {
  readonly odds: number;
  readonly better: boolean;
}

/** Forecasts that the belief in the net is worth: shift 0 with this many, slope 1 with as many. */
const SHIFT_PRIOR = 4;
const SLOPE_PRIOR = 20;
const STEPS = 6;
const LEAST_SLOPE = 0.2;
const MOST_SLOPE = 2;

/** Penalised maximum likelihood by Newton steps; without forecasts no correction. */
export function correctionOf(told: readonly Told[]): Correction {
  let shift = 0;
  let slope = 1;
  for (let step = 0; step < STEPS; step++) {
    let [g0, g1, h00, h01, h11] = [
      (-SHIFT_PRIOR * shift) / 4,
      (-SLOPE_PRIOR * (slope - 1)) / 4,
      SHIFT_PRIOR / 4,
      0,
      SLOPE_PRIOR / 4,
    ];
    for (const { odds, better } of told) {
      const p = chanceOf(shift + slope * odds);
      const miss = (better ? 1 : 0) - p;
      const v = p * (1 - p);
      g0 += miss;
      g1 += miss * odds;
      h00 += v;
      h01 += v * odds;
      h11 += v * odds * odds;
    }
    const det = h00 * h11 - h01 * h01;
    shift += (h11 * g0 - h01 * g1) / det;
    slope = Math.max(LEAST_SLOPE, Math.min(MOST_SLOPE, slope + (h00 * g1 - h01 * g0) / det));
  }
  return { shift, slope };
}
