/** What a prediction does to the costs of one task's search: likely primitives become cheaper everywhere. */
import type { Costs } from '../costs.ts';
import { bounded, NEVER, PER_BIT } from '../costs.ts';
import type { Net } from './net.ts';

/** How far a prediction is trusted, λ. */
const TRUST = 0.5;
/** Bits a prediction can change at most, before λ. */
const MOST_BITS = 3;
/** Keeps unheard-of primitives from costing infinitely much. */
const FLOOR = 0.01;

/** Bits by which each primitive is more likely than usual, times λ. */
export function discounts({ usual }: Net, predicted: Float32Array): Float64Array {
  return Float64Array.from(predicted, (q, r) => {
    const bits = Math.log2((q + FLOOR) / ((usual[r] as number) + FLOOR));
    return TRUST * Math.min(MOST_BITS, Math.max(-MOST_BITS, bits));
  });
}

/** Of the costs without a prediction, so that one that is wrong hides nothing: as of the start's grammar (mix.ts). */
const PLAIN_SHARE = 0.25;

/** An edge less what the prediction says, mixed with the plain one as probabilities. */
function mixedEdge(edge: number, bits: number): number {
  const odds = (1 - PLAIN_SHARE) * 2 ** bits + PLAIN_SHARE;
  return bounded(Math.round(edge - PER_BIT * Math.log2(odds)));
}

/** Costs of one task: `edge[p][i][r]` less what the prediction says of r; still whole numbers from 1 to 60. */
export function guidedCosts(costs: Costs, bits: Float64Array): Costs {
  return costs.map((rows) =>
    rows.map((row) =>
      row.map((edge, r) => (edge === NEVER ? NEVER : mixedEdge(edge, bits[r] as number))),
    ),
  );
}
