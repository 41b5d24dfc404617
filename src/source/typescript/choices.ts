/** Choices between two numbers in a program: what depends on nothing but the numbers it names. */
import type { Span } from '../language.ts';
import { type Ast, childrenOf } from './tree.ts';

export interface Choice extends Span {
  readonly form: 'truth' | 'select' | 'extreme';
  /** What may stand there instead. */
  readonly text: string;
  /** A function that it calls. */
  readonly helper?: string;
}

const COMPARISONS = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!==']);
const ARITHMETIC = new Set(['+', '-', '*', '/', '%', '**']);

export function choicesOf(text: string, program: Ast, isTyped: boolean): readonly Choice[] {
  const found: Choice[] = [];
  const reader = new Reader(text, isTyped);
  const visit = (node: Ast, parent: Ast | undefined): void => {
    const choice = reader.choice(node, parent);
    if (choice !== undefined) found.push(choice);
    for (const { node: child } of childrenOf(node)) visit(child, node);
  };
  visit(program, undefined);
  return found;
}

class Reader {
  private readonly text: string;
  private readonly isTyped: boolean;

  constructor(text: string, isTyped: boolean) {
    this.text = text;
    this.isTyped = isTyped;
  }

  choice(node: Ast, parent: Ast | undefined): Choice | undefined {
    if (node.type === 'CallExpression') return this.extreme(node);
    if (node.type !== 'ConditionalExpression') return undefined;
    const test = node.test as Ast;
    const [yes, no] = [node.consequent as Ast, node.alternate as Ast];
    if (!isTruth(test)) return undefined;
    const [one, other] = [wholeOf(yes), wholeOf(no)];
    if (one !== undefined && other !== undefined) {
      const text = this.byTruth(test, one, other);
      return { start: node.start, end: node.end, form: 'truth', text };
    }
    if (!isPlain(yes) || !isPlain(no)) return undefined;
    if (![yes, no].some(isNumeric) && !(parent && isCast(parent))) return undefined;
    const text = `select(${this.of(test)}, ${this.side(yes)}, ${this.side(no)})`;
    return { start: node.start, end: node.end, form: 'select', text, helper: 'select' };
  }

  /** `Math.min(a, b)` and `Math.max(a, b)`. */
  private extreme(node: Ast): Choice | undefined {
    const of = mathOf(node);
    const [a, b, more] = node.arguments as readonly Ast[];
    if ((of !== 'min' && of !== 'max') || !a || !b || more) return undefined;
    if ([a, b].some(({ type }) => type === 'SpreadElement')) return undefined;
    const helper = of === 'min' ? 'lesser' : 'greater';
    const text = `${helper}(${this.of(a)}, ${this.of(b)})`;
    return { start: node.start, end: node.end, form: 'extreme', text, helper };
  }

  private byTruth(test: Ast, yes: number, no: number): string {
    if (no === 0 && yes === 1) return `+(${this.of(test)})`;
    if (no === 1 && yes === 0) return `+!(${this.of(test)})`;
    return `(${no} + (${yes} - ${no}) * +(${this.of(test)}))`;
  }

  /** A list may be shorter than its index, says the type. */
  private side(node: Ast): string {
    const isList = node.type === 'MemberExpression';
    return this.isTyped && isList ? `${this.of(node)} as number` : this.of(node);
  }

  private of({ start, end }: Ast): string {
    return this.text.slice(start, end);
  }
}

/** True or false, nothing that only counts as such. */
function isTruth(node: Ast): boolean {
  switch (node.type) {
    case 'BinaryExpression':
      return COMPARISONS.has(String(node.operator));
    case 'LogicalExpression':
      return node.operator !== '??' && isTruth(node.left as Ast) && isTruth(node.right as Ast);
    case 'UnaryExpression':
      return node.operator === '!';
    default:
      return false;
  }
}

/** Of a size that keeps sums and differences exact. */
const LARGEST = 2 ** 31;

function wholeOf(node: Ast): number | undefined {
  const { type, value } = node;
  const isWhole = type === 'Literal' && Number.isInteger(value);
  return isWhole && (value as number) <= LARGEST ? (value as number) : undefined;
}

/** Reading it has no effect and cannot fail, so it may be read whether or not it is needed. */
function isPlain(node: Ast): boolean {
  switch (node.type) {
    case 'Identifier':
      return true;
    case 'Literal':
      return typeof node.value === 'number';
    case 'TSAsExpression':
      return isPlain(node.expression as Ast);
    case 'UnaryExpression':
      return '-+'.includes(String(node.operator)) && isPlain(node.argument as Ast);
    case 'BinaryExpression':
      return (
        ARITHMETIC.has(String(node.operator)) &&
        isPlain(node.left as Ast) &&
        isPlain(node.right as Ast)
      );
    case 'MemberExpression':
      return (
        node.computed === true &&
        (node.object as Ast).type === 'Identifier' &&
        isPlain(node.property as Ast)
      );
    case 'CallExpression':
      return mathOf(node) !== undefined && (node.arguments as readonly Ast[]).every(isPlain);
    default:
      return false;
  }
}

/** It can be nothing but a number. */
function isNumeric(node: Ast): boolean {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number';
    case 'BinaryExpression':
      return ARITHMETIC.has(String(node.operator)) && node.operator !== '+';
    case 'CallExpression':
      return mathOf(node) !== undefined;
    default:
      return node.type === 'UnaryExpression' || isCast(node);
  }
}

function isCast({ type, typeAnnotation }: Ast): boolean {
  return type === 'TSAsExpression' && (typeAnnotation as Ast).type === 'TSNumberKeyword';
}

/** `min` of `Math.min(…)`. */
function mathOf({ callee }: Ast): string | undefined {
  const { type, object, property, computed } = callee as Ast;
  const isMath = type === 'MemberExpression' && (object as Ast).name === 'Math' && !computed;
  return isMath ? String((property as Ast).name) : undefined;
}
