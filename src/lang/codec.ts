/**
 * Canonical bytes of a forest: compact JSON with slots sorted and numbers at 6 significant digits,
 * so that 63 grid values stay under 1 KiB and equal programs have equal bytes. A tree is an array:
 * `["c",1.5]`, `["v","item"]`, `["grid",x,y,[xs],[ys],[z]]` or `[operator, ...arguments]`.
 */

import type { Forest, Node } from './forest.ts';
import {
  apply,
  checkForest,
  children,
  constant,
  invalid,
  MAX_NODES,
  roundNumber,
  slotNames,
  variable,
} from './forest.ts';
import type { Vocabulary } from './vocabulary.ts';
import { isOperator, OPERATORS } from './vocabulary.ts';

/** Longest encoded forest, in UTF-16 units (included), for writing and for reading. */
export const MAX_ENCODED_LENGTH = 65_536;

type Code = readonly unknown[];

function encodeNode(node: Node): Code {
  if (node.op === 'const') return ['c', roundNumber(node.value)];
  if (node.op === 'var') return ['v', node.name];
  const kids = children(node).map(encodeNode);
  if (node.op !== 'grid') return [node.op, ...kids];
  return ['grid', ...kids, ...[node.xs, node.ys, node.z].map((list) => list.map(roundNumber))];
}

/**
 * The canonical text of a valid forest.
 *
 * @throws PacelineError FOREST_INVALID when the text would be longer than 64 Ki units, which
 *   `decodeForest` would refuse.
 */
export function encodeForest(forest: Forest): string {
  const slots = slotNames(forest).map(
    (slot) => `${JSON.stringify(slot)}:${JSON.stringify(encodeNode(forest.slots[slot] as Node))}`,
  );
  const text = `{${slots.join()}}`;
  if (text.length > MAX_ENCODED_LENGTH) {
    throw invalid('its text', `${text.length} units, at most ${MAX_ENCODED_LENGTH}`);
  }
  return text;
}

/** Nodes one tree may still use while it is read: hostile text is cut off, its nesting too. */
interface Allowance {
  nodes: number;
}

function decodeNumber(value: unknown, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(path, 'number expected');
  return roundNumber(value);
}

function decodeList(value: unknown, path: string): number[] {
  if (!Array.isArray(value)) throw invalid(path, 'list of numbers expected');
  return value.map((item) => decodeNumber(item, path));
}

interface Place {
  readonly path: string;
  readonly allowance: Allowance;
}

function decodeArguments(code: Code, place: Place): Node[] {
  const { path, allowance } = place;
  return code.map((child, i) => decodeNode(child, { path: `${path}[${i}]`, allowance }));
}

function decodeNode(code: unknown, place: Place): Node {
  const { path, allowance } = place;
  if (!Array.isArray(code)) throw invalid(path, 'array expected');
  if (--allowance.nodes < 0) throw invalid(path, `a tree has at most ${MAX_NODES} nodes`);
  const [op, ...rest] = code as Code;
  const arity = (count: number): void => {
    if (rest.length !== count) throw invalid(path, `${String(op)} takes ${count} arguments`);
  };
  if (op === 'c') {
    arity(1);
    return constant(decodeNumber(rest[0], path));
  }
  if (op === 'v') {
    arity(1);
    if (typeof rest[0] !== 'string') throw invalid(path, 'variable name expected');
    return variable(rest[0]);
  }
  const inside = { ...place, path: `${path}/${typeof op === 'string' ? op.slice(0, 32) : '?'}` };
  if (op === 'grid') {
    arity(5);
    const [x, y] = decodeArguments(rest.slice(0, 2), inside) as [Node, Node];
    const [xs, ys, z] = rest.slice(2).map((list) => decodeList(list, path));
    return { op, x, y, xs: xs as number[], ys: ys as number[], z: z as number[] };
  }
  if (!isOperator(op)) throw invalid(path, 'the operator is unknown');
  arity(OPERATORS[op].takes.length);
  return apply(op, decodeArguments(rest, inside));
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  if (text.length > MAX_ENCODED_LENGTH) {
    throw invalid('its text', `${text.length} units, at most ${MAX_ENCODED_LENGTH}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('its text', 'it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('its text', 'an object with one tree for each slot is expected');
  }
  return value as Readonly<Record<string, unknown>>;
}

/**
 * Reads a forest from text that may be hostile. Numbers are rounded to the stored 6 digits, so the
 * forest read is exactly the forest its own canonical text stands for.
 *
 * @throws PacelineError FOREST_INVALID for anything but a valid forest over the vocabulary.
 */
export function decodeForest(text: string, vocabulary: Vocabulary): Forest {
  const slots = Object.entries(parseJson(text)).map(([slot, code]) => {
    const path = JSON.stringify(slot.slice(0, 32));
    return [slot, decodeNode(code, { path, allowance: { nodes: MAX_NODES } })] as const;
  });
  return checkForest({ slots: Object.fromEntries(slots) }, vocabulary);
}
