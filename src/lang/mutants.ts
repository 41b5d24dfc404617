/** Mutants of a forest: one small fault each (see source/mutants.ts), in the words of the closed language. */
import { decodeForest, encodeForest } from './codec.ts';
import {
  apply,
  constant,
  type Node,
  positions,
  replaceAt,
  roundNumber,
  variable,
} from './forest.ts';
import type { BinaryOp, Operator, Vocabulary } from './vocabulary.ts';

export interface ForestMutant {
  /** Canonical text. */
  readonly text: string;
  /** `priority, node 3: min for max`. */
  readonly what: string;
}

const OPERATORS: Readonly<Partial<Record<Operator, readonly BinaryOp[]>>> = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  min: ['max'],
  max: ['min'],
  lt: ['le'],
  le: ['lt'],
  and: ['or'],
  or: ['and'],
};

/** Every mutant, slot by slot. @throws PacelineError FOREST_INVALID for a text that is no forest. */
export function forestMutants(text: string, vocabulary: Vocabulary): readonly ForestMutant[] {
  const forest = decodeForest(text, vocabulary);
  return vocabulary.slots.flatMap(({ name, inputs }) => {
    const tree = forest.slots[name];
    if (tree === undefined) return [];
    return positions(tree).flatMap(({ index, node }) =>
      faultsOf(node, inputs).map(({ other, what }) => {
        const slots = { ...forest.slots, [name]: replaceAt(tree, index, other) };
        return { text: encodeForest({ slots }), what: `${name}, node ${index}: ${what}` };
      }),
    );
  });
}

interface Fault {
  readonly other: Node;
  readonly what: string;
}

function faultsOf(node: Node, inputs: readonly string[]): readonly Fault[] {
  switch (node.op) {
    case 'const':
      return [node.value + 1, node.value === 0 ? -1 : 0].map((value) => ({
        other: constant(roundNumber(value)),
        what: `${value} for ${node.value}`,
      }));
    case 'var':
      return inputs
        .filter((name) => name !== node.name)
        .map((name) => ({ other: variable(name), what: `${name} for ${node.name}` }));
    case 'grid':
      return [
        {
          other: { ...node, z: node.z.map((value) => roundNumber(-value)) },
          what: 'a table with its signs turned',
        },
      ];
    case 'if':
      return [
        {
          other: apply('if', [node.args[0], node.args[2], node.args[1]]),
          what: 'the branches of if exchanged',
        },
      ];
    default:
      return operatorFaults(node);
  }
}

/** Another operator of the same types; one that takes one argument goes. */
function operatorFaults(
  node: Exclude<Node, { readonly op: 'const' | 'var' | 'grid' | 'if' }>,
): readonly Fault[] {
  const [first] = node.args;
  if (node.args.length === 1) return [{ other: first, what: `nothing for ${node.op}` }];
  return (OPERATORS[node.op] ?? []).map((op) => ({
    other: apply(op, node.args),
    what: `${op} for ${node.op}`,
  }));
}
