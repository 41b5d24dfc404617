/**
 * Mutants of a program (DeMillo, Lipton & Sayward 1978): one small fault each, in the syntax tree. The
 * operators are the sufficient set of Offutt et al. (TOSEM 5(2), 1996), arithmetic, relational, logical
 * and unary, with deletion of statements, conditions, literals and library calls as tools for JavaScript
 * have them. Pure: texts in, texts out, and nothing is run.
 */
import { extensionOf } from './language-of.ts';
import { decodeProgram, editableSpans, encodeProgram } from './program.ts';
import { type Ast, childrenOf, type Dialect, isName, isTarget, parse } from './typescript/tree.ts';

export interface Mutant {
  /** Canonical text of the candidate. */
  readonly text: string;
  /** `origin/sort.ts:12: < for <=`. */
  readonly what: string;
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const DIALECTS: Readonly<Record<string, Dialect>> = {
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
  js: 'jsx',
  mjs: 'js',
  cjs: 'js',
  jsx: 'jsx',
};

/** Every mutant of the JavaScript and TypeScript in it, in the order of the text; none of other languages. */
export function programMutants(text: string): readonly Mutant[] {
  const { files } = decodeProgram(text);
  return Object.entries(files).flatMap(([path, file]) => {
    const dialect = DIALECTS[extensionOf(path)];
    const made = dialect === undefined ? [] : changesOf(file, dialect);
    return made.map((change) => {
      const { start, end, text: other } = change;
      const changed = file.slice(0, start) + other + file.slice(end);
      const line = file.slice(0, start).split('\n').length;
      const what = `${path}:${line}: ${shortened(other)} for ${shortened(file.slice(start, end))}`;
      return { text: encodeProgram({ files: { ...files, [path]: changed } }), what };
    });
  });
}

const SHOWN = 40;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return 'nothing';
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}…`;
}

function changesOf(text: string, dialect: Dialect): readonly Change[] {
  const parsed = parse(text, dialect);
  if (typeof parsed === 'string') return [];
  const spans = editableSpans(text);
  const found: Change[] = [];
  const visit = (node: Ast): void => {
    found.push(...changesAt(node, text));
    for (const { field, node: child } of childrenOf(node)) {
      if (!isName(node, field) && !isTarget(node, field)) visit(child);
      else if (isTarget(node, field)) for (const inner of childrenOf(child)) visit(inner.node);
    }
  };
  visit(parsed.program);
  const isInside = ({ start, end }: Change): boolean =>
    spans.some((span) => span.start <= start && end <= span.end);
  return found.filter(isInside);
}

/** What may stand in an operator's place. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
  '%=': ['*='],
  '++': ['--'],
  '--': ['++'],
};

/** Of the library: what does the contrary, or a little less. */
const CALLS: Readonly<Record<string, string>> = {
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  round: 'floor',
  trunc: 'ceil',
  some: 'every',
  every: 'some',
  push: 'unshift',
  pop: 'shift',
  shift: 'pop',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  find: 'findLast',
  indexOf: 'lastIndexOf',
};

function changesAt(node: Ast, text: string): readonly Change[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return operatorChanges(node, text, { from: node['left'], to: node['right'] });
    case 'UpdateExpression':
      return updateChanges(node);
    case 'UnaryExpression':
      return ['-', '!', '~'].includes(String(node['operator']))
        ? [{ ...at(node), text: slice(text, node['argument'] as Ast) }]
        : [];
    case 'Literal':
      return literalChanges(node, text);
    case 'ConditionalExpression':
      return swapped(node, text);
    case 'IfStatement':
      return conditions(node, ['true', 'false']);
    // A loop without an end would only show that there is a time limit.
    case 'WhileStatement':
    case 'ForStatement':
      return conditions(node, ['false']);
    case 'ExpressionStatement':
      return [{ ...at(node), text: ';' }];
    case 'MemberExpression':
      return callChanges(node);
    default:
      return [];
  }
}

function at({ start, end }: Ast): { readonly start: number; readonly end: number } {
  return { start, end };
}

function slice(text: string, { start, end }: Ast): string {
  return text.slice(start, end);
}

/** The operator stands between its sides, with nothing but blanks and comments around it. */
function operatorChanges(
  node: Ast,
  text: string,
  { from, to }: { readonly from: unknown; readonly to: unknown },
): readonly Change[] {
  const operator = String(node['operator']);
  const others = OPERATORS[operator] ?? [];
  const [left, right] = [from as Ast, to as Ast];
  const start = text.indexOf(operator, left.end);
  if (start < 0 || start >= right.start) return [];
  return others.map((other) => ({ start, end: start + operator.length, text: other }));
}

function updateChanges(node: Ast): readonly Change[] {
  const start = node['prefix'] === true ? node.start : node.end - 2;
  const others = OPERATORS[String(node['operator'])] ?? [];
  return others.map((other) => ({ start, end: start + 2, text: other }));
}

function literalChanges(node: Ast, text: string): readonly Change[] {
  const value = node['value'];
  const become = (...others: readonly string[]): readonly Change[] =>
    others.map((other) => ({ ...at(node), text: other }));
  if (typeof value === 'boolean') return become(String(!value));
  if (typeof value === 'number') {
    return become(String(value + 1), value === 0 ? '(-1)' : String(value < 1 ? 0 : value - 1));
  }
  // Names of modules are strings, too: those never load, and show nothing.
  if (
    typeof value === 'string' &&
    !/\b(from|import|require\()\s*$/.test(text.slice(0, node.start))
  ) {
    return become(value === '' ? '"mutant"' : '""');
  }
  return [];
}

function swapped(node: Ast, text: string): readonly Change[] {
  const [yes, no] = [node['consequent'] as Ast, node['alternate'] as Ast];
  const other = slice(text, no) + text.slice(yes.end, no.start) + slice(text, yes);
  return [{ start: yes.start, end: no.end, text: other }];
}

function conditions(node: Ast, values: readonly string[]): readonly Change[] {
  const test = node['test'] as Ast | null | undefined;
  if (!test || test.type === 'Literal') return [];
  return values.map((value) => ({ ...at(test), text: value }));
}

function callChanges(node: Ast): readonly Change[] {
  const property = node['property'] as Ast;
  const name = property.type === 'Identifier' ? String(property['name']) : '';
  const other = node['computed'] !== true && Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  return other === undefined ? [] : [{ ...at(property), text: other }];
}
