/** The course of a study as a drawing needs it: few points, no numerals of its own. */

export interface Dot {
  /** Evaluations the arm had spent. */
  readonly evals: number;
  /** Mean screen score, metric units. */
  readonly score: number;
}

/** An incumbent that was replaced by a better one. */
export interface Climb {
  readonly seq: number;
  readonly trial: number;
  readonly evals: number;
  /** Oriented gain over the predecessor, metric units. */
  readonly gain: number;
  /** Level of its own on fresh cases with its interval, metric units; absent where no block was measured (control arms). */
  readonly own?: { readonly level: number; readonly range: readonly [number, number] };
}

/** Every `stride`-th dot; when the space is full every second one goes and the stride doubles. */
export interface ThinnedDots {
  readonly dots: Dot[];
  stride: number;
  seen: number;
}

export const DOTS_KEPT = 400;

export function newDots(): ThinnedDots {
  return { dots: [], stride: 1, seen: 0 };
}

export function addDot(thinned: ThinnedDots, dot: Dot): void {
  if (thinned.seen % thinned.stride === 0) {
    if (thinned.dots.length >= DOTS_KEPT) halve(thinned);
    if (thinned.seen % thinned.stride === 0) thinned.dots.push(dot);
  }
  thinned.seen += 1;
}

function halve(thinned: ThinnedDots): void {
  const kept = thinned.dots.filter((_, i) => i % 2 === 0);
  thinned.dots.splice(0, thinned.dots.length, ...kept);
  thinned.stride *= 2;
}
