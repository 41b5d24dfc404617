/**
 * Names that are read where nothing around them has given them a value yet, and names that are declared
 * twice where a language allows that once. What types forbid is the evaluator's to say.
 */
import { fieldOf, type Node } from './node.ts';
import type { Shape } from './shape.ts';

const FUNCTION =
  /^(?:function_definition|function_item|function_declaration|method_declaration|constructor_declaration|lambda|lambda_expression|closure_expression|func_literal)$/;
/** What holds names of its own besides functions, where names belong to blocks: branches and loops have headers. */
const BLOCK =
  /^(?:block|compound_statement|(?:if|for|while|match|switch)_(?:statement|expression)|enhanced_for_statement|for_range_loop|match_arm|catch_clause|expression_case|communication_case|type_case|default_case)$/;
const BINARY = /^(?:binary_|comparison_|boolean_)/;
const DECLARES = /^(?:pattern|declarator|name|parameter|parameters|alias)$/;
const DECLARING = /parameter|pattern_list|tuple_pattern|import|use_|as_pattern|global|nonlocal/;
/** Of Go, where a name may also be written without being declared. */
const DECLARES_ON_THE_LEFT = /^(?:short_var_declaration|range_clause)$/;
/** Loops over a range, which is read before their variable has a value. */
const EACH = /^(?:for_expression|enhanced_for_statement|for_range_loop)$/;
/** Declarations whose value is read before their name has one. */
const VALUED = /^(?:let_declaration|variable_declarator|init_declarator|var_spec)$/;
/** Names of other things: members, types, keywords of calls, labels. */
const OTHER = /^(?:attribute|field|type|key|label|module_name|path|method)$/;

interface Scope {
  readonly names: Map<string, number>;
  readonly outer: Scope | undefined;
  /** The scope of the function it belongs to. */
  readonly home: Scope | undefined;
}

interface Reading {
  readonly name: string;
  readonly at: number;
  readonly scope: Scope;
}

class Resolver {
  readonly readings: Reading[] = [];
  readonly twice = new Set<string>();
  private readonly text: string;
  private readonly naming: Shape['naming'];

  constructor(text: string, { naming }: Shape) {
    this.text = text;
    this.naming = naming;
  }

  /** `declares`: from where the names below hold, if they are declared here. */
  visit(node: Node, scope: Scope, declares: number | undefined): void {
    if (node.kind === 'identifier') {
      const name = this.text.slice(node.start, node.end);
      if (declares === undefined) this.readings.push({ name, at: node.start, scope });
      else this.declare(scope, name, declares);
      return;
    }
    const isFunction = FUNCTION.test(node.kind);
    const own = this.scopeOf(node, scope, isFunction);
    for (const child of node.children) {
      if (OTHER.test(child.field) || (child.field === 'name' && /argument/.test(node.kind)))
        continue;
      // A function's name belongs to the scope around it, and holds there from the start.
      const isOwnName = isFunction && child.field === 'name' && child.kind === 'identifier';
      if (isOwnName) scope.names.set(this.text.slice(child.start, child.end), 0);
      else this.visit(child, own, this.declaresIn(node, child, declares));
    }
  }

  private scopeOf({ kind }: Node, outer: Scope, isFunction: boolean): Scope {
    const names = new Map<string, number>();
    if (isFunction) return { names, outer, home: undefined };
    const isBlock = this.naming !== 'by assigning' && BLOCK.test(kind);
    return isBlock ? { names, outer, home: homeOf(outer) } : outer;
  }

  private declare(scope: Scope, name: string, from: number): void {
    if (this.isTaken(scope, name)) this.twice.add(`twice ${name}`);
    scope.names.set(name, Math.min(from, scope.names.get(name) ?? Number.POSITIVE_INFINITY));
  }

  private isTaken(scope: Scope, name: string): boolean {
    if (this.naming === 'once a block') return scope.names.has(name);
    if (this.naming !== 'once a function') return false;
    for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
      if (here.names.has(name)) return true;
      if (here.home === undefined) return false;
    }
    return false;
  }

  /** From where a child's names hold, if it declares any. */
  private declaresIn(node: Node, child: Node, inherited: number | undefined): number | undefined {
    if (/^(?:value|subscript|index|size|body|right|arguments|condition)$/.test(child.field)) {
      return undefined;
    }
    if (inherited !== undefined) {
      if (/^(?:subscript|attribute|call)/.test(node.kind)) return undefined;
      return VALUED.test(node.kind) ? node.end : inherited;
    }
    const isTarget = child.field === 'left' && !BINARY.test(node.kind);
    if (isTarget && this.naming !== 'by assigning' && !DECLARES_ON_THE_LEFT.test(node.kind))
      return undefined;
    if (isTarget) return /^(?:for|in|range)_|for_in/.test(node.kind) ? child.start : node.end;
    return DECLARES.test(child.field) || DECLARING.test(node.kind)
      ? holdsFrom(node, child)
      : undefined;
  }
}

function holdsFrom(node: Node, { start }: Node): number {
  if (EACH.test(node.kind)) return fieldOf(node, 'body')?.start ?? start;
  return VALUED.test(node.kind) ? node.end : start;
}

function homeOf(scope: Scope): Scope {
  return scope.home ?? scope;
}

export function unboundIn(text: string, root: Node, shape: Shape): ReadonlySet<string> {
  const resolver = new Resolver(text, shape);
  resolver.visit(root, { names: new Map(), outer: undefined, home: undefined }, undefined);
  return new Set([...resolver.readings.flatMap(faultOf), ...resolver.twice]);
}

function faultOf({ name, at, scope }: Reading): readonly string[] {
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    const from = here.names.get(name);
    if (from === undefined) continue;
    return homeOf(here) === homeOf(scope) && at < from ? [`early ${name}`] : [];
  }
  return [name];
}
