/**
 * Comparisons worked back to what is compared: where `(x ^ 77) % 1000 === 5` holds, x is 77 ^ 5 or 77 ^ 1005. Only
 * steps that can be undone one by one; a hash cannot (docs/gates.md).
 */
import type { Json } from '../../core/json.ts';
import type { Target } from '../target.ts';
import { congruent, type Linear, undoneImul } from './congruence.ts';
import { type Folded, isList } from './folded.ts';
import { type Folder, unwrapped } from './folding.ts';
import { regexSample } from './regex-sample.ts';
import type { Ast } from './tree.ts';

/** Ways back that are followed from one comparison (included), and steps. */
const MOST_TARGETS = 12;
const DEEPEST = 12;
/** Remainders are met by any of these multiples. */
const MULTIPLES = [0, 1, 2, 7];

type Wanted = number | string;
type Step = readonly (Wanted | undefined)[];

/** What would make `node` equal to `value`. */
export function inverted(folder: Folder, node: Ast, value: Folded): readonly Target[] {
  return back(folder, { node, value, depth: 0 }).slice(0, MOST_TARGETS);
}

interface Place {
  readonly node: Ast;
  readonly value: Folded;
  readonly depth: number;
}

function back(folder: Folder, { node: whole, value, depth }: Place): readonly Target[] {
  const node = folder.behind(whole);
  const wanted = plain(value);
  if (wanted === undefined || depth > DEEPEST) return listed(node, value);
  const on = (next: Ast, values: Step): readonly Target[] =>
    values.flatMap((one) =>
      one === undefined ? [] : back(folder, { node: next, value: one, depth: depth + 1 }),
    );
  switch (node.type) {
    case 'UnaryExpression':
      return on(node.argument as Ast, unary(String(node.operator), wanted));
    case 'BinaryExpression':
      return binary(folder, { node, value: wanted, depth });
    case 'CallExpression':
      return called(folder, { node, value: wanted, depth });
    case 'MemberExpression':
      return [memberTarget(folder, node, wanted)];
    default:
      return [element(wanted, folder.hint(node))];
  }
}

function element(value: Wanted, hint: string | number | undefined): Target {
  return { value, of: 'element', ...(hint !== undefined && { hint }) };
}

function plain(value: Folded): Wanted | undefined {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A list is an element of the input as it is. */
function listed(_: Ast, value: Folded): readonly Target[] {
  const list = isList(value) ? value.map(plain) : [];
  const isWhole = list.length > 0 && list.every((one) => one !== undefined);
  return isWhole ? [{ value: list as Json, of: 'element' }] : [];
}

function memberTarget(folder: Folder, node: Ast, value: Wanted): Target {
  const property = node.property as Ast;
  if (node.computed !== true && property.name === 'length') return { value, of: 'length' };
  const at = node.computed === true ? folder.fold(property)?.value : property.name;
  return element(value, typeof at === 'string' || typeof at === 'number' ? at : undefined);
}

function unary(operator: string, value: Wanted): Step {
  if (operator === '+') return [value, String(value)];
  if (typeof value === 'string') return [];
  if (operator === '-') return [-value];
  return operator === '~' ? [~value] : [];
}

function binary(
  folder: Folder,
  { node, value, depth }: Place & { value: Wanted },
): readonly Target[] {
  const [left, right] = [node.left as Ast, node.right as Ast];
  const [a, b] = [plain(folder.fold(left)?.value), plain(folder.fold(right)?.value)];
  const operator = String(node.operator);
  if (a === undefined && b === undefined) return joint(operator, value);
  if (operator === '%' && typeof value === 'number' && typeof b === 'number') {
    return remainders(folder, { node: left, value, depth }, b);
  }
  const steps = b !== undefined ? undoneRight(operator, value, b) : undoneLeft(operator, value, a);
  return steps.flatMap((one) =>
    one === undefined
      ? []
      : back(folder, { node: b !== undefined ? left : right, value: one, depth: depth + 1 }),
  );
}

/** `(a · x + b) % modulus === value`: by multiples, and where x is multiplied by trying whole ones. */
function remainders(
  folder: Folder,
  { node, value, depth }: Place & { value: number },
  modulus: number,
): readonly Target[] {
  const { leaf, ...linear } = linearIn(folder, node, depth);
  if (linear.factor === 1 && linear.offset === 0) {
    return MULTIPLES.flatMap((times) =>
      back(folder, { node, value: value + times * modulus, depth: depth + 1 }),
    );
  }
  return congruent(linear, value, modulus).flatMap((x) =>
    back(folder, { node: leaf, value: x, depth: depth + 1 }),
  );
}

/** What of the input is multiplied and added to; itself where nothing is. */
function linearIn(folder: Folder, whole: Ast, depth: number): Linear & { readonly leaf: Ast } {
  const node = folder.behind(whole);
  const none = { leaf: node, factor: 1, offset: 0 };
  if (node.type !== 'BinaryExpression' || depth > DEEPEST) return none;
  const sides = [node.left as Ast, node.right as Ast];
  const values = sides.map((side) => plain(folder.fold(side)?.value));
  const at = values.findIndex((one) => typeof one === 'number');
  const [known, other] = [values[at], sides[1 - at]];
  if (typeof known !== 'number' || other === undefined) return none;
  const { leaf, factor, offset } = linearIn(folder, other, depth + 1);
  switch (node.operator) {
    case '*':
      return { leaf, factor: factor * known, offset: offset * known };
    case '+':
      return { leaf, factor, offset: offset + known };
    case '-':
      return at === 1
        ? { leaf, factor, offset: offset - known }
        : { leaf, factor: -factor, offset: known - offset };
    default:
      return none;
  }
}

/** Two parts of the input have to make it together. */
function joint(operator: string, value: Wanted): readonly Target[] {
  if (operator === '+') return [{ value, of: 'sum' }];
  if (operator === '-') return [{ value, of: 'difference' }];
  return operator === '*' ? [{ value, of: 'product' }] : [];
}

/** x of `x operator known = value`. */
function undoneRight(operator: string, value: Wanted, known: Wanted): Step {
  if (typeof value === 'string' || typeof known === 'string') {
    const [text, tail] = [String(value), String(known)];
    return operator === '+' && text.endsWith(tail)
      ? [text.slice(0, text.length - tail.length)]
      : [];
  }
  switch (operator) {
    case '+':
      return [value - known];
    case '-':
      return [value + known];
    case '*':
      return known === 0 ? [] : [value / known];
    case '/':
      return [value * known];
    case '**':
      return [value ** (1 / known), -(value ** (1 / known))];
    case '>>':
    case '>>>':
      // `>>> 0` only makes a number unsigned.
      return known === 0 ? [value, value | 0] : [value * 2 ** known, (value + 1) * 2 ** known - 1];
    case '<<':
      return [value / 2 ** known];
    default:
      return bits(operator, value, known);
  }
}

function bits(operator: string, value: number, known: number): Step {
  switch (operator) {
    case '^':
      return [(value ^ known) >>> 0, value ^ known];
    case '&':
      return [value, (value | ~known) >>> 0, value | ~known];
    case '|':
      return [value, value & ~known];
    default:
      return [];
  }
}

/** x of `known operator x = value`. */
function undoneLeft(operator: string, value: Wanted, known: Wanted | undefined): Step {
  if (known === undefined) return [];
  if (typeof value === 'string' || typeof known === 'string') {
    const [text, head] = [String(value), String(known)];
    return operator === '+' && text.startsWith(head) ? [text.slice(head.length)] : [];
  }
  if (operator === '-') return [known - value];
  if (operator === '/') return value === 0 ? [] : [known / value];
  return '+*^&|'.includes(operator) ? undoneRight(operator, value, known) : [];
}

/** Functions of one argument, undone. */
const UNDONE: Readonly<Record<string, (value: number) => Step>> = {
  'Math.floor': (value) => [value, value + 0.5],
  'Math.ceil': (value) => [value, value - 0.5],
  'Math.round': (value) => [value, value + 0.25],
  'Math.trunc': (value) => [value, value + Math.sign(value) / 2],
  'Math.abs': (value) => [value, -value],
  'Math.sqrt': (value) => [value ** 2],
  'Math.cbrt': (value) => [value ** 3],
  'Math.log': (value) => [Math.exp(value)],
  'Math.log2': (value) => [2 ** value],
  'Math.log10': (value) => [10 ** value],
  'Math.exp': (value) => [Math.log(value)],
  'Math.sin': (value) => [Math.asin(value), Math.PI - Math.asin(value)],
  'Math.cos': (value) => [Math.acos(value), -Math.acos(value)],
  'Math.tan': (value) => [Math.atan(value)],
  'Math.sign': (value) => [value],
};

const SAME = new Set(['Number', 'String', 'BigInt', 'parseInt', 'parseFloat', 'Math.fround']);

/** Methods of what is compared, undone to what they are called on. */
const METHODS: Readonly<Record<string, (value: Wanted, known: Folded) => Step>> = {
  toString: (value: Wanted, radix: Folded) => [
    value,
    Number.parseInt(String(value), (radix as number) || 10),
  ],
  toFixed: (value) => [Number(value)],
  toLowerCase: (value) => [value],
  toUpperCase: (value) => [value],
  trim: (value) => [value],
  slice: (value, from) => [padded(value, from)],
  substring: (value, from) => [padded(value, from)],
  substr: (value, from) => [padded(value, from)],
  at: (value) => [value],
  charAt: (value) => [value],
};

function padded(value: Wanted, from: Folded): Wanted {
  const count = typeof from === 'number' && from > 0 && from <= 64 ? from : 0;
  return 'a'.repeat(count) + String(value);
}

function called(
  folder: Folder,
  { node, value, depth }: Place & { value: Wanted },
): readonly Target[] {
  const callee = unwrapped(node.callee as Ast);
  const args = node.arguments as readonly Ast[];
  const on = (next: Ast | undefined, values: Step): readonly Target[] =>
    values.flatMap((one) =>
      one === undefined || next === undefined || Number.isNaN(one)
        ? []
        : back(folder, { node: next, value: one, depth: depth + 1 }),
    );
  const name = wordOf(callee);
  if (SAME.has(name))
    return on(args[0], [value, typeof value === 'string' ? Number(value) : value]);
  const undo = UNDONE[name];
  if (undo && typeof value === 'number') return on(args[0], undo(value));
  const factor = args[1] && folder.fold(args[1])?.value;
  if (name === 'Math.imul' && typeof factor === 'number' && typeof value === 'number') {
    return on(args[0], undoneImul(value, factor));
  }
  if (name === 'JSON.stringify' && typeof value === 'string') return parsed(value);
  if (callee.type !== 'MemberExpression') return [{ value, of: 'element' }];
  const [object, word] = [callee.object as Ast, String((callee.property as Ast).name)];
  if (word === 'charCodeAt' || word === 'codePointAt') return coded(value);
  if (word === 'reduce')
    return [
      { value, of: 'sum' },
      { value, of: 'product' },
    ];
  if (word === 'join' && typeof value === 'string')
    return joined(value, folder.fold(args[0])?.value);
  const method = METHODS[word];
  return method
    ? on(object, method(value, args[0] && folder.fold(args[0])?.value))
    : [{ value, of: 'element' }];
}

function coded(value: Wanted): readonly Target[] {
  return typeof value === 'number' && value >= 0 && value < 0x110000
    ? [{ value: String.fromCodePoint(Math.floor(value)), of: 'code' }]
    : [];
}

function parsed(text: string): readonly Target[] {
  try {
    return [{ value: JSON.parse(text) as Json, of: 'element' }];
  } catch {
    return [];
  }
}

function joined(text: string, by: Folded): readonly Target[] {
  const parts = text.split(by === undefined ? ',' : String(by));
  const numbers = parts.map(Number);
  const value = numbers.some(Number.isNaN) ? parts : numbers;
  return [{ value, of: 'element' }];
}

export function wordOf(callee: Ast): string {
  if (callee.type === 'Identifier') return String(callee.name);
  if (callee.type !== 'MemberExpression' || callee.computed === true) return '';
  const object = callee.object as Ast;
  const property = String((callee.property as Ast).name);
  return object.type === 'Identifier' ? `${String(object.name)}.${property}` : `.${property}`;
}

/** A text that a pattern matches, as an element of the input. */
export function matching(pattern: RegExp): readonly Target[] {
  const sample = regexSample(pattern.source);
  return sample === undefined || sample === '' ? [] : [{ value: sample, of: 'element' }];
}
