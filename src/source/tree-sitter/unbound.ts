/**
 * Names that are read where nothing of their function, or outside of it, has given them a value yet.
 * It knows functions, not blocks: what a compiler with narrower scopes refuses is the evaluator's to
 * say.
 */
import type { Node } from './node.ts';

const FUNCTION = /^(?:function_|method_|lambda|closure_|func_literal)/;
const BINARY = /^(?:binary_|comparison_|boolean_)/;
const DECLARES = /^(?:pattern|declarator|name|parameter|parameters|alias)$/;
const DECLARING = /parameter|pattern_list|tuple_pattern|import|use_|as_pattern|global|nonlocal/;
/** Names of other things: members, types, keywords of calls, labels. */
const OTHER = /^(?:attribute|field|type|key|label|module_name|path|method)$/;

interface Scope {
  readonly names: Map<string, number>;
  readonly outer: Scope | undefined;
}

interface Reading {
  readonly name: string;
  readonly at: number;
  readonly scope: Scope;
}

export function unboundIn(text: string, root: Node): ReadonlySet<string> {
  const readings: Reading[] = [];
  const declare = (scope: Scope, { start, end }: Node, from: number): void => {
    const name = text.slice(start, end);
    scope.names.set(name, Math.min(from, scope.names.get(name) ?? Number.POSITIVE_INFINITY));
  };
  const visit = (node: Node, scope: Scope, declares: number | undefined): void => {
    if (node.kind === 'identifier') {
      if (declares === undefined) {
        readings.push({ name: text.slice(node.start, node.end), at: node.start, scope });
      } else declare(scope, node, declares);
      return;
    }
    const isFunction = FUNCTION.test(node.kind);
    const own: Scope = isFunction ? { names: new Map(), outer: scope } : scope;
    for (const child of node.children) {
      if (OTHER.test(child.field) || (child.field === 'name' && /argument/.test(node.kind)))
        continue;
      // A function's name belongs to the scope around it, and holds there from the start.
      const isOwnName = isFunction && DECLARES.test(child.field) && child.kind === 'identifier';
      if (isOwnName && child.field === 'name') declare(scope, child, 0);
      else visit(child, own, declaresIn(node, child, declares));
    }
  };
  visit(root, { names: new Map(), outer: undefined }, undefined);
  return new Set(readings.flatMap(faultOf));
}

/** From where a child's names hold, if it declares any. */
function declaresIn(node: Node, child: Node, inherited: number | undefined): number | undefined {
  if (/^(?:value|subscript|index|size|body|right|arguments|condition)$/.test(child.field)) {
    return undefined;
  }
  if (inherited !== undefined)
    return /^(?:subscript|attribute|call)/.test(node.kind) ? undefined : inherited;
  const isTarget = child.field === 'left' && !BINARY.test(node.kind);
  if (isTarget) return /^(?:for|in)_|for_in/.test(node.kind) ? child.start : node.end;
  return DECLARES.test(child.field) || DECLARING.test(node.kind) ? child.start : undefined;
}

function faultOf({ name, at, scope }: Reading): readonly string[] {
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    const from = here.names.get(name);
    if (from === undefined) continue;
    return here === scope && at < from ? [`early ${name}`] : [];
  }
  return [name];
}
