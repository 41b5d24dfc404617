/** Loops that count: what has to be true of one before its rounds may be written out one after another. */
import type { Span } from '../language.ts';
import { type Ast, childrenOf, isName, isTarget } from './tree.ts';

export interface CountedLoop extends Span {
  /** Of the counter. */
  readonly name: string;
  /** What declares the counter; undefined where it goes on from an earlier loop. */
  readonly init: Ast | undefined;
  /** The test is `name + ahead operator bound`. */
  readonly ahead: number;
  readonly operator: '<' | '<=';
  readonly bound: Ast;
  readonly step: number;
  /** At least one. */
  readonly body: readonly Ast[];
  /** Where the counter is read in the body. */
  readonly reads: readonly Read[];
  /** A body that declares names needs a scope for each of its copies. */
  readonly declares: boolean;
  /** It is all that its block holds. */
  readonly isAlone: boolean;
}

export interface Read extends Span {
  /** `bare`: nothing around it binds tighter. `sum`: the left side of an addition of `plus`, which the span covers. */
  readonly place: 'bare' | 'sum' | 'operand';
  readonly plus: number;
}

/**
 * Innermost loops of a program that count up by a fixed step to a bound that no round changes, with rounds that nothing
 * leaves early and no function outlives: written out they do the same, in the same order.
 */
export function countedLoops(program: Ast): readonly CountedLoop[] {
  const found: CountedLoop[] = [];
  const visit = (node: Ast, parent: Ast | undefined): void => {
    const siblings = parent?.body;
    const isAlone = Array.isArray(siblings) && siblings.length === 1;
    const loop = node.type === 'ForStatement' ? countedLoop(node, isAlone) : undefined;
    if (loop !== undefined) found.push(loop);
    for (const { node: child } of childrenOf(node)) visit(child, node);
  };
  visit(program, undefined);
  const holds = (outer: Span, inner: Span): boolean =>
    outer.start < inner.start && inner.end <= outer.end;
  return found.filter((outer) => !found.some((inner) => holds(outer, inner)));
}

function countedLoop(node: Ast, isAlone: boolean): CountedLoop | undefined {
  const counter = counterOf(node);
  const body = node.body as Ast;
  const units = body.type === 'BlockStatement' ? (body.body as readonly Ast[]) : [body];
  if (counter === undefined || units.length === 0) return undefined;
  const { name, init, step } = counter;
  // What is left of a loop that was written out: less than one of its rounds.
  if (init === undefined && step === 1) return undefined;
  const limit = limitOf(node.test as Ast | null, name);
  if (limit === undefined || !isPlain(body, name) || !isFixed(limit.bound, node)) return undefined;
  const reads = readsOf(body, name);
  if (reads === undefined) return undefined;
  const declares = units.some(({ type }) => type.endsWith('Declaration'));
  const { start, end } = node;
  return { start, end, name, init, step, ...limit, body: units, reads, declares, isAlone };
}

function counterOf({ init, update }: Ast): Pick<CountedLoop, 'name' | 'init' | 'step'> | undefined {
  const step = stepOf(update as Ast | null);
  if (step === undefined) return undefined;
  if (!init) return { ...step, init: undefined };
  const { type, kind, declarations } = init as Ast;
  const [declared, more] = (declarations ?? []) as readonly Ast[];
  if (type !== 'VariableDeclaration' || kind !== 'let' || more || !declared?.init) return undefined;
  const { type: of, name } = declared.id as Ast;
  return of === 'Identifier' && name === step.name ? { ...step, init: init as Ast } : undefined;
}

/** `i++`, `++i` and `i += 4`. */
function stepOf(update: Ast | null): { readonly name: string; readonly step: number } | undefined {
  const target = (update?.argument ?? update?.left) as Ast | undefined;
  if (target?.type !== 'Identifier') return undefined;
  const name = String(target.name);
  if (update?.operator === '++') return { name, step: 1 };
  const by = wholeOf(update?.right as Ast | undefined);
  return update?.operator === '+=' && by !== undefined && by > 0 ? { name, step: by } : undefined;
}

function wholeOf(node: Ast | undefined): number | undefined {
  const value = node?.type === 'Literal' ? node.value : undefined;
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

function limitOf(
  test: Ast | null,
  name: string,
): Pick<CountedLoop, 'ahead' | 'operator' | 'bound'> | undefined {
  const operator = test?.operator;
  if (test?.type !== 'BinaryExpression' || (operator !== '<' && operator !== '<=')) {
    return undefined;
  }
  const [left, bound] = [test.left as Ast, test.right as Ast];
  if (left.type === 'Identifier' && left.name === name) return { ahead: 0, operator, bound };
  if (left.type !== 'BinaryExpression' || left.operator !== '+') return undefined;
  const ahead = wholeOf(left.right as Ast);
  return ahead !== undefined && (left.left as Ast).name === name
    ? { ahead, operator, bound }
    : undefined;
}

/** A jump, a function that may outlive its round, or another counter of that name. */
const UNSAFE = /Function|Class|^(?:Break|Continue|Labeled)Statement$|^(?:Yield|Await)Expression$/;

/** Nothing in the body leaves it early, keeps its counter or writes to it. */
function isPlain(body: Ast, name: string): boolean {
  if (UNSAFE.test(body.type) || (body.type === 'VariableDeclaration' && body.kind === 'var')) {
    return false;
  }
  return childrenOf(body).every(({ field, node }) => {
    const isCounter = node.type === 'Identifier' && node.name === name;
    const isWritten = isTarget(body, field) || field === 'id' || body.type.endsWith('Pattern');
    return !(isCounter && isWritten) && isPlain(node, name);
  });
}

/** A number, a name that the loop does not write, or the length of a list that it only looks into. */
function isFixed(bound: Ast, loop: Ast): boolean {
  if (bound.type === 'Literal') return typeof bound.value === 'number';
  if (bound.type === 'Identifier') return !isWritten(loop, String(bound.name));
  const list = bound.object as Ast | undefined;
  const isLength =
    bound.type === 'MemberExpression' &&
    !bound.computed &&
    (bound.property as Ast).name === 'length' &&
    list?.type === 'Identifier';
  return isLength && !isWritten(loop, String(list.name)) && isOnlyLookedInto(loop, list);
}

function isWritten(node: Ast, name: string): boolean {
  return childrenOf(node).some(({ field, node: child }) => {
    const isPlace = isTarget(node, field) || field === 'id' || node.type.endsWith('Pattern');
    return (isPlace && child.name === name) || isWritten(child, name);
  });
}

/** Every mention is `list[…]` or `list.length`, so nothing can make it longer or shorter but a write past its end. */
function isOnlyLookedInto(node: Ast, list: Ast): boolean {
  return childrenOf(node).every(({ field, node: child }) => {
    if (child.type !== 'Identifier' || child.name !== list.name || isName(node, field)) {
      return isOnlyLookedInto(child, list);
    }
    if (node.type !== 'MemberExpression' || field !== 'object') return false;
    return node.computed === true || (node.property as Ast).name === 'length';
  });
}

/** Undefined where one cannot be replaced by a sum: `{ i }`. */
function readsOf(body: Ast, name: string): readonly Read[] | undefined {
  const reads: Read[] = [];
  let isSound = true;
  const visit = (node: Ast): void => {
    for (const { field, node: child } of childrenOf(node)) {
      if (isName(node, field)) continue;
      if (child.type !== 'Identifier' || child.name !== name) visit(child);
      else if (node.type === 'Property' && node.shorthand === true) isSound = false;
      else reads.push(readOf(node, field, child));
    }
  };
  // A body of one statement is itself what is walked from outside.
  visit({ type: 'BlockStatement', start: body.start, end: body.end, body: [body] });
  return isSound ? reads : undefined;
}

function readOf(parent: Ast, field: string, { start, end }: Ast): Read {
  const plus = wholeOf(parent.right as Ast | undefined);
  if (
    parent.type === 'BinaryExpression' &&
    parent.operator === '+' &&
    field === 'left' &&
    plus !== undefined
  ) {
    return { start, end: (parent.right as Ast).end, place: 'sum', plus };
  }
  const isBare =
    (parent.type === 'MemberExpression' && field === 'property') ||
    (parent.type === 'CallExpression' && field === 'arguments');
  return { start, end, place: isBare ? 'bare' : 'operand', plus: 0 };
}
