/**
 * A genetic algorithm over vectors of numbers: tournaments of two, simulated binary crossover, and
 * polynomial mutation of one coordinate on average (Deb & Agrawal, "Simulated binary crossover for
 * continuous search space", Complex Systems 9, 1995; indices of Deb et al., NSGA-II, 2002). Parents
 * and children compete for the places, equal points count once. It finds its way through many local
 * minima where the coordinates act nearly independently, and there CMA-ES does not.
 *
 * Pure functions of plain data: ask is `gaSample`, tell is `gaTell`. No box is known: mutations are
 * scaled by 6 σ, the width within which nearly all of the first population lies.
 */
import { PacelineError } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';
import { at } from './dense.ts';

export interface GaStart {
  readonly mean: readonly number[];
  /** Of the first population, > 0: about a third of the distance to where the optimum may lie. */
  readonly sigma: number;
  /** Places, at least 2; half as many children a generation. */
  readonly population?: number;
}

export interface Individual {
  readonly point: Float64Array;
  readonly loss: number;
}

/** Plain data, structured-cloneable; nobody writes to its arrays. */
export interface GaState {
  readonly mean: Float64Array;
  readonly sigma: number;
  readonly places: number;
  /** Best first; empty until the first population was told. */
  readonly population: readonly Individual[];
}

/** Few places: 10,000 evaluations are then many generations. */
const DEFAULT_POPULATION = 20;
const CROSSOVER_PROBABILITY = 0.9;
/** How near children stay to their parents: larger is nearer. */
const CROSSOVER_INDEX = 15;
const MUTATION_INDEX = 20;
const MUTATION_WIDTH = 6;

/** @throws PacelineError INTERNAL for an empty or non-finite mean, σ ≤ 0 or fewer than 2 places. */
export function gaInit({ mean, sigma, population = DEFAULT_POPULATION }: GaStart): GaState {
  const isUsable = mean.length > 0 && mean.every(Number.isFinite) && sigma > 0;
  if (!isUsable || !Number.isFinite(sigma) || !(population >= 2)) {
    throw new PacelineError(
      'INTERNAL',
      'The genetic algorithm was called wrongly: it needs a finite mean, a positive sigma and two places or more. Correct the caller.',
    );
  }
  return { mean: Float64Array.from(mean), sigma, places: Math.floor(population), population: [] };
}

/** The first population, the mean among it, or the next children. */
export function gaSample(state: GaState, rng: Rng): Float64Array[] {
  const { mean, sigma, places, population } = state;
  if (population.length === 0) {
    const draw = (_: unknown, i: number): Float64Array =>
      i === 0 ? mean.slice() : mean.map((m) => m + sigma * rng.normal());
    return Array.from({ length: places }, draw);
  }
  const children: Float64Array[] = [];
  while (children.length < places / 2) {
    const pair = [winner(population, rng), winner(population, rng)] as const;
    for (const child of crossed(pair, rng))
      children.push(mutated(child, MUTATION_WIDTH * sigma, rng));
  }
  return children;
}

/** Whatever loss is not finite ranks last. */
export function gaTell(
  state: GaState,
  points: readonly Float64Array[],
  losses: readonly number[],
): GaState {
  const told = points.map((point, i) => {
    const loss = losses[i] ?? Number.NaN;
    return { point, loss: Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY };
  });
  const known = new Map<string, Individual>();
  for (const one of [...state.population, ...told]) {
    const name = one.point.join();
    if (!known.has(name)) known.set(name, one);
  }
  const ranked = [...known.values()].sort((a, b) => (a.loss === b.loss ? 0 : a.loss - b.loss));
  return { ...state, population: ranked.slice(0, state.places) };
}

function winner(population: readonly Individual[], rng: Rng): Float64Array {
  const draw = (): Individual => population[rng.int(population.length)] as Individual;
  const [a, b] = [draw(), draw()];
  return (a.loss <= b.loss ? a : b).point;
}

/** Two children around the middle of their parents, as far from it as these on average. */
function crossed(
  [a, b]: readonly [Float64Array, Float64Array],
  rng: Rng,
): readonly [Float64Array, Float64Array] {
  const children = [a.slice(), b.slice()] as const;
  if (rng.float() >= CROSSOVER_PROBABILITY) return children;
  for (let i = 0; i < a.length; i++) {
    if (rng.float() < 0.5) continue;
    const u = rng.float();
    const spread = (u < 0.5 ? 2 * u : 1 / (2 - 2 * u)) ** (1 / (CROSSOVER_INDEX + 1));
    const middle = (at(a, i) + at(b, i)) / 2;
    const reach = (spread * (at(a, i) - at(b, i))) / 2;
    const side = rng.float() < 0.5 ? reach : -reach;
    children[0][i] = middle + side;
    children[1][i] = middle - side;
  }
  return children;
}

/** Changes the child in place. */
function mutated(child: Float64Array, width: number, rng: Rng): Float64Array {
  for (let i = 0; i < child.length; i++) {
    if (rng.float() * child.length >= 1) continue;
    const u = rng.float();
    const root = 1 / (MUTATION_INDEX + 1);
    child[i] = at(child, i) + width * (u < 0.5 ? (2 * u) ** root - 1 : 1 - (2 - 2 * u) ** root);
  }
  return child;
}
