/**
 * Candidates with a known effect under artificial noise (acceptance.md §5.1): what `demo null` and
 * the engine's own error rates are measured with, because here the truth is known.
 */
import type { Rng } from '../core/rng.ts';
import type { NoiseName } from '../stats/noise-models.ts';
import { noiseModel } from '../stats/noise-models.ts';
import type { CaseResult, Evaluator } from './contract.ts';
import { invalid } from './outcome.ts';

export interface SimulatedOptions {
  readonly noise: NoiseName;
  /** Consumed in the order of evaluations: one machine, whose state moves on with each of them. */
  readonly rng: Rng;
}

/** The truth about a candidate, as the text of a candidate. */
export interface SimulatedCandidate {
  /** Tells candidates of equal effect apart. */
  readonly id: number;
  /** How much better than the origin, in σ of one evaluation of the origin. */
  readonly effect: number;
  /** Spread relative to the origin's. */
  readonly sd: number;
}

/**
 * Values in σ, higher is better. Only the order of evaluations decides, so the same candidate and
 * seed give another value each time, as on a real machine.
 */
export function simulatedEvaluator({ noise, rng }: SimulatedOptions): Evaluator {
  const machine = noiseModel(noise).newMachine(rng.fork('machine'));
  const evaluate = (candidate: SimulatedCandidate): CaseResult => ({
    outcome: 'scored',
    value: machine.value(candidate.effect, candidate.sd, rng),
  });
  return {
    traits: {
      place: 'calling-thread',
      deterministic: false,
      isolation: 'not needed: candidates are numbers',
    },
    measure(requests, signal) {
      signal.throwIfAborted();
      return requests.map(({ candidate, cases }) => {
        const truth = decodeSimulated(candidate.text);
        const results = cases.map(() => (truth === undefined ? UNREADABLE : evaluate(truth)));
        return { cases: results, cpuMs: 0 };
      });
    },
    close() {},
  };
}

export function encodeSimulated({ id, effect, sd }: SimulatedCandidate): string {
  return JSON.stringify({ id, effect, sd });
}

const UNREADABLE = invalid('A simulated candidate is JSON with the numbers id, effect and sd > 0.');

/** Undefined for any other text. */
export function decodeSimulated(text: string): SimulatedCandidate | undefined {
  let value: Partial<Record<keyof SimulatedCandidate, unknown>> | null;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { id, effect, sd } = value ?? {};
  const isNumeric = [id, effect, sd].every(
    (one) => typeof one === 'number' && Number.isFinite(one),
  );
  if (!isNumeric || (sd as number) <= 0) return undefined;
  return { id: id as number, effect: effect as number, sd: sd as number };
}
