/**
 * What a forest is like, in numbers: axes for an archive that keeps different candidates apart. They
 * say nothing of how good it is.
 *
 * - `size`, `depth`, `constants`: nodes, levels of the deepest tree, numbers (grid values included);
 * - `size.SLOT`: nodes of one slot;
 * - `choice.SLOT.INPUT`, in [0, 1]: where among the options of a recorded situation the option that
 *   the slot prefers stands by one of its inputs, on average: 0 always the least, 1 always the most.
 */
import type { Situations } from './behaviour.ts';
import { depth, type Forest, nodeCount, parametersOf, treeOf, treeSize } from './forest.ts';
import { evaluateSlot } from './interpret.ts';
import type { Vocabulary } from './vocabulary.ts';

/** NaN where it cannot be told. */
export type Measure = (forest: Forest) => number;

/** Every measure there is for these slots and situations, by name. */
export function forestMeasures(
  vocabulary: Vocabulary,
  situations: Situations | undefined,
): ReadonlyMap<string, Measure> {
  const measures = new Map<string, Measure>([
    ['size', nodeCount],
    ['depth', depth],
    ['constants', (forest) => parametersOf(forest).length],
  ]);
  for (const { name, inputs } of vocabulary.slots) {
    measures.set(`size.${name}`, (forest) => {
      const tree = treeOf(forest, name);
      return tree === undefined ? Number.NaN : treeSize(tree);
    });
    const isAsked = inputs.every((one) => situations?.rows.columns[one] !== undefined);
    if (situations === undefined || !isAsked) continue;
    for (const input of inputs) {
      measures.set(`choice.${name}.${input}`, (forest) =>
        choice(forest, name, { input, situations }),
      );
    }
  }
  return measures;
}

interface Asked {
  readonly input: string;
  readonly situations: Situations;
}

/** Mean over the situations in which the input differs between options; NaN where there is none. */
function choice(forest: Forest, slot: string, { input, situations }: Asked): number {
  const { rows, groupSize } = situations;
  const values = evaluateSlot(forest, slot, rows);
  const column = rows.columns[input] as Float64Array;
  const places: number[] = [];
  for (let start = 0; start < rows.length; start += groupSize) {
    const preferred = values.subarray(start, start + groupSize);
    const options = column.subarray(start, start + groupSize);
    const first = preferred.indexOf(preferred.reduce((most, value) => Math.max(most, value)));
    const place = placeOf(options, options[first] as number);
    if (!Number.isNaN(place)) places.push(place);
  }
  return places.reduce((sum, place) => sum + place, 0) / places.length;
}

/** 0 for the least of the options, 1 for the most, equals share their places; NaN if all are equal. */
function placeOf(options: Float64Array, chosen: number): number {
  const below = options.filter((option) => option < chosen).length;
  const equal = options.filter((option) => option === chosen).length;
  return equal === options.length ? Number.NaN : (below + (equal - 1) / 2) / (options.length - 1);
}
