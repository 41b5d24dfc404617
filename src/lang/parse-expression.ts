/** The expression half of the parser: one ESTree expression into one node of the language. */

import type { Node } from './forest.ts';
import { apply, constant, MAX_DEPTH, variable } from './forest.ts';
import type { HelperName } from './helper-sources.ts';
import { EXP_CAP } from './semantics.ts';
import { unsupported } from './source-guard.ts';
import type { Operator } from './vocabulary.ts';

/** A syntax tree node, read as data: every field is looked at before it is believed. */
export interface Ast {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

export interface TableData {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly z: readonly number[];
}

/** What the words of an expression may refer to, and what they did refer to. */
export interface Scope {
  readonly source: string;
  readonly inputs: readonly string[];
  readonly tables: ReadonlyMap<string, TableData>;
  readonly usedTables: Set<string>;
  readonly usedHelpers: Set<HelperName>;
}

const INFIX: Readonly<Record<string, Operator>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '<': 'lt',
  '<=': 'le',
  '&&': 'and',
  '||': 'or',
};

/** Calls with arguments of their own; the other three functions of `Math` need an inner call. */
const CALLS: Readonly<Record<string, readonly [Operator, number]>> = {
  div: ['/', 2],
  square: ['sq', 1],
  'Math.min': ['min', 2],
  'Math.max': ['max', 2],
  'Math.abs': ['abs', 1],
  'Math.tanh': ['tanh', 1],
  'Math.sin': ['sin', 1],
};

/** Operators printed as a call around a call: the inner function and its fixed last argument. */
const NESTED: Readonly<Record<string, readonly [Operator, string, readonly number[]]>> = {
  'Math.sqrt': ['sqrt', 'Math.abs', []],
  'Math.log1p': ['log1p', 'Math.abs', []],
  'Math.exp': ['exp', 'Math.min', [EXP_CAP]],
};

/** The expression inside any number of redundant parentheses. */
export function bare(ast: Ast): Ast {
  let inner = ast;
  while (inner.type === 'ParenthesizedExpression') inner = inner.expression as Ast;
  return inner;
}

/** The number a literal says, with its sign; undefined for anything else. */
export function literal(ast: Ast): number | undefined {
  if (ast.type === 'Literal' && typeof ast.value === 'number') return ast.value;
  if (ast.type !== 'UnaryExpression' || ast.operator !== '-') return undefined;
  const argument = ast.argument as Ast;
  const value = argument.type === 'Literal' ? argument.value : undefined;
  return typeof value === 'number' ? -value : undefined;
}

/** `div`, `Math.min`, …: the plain name of what is called, or undefined. */
function calleeOf(call: Ast): string | undefined {
  const callee = call.callee as Ast;
  if (callee.type === 'Identifier') return callee.name as string;
  if (callee.type !== 'MemberExpression' || callee.computed === true) return undefined;
  const object = callee.object as Ast;
  const property = callee.property as Ast;
  return object.type === 'Identifier'
    ? `${String(object.name)}.${String(property.name)}`
    : undefined;
}

class Reader {
  private readonly scope: Scope;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  read(ast: Ast, level: number): Node {
    const node = bare(ast);
    const many = (list: readonly unknown[]): Node[] =>
      list.map((item) => this.read(item as Ast, level + 1));
    if (level > MAX_DEPTH) throw this.refuse(node, `an expression over ${MAX_DEPTH} levels`);
    const value = literal(node);
    if (value !== undefined) return constant(value);
    switch (node.type) {
      case 'Identifier':
        return this.name(node);
      case 'UnaryExpression':
        if (node.operator === '-') return apply('neg', many([node.argument]));
        if (node.operator === '!') return apply('not', many([node.argument]));
        throw this.refuse(node, `the operator ${String(node.operator)}`);
      case 'BinaryExpression':
      case 'LogicalExpression':
        return apply(this.infix(node), many([node.left, node.right]));
      case 'ConditionalExpression':
        return apply('if', many([node.test, node.consequent, node.alternate]));
      case 'CallExpression':
        return this.call(node, level);
      default:
        throw this.refuse(node, node.type);
    }
  }

  private refuse(ast: Ast, construct: string): Error {
    return unsupported(this.scope.source, ast.start, `${construct} is not part of the language`);
  }

  private name(ast: Ast): Node {
    const name = ast.name as string;
    if (!this.scope.inputs.includes(name)) throw this.refuse(ast, `the name ${name}`);
    return variable(name);
  }

  private infix(ast: Ast): Operator {
    const sign = ast.operator as string;
    const op = Object.hasOwn(INFIX, sign) ? INFIX[sign] : undefined;
    if (op === undefined) throw this.refuse(ast, `the operator ${sign}`);
    return op;
  }

  private call(ast: Ast, level: number): Node {
    const name = calleeOf(ast) ?? 'this call';
    const args = ast.arguments as readonly Ast[];
    if (name === 'grid' && args.length === 3) return this.grid(args, level);
    const [op, arity] = Object.hasOwn(CALLS, name) ? (CALLS[name] ?? []) : [];
    if (op !== undefined && args.length === arity) {
      if (name === 'div' || name === 'square') this.scope.usedHelpers.add(name);
      return apply(
        op,
        args.map((argument) => this.read(argument, level + 1)),
      );
    }
    return this.nested(ast, name, level);
  }

  private nested(ast: Ast, name: string, level: number): Node {
    const [op, inner, fixed] = Object.hasOwn(NESTED, name) ? (NESTED[name] ?? []) : [];
    const args = ast.arguments as readonly Ast[];
    if (op === undefined || args.length !== 1) {
      throw this.refuse(ast, `${name} with ${args.length} arguments`);
    }
    const call = bare(args[0] as Ast);
    const given = call.type === 'CallExpression' ? (call.arguments as readonly Ast[]) : [];
    const rest = given.slice(1).map((argument) => literal(bare(argument)));
    if (
      given.length === 0 ||
      calleeOf(call) !== inner ||
      rest.length !== fixed?.length ||
      rest.some((value, i) => value !== fixed[i])
    ) {
      throw this.refuse(
        ast,
        `${name} of anything but ${[`${inner}(…`, ...(fixed ?? [])].join(', ')})`,
      );
    }
    return apply(op, [this.read(given[0] as Ast, level + 1)]);
  }

  private grid(args: readonly Ast[], level: number): Node {
    const [table, x, y] = args.map(bare) as [Ast, Ast, Ast];
    const name = table.type === 'Identifier' ? String(table.name) : '';
    const data = this.scope.tables.get(name);
    if (data === undefined) throw this.refuse(table, 'grid of anything but a declared table');
    this.scope.usedTables.add(name);
    this.scope.usedHelpers.add('grid');
    return { op: 'grid', x: this.read(x, level + 1), y: this.read(y, level + 1), ...data };
  }
}

/**
 * The node an expression stands for. Types and caps are left to `checkForest`.
 *
 * @throws PacelineError SOURCE_UNSUPPORTED with the line and the construct.
 */
export function readExpression(ast: Ast, scope: Scope): Node {
  return new Reader(scope).read(ast, 1);
}

/** The one argument of `finite(…)`, or undefined when the expression is no such call. */
export function insideFinite(ast: Ast): Ast | undefined {
  const call = bare(ast);
  if (call.type !== 'CallExpression' || calleeOf(call) !== 'finite') return undefined;
  const args = call.arguments as readonly Ast[];
  return args.length === 1 ? args[0] : undefined;
}
