/**
 * Whether a generation keeps the net that was trained for it. Pure: the shell measures candidates to solve tasks that
 * it did not learn from, each searched alone, with the net and without.
 */
import { exactMcNemar } from '../stats/mcnemar.ts';
import { mean } from '../stats/summary.ts';
import type { Mechanism } from './artifact.ts';

/** A net as a part that a mechanism may name and an ablation takes out. */
export const NET_PART = 'slot:net';
/** Unit of its prediction and ablation. */
const SOLO_EFFORT = 'ln of candidates to solve a task alone';
const ALPHA = 0.05;
/** A tenth as many again, as of abstractions. */
const SMALLEST = 0.1;

export interface NetDecision {
  readonly isKept: boolean;
  /** Tasks. */
  readonly n: number;
  /** Solved with fewer candidates. */
  readonly wins: number;
  readonly losses: number;
  /** Natural logarithm of how many times as many candidates it takes without. */
  readonly gain: number;
  /** One sentence. */
  readonly words: string;
}

/** Candidates by task; what is unsolved counts with the whole budget. */
export function decideNet(without: readonly number[], withIt: readonly number[]): NetDecision {
  const gains = without.map((before, task) =>
    Math.log(Math.max(1, before) / Math.max(1, withIt[task] ?? before)),
  );
  const wins = gains.filter((gain) => gain > 0).length;
  const losses = gains.filter((gain) => gain < 0).length;
  const gain = gains.length === 0 ? 0 : mean(gains);
  const p = exactMcNemar({ first: wins, second: losses });
  const isKept = gain > 0 && wins > losses && p <= ALPHA;
  const counted = `fewer candidates on ${wins} tasks, more on ${losses}, of ${gains.length} searched alone (exact sign test, p ${p.toPrecision(2)}), ${Math.exp(gain).toFixed(2)} times as many without it (geometric mean)`;
  return {
    isKept,
    n: gains.length,
    wins,
    losses,
    gain,
    words: `${isKept ? 'kept' : 'left out'}: ${counted}`,
  };
}

/** The statement that the ablation of the net can contradict, on other tasks. */
export function netMechanism({ isKept, gain }: NetDecision): Mechanism | undefined {
  if (!isKept) return undefined;
  return {
    without: [NET_PART],
    metric: SOLO_EFFORT,
    sign: gain >= SMALLEST ? 'worse' : 'same',
    size: gain,
    because:
      'The net makes the primitives cheaper that programs with such outputs use, and half of the judging tasks were solved sooner with it.',
  };
}
