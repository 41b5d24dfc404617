/** Measured candidates by what they decide, and the nearest of them to one that was not measured. */
import { phenotypicDistance } from '../../lang/phenotype.ts';

export interface Remembered {
  readonly candidate: string;
  readonly phenotype: Float32Array;
  /** Oriented, as measured. */
  readonly score: number;
  /** Above the candidate it came from. */
  readonly better: boolean;
  readonly size: number;
}

/** The latest, and the best of those before them: what is bred from stays known. */
const LATEST = 200;
const BEST = 100;
export const MOST_REMEMBERED = LATEST + BEST;

/** Memory with one more; a new list, bounded. */
export function remember(memory: readonly Remembered[], one: Remembered): readonly Remembered[] {
  const known = memory.filter(({ candidate }) => candidate !== one.candidate);
  if (known.length < MOST_REMEMBERED) return [...known, one];
  let worst = 0;
  for (let i = 1; i < known.length - LATEST + 1; i++) {
    if ((known[i] as Remembered).score < (known[worst] as Remembered).score) worst = i;
  }
  return [...known.slice(0, worst), ...known.slice(worst + 1), one];
}

/** k and the softening of distances of the phenotypic surrogate (Hildebrandt & Branke 2015). */
const NEIGHBOURS = 3;
const SOFTENING = 0.02;

export interface Neighbourhood {
  /** Weighted means of scores, of their squared deviations from it, and of how many were better than theirs. */
  readonly score: number;
  readonly spread: number;
  readonly better: number;
  /** Score of the nearest, and how far it is. */
  readonly nearest: number;
  readonly distance: number;
}

/** Undefined where nothing is remembered. */
export function neighbourhood(
  memory: readonly Remembered[],
  phenotype: Float32Array,
  /** Scores below it count as it: one disaster says no more than another. */
  least: number,
): Neighbourhood | undefined {
  const near: { one: Remembered; distance: number }[] = [];
  // The latest first: what is bred now is near them, and the others are ruled out sooner.
  for (let i = memory.length - 1; i >= 0; i--) {
    const one = memory[i] as Remembered;
    const beyond = near.length === NEIGHBOURS ? near.at(-1)?.distance : undefined;
    const distance = phenotypicDistance(one.phenotype, phenotype, beyond);
    if (distance === Number.POSITIVE_INFINITY) continue;
    let at = near.length;
    while (at > 0 && (near[at - 1]?.distance ?? 0) > distance) at -= 1;
    near.splice(at, 0, { one, distance });
    if (near.length > NEIGHBOURS) near.pop();
  }
  const [first] = near;
  if (first === undefined) return undefined;
  const weights = near.map(({ distance }) => 1 / (distance + SOFTENING));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const weighted = (of: (one: Remembered) => number): number =>
    near.reduce((sum, { one }, i) => sum + (weights[i] as number) * of(one), 0) / total;
  const scoreOf = (one: Remembered): number => Math.max(least, one.score);
  const score = weighted(scoreOf);
  return {
    score,
    spread: Math.sqrt(weighted((one) => (scoreOf(one) - score) ** 2)),
    better: weighted((one) => (one.better ? 1 : 0)),
    nearest: Math.max(least, first.one.score),
    distance: first.distance,
  };
}
