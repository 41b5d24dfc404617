/**
 * Another guide than the net, tried beside it: programs of a short search that give some of a task's outputs vote for
 * the primitives they use. Nothing is trained; the short search is paid for.
 */
import type { Searched } from '../src/synthesis/enumerate.ts';
import type { Language, Value } from '../src/synthesis/language.ts';
import { primitivesOf } from '../src/synthesis/net/samples.ts';

/** Outputs that a program must give to have a vote. */
const LEAST_RIGHT = 2;
/** What one more right output makes of a vote. */
const WEIGHT = 6;
/** Votes that nobody gave, spread as all programs use primitives. */
const PRIOR = 36;
const FLOOR = 0.01;
const MOST_BITS = 3;
/** As of the net's predictions. */
const TRUST = 0.5;

const same = (a: Value, b: Value | undefined): boolean =>
  typeof a === 'number' || typeof b !== 'object'
    ? a === b
    : a.length === b.length && a.every((x, at) => x === b[at]);

/** Bits by which each primitive is likelier than among all programs of the type, times the trust. */
export function nearMissBits(
  { primitives }: Language,
  searched: Searched,
  outputs: readonly Value[],
): Float64Array {
  const type = typeof outputs[0] === 'number' ? 'I' : 'L';
  const usual = new Float64Array(primitives.length);
  const votes = new Float64Array(primitives.length);
  let programs = 0;
  let total = 0;
  for (let id = 0; id < searched.kept; id++) {
    if (searched.type(id) !== type) continue;
    const given = searched.outputs(id);
    const right = outputs.filter((output, at) => same(output, given[at])).length;
    const weight = right < LEAST_RIGHT ? 0 : WEIGHT ** (right - 1);
    programs += 1;
    total += weight;
    for (const prim of primitivesOf(searched.term(id))) {
      usual[prim] = (usual[prim] as number) + 1;
      votes[prim] = (votes[prim] as number) + weight;
    }
  }
  return votes.map((vote, prim) => {
    const base = (usual[prim] as number) / Math.max(1, programs);
    const share = (vote + PRIOR * base) / (total + PRIOR);
    const bits = Math.log2((share + FLOOR) / (base + FLOOR));
    return TRUST * Math.min(MOST_BITS, Math.max(-MOST_BITS, bits));
  });
}
