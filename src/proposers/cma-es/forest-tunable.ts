/** The constants of a template forest (a knot policy, say), in their own units. */
import { sha256 } from '../../core/hash.ts';
import { encodeForest } from '../../lang/codec.ts';
import { type Forest, nodeCount, parametersOf, withParameters } from '../../lang/forest.ts';
import type { Tunable } from './tunable.ts';

export function forestTunable(template: Forest): Tunable {
  const size = nodeCount(template);
  return {
    start: parametersOf(template),
    textOf: (point) => encodeForest(withParameters(template, point)),
    keyOf: sha256,
    sizeOf: () => size,
  };
}
