/**
 * What a program might cost, from the three measured ones that decide most like it (phenotypic surrogate
 * of Hildebrandt & Branke, Evolutionary Computation 23(3), 2015).
 */
import type { Situations } from '../../lang/behaviour.ts';
import type { Forest } from '../../lang/forest.ts';
import { evaluateSlot, type InterpreterCache } from '../../lang/interpret.ts';

/** Measured programs that are remembered, the newest. */
const MOST = 300;
const NEIGHBOURS = 3;
/** Added to a distance, so that an equal behaviour has a large weight and not an infinite one. */
const OFFSET = 0.02;
/** Values count up to this magnitude, as in behaviour hashes. */
const CLIP = 10;

export interface Guess {
  readonly cost: number;
  /** Mean difference of a decision to the nearest one, 0 and more. */
  readonly distance: number;
}

interface Known {
  readonly vector: Float64Array;
  readonly cost: number;
}

/** How a program decides in recorded situations: ranks within each choice, or clipped values. */
export function behaviourVector(
  forest: Forest,
  situations: Situations,
  cache: InterpreterCache,
): Float64Array {
  const { rows, groupSize, valued } = situations;
  const names = Object.keys(forest.slots);
  const vector = new Float64Array(names.length * rows.length);
  for (const [at, name] of names.entries()) {
    const values = evaluateSlot(forest, name, rows, cache);
    const part = vector.subarray(at * rows.length, (at + 1) * rows.length);
    if (valued?.includes(name)) clipInto(part, values);
    else rankInto(part, values, groupSize);
    cache.release(values);
  }
  return vector;
}

function clipInto(part: Float64Array, values: Float64Array): void {
  for (let r = 0; r < values.length; r++) {
    part[r] = Math.max(-CLIP, Math.min(CLIP, values[r] as number)) / CLIP;
  }
}

/** Rank among the options of its choice, in [0, 1]; ties share one. */
function rankInto(part: Float64Array, values: Float64Array, groupSize: number): void {
  for (let r = 0; r < values.length; r++) {
    const start = r - (r % groupSize);
    let below = 0;
    for (let i = start; i < start + groupSize && i < values.length; i++) {
      if ((values[i] as number) < (values[r] as number)) below += 1;
    }
    part[r] = below / groupSize;
  }
}

export class Neighbours {
  private readonly known: Known[] = [];
  private next = 0;

  add(vector: Float64Array, cost: number): void {
    this.known[this.next] = { vector, cost };
    this.next = (this.next + 1) % MOST;
  }

  /** Undefined as long as there are fewer than three to guess from. */
  guess(vector: Float64Array): Guess | undefined {
    if (this.known.length < NEIGHBOURS) return undefined;
    const near = this.known
      .map((one) => ({ cost: one.cost, distance: distanceOf(one.vector, vector) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, NEIGHBOURS);
    let total = 0;
    let cost = 0;
    for (const one of near) {
      const weight = 1 / (one.distance + OFFSET);
      total += weight;
      cost += weight * one.cost;
    }
    return { cost: cost / total, distance: near[0]?.distance ?? 0 };
  }
}

function distanceOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] as number) - (b[i] as number));
  return sum / a.length;
}
