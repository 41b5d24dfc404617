/**
 * Values of expressions that depend on nothing: literals, names that are given one once, and what is computed from
 * them, so that a constant hidden as a sum, a joined text or a decoded one is read like any other. A reader of
 * trees: nothing of the program runs.
 */
import { type Folded, isList, type Known, LONGEST } from './folded.ts';
import { callMethod, callName } from './folding-calls.ts';
import { type Ast, childrenOf, namesOf } from './tree.ts';

/** Names that are given an expression once and never written again. */
type Names = ReadonlyMap<string, Ast>;

/** Deepest expression that is followed (included). */
const DEEPEST = 60;

/** Names told twice, or written to, stand for nothing. */
function namesIn(program: Ast): Names {
  const found = new Map<string, Ast>();
  const spoilt = new Set<string>();
  const visit = (node: Ast): void => {
    const name = declared(node);
    if (name !== undefined) {
      if (found.has(name)) spoilt.add(name);
      found.set(name, node.init as Ast);
    }
    for (const one of written(node)) spoilt.add(one);
    for (const { node: child } of childrenOf(node)) visit(child);
  };
  visit(program);
  for (const name of spoilt) found.delete(name);
  return found;
}

function declared(node: Ast): string | undefined {
  const id = node.id as Ast | undefined;
  const isOne = node.type === 'VariableDeclarator' && id?.type === 'Identifier' && node.init;
  return isOne ? String(id.name) : undefined;
}

function written(node: Ast): readonly string[] {
  const target =
    node.type === 'AssignmentExpression'
      ? (node.left as Ast)
      : node.type === 'UpdateExpression'
        ? (node.argument as Ast)
        : undefined;
  const params = (node.params as readonly Ast[] | undefined) ?? [];
  return [...(target ? [target] : []), ...params].flatMap(namesOf).map(({ name }) => String(name));
}

/** By which name or number a variable is taken out of an object, a list or the arguments; the outermost counts. */
function takenIn(program: Ast): ReadonlyMap<string, string | number> {
  const found = new Map<string, string | number>();
  const visit = (node: Ast): void => {
    for (const [name, by] of taken(node)) if (!found.has(name)) found.set(name, by);
    for (const { node: child } of childrenOf(node)) visit(child);
  };
  visit(program);
  return found;
}

function taken(node: Ast): readonly (readonly [string, string | number])[] {
  if (node.type === 'ArrayPattern') {
    return (node.elements as readonly (Ast | null)[]).flatMap((one, at) => named(one, at));
  }
  if (Array.isArray(node.params)) {
    return (node.params as readonly Ast[]).flatMap((one, at) => named(one, at));
  }
  if (node.type !== 'ObjectPattern') return [];
  return (node.properties as readonly Ast[]).flatMap(({ key, value, computed }) => {
    const { name, value: text } = (key ?? {}) as { name?: string; value?: string };
    return computed === true ? [] : named(value as Ast | undefined, name ?? text ?? '');
  });
}

function named(
  pattern: Ast | null | undefined,
  by: string | number,
): readonly (readonly [string, string | number])[] {
  const bare = pattern?.type === 'AssignmentPattern' ? (pattern.left as Ast) : pattern;
  return bare?.type === 'Identifier' ? [[String(bare.name), by]] : [];
}

export class Folder {
  private readonly names: Names;
  private readonly taken: ReadonlyMap<string, string | number>;
  private readonly memo = new Map<Ast, Known | undefined>();

  constructor(program: Ast) {
    this.names = namesIn(program);
    this.taken = takenIn(program);
  }

  /** The name or the number by which the program gets at what a variable holds. */
  hint(node: Ast): string | number | undefined {
    return node.type === 'Identifier' ? this.taken.get(String(node.name)) : undefined;
  }

  /** The expression that a name stands for; the node itself for anything else. */
  behind(node: Ast): Ast {
    const bare = unwrapped(node);
    const named = bare.type === 'Identifier' ? this.names.get(String(bare.name)) : undefined;
    return named ? unwrapped(named) : bare;
  }

  fold(node: Ast | null | undefined, depth = 0): Known | undefined {
    if (!node || depth > DEEPEST) return undefined;
    const bare = unwrapped(node);
    if (this.memo.has(bare)) return this.memo.get(bare);
    // Whoever names itself depends on itself.
    this.memo.set(bare, undefined);
    const known = bounded(this.folded(bare, depth + 1));
    this.memo.set(bare, known);
    return known;
  }

  private all(nodes: unknown, depth: number): readonly Folded[] | undefined {
    const values: Folded[] = [];
    for (const node of nodes as readonly (Ast | null)[]) {
      const known = this.fold(node, depth);
      if (known === undefined) return undefined;
      values.push(known.value);
    }
    return values;
  }

  private folded(node: Ast, depth: number): Known | undefined {
    const of = (field: string): Known | undefined => this.fold(node[field] as Ast, depth);
    switch (node.type) {
      case 'Literal':
        return literal(node);
      case 'TemplateLiteral':
        return this.template(node, depth);
      case 'Identifier':
        return name(String(node.name)) ?? this.fold(this.names.get(String(node.name)), depth);
      case 'UnaryExpression':
        return unary(String(node.operator), of('argument'));
      case 'BinaryExpression':
        return binary(String(node.operator), of('left'), of('right'));
      case 'ConditionalExpression': {
        const test = of('test');
        return test && of(test.value ? 'consequent' : 'alternate');
      }
      case 'ArrayExpression': {
        const values = this.all(node.elements, depth);
        return values && { value: values };
      }
      case 'MemberExpression':
        return this.member(node, depth);
      case 'CallExpression':
        return this.call(node, depth);
      default:
        return undefined;
    }
  }

  private template(node: Ast, depth: number): Known | undefined {
    const values = this.all(node.expressions, depth);
    const texts = (node.quasis as readonly Ast[]).map(({ value }) => value as { cooked?: string });
    if (values === undefined) return undefined;
    const parts = texts.map(({ cooked = '' }, at) => {
      return cooked + (at < values.length ? String(values[at]) : '');
    });
    return { value: parts.join('') };
  }

  private member(node: Ast, depth: number): Known | undefined {
    const object = node.object as Ast;
    const property = node.property as Ast;
    if (node.computed !== true && object.type === 'Identifier') {
      const known = constantOf(String(object.name), String(property.name));
      if (known) return known;
    }
    const whole = this.fold(object, depth)?.value;
    if (typeof whole !== 'string' && !isList(whole)) return undefined;
    if (node.computed !== true) {
      return property.name === 'length' ? { value: whole.length } : undefined;
    }
    const at = this.fold(property, depth)?.value;
    return typeof at === 'number' && at >= 0 && at < whole.length
      ? { value: whole[at] as Folded }
      : undefined;
  }

  private call(node: Ast, depth: number): Known | undefined {
    const callee = unwrapped(node.callee as Ast);
    const values = this.all(node.arguments, depth);
    if (values === undefined) return undefined;
    if (callee.type === 'Identifier') return callName(String(callee.name), values);
    if (callee.type !== 'MemberExpression' || callee.computed === true) return undefined;
    const { object, property } = callee as unknown as { object: Ast; property: Ast };
    const word = String(property.name);
    if (object.type === 'Identifier') {
      const known = callName(`${String(object.name)}.${word}`, values);
      if (known) return known;
    }
    const on = this.fold(object, depth);
    return on && callMethod(on.value, word, values);
  }
}

/** Without parentheses, types and the marks of optional chains. */
export function unwrapped(node: Ast): Ast {
  const isWrapper = /^TS\w*(?:Expression|Assertion)$|^ChainExpression$|^ParenthesizedExpression$/;
  return isWrapper.test(node.type) && node.expression ? unwrapped(node.expression as Ast) : node;
}

/** Largest whole number that is followed: squares of squares would fill the memory. */
const LARGEST = 2n ** 2_048n;

function bounded(known: Known | undefined): Known | undefined {
  const value = known?.value;
  if (typeof value === 'bigint' && (value > LARGEST || value < -LARGEST)) return undefined;
  const isLong = (typeof value === 'string' || isList(value)) && value.length > LONGEST;
  return isLong ? undefined : known;
}

function literal(node: Ast): Known | undefined {
  if (typeof node.bigint === 'string') return { value: BigInt(node.bigint) };
  const regex = node.regex as { pattern: string; flags: string } | undefined;
  if (regex !== undefined) return { value: node.value as RegExp };
  const { value } = node;
  const isPlain = value === null || ['number', 'string', 'boolean'].includes(typeof value);
  return isPlain ? { value: value as Folded } : undefined;
}

function name(word: string): Known | undefined {
  if (word === 'undefined') return { value: undefined };
  if (word === 'Infinity') return { value: Number.POSITIVE_INFINITY };
  return word === 'NaN' ? { value: Number.NaN } : undefined;
}

function constantOf(object: string, property: string): Known | undefined {
  const holder = object === 'Math' ? Math : object === 'Number' ? Number : undefined;
  const value = holder && (holder as unknown as Record<string, unknown>)[property];
  return typeof value === 'number' ? { value } : undefined;
}

function unary(operator: string, known: Known | undefined): Known | undefined {
  if (known === undefined) return undefined;
  const { value } = known;
  if (operator === '!') return { value: !value };
  if (typeof value === 'bigint') return operator === '-' ? { value: -value } : undefined;
  if (isList(value) || value instanceof RegExp) return undefined;
  if (operator === '-') return { value: -Number(value) };
  if (operator === '+') return { value: Number(value) };
  return operator === '~' ? { value: ~Number(value) } : undefined;
}

function binary(
  operator: string,
  left: Known | undefined,
  right: Known | undefined,
): Known | undefined {
  if (left === undefined || right === undefined) return undefined;
  const [a, b] = [left.value, right.value];
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    const value = bigints(operator, a, b);
    return value === undefined ? undefined : { value };
  }
  const isText = (value: Folded): boolean => typeof value === 'string';
  if (operator === '+' && (isText(a) || isText(b))) return { value: String(a) + String(b) };
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  const value = NUMBERS[operator]?.(a, b);
  return value === undefined ? undefined : { value };
}

const NUMBERS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
  '>>>': (a, b) => a >>> b,
};

/** Largest power and shift (included): more would be a tower. */
const MOST_POWER = 256n;

function bigints(operator: string, a: bigint, b: bigint): bigint | undefined {
  const isSmall = b >= 0n && b <= MOST_POWER;
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0n ? undefined : a / b;
    case '%':
      return b === 0n ? undefined : a % b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '<<':
      return isSmall ? a << b : undefined;
    case '>>':
      return isSmall ? a >> b : undefined;
    case '**':
      return isSmall ? a ** b : undefined;
    default:
      return undefined;
  }
}
