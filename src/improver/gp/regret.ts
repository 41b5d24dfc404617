/** How far a search got between what a person would use (1) and the best that is known (0). */

/** Costs of one task, frozen per release: lower is better, the reference below the start. */
export interface Scale {
  readonly start: number;
  readonly reference: number;
}

/** A reference that is beaten counts, up to here: one task must not outweigh all others. */
const LEAST_REGRET = -0.5;

/** In [−0.5, 1]; null, a search without any cost, is 1. */
export function regretOf(cost: number | null, { start, reference }: Scale): number {
  if (cost === null) return 1;
  return Math.max(LEAST_REGRET, Math.min(1, (cost - reference) / (start - reference)));
}
