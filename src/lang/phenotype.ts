/**
 * What a forest decides in recorded situations as numbers, so that two of them have a distance: the phenotypic
 * characterisation of Hildebrandt & Branke ("On using surrogates with genetic programming", Evolutionary
 * Computation 23(3), 2015). `behaviourKey` says only whether two are the same.
 */
import type { Situations } from './behaviour.ts';
import { type Forest, typeOf } from './forest.ts';
import { createInterpreterCache, evaluateSlot, type InterpreterCache } from './interpret.ts';

/** Values whose size matters are compared up to this magnitude; the rest is one decision. */
const VALUE_CLIP = 10;

/**
 * One number for each slot and row, in the order of `slots`: of a slot whose order decides the rank among the
 * options of its group, 0 worst to 1 best, ties sharing theirs; of a valued slot the value, squeezed into
 * 0 to 1; of a bool 0 or 1.
 */
export function phenotype(
  forest: Forest,
  { slots, situations }: { readonly slots: readonly string[]; readonly situations: Situations },
  cache: InterpreterCache = createInterpreterCache(),
): Float32Array {
  const { rows, groupSize, valued } = situations;
  const out = new Float32Array(slots.length * rows.length);
  slots.forEach((slot, at) => {
    const values = evaluateSlot(forest, slot, rows, cache);
    const own = out.subarray(at * rows.length, (at + 1) * rows.length);
    const tree = forest.slots[slot];
    if (tree !== undefined && typeOf(tree) === 'bool') own.set(values);
    else if (valued?.includes(slot)) squeeze(own, values);
    else rank(own, values, groupSize);
    cache.release(values);
  });
  return out;
}

function squeeze(out: Float32Array, values: Float64Array): void {
  for (let r = 0; r < out.length; r++) {
    const clipped = Math.max(-VALUE_CLIP, Math.min(VALUE_CLIP, values[r] as number));
    out[r] = (clipped + VALUE_CLIP) / (2 * VALUE_CLIP);
  }
}

function rank(out: Float32Array, values: Float64Array, groupSize: number): void {
  for (let from = 0; from < values.length; from += groupSize) {
    const to = Math.min(from + groupSize, values.length);
    for (let i = from; i < to; i++) {
      let below = 0;
      for (let j = from; j < to; j++) {
        const [mine, other] = [values[i] as number, values[j] as number];
        below += mine > other ? 1 : mine === other && i !== j ? 1 / 2 : 0;
      }
      out[i] = to - from > 1 ? below / (to - from - 1) : 1 / 2;
    }
  }
}

/**
 * Root mean square difference of two phenotypes of one length: 0 the same decisions, 1 the opposite ones. Infinity
 * as soon as it is known to reach `beyond`: who looks for the nearest needs no more.
 */
export function phenotypicDistance(
  a: Float32Array,
  b: Float32Array,
  beyond = Number.POSITIVE_INFINITY,
): number {
  const most = beyond * beyond * a.length;
  let sum = 0;
  for (let from = 0; from < a.length; from += STRIDE) {
    const to = Math.min(from + STRIDE, a.length);
    for (let i = from; i < to; i++) {
      const apart = (a[i] as number) - (b[i] as number);
      sum += apart * apart;
    }
    if (sum >= most) return Number.POSITIVE_INFINITY;
  }
  return Math.sqrt(sum / Math.max(1, a.length));
}

/** Numbers between two looks at the bound. */
const STRIDE = 16;
