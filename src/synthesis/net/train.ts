/**
 * Trains a net: stochastic gradient descent on the cross-entropy of each primitive, one example an update
 * (recursion2.md §5). It stops on a counter of updates, so the same seed gives the same net on any machine load.
 */
import type { Rng } from '../../core/rng.ts';
import type { Net } from './net.ts';
import { HIDDEN, intoHidden, LEAK, predict, sigmoid } from './net.ts';

export interface Sample {
  readonly features: Float32Array;
  /** Primitives used, each once. */
  readonly used: readonly number[];
}

export interface Training {
  /** Primitives of the language. */
  readonly primitives: number;
  readonly dreams: readonly Sample[];
  /** Solved training tasks. */
  readonly tasks: readonly Sample[];
  /** Samples shown. */
  readonly updates: number;
  readonly rng: Rng;
}

/** Shown by default: one to two CPU-seconds; seven times as many bring no more tasks. */
export const UPDATES = 40_000;
const RATE = 0.02;
/** Share of the rate that is left at the last update; it falls linearly. */
const LAST_RATE = 0.2;
/** Share of updates that show a solved task. */
const TASKS_SHARE = 0.3;

/** A net for features of the samples' length. @throws RangeError without any sample. */
export function train({ primitives, dreams, tasks, updates, rng }: Training): Net {
  const known = [...dreams, ...tasks];
  const inputs = known[0]?.features.length ?? 0;
  const net = started({ inputs, primitives, rng: rng.fork('start') });
  const step = descent(net);
  const draw = rng.fork('draw');
  for (let update = 0; update < updates; update++) {
    const rate = RATE * (1 - ((1 - LAST_RATE) * update) / updates);
    step(drawn(draw, dreams, tasks), rate);
  }
  return { ...net, usual: usual(net, dreams, tasks) };
}

function drawn(rng: Rng, dreams: readonly Sample[], tasks: readonly Sample[]): Sample {
  const isTask = rng.float() < TASKS_SHARE;
  const from = (isTask && tasks.length > 0) || dreams.length === 0 ? tasks : dreams;
  return from[rng.int(from.length)] as Sample;
}

/** He's start (He et al., ICCV 2015) for rectifiers; the sigmoids start at even odds. */
function started(of: {
  readonly inputs: number;
  readonly primitives: number;
  readonly rng: Rng;
}): Net {
  const { inputs, primitives, rng } = of;
  const normal = (count: number, fanIn: number): Float32Array =>
    Float32Array.from({ length: count }, () => rng.normal() * Math.sqrt(2 / Math.max(1, fanIn)));
  return {
    inputs,
    hidden: HIDDEN,
    outputs: primitives,
    first: normal(inputs * HIDDEN, inputs),
    firstBias: new Float32Array(HIDDEN),
    second: normal(primitives * HIDDEN, HIDDEN),
    secondBias: new Float32Array(primitives),
    usual: new Float32Array(primitives),
  };
}

/** One step of descent on one sample, in place. */
function descent({ hidden, outputs, first, firstBias, second, secondBias }: Net) {
  const sums = new Float32Array(hidden);
  const units = new Float32Array(hidden);
  const back = new Float32Array(hidden);
  const wanted = new Uint8Array(outputs);

  const intoPrimitives = (rate: number): void => {
    back.fill(0);
    for (let r = 0; r < outputs; r++) {
      const from = r * hidden;
      let sum = secondBias[r] as number;
      for (let h = 0; h < hidden; h++) sum += (second[from + h] as number) * (units[h] as number);
      const error = sigmoid(sum) - (wanted[r] as number);
      const step = rate * error;
      secondBias[r] = (secondBias[r] as number) - step;
      for (let h = 0; h < hidden; h++) {
        const weight = second[from + h] as number;
        back[h] = (back[h] as number) + error * weight;
        second[from + h] = weight - step * (units[h] as number);
      }
    }
  };
  const intoFeatures = (features: Float32Array, rate: number): void => {
    for (let h = 0; h < hidden; h++) {
      const slope = (sums[h] as number) < 0 ? LEAK : 1;
      back[h] = rate * slope * (back[h] as number);
      firstBias[h] = (firstBias[h] as number) - (back[h] as number);
    }
    for (let d = 0; d < features.length; d++) {
      const x = features[d] as number;
      if (x === 0) continue;
      for (let h = 0, at = d * hidden; h < hidden; h++, at++)
        first[at] = (first[at] as number) - x * (back[h] as number);
    }
  };
  return ({ features, used }: Sample, rate: number): void => {
    intoHidden({ first, firstBias, hidden }, features, sums);
    for (let h = 0; h < hidden; h++) {
      const sum = sums[h] as number;
      units[h] = sum < 0 ? LEAK * sum : sum;
    }
    for (const r of used) wanted[r] = 1;
    intoPrimitives(rate);
    for (const r of used) wanted[r] = 0;
    intoFeatures(features, rate);
  };
}

/** Mean prediction, tasks and dreams weighted as they were shown. */
function usual(net: Net, dreams: readonly Sample[], tasks: readonly Sample[]): Float32Array {
  const mean = new Float32Array(net.outputs);
  const add = (samples: readonly Sample[], weight: number): void => {
    for (const { features } of samples)
      predict(net, features).forEach((q, r) => {
        mean[r] = (mean[r] as number) + (q * weight) / samples.length;
      });
  };
  const ofTasks = tasks.length === 0 ? 0 : dreams.length === 0 ? 1 : TASKS_SHARE;
  add(dreams, 1 - ofTasks);
  add(tasks, ofTasks);
  return mean;
}
