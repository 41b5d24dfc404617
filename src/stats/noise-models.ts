/**
 * Artificial noise with the shapes real evaluators have (acceptance.md §5.1), in units of σ, the
 * (robust) scale of one evaluation of the origin. `demo null` and the tests of the rules draw from
 * these.
 */
import type { Rng } from '../core/rng.ts';

export type NoiseName = 'gaussian' | 't2' | 'lucky' | 'hetero' | 'passfail' | 'timing';

/** One machine over the life of a study; its state moves on with every evaluation. */
export interface NoiseMachine {
  /** One evaluation of a candidate `effect` σ above the origin, with `sd` times the origin's spread. */
  value(effect: number, sd: number, rng: Rng): number;
}

export interface NoiseModel {
  readonly name: NoiseName;
  /** What it stands for, in plain words. */
  readonly meaning: string;
  newMachine(rng: Rng): NoiseMachine;
  /** Spread of a new candidate relative to the origin. */
  candidateSd(rng: Rng): number;
}

export const NOISE_NAMES: readonly NoiseName[] = [
  'gaussian',
  't2',
  'lucky',
  'hetero',
  'passfail',
  'timing',
];

function exponential(rng: Rng): number {
  return -Math.log(1 - rng.float());
}

/** Upper quartiles of the normal and of Student's t with 2 degrees of freedom. */
const T2_TO_NORMAL_IQR = 0.6744898 / 0.8164966;

/** Student t with 2 df: normal over the root of a mean-one exponential. Infinite variance. */
function studentTwo(rng: Rng): number {
  return (T2_TO_NORMAL_IQR * rng.normal()) / Math.sqrt(exponential(rng));
}

const LUCKY_SHARE = 0.01;
const LUCKY_BONUS = 30;

function luckyDraw(rng: Rng): number {
  return rng.normal() + (rng.float() < LUCKY_SHARE ? LUCKY_BONUS * exponential(rng) : 0);
}

/** Spread of heteroscedastic candidates, log-uniform between the two. */
const SMALLEST_SD = 0.3;
const LARGEST_SD = 5;

function logUniformSd(rng: Rng): number {
  return SMALLEST_SD * (LARGEST_SD / SMALLEST_SD) ** rng.float();
}

const INSTANCES = 20;
const PASS_RATE = 0.5;
/** SD of the pass rate of one evaluation: 11.2 points, so that 2σ is +22.4 points. */
const PASS_RATE_SD = Math.sqrt((PASS_RATE * (1 - PASS_RATE)) / INSTANCES);

function passRate(effect: number, rng: Rng): number {
  const chance = Math.min(1, Math.max(0, PASS_RATE + effect * PASS_RATE_SD));
  let passed = 0;
  for (let i = 0; i < INSTANCES; i++) if (rng.float() < chance) passed += 1;
  return (passed / INSTANCES - PASS_RATE) / PASS_RATE_SD;
}

/** AR(1) memory of the machine, its stationary SD, and the white noise on top. */
const MEMORY = 0.8;
const MEMORY_SD = 0.7;
const WHITE_SD = 0.7;
const DRIFT_PER_EVALUATION = 0.002;
/** Another process starts or ends: rare jumps of the level. */
const STEP_SHARE = 0.01;
const STEP_SD = 0.5;
/** An interrupt: slower, never faster. */
const SPIKE_SHARE = 0.05;
const SPIKE_MEAN = 3;

/** A shared, drifting, autocorrelated machine. Higher is better, so a spike is a loss. */
function timingMachine(start: Rng): NoiseMachine {
  let memory = MEMORY_SD * start.normal();
  let level = 0;
  return {
    value(effect, sd, rng) {
      const value = effect + memory + level + WHITE_SD * sd * rng.normal();
      const spike = rng.float() < SPIKE_SHARE ? SPIKE_MEAN * exponential(rng) : 0;
      memory = MEMORY * memory + MEMORY_SD * Math.sqrt(1 - MEMORY ** 2) * rng.normal();
      level -= DRIFT_PER_EVALUATION;
      if (rng.float() < STEP_SHARE) level += STEP_SD * rng.normal();
      return value - spike;
    },
  };
}

/** A model without machine state: independent draws around the effect. */
function independent(name: NoiseName, meaning: string, draw: (rng: Rng) => number): NoiseModel {
  const machine: NoiseMachine = { value: (effect, sd, rng) => effect + sd * draw(rng) };
  return { name, meaning, newMachine: () => machine, candidateSd: () => 1 };
}

const MODELS: Readonly<Record<NoiseName, NoiseModel>> = {
  gaussian: independent('gaussian', 'well-behaved measurement error', (rng) => rng.normal()),
  t2: independent('t2', 'outliers of any size on both sides', studentTwo),
  lucky: independent('lucky', 'one evaluation in a hundred is wildly lucky', luckyDraw),
  hetero: {
    ...independent('hetero', 'some candidates scatter far more than others', (rng) => rng.normal()),
    candidateSd: logUniformSd,
  },
  passfail: {
    ...independent('passfail', 'twenty instances that pass or fail', () => 0),
    newMachine: () => ({ value: (effect, _sd, rng) => passRate(effect, rng) }),
  },
  timing: {
    ...independent('timing', 'run times on a shared, drifting machine', () => 0),
    newMachine: timingMachine,
  },
};

export function noiseModel(name: NoiseName): NoiseModel {
  return MODELS[name];
}
