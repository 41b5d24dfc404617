/** Known candidates made from a forest: variations that are worse on the task's own cases, and equal ones. */
import type { RngRoot } from '../../core/rng.ts';
import { decodeForest, encodeForest } from '../../lang/codec.ts';
import { apply, constant, type Forest, mapNodes, type Node } from '../../lang/forest.ts';
import type { Vocabulary } from '../../lang/vocabulary.ts';
import { forestGenome } from '../../proposers/genetic/forest-genome.ts';

/** Texts, no two alike, each some steps of the genetic proposer away from the origin. */
export function variedForests(
  origin: string,
  vocabulary: Vocabulary,
  { root, count }: { readonly root: RngRoot; readonly count: number },
): readonly string[] {
  const genome = forestGenome({ origin, vocabulary });
  const found = new Map<string, string>();
  for (let i = 0; i < 8 * count && found.size < count; i++) {
    const rng = root.stream(-1, 'known forest', i);
    let now: typeof genome.origin | undefined = genome.origin;
    for (let step = 0; step < 1 + (i % 3) && now !== undefined; step++) {
      const operator = genome.operators[rng.int(genome.operators.length)];
      now = genome.vary(now, operator ?? '', { rng, mate: () => undefined });
    }
    const text = now && genome.textOf(now);
    if (now && text !== undefined && text !== origin) found.set(genome.keyOf(now, text), text);
  }
  return [...found.values()];
}

type Change = (node: Node) => Node;

/** Equal in real and in double arithmetic. */
const EQUAL: Readonly<Record<string, Change>> = {
  'nothing added': (tree) => apply('+', [tree, constant(0)]),
  'times one': (tree) => apply('*', [tree, constant(1)]),
  'the larger of itself': (tree) => apply('max', [tree, tree]),
  'the smaller of itself': (tree) => apply('min', [tree, tree]),
  'the same either way': (tree) =>
    apply('if', [apply('lt', [constant(0), constant(1)]), tree, tree]),
  'nothing taken away': (tree) => apply('-', [tree, constant(0)]),
  'twice the other sign': (tree) => apply('neg', [apply('neg', [tree])]),
};

const COMMUTES: ReadonlySet<string> = new Set(['+', '*', 'min', 'max', 'and', 'or']);

function turned(node: Node): Node {
  if (!COMMUTES.has(node.op) || !('args' in node) || node.args.length !== 2) return node;
  return { ...node, args: [node.args[1], node.args[0]] } as Node;
}

/** By name; those that would be too large for the language are left out. */
export function equalForests(
  origin: string,
  vocabulary: Vocabulary,
): readonly (readonly [name: string, text: string])[] {
  const forest = decodeForest(origin, vocabulary);
  const changes = Object.entries(EQUAL);
  const whole = changes.map(([name, change]) => [name, eachTree(forest, change)] as const);
  const twice = whole.flatMap(([first, one]) =>
    changes.map(([second, change]) => [`${first}, ${second}`, eachTree(one, change)] as const),
  );
  const sides = ['sides exchanged', eachTree(forest, (tree) => mapNodes(tree, turned))] as const;
  return [...whole, ...twice, sides].flatMap(([name, one]) => {
    try {
      return [[name, encodeForest(decodeForest(encodeForest(one), vocabulary))] as const];
    } catch {
      return [];
    }
  });
}

function eachTree({ slots }: Forest, change: Change): Forest {
  return {
    slots: Object.fromEntries(Object.entries(slots).map(([name, tree]) => [name, change(tree)])),
  };
}
