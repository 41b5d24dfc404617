/** Where statements, expressions, tests and loops are in a tree of oxc. */

import type { Anatomy, Expression } from '../grammar/anatomy.ts';
import { Survey } from '../grammar/survey.ts';
import type { Span } from '../language.ts';
import { type Ast, childrenOf, isName, isTarget } from './tree.ts';
import { unboundIn } from './unbound.ts';

const COMPARISONS = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!==', 'in', 'instanceof']);
const ATOMIC = new Set(['Identifier', 'MemberExpression', 'CallExpression', 'TemplateLiteral']);
const UNITS_OF: Readonly<Record<string, string>> = {
  Program: 'body',
  BlockStatement: 'body',
  StaticBlock: 'body',
  SwitchCase: 'consequent',
};
/** Statements that can stand nowhere else, and those that never run. */
const FIXED = /^(?:Import|Export|TS)/;
const TESTED = new Set([
  'IfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'ForStatement',
  'ConditionalExpression',
]);
const LOOPS = new Set(['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement']);
const SORTS: Readonly<Record<string, string>> = {
  Identifier: 'value',
  MemberExpression: 'value',
  CallExpression: 'value',
  TemplateLiteral: 'text',
  ArrayExpression: 'list',
  ObjectExpression: 'object',
  NewExpression: 'object',
  ArrowFunctionExpression: 'function',
  FunctionExpression: 'function',
};

/** Undefined for what is no expression that another could stand for. */
function sortOf(node: Ast): string | undefined {
  switch (node.type) {
    case 'Literal':
      return literalSort(node.value);
    case 'BinaryExpression':
      return COMPARISONS.has(String(node.operator)) ? 'truth' : 'value';
    case 'LogicalExpression':
      return isTruth(node.left as Ast) && isTruth(node.right as Ast) ? 'truth' : 'value';
    case 'UnaryExpression':
      if (node.operator === '!') return 'truth';
      return '-+~'.includes(String(node.operator)) ? 'value' : undefined;
    case 'ConditionalExpression':
      return sortOf(node.consequent as Ast);
    default:
      return SORTS[node.type];
  }
}

function isTruth(node: Ast): boolean {
  return sortOf(node) === 'truth';
}

function literalSort(value: unknown): string | undefined {
  if (typeof value === 'number') return 'value';
  if (typeof value === 'boolean') return 'truth';
  return typeof value === 'string' ? 'text' : undefined;
}

function expressionOf(node: Ast): Expression | undefined {
  const sort = sortOf(node);
  const atomic =
    ATOMIC.has(node.type) || (node.type === 'Literal' && typeof node.value !== 'number');
  const { start, end } = node;
  // A bare number is no object to take a member of: `3.toFixed()` is a mistake.
  return sort === undefined ? undefined : { start, end, sort, atomic };
}

/** Places where only a name or a call may stand, or where a change would say nothing. */
function isFixed(parent: Ast, field: string, node: Ast): boolean {
  switch (parent.type) {
    case 'Property':
      return parent.shorthand === true || field === 'key';
    case 'CallExpression':
    case 'NewExpression':
      return field === 'callee';
    case 'TaggedTemplateExpression':
    case 'ChainExpression':
      return true;
    case 'ExpressionStatement':
      return typeof parent.directive === 'string' || node.type === 'CallExpression';
    default:
      return isTarget(parent, field) || /^(?:Import|Export(?!Default)|JSX)/.test(parent.type);
  }
}

class Surveyor extends Survey {
  private readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }

  visit(node: Ast): void {
    this.size += 1;
    this.statement(node);
    this.operator(node);
    for (const { field, node: child } of childrenOf(node)) {
      if (!isName(node, field)) this.expression(node, field, child);
      this.visit(child);
    }
  }

  private expression(parent: Ast, field: string, node: Ast): void {
    if (isPattern(parent, field)) return;
    const found = isFixed(parent, field, node) ? undefined : expressionOf(node);
    if (found === undefined) return;
    this.expressions.push(found);
    if (node.type === 'Literal' && typeof node.value === 'number') {
      this.constants.push({ start: node.start, end: node.end, value: node.value, negatable: true });
    }
    if (field === 'test' && TESTED.has(parent.type)) this.conditions.push(found);
  }

  private statement(node: Ast): void {
    const units = node[UNITS_OF[node.type] ?? ''] as readonly Ast[] | undefined;
    const free = units?.filter(
      ({ type, directive }) => !FIXED.test(type) && typeof directive !== 'string',
    );
    if (free !== undefined && free.length > 0) this.blocks.push(free.map(spanOf));
    if (node.type === 'IfStatement' && !node.alternate) {
      this.guards.push({ whole: spanOf(node), body: bodyOf(node.consequent as Ast) });
    }
    if (!LOOPS.has(node.type)) return;
    const body = node.body as Ast;
    const header = { start: node.start, end: body.start };
    if (body.type === 'BlockStatement') this.loops.push({ header, body: bodyOf(body) });
    const test = node.test as Ast | null | undefined;
    const limit = test?.type === 'BinaryExpression' ? expressionOf(test.right as Ast) : undefined;
    if (limit !== undefined) this.bounds.push(limit);
    this.step(node.update as Ast | null | undefined);
  }

  private step(update: Ast | null | undefined): void {
    if (update?.type !== 'UpdateExpression') return;
    const { type, name } = update.argument as Ast;
    const by = update.operator === '++' ? 1 : -1;
    if (type === 'Identifier') this.steps.push({ ...spanOf(update), name: String(name), by });
  }

  private operator(node: Ast): void {
    if (node.type === 'CallExpression')
      this.pair(...(node.arguments as readonly Ast[]).slice(0, 2));
    if (node.type === 'ConditionalExpression') {
      this.pair(node.consequent as Ast, node.alternate as Ast);
    }
    const [left, right] = [node.left as Ast | undefined, node.right as Ast | undefined];
    const word = node.operator;
    if (typeof word !== 'string' || left === undefined || right === undefined) return;
    if (node.type !== 'AssignmentExpression') this.pair(left, right);
    const between = this.text.slice(left.end, right.start);
    const start = left.end + between.indexOf(word);
    if (/\/[/*]/.test(between)) return;
    this.operators.push({ start, end: start + word.length, word });
  }

  private pair(left?: Ast, right?: Ast): void {
    const sides = [left && expressionOf(left), right && expressionOf(right)];
    if (sides[0] && sides[1]) this.pairs.push([sides[0], sides[1]]);
  }
}

function isPattern(parent: Ast, field: string): boolean {
  return (
    (parent.type === 'VariableDeclarator' && field === 'id') ||
    field === 'params' ||
    field === 'param' ||
    /^(?:Array|Object)Pattern$|^RestElement$/.test(parent.type) ||
    (parent.type === 'AssignmentPattern' && field === 'left') ||
    (/^(?:Function|Class|TS)/.test(parent.type) && field === 'id')
  );
}

function spanOf({ start, end }: Ast): Span {
  return { start, end };
}

function bodyOf(node: Ast): readonly Span[] {
  return (node.type === 'BlockStatement' ? (node.body as readonly Ast[]) : [node]).map(spanOf);
}

export function anatomyOf(text: string, program: Ast): Anatomy {
  const surveyor = new Surveyor(text);
  surveyor.visit(program);
  return surveyor.anatomy(unboundIn(program));
}
