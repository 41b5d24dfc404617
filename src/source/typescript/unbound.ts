/**
 * Names that a program reads although nothing declares them at that place: globals in a sound
 * program, and mistakes in a child of it. Also what is read before its declaration has run, and
 * constants that are written.
 */
import { type Ast, childrenOf, isName, isTarget, namesOf } from './tree.ts';

interface Declared {
  /** Where the name holds its value, for code of the same function. */
  readonly from: number;
  readonly isConstant: boolean;
}

class Scope {
  readonly names = new Map<string, Declared>();
  readonly outer: Scope | undefined;
  /** The scope of the function it belongs to. */
  readonly home: Scope;

  constructor(outer: Scope | undefined, isHome: boolean) {
    this.outer = outer;
    this.home = isHome || outer === undefined ? this : outer.home;
  }
}

interface Reference {
  readonly name: string;
  readonly at: number;
  readonly scope: Scope;
  readonly isWrite: boolean;
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'StaticBlock',
  'PropertyDefinition',
]);
const BLOCKS = new Set([
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'CatchClause',
  'ClassExpression',
]);
const HOISTED: Declared = { from: 0, isConstant: false };

class Resolver {
  readonly references: Reference[] = [];

  /** `from` is where a declaration holds its values, if that is not its own end. */
  visit(node: Ast, scope: Scope, from?: number): void {
    this.declare(node, scope, from);
    const own = FUNCTIONS.has(node.type)
      ? new Scope(scope, true)
      : BLOCKS.has(node.type)
        ? new Scope(scope, false)
        : scope;
    this.declareInside(node, own);
    const isDeclared = node.type === 'VariableDeclarator' || FUNCTIONS.has(node.type);
    for (const { field, node: child } of childrenOf(node)) {
      if (isName(node, field)) continue;
      const isPattern =
        (isDeclared && (field === 'id' || field === 'params')) ||
        (node.type === 'CatchClause' && field === 'param');
      if (isPattern) this.pattern(child, own);
      else if (child.type !== 'Identifier') this.visit(child, own, headerEnd(node, field));
      else this.refer(child, own, isTarget(node, field));
    }
  }

  /** What the node declares around itself. */
  private declare(node: Ast, scope: Scope, from: number | undefined): void {
    if (node.type === 'VariableDeclaration') {
      const isVar = node.kind === 'var';
      for (const declarator of node.declarations as readonly Ast[]) {
        for (const { name } of namesOf(declarator.id as Ast)) {
          const declared = { from: from ?? declarator.end, isConstant: node.kind === 'const' };
          (isVar ? scope.home : scope).names.set(String(name), isVar ? HOISTED : declared);
        }
      }
    } else if (node.type === 'ClassDeclaration' && node.id) {
      scope.names.set(String((node.id as Ast).name), { from: node.start, isConstant: true });
    } else if (node.type === 'FunctionDeclaration' || node.type === 'TSEnumDeclaration') {
      if (node.id) scope.names.set(String((node.id as Ast).name), HOISTED);
    } else if (node.type.startsWith('Import') && node.local) {
      scope.names.set(String((node.local as Ast).name), { from: 0, isConstant: true });
    }
  }

  /** What it declares for its own parts. */
  private declareInside(node: Ast, scope: Scope): void {
    const parameters = [
      ...((node.params as readonly Ast[] | undefined) ?? []),
      ...(node.type === 'CatchClause' && node.param ? [node.param as Ast] : []),
      ...(node.type.endsWith('Expression') && node.id ? [node.id as Ast] : []),
    ];
    for (const { name } of parameters.flatMap(namesOf)) scope.names.set(String(name), HOISTED);
    if (FUNCTIONS.has(node.type) && node.type !== 'ArrowFunctionExpression') {
      scope.names.set('arguments', HOISTED);
    }
  }

  /** Default values and computed keys of a pattern; its names are declared already. */
  private pattern(node: Ast, scope: Scope): void {
    for (const { field, node: child } of childrenOf(node)) {
      if (isName(node, field)) continue;
      const isDefault = node.type === 'AssignmentPattern' && field === 'right';
      if (isDefault && child.type === 'Identifier') this.refer(child, scope, false);
      else if (isDefault) this.visit(child, scope);
      else this.pattern(child, scope);
    }
  }

  private refer({ name, start }: Ast, scope: Scope, isWrite: boolean): void {
    this.references.push({ name: String(name), at: start, scope, isWrite });
  }
}

/** The variable of `for (const x of xs)` has no value before the body. */
function headerEnd(loop: Ast, field: string): number | undefined {
  const isEach = loop.type === 'ForOfStatement' || loop.type === 'ForInStatement';
  return isEach && field === 'left' ? (loop.body as Ast).start : undefined;
}

export function unboundIn(program: Ast): ReadonlySet<string> {
  const resolver = new Resolver();
  resolver.visit(program, new Scope(undefined, true));
  return new Set(resolver.references.flatMap(faultOf));
}

function faultOf({ name, at, scope, isWrite }: Reference): readonly string[] {
  for (let here: Scope | undefined = scope; here !== undefined; here = here.outer) {
    const declared = here.names.get(name);
    if (declared === undefined) continue;
    if (isWrite && declared.isConstant) return [`written constant ${name}`];
    return here.home === scope.home && at < declared.from ? [`early ${name}`] : [];
  }
  return [name];
}
