/**
 * Where statements, expressions, tests and loops are in a tree of tree-sitter. Its grammars agree on
 * the names of fields (`condition`, `body`, `left`, `right`) and mostly on those of expressions, so
 * one reader serves them all.
 */

import type { Anatomy, Expression } from '../grammar/anatomy.ts';
import { Survey } from '../grammar/survey.ts';
import type { Span } from '../language.ts';
import { fieldOf, type Node, namedOf } from './node.ts';
import type { Shape } from './shape.ts';
import { unboundIn } from './unbound.ts';

const NUMBER =
  /^(?:integer|float|number_literal|(?:int|float|integer|decimal_integer|decimal_floating_point)_literal)$/;
const ATOM =
  /^(?:identifier|call|call_expression|method_invocation|attribute|subscript|subscript_expression|index_expression|array_access|selector_expression|field_expression|field_access)$/;
const BINARY = /^(?:binary_operator|binary_expression|comparison_operator|boolean_operator)$/;
const OPERATED = /^(?:binary_|comparison_|boolean_|augmented_|compound_|assignment_)/;
const CHOICE = /^(?:conditional|ternary)_expression$/;
const TRUTH_TOKEN = /^(?:<|<=|>|>=|==|!=|&&|\|\||and|or|in|is|not in|is not)$/;
const SORTS: Readonly<Record<string, string>> = {
  true: 'truth',
  false: 'truth',
  boolean_literal: 'truth',
  not_operator: 'truth',
  unary_operator: 'value',
  string: 'text',
  string_literal: 'text',
  interpreted_string_literal: 'text',
  list: 'list',
  list_comprehension: 'list',
  dictionary: 'object',
  lambda: 'function',
};

/** Places where only a name or a special form may stand. */
const FIXED_FIELDS = new Set(
  'function name attribute field type pattern declarator parameters parameter key label macro method object'.split(
    ' ',
  ),
);
const FIXED_PARENTS =
  /import|package|parameter|global|nonlocal|pattern|inc_statement|dec_statement|update_expression|use_|scoped|token_tree|decorator|annotation|type|preproc|string|class_|except|range_clause/;

class Surveyor extends Survey {
  private readonly text: string;
  private readonly shape: Shape;

  constructor(text: string, shape: Shape) {
    super();
    this.text = text;
    this.shape = shape;
  }

  visit(node: Node, isTarget: boolean): void {
    this.size += node.named ? 1 : 0;
    this.statement(node);
    this.operator(node);
    for (const child of node.children) {
      const target = isTarget || (child.field === 'left' && !BINARY.test(node.kind));
      if (!target) this.expression(node, child);
      this.visit(child, target);
    }
  }

  private word({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  private expressionOf(node: Node | undefined): Expression | undefined {
    if (node === undefined || !node.named) return undefined;
    const sort = this.sortOf(node);
    if (sort === undefined) return undefined;
    const atomic = ATOM.test(node.kind) || NUMBER.test(node.kind) || sort === 'text';
    return { start: node.start, end: node.end, sort, atomic };
  }

  private sortOf(node: Node): string | undefined {
    const { kind, children } = node;
    if (ATOM.test(kind) || NUMBER.test(kind)) return 'value';
    if (BINARY.test(kind)) {
      const isTest = children.some(
        (child) => !child.named && TRUTH_TOKEN.test(this.word(child).trim()),
      );
      return isTest ? 'truth' : 'value';
    }
    if (kind === 'unary_expression') return this.text[node.start] === '!' ? 'truth' : 'value';
    if (CHOICE.test(kind)) {
      const side = fieldOf(node, 'consequence') ?? namedOf(node)[0];
      return side && this.sortOf(side);
    }
    return SORTS[kind];
  }

  private expression(parent: Node, node: Node): void {
    const isFixed =
      FIXED_FIELDS.has(node.field) ||
      FIXED_PARENTS.test(parent.kind) ||
      (node.field === 'operand' && parent.kind === 'selector_expression');
    const found = isFixed ? undefined : this.expressionOf(node);
    if (found === undefined) return;
    this.expressions.push(found);
    if (!NUMBER.test(node.kind)) return;
    const value = Number(this.word(node).replaceAll('_', ''));
    if (Number.isNaN(value)) return;
    this.constants.push({ start: node.start, end: node.end, value, negatable: true });
  }

  private statement(node: Node): void {
    const { kind } = node;
    if (this.shape.blocks.includes(kind)) {
      const units = this.unitsOf(node);
      if (units.length > 0) this.blocks.push(units);
    }
    const python = kind === 'conditional_expression' && this.shape.indents;
    const condition = python ? namedOf(node)[1] : unwrapped(fieldOf(node, 'condition'));
    const test = this.expressionOf(condition);
    if (test !== undefined) this.conditions.push(test);
    if (/^if_(?:statement|expression)$/.test(kind) && !fieldOf(node, 'alternative')) {
      const body = this.bodyOf(fieldOf(node, 'consequence'));
      if (body.length > 0) this.guards.push({ whole: spanOf(node), body });
    }
    if (/^(?:for|while)_/.test(kind)) this.loop(node, condition);
    const step = /^(\w+)(\+\+|--)$/.exec(this.word(node));
    if (step !== null && /^(?:update_expression|inc_statement|dec_statement)$/.test(kind)) {
      this.steps.push({ ...spanOf(node), name: step[1] as string, by: step[2] === '++' ? 1 : -1 });
    }
  }

  private loop(node: Node, condition: Node | undefined): void {
    const body = fieldOf(node, 'body');
    if (body !== undefined) {
      const header = this.text.slice(node.start, body.start).trimEnd();
      const units = this.bodyOf(body);
      const span = { start: node.start, end: node.start + header.length };
      if (units.length > 0) this.loops.push({ header: span, body: units });
    }
    const clause = node.children.find(({ kind }) => kind === 'for_clause');
    const test = condition ?? (clause && fieldOf(clause, 'condition'));
    const range = fieldOf(node, 'right') ?? fieldOf(node, 'value');
    const limit = test && BINARY.test(test.kind) ? fieldOf(test, 'right') : this.endOf(range);
    const bound = this.expressionOf(limit);
    if (bound !== undefined) this.bounds.push(bound);
  }

  /** `range(…)` and `a..b` end in their last part but for a step. */
  private endOf(range: Node | undefined): Node | undefined {
    if (range?.kind === 'range_expression') return namedOf(range).at(-1);
    const callee = range && fieldOf(range, 'function');
    if (range === undefined || callee === undefined || this.word(callee) !== 'range')
      return undefined;
    const given = fieldOf(range, 'arguments');
    const list = given ? namedOf(given) : [];
    return list.length === 1 ? list[0] : list[1];
  }

  private operator(node: Node): void {
    if (/^(?:argument_list|arguments)$/.test(node.kind)) this.pair(...namedOf(node).slice(0, 2));
    if (CHOICE.test(node.kind))
      this.pair(namedOf(node).at(this.shape.indents ? 0 : 1), namedOf(node).at(2));
    if (!OPERATED.test(node.kind)) return;
    if (BINARY.test(node.kind)) this.pair(...namedOf(node).slice(0, 2));
    for (const child of node.children) {
      const word = this.word(child);
      if (!child.named && this.shape.style.families.some((words) => words.includes(word))) {
        this.operators.push({ ...spanOf(child), word });
      }
    }
  }

  private pair(left?: Node, right?: Node): void {
    const sides = [this.expressionOf(left), this.expressionOf(right)];
    if (sides[0] && sides[1]) this.pairs.push([sides[0], sides[1]]);
  }

  /** The statements of a body, which may be a block around a list of them. */
  private bodyOf(body: Node | undefined): readonly Span[] {
    if (body === undefined) return [];
    if (this.shape.blocks.includes(body.kind)) return this.unitsOf(body);
    return body.children.flatMap((child) =>
      this.shape.blocks.includes(child.kind) ? this.unitsOf(child) : [],
    );
  }

  private unitsOf(node: Node): readonly Span[] {
    return namedOf(node)
      .filter(({ kind }) => !/import|package|^use_|preproc/.test(kind))
      .map(spanOf);
  }
}

/** A test without the parentheses that belong to its statement. */
function unwrapped(condition: Node | undefined): Node | undefined {
  if (
    condition === undefined ||
    !/^(?:parenthesized_expression|condition_clause)$/.test(condition.kind)
  ) {
    return condition;
  }
  return namedOf(condition)[0];
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

export function anatomyOf(text: string, root: Node, shape: Shape): Anatomy {
  const surveyor = new Surveyor(text, shape);
  surveyor.visit(root, false);
  return surveyor.anatomy(unboundIn(text, root, shape));
}
