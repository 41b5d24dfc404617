/**
 * From local minimum to local minimum by random hops (Wales & Doye, J. Phys. Chem. A 101, 1997): a
 * hop is accepted by the Metropolis rule, and the step grows or shrinks towards one acceptance in
 * two. What a local minimum is, is the caller's.
 */
import type { Rng } from '../core/rng.ts';

export interface LocalMinimum {
  readonly point: ArrayLike<number>;
  /** Lower is better; NaN or infinite: no place to be. */
  readonly value: number;
}

export interface HopOptions {
  readonly hops: number;
  /** Standard deviation of a hop, per coordinate, at first. */
  readonly step: number;
  /** A minimum worse by so much is accepted once in e times; 0 accepts no worse one. */
  readonly temperature: number;
  /** Called for every hop; true ends the search. */
  readonly isEnough?: (best: LocalMinimum) => boolean;
}

export interface HopResult extends LocalMinimum {
  readonly hops: number;
  readonly accepted: number;
}

const WANTED_ACCEPTANCE = 0.5;
/** Hops between two changes of the step, and the factor of a change. */
const ADAPT_EVERY = 20;
const STEP_FACTOR = 0.9;

export function basinHopping(
  minimise: (start: Float64Array) => LocalMinimum,
  start: ArrayLike<number>,
  {
    rng,
    hops,
    temperature,
    step: firstStep,
    isEnough = () => false,
  }: HopOptions & { readonly rng: Rng },
): HopResult {
  let current = minimise(Float64Array.from(start));
  let best = current;
  let step = firstStep;
  let accepted = 0;
  let lately = 0;
  for (let hop = 1; hop <= hops; hop++) {
    if (isEnough(best)) return { ...best, hops: hop - 1, accepted };
    const from = Float64Array.from(current.point, (x) => x + step * rng.normal());
    const next = minimise(from);
    const isLost = !Number.isFinite(current.value) && Number.isFinite(next.value);
    if (isAccepted(next.value - current.value, { rng, temperature }) || isLost) {
      current = next;
      accepted += 1;
      lately += 1;
    }
    if (next.value < best.value || !Number.isFinite(best.value)) best = next;
    if (hop % ADAPT_EVERY !== 0) continue;
    step = lately / ADAPT_EVERY > WANTED_ACCEPTANCE ? step / STEP_FACTOR : step * STEP_FACTOR;
    lately = 0;
  }
  return { ...best, hops, accepted };
}

/** A rise that is not a number is never accepted. */
function isAccepted(
  rise: number,
  { rng, temperature }: { readonly rng: Rng; readonly temperature: number },
): boolean {
  const luck = rng.float();
  return rise <= 0 || (temperature > 0 && luck < Math.exp(-rise / temperature));
}
