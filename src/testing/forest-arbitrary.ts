/** fast-check arbitraries of the closed language: typed trees, forests, rows of extreme numbers. */

import fc from 'fast-check';
import type { Forest, GridNode, Node } from '../lang/forest.ts';
import { apply, constant, fits, variable } from '../lang/forest.ts';
import type { Columns } from '../lang/interpret.ts';
import type { Operator, SlotSpec, ValueType, Vocabulary } from '../lang/vocabulary.ts';
import { OPERATOR_NAMES, OPERATORS } from '../lang/vocabulary.ts';

/** Two real slots over shared and different inputs and one bool slot. */
export const SAMPLE_VOCABULARY: Vocabulary = {
  slots: [
    { name: 'priority', inputs: ['item', 'slack'], result: 'real' },
    { name: 'bias', inputs: ['item'], result: 'real' },
    { name: 'accept', inputs: ['slack', 'age'], result: 'bool' },
  ],
};

const LEVELS = 6;

/** Small, round, protected-division and overflow numbers; −0 among them. */
export function numberArbitrary(): fc.Arbitrary<number> {
  const special = [0, -0, 1, -1, 1e-9, -1e-9, 9.9e-10, 20, 5e-324, 1e300, -1e300, 0.1, 1 / 3];
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -40, max: 40 }).map((i) => i / 4) },
    { weight: 1, arbitrary: fc.constantFrom(...special) },
    {
      weight: 2,
      arbitrary: fc.double({ min: -1e300, max: 1e300, noNaN: true, noDefaultInfinity: true }),
    },
  );
}

/** Inputs of a row: as above, and what a careless caller could pass. */
export function inputArbitrary(): fc.Arbitrary<number> {
  const hostile = fc.constantFrom(Number.NaN, Infinity, -Infinity, Number.MAX_VALUE);
  return fc.oneof({ weight: 9, arbitrary: numberArbitrary() }, { weight: 1, arbitrary: hostile });
}

function knotsArbitrary(): fc.Arbitrary<number[]> {
  return fc
    .uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 5 })
    .map((knots) => knots.sort((a, b) => a - b).map((knot) => knot / 4));
}

function gridArbitrary(argument: fc.Arbitrary<Node>): fc.Arbitrary<GridNode> {
  return fc.tuple(knotsArbitrary(), knotsArbitrary(), argument, argument).chain(([xs, ys, x, y]) =>
    fc
      .array(numberArbitrary(), {
        minLength: xs.length * ys.length,
        maxLength: xs.length * ys.length,
      })
      .map((z) => ({ op: 'grid' as const, x, y, xs, ys, z })),
  );
}

function leafArbitrary(inputs: readonly string[]): fc.Arbitrary<Node> {
  const numbers = numberArbitrary().map(constant);
  if (inputs.length === 0) return numbers;
  return fc.oneof(numbers, fc.constantFrom(...inputs).map(variable));
}

function typedArbitrary(
  type: ValueType,
  inputs: readonly string[],
  levels: number,
): fc.Arbitrary<Node> {
  const least = type === 'real' ? 1 : 2;
  const over = (op: Operator): fc.Arbitrary<Node> =>
    fc
      .tuple(...OPERATORS[op].takes.map((taken) => typedArbitrary(taken, inputs, levels - 1)))
      .map((args) => apply(op, args));
  const ops = OPERATOR_NAMES.filter(
    (op) =>
      OPERATORS[op].gives === type &&
      OPERATORS[op].takes.every((taken) => (taken === 'real' ? 1 : 2) < levels),
  );
  if (levels <= least) return type === 'real' ? leafArbitrary(inputs) : over('lt');
  const node = fc.constantFrom(...ops).chain(over);
  if (type === 'bool') return node;
  const grid = gridArbitrary(
    fc.constant(null).chain(() => typedArbitrary(type, inputs, levels - 1)),
  );
  return fc.oneof(
    { weight: 2, arbitrary: leafArbitrary(inputs) },
    { weight: 4, arbitrary: node },
    { weight: 1, arbitrary: fc.constant(null).chain(() => grid) },
  );
}

/** A typed tree for one slot, within the caps. */
export function treeArbitrary(slot: SlotSpec): fc.Arbitrary<Node> {
  const levels = fc.integer({ min: slot.result === 'bool' ? 2 : 1, max: LEVELS });
  return levels
    .chain((most) => typedArbitrary(slot.result, slot.inputs, most))
    .filter((tree) => fits(tree));
}

/** A valid forest over the vocabulary. */
export function forestArbitrary(vocabulary: Vocabulary = SAMPLE_VOCABULARY): fc.Arbitrary<Forest> {
  const trees = Object.fromEntries(
    vocabulary.slots.map((slot) => [slot.name, treeArbitrary(slot)]),
  );
  return fc.record(trees).map((slots) => ({ slots: { ...slots } }));
}

/** Rows for every input of the vocabulary, extreme and non-finite numbers included. */
export function rowsArbitrary(
  vocabulary: Vocabulary = SAMPLE_VOCABULARY,
  length = 7,
): fc.Arbitrary<Columns> {
  const names = [...new Set(vocabulary.slots.flatMap((slot) => slot.inputs))];
  const column = fc
    .array(inputArbitrary(), { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values));
  return fc
    .record(Object.fromEntries(names.map((name) => [name, column])))
    .map((columns) => ({ length, columns: { ...columns } }));
}
