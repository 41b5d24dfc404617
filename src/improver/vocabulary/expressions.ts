/**
 * Expressions (src/lang) as terms of a typed language, so that the miner of src/synthesis finds what they share.
 *
 * Operators are its primitives. A constant is one named by its number, an input one named `$x`: where two programs have
 * the same, it stays, and whatever holds it is of use to tasks that have it too. A table, with what it reads, is one
 * named by its text, and always a hole.
 */
import type { Forest, Node } from '../../lang/forest.ts';
import { apply, children, constant, roundNumber, slotNames, variable } from '../../lang/forest.ts';
import { holeNode } from '../../lang/macro.ts';
import { OPERATORS, type Operator, type ValueType } from '../../lang/vocabulary.ts';
import type { Language, Primitive, Term } from '../../synthesis/language.ts';
import { extended, language } from '../../synthesis/language.ts';
import { holeNumber, isHole } from '../../synthesis/term.ts';

export type ExpressionLanguage = Language<ValueType>;

const ABSTRACTED: ReadonlySet<ValueType> = new Set(['real', 'bool']);

const operators: readonly Primitive<ValueType>[] = Object.entries(OPERATORS).map(
  ([name, { takes, gives }]) => ({ name, type: gives, args: takes }),
);

const leaf = (name: string): Primitive<ValueType> => ({ name, type: 'real', args: [] });

/** The operators, these constants, and these inputs (`$x`). */
export function expressionLanguage(
  numbers: readonly number[],
  inputs: readonly string[],
): ExpressionLanguage {
  const leaves = [...new Set([...numbers.map(String), ...inputs])].sort().map(leaf);
  return language([...operators, ...leaves], { inputs: new Set(), abstracted: ABSTRACTED });
}

const TABLE = 'table ';

/** Of a leaf; undefined for an operator. */
function leafName(node: Node): string | undefined {
  if (node.op === 'const') return String(roundNumber(node.value));
  if (node.op === 'var') return `$${node.name}`;
  return node.op === 'grid' ? `${TABLE}${JSON.stringify(node)}` : undefined;
}

function leavesOf(node: Node): readonly string[] {
  const name = leafName(node);
  return name === undefined ? children(node).flatMap(leavesOf) : [name];
}

const treesOf = (forest: Forest): readonly Node[] =>
  slotNames(forest).map((slot) => forest.slots[slot] as Node);

/** The same language with every leaf of the programs. */
export function withLeaves(
  from: ExpressionLanguage,
  programs: readonly Forest[],
): ExpressionLanguage {
  const names = new Set(programs.flatMap(treesOf).flatMap(leavesOf));
  const fresh = [...names].filter((name) => !from.index.has(name)).sort();
  const inputs = new Set(fresh.filter((name) => name.startsWith(TABLE)));
  return { ...extended(from, fresh.map(leaf)), inputs };
}

/** One term for each tree, in the order of slots. The language has every leaf. */
export const termsOf = (from: ExpressionLanguage, forest: Forest): readonly Term[] =>
  treesOf(forest).map((tree) => termOf(from, tree));

function termOf(from: ExpressionLanguage, node: Node): Term {
  const name = leafName(node);
  const args = name === undefined ? children(node).map((child) => termOf(from, child)) : [];
  return { prim: from.index.get(name ?? node.op) as number, args };
}

/** A term of operators, constants, inputs and holes alone. */
export function nodeOf(from: ExpressionLanguage, term: Term): Node {
  if (isHole(term)) return holeNode(holeNumber(term));
  const { name, args } = from.primitives[term.prim] as Primitive<ValueType>;
  if (args.length === 0)
    return name.startsWith('$') ? variable(name.slice(1)) : constant(Number(name));
  return apply(
    name as Operator,
    term.args.map((argument) => nodeOf(from, argument)),
  );
}
