/** What is as large as a mined vocabulary, and was not chosen. */
import type { Rng } from '../../src/core/rng.ts';
import type { Forest, Node } from '../../src/lang/forest.ts';
import { mapNodes, positions, treeSize, typeOf } from '../../src/lang/forest.ts';
import { holeNode, inputsOf, type Macro } from '../../src/lang/macro.ts';

const MOST_HOLES = 3;
const DRAWS = 400;

interface Holing {
  /** Inputs that may stay: those that all tasks have. */
  readonly common: readonly string[];
  readonly rng: Rng;
}

/**
 * The tree with some leaves made holes: inputs that not all tasks have, and half of the others. Undefined where that
 * is none, or too many.
 */
function holed(tree: Node, { common, rng }: Holing): Omit<Macro, 'name'> | undefined {
  const leaves = new Map<string, boolean>();
  for (const { node } of positions(tree)) {
    const text = nameOf(node);
    if (text === undefined || leaves.has(text)) continue;
    const isOwn = node.op === 'var' && !common.includes(node.name);
    leaves.set(text, isOwn || rng.float() < 1 / 2);
  }
  const holes = [...leaves].flatMap(([text, isHole]) => (isHole ? [text] : []));
  if (holes.length === 0 || holes.length > MOST_HOLES) return undefined;
  const body = mapNodes(tree, (node) => {
    const number = holes.indexOf(nameOf(node) ?? '');
    return number < 0 ? node : holeNode(number);
  });
  return { gives: typeOf(tree), takes: holes.map(() => 'real'), inputs: inputsOf(body), body };
}

const nameOf = (node: Node): string | undefined => {
  if (node.op === 'var') return node.name;
  return node.op === 'const' ? String(node.value) : undefined;
};

type Drawn = readonly Omit<Macro, 'name'>[];

/** For each macro one of those drawn, as near to its size as there is, and none twice. */
function matched(to: readonly Macro[], drawn: Drawn): readonly Macro[] {
  const left = [...drawn];
  return to.flatMap(({ body }, at) => {
    const apart = left.map((one) => Math.abs(treeSize(one.body) - treeSize(body)));
    const [chosen] = left.splice(apart.indexOf(Math.min(...apart)), 1);
    return chosen === undefined ? [] : [{ ...chosen, name: `r${at}` }];
  });
}

/** Subtrees of the same programs, drawn evenly over programs and places. */
export function randomSubtrees(
  to: readonly Macro[],
  programs: readonly Forest[],
  holing: Holing,
): readonly Macro[] {
  const { rng } = holing;
  const drawn = Array.from({ length: DRAWS }, () => {
    const { slots } = programs[rng.int(programs.length)] as Forest;
    const [tree] = Object.values(slots) as [Node];
    const places = positions(tree).filter(({ node }) => treeSize(node) > 1);
    return places.length === 0
      ? undefined
      : holed(places[rng.int(places.length)]?.node as Node, holing);
  });
  return matched(
    to,
    drawn.filter((one) => one !== undefined),
  );
}
