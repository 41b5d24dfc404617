/** The syntax tree of oxc as variations walk it: types, names of things and patterns told apart. */
import { type Comment, parseSync, visitorKeys } from 'oxc-parser';
import { lineOf, unreadable } from './guard.ts';

/** A node, read as data. */
export interface Ast {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface Parsed {
  readonly program: Ast;
  readonly comments: readonly Comment[];
}

export type Dialect = 'ts' | 'tsx' | 'js' | 'jsx';

/** The tree, or a sentence that says why there is none. Redeclared names and stray jumps are refused too. */
export function parse(text: string, lang: Dialect): Parsed | string {
  const reason = unreadable(text, lang === 'tsx' || lang === 'jsx');
  if (reason !== undefined) return reason;
  const { program, comments, errors } = parseSync(`program.${lang}`, text, {
    lang,
    preserveParens: false,
    showSemanticErrors: true,
  });
  const [error] = errors;
  if (error === undefined) return { program: program as unknown as Ast, comments };
  const message = error.message.trim().replace(/[.]$/, '');
  return `Line ${lineOf(text, error.labels[0]?.start ?? 0)}: ${message}.`;
}

/** Nodes of types that hold expressions; all others whose name begins so exist only for the compiler. */
const RUNTIME_TS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSParameterProperty',
  'TSExportAssignment',
]);

export function isNode(value: unknown): value is Ast {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

export interface Child {
  readonly field: string;
  readonly node: Ast;
}

/** What runs, in the order of the text: no types. */
export function childrenOf(node: Ast): readonly Child[] {
  const found: Child[] = [];
  for (const field of visitorKeys[node.type] ?? []) {
    const value = node[field];
    for (const one of Array.isArray(value) ? value : [value]) {
      if (!isNode(one)) continue;
      if (!one.type.startsWith('TS') || RUNTIME_TS.has(one.type)) found.push({ field, node: one });
    }
  }
  return found;
}

/** Fields that hold a name of something else than a variable, unless they are computed. */
const NAME_FIELDS: Readonly<Record<string, readonly string[]>> = {
  MemberExpression: ['property'],
  Property: ['key'],
  MethodDefinition: ['key'],
  PropertyDefinition: ['key'],
  AccessorProperty: ['key'],
  TSEnumMember: ['id'],
  LabeledStatement: ['label'],
  BreakStatement: ['label'],
  ContinueStatement: ['label'],
  MetaProperty: ['meta', 'property'],
  ImportSpecifier: ['imported'],
  ExportSpecifier: ['exported'],
  ExportAllDeclaration: ['exported'],
  ImportAttribute: ['key'],
};

export function isName(parent: Ast, field: string): boolean {
  return parent.computed !== true && NAME_FIELDS[parent.type]?.includes(field) === true;
}

/** Fields that are written to, not read. */
const TARGETS: Readonly<Record<string, string>> = {
  AssignmentExpression: 'left',
  UpdateExpression: 'argument',
  ForInStatement: 'left',
  ForOfStatement: 'left',
};

export function isTarget(parent: Ast, field: string): boolean {
  return TARGETS[parent.type] === field;
}

/** Names a pattern declares, and the expressions inside it. */
export function namesOf(pattern: Ast): readonly Ast[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'AssignmentPattern':
      return namesOf(pattern.left as Ast);
    case 'RestElement':
      return namesOf(pattern.argument as Ast);
    case 'Property':
      return namesOf(pattern.value as Ast);
    case 'TSParameterProperty':
      return namesOf(pattern.parameter as Ast);
    case 'ArrayPattern':
    case 'ObjectPattern':
      return childrenOf(pattern).flatMap(({ node }) => namesOf(node));
    default:
      return [];
  }
}
