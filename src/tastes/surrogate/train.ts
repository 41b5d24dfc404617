/** Trains the net of the surrogate on records of other tasks: logistic loss, Adam (Kingma & Ba 2015), mini-batches. */
import type { Rng } from '../../core/rng.ts';
import { shuffle } from '../../core/shuffled.ts';
import { chanceOf, type Net, weightCount } from './net.ts';

export interface Sample {
  readonly x: readonly number[];
  readonly better: boolean;
  /** By how much, in the unit of its task; absent where it is not known. The net is not told. */
  readonly gain?: number;
}

export interface Training {
  readonly hidden: number;
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  /** Weight of half the squared weights, or of their distance from where they began, in the loss of one sample. */
  readonly decay: number;
}

export const TRAINING: Training = { hidden: 12, epochs: 10, batch: 64, rate: 3e-3, decay: 1e-4 };

/** From random weights. */
export function train(samples: readonly Sample[], rng: Rng, how: Training = TRAINING): Net {
  const { hidden } = how;
  const inputs = samples[0]?.x.length ?? 0;
  const weights = Array.from(
    { length: weightCount(inputs, hidden) },
    () => rng.normal() / Math.sqrt(inputs),
  );
  return descend({ inputs, hidden, weights }, samples, { rng, how });
}

/**
 * Trained further on samples of other tasks: pulled back to what it was, so that a few hundred trials move it a little
 * and many thousand as far as they say (an L2 penalty around the start: Chelba & Acero, EMNLP 2004).
 */
export function trainFurther(net: Net, samples: readonly Sample[], rng: Rng): Net {
  const how = { ...FURTHER, hidden: net.hidden, decay: PULL / Math.max(1, samples.length) };
  const start = { ...net, weights: [...net.weights] };
  return descend(start, samples, { rng, how, towards: net.weights });
}

/** With `PULL` the best of 16 tried on training families (Brier score on instances they were not trained on). */
const FURTHER = { epochs: 40, batch: 64, rate: 3e-3 };
/** Samples that the weights it began with are worth. */
const PULL = 20;

interface Descent {
  readonly rng: Rng;
  readonly how: Training;
  /** What weights decay to; absent: 0. */
  readonly towards?: readonly number[];
}

/** Changes the weights of `net` in place. */
function descend(
  net: Net & { readonly weights: number[] },
  samples: readonly Sample[],
  { rng, how, towards }: Descent,
): Net {
  const { weights } = net;
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  const order = samples.map((_, i) => i);
  let step = 0;
  const steps = Math.ceil(samples.length / how.batch) * how.epochs;
  for (let epoch = 0; epoch < how.epochs; epoch++) {
    shuffle(order, rng);
    for (let from = 0; from < order.length; from += how.batch) {
      const batch = order.slice(from, from + how.batch).map((i) => samples[i] as Sample);
      const gradient = gradientOf(net, batch);
      step += 1;
      const rate = how.rate * (1 - step / (steps + 1));
      for (let w = 0; w < weights.length; w++) {
        const pull = (weights[w] as number) - (towards?.[w] ?? 0);
        const g = (gradient[w] as number) + how.decay * pull;
        first[w] = 0.9 * (first[w] as number) + 0.1 * g;
        second[w] = 0.999 * (second[w] as number) + 0.001 * g * g;
        const m = (first[w] as number) / (1 - 0.9 ** step);
        const v = (second[w] as number) / (1 - 0.999 ** step);
        weights[w] = (weights[w] as number) - (rate * m) / (Math.sqrt(v) + 1e-8);
      }
    }
  }
  return net;
}

function gradientOf(net: Net, batch: readonly Sample[]): Float64Array {
  const { inputs, hidden, weights } = net;
  const out = hidden * (inputs + 1);
  const gradient = new Float64Array(weights.length);
  const units = new Float64Array(hidden);
  for (const { x, better } of batch) {
    let sum = weights[out + hidden] as number;
    for (let h = 0; h < hidden; h++) {
      const from = h * (inputs + 1);
      let into = weights[from + inputs] as number;
      for (let i = 0; i < inputs; i++) into += (weights[from + i] as number) * (x[i] as number);
      units[h] = Math.tanh(into);
      sum += (weights[out + h] as number) * (units[h] as number);
    }
    const miss = (chanceOf(sum) - (better ? 1 : 0)) / batch.length;
    gradient[out + hidden] = (gradient[out + hidden] as number) + miss;
    for (let h = 0; h < hidden; h++) {
      const unit = units[h] as number;
      gradient[out + h] = (gradient[out + h] as number) + miss * unit;
      const back = miss * (weights[out + h] as number) * (1 - unit * unit);
      const from = h * (inputs + 1);
      gradient[from + inputs] = (gradient[from + inputs] as number) + back;
      for (let i = 0; i < inputs; i++)
        gradient[from + i] = (gradient[from + i] as number) + back * (x[i] as number);
    }
  }
  return gradient;
}
