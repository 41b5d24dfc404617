/** Programs and inputs of one case, all from its seed: what is compared bit for bit, and what is timed. */
import { publicRoot, type Rng } from '../../../src/core/rng.ts';
import { encodeForest } from '../../../src/lang/codec.ts';
import { checkForest, type Forest, type Node, variable } from '../../../src/lang/forest.ts';
import { growForest } from '../../../src/lang/generate.ts';
import type { Columns } from '../../../src/lang/interpret.ts';
import { VARIATIONS } from '../../../src/lang/operators.ts';
import type { SlotSpec, Vocabulary } from '../../../src/lang/vocabulary.ts';

export const VALUE: SlotSpec = { name: 'value', inputs: ['x', 'y', 'z'], result: 'real' };
const TEST: SlotSpec = { name: 'test', inputs: ['x', 'y'], result: 'bool' };

/** Of the timed study: one slot over three columns. */
export const TIMED: Vocabulary = { slots: [VALUE] };
/** Of the comparison: a bool at a door too. */
export const COMPARED: Vocabulary = { slots: [VALUE, TEST] };

const GROWN = { levels: 6, constantSd: 2 } as const;
const VARY = { grow: { maxDepth: 3, constantSd: 2 }, sigma: 0.3, maxNodes: 60 } as const;
/** Changes on top of a grown program: a study's candidates are descendants. */
const CHANGES = 4;
/** One program in so many reads a table, as templates of a tuned study do. */
const TABLES = 6;
/** Values that break arithmetic that is nearly the same. */
const ODD = [0, -0, 1e-9, -9.9e-10, 5e-324, 1e300, -1e300, NaN, Infinity, -Infinity, 20, 1 / 3];

/** Knots and values of a table, ascending, at most six by six. */
function table(rng: Rng): Node {
  const axis = (): number[] => {
    const knots = Array.from({ length: 1 + rng.int(6) }, () => rng.int(40) / 4 - 5);
    return [...new Set(knots)].sort((a, b) => a - b);
  };
  const [xs, ys] = [axis(), axis()];
  const z = xs.flatMap(() => ys.map(() => rng.int(2000) / 100 - 10));
  const [x, y] = [variable('x'), variable('y')];
  return { op: 'grid', x, y: rng.int(2) === 0 ? y : { op: 'abs', args: [y] }, xs, ys, z };
}

export function programs(rng: Rng, vocabulary: Vocabulary, count: number): readonly Forest[] {
  const made: Forest[] = [];
  const variations = Object.values(VARIATIONS);
  while (made.length < count) {
    // Half of those that are compared are shallow: deep in a program the sign of a zero is soon lost.
    const maxDepth = vocabulary === COMPARED && rng.int(2) === 0 ? 2 : GROWN.levels;
    let forest = growForest(rng, vocabulary, { maxDepth, constantSd: GROWN.constantSd });
    for (let i = 0; i < CHANGES && maxDepth > 2; i++) {
      const slot = vocabulary.slots[rng.int(vocabulary.slots.length)] as SlotSpec;
      const donor = made[rng.int(made.length + 1)] ?? forest;
      const vary = variations[rng.int(variations.length)];
      forest = vary?.(rng, { forest, slot, donor }, VARY) ?? forest;
    }
    if (rng.int(TABLES) === 0) forest = withTable(forest, table(rng));
    made.push(checkForest(forest, vocabulary));
  }
  return made;
}

function withTable({ slots }: Forest, grid: Node): Forest {
  const value = slots[VALUE.name] as Node;
  return { slots: { ...slots, [VALUE.name]: { op: '+', args: [value, grid] } as Node } };
}

/** A share of the values is odd, and as many are one of four: equal ones must meet, or no −0 is made. */
export function columns(rng: Rng, length: number, odd: number): Columns {
  const one = (): number => {
    const kind = rng.float();
    if (kind < odd) return ODD[rng.int(ODD.length)] as number;
    return kind < 2 * odd ? rng.int(4) - 1 : rng.float() * 12 - 6;
  };
  const column = (): Float64Array => Float64Array.from({ length }, one);
  return { length, columns: { x: column(), y: column(), z: column() } };
}

export function streamOf(seed: number, what: string): Rng {
  return publicRoot(`self-host ${seed}`).stream(0, what);
}

export const textsOf = (forests: readonly Forest[]): readonly string[] => forests.map(encodeForest);
