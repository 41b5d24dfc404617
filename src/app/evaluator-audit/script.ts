/** JavaScript and TypeScript with other bodies, or with statements that run when the module is loaded. */
import { type Edit, edited, isInside } from '../../source/edit.ts';
import type { Span } from '../../source/language.ts';
import { extensionOf } from '../../source/language-of.ts';
import { editableSpans } from '../../source/program.ts';
import { type Ast, type Dialect, isNode, parse } from '../../source/typescript/tree.ts';

/** Every exported function returns `value`; where none is exported or editable, every one of the module. */
export function scriptBodies(path: string, text: string, value: string): string | undefined {
  const dialect = dialectOf(path);
  const tree = parse(text, dialect);
  if (typeof tree === 'string') return undefined;
  const spans = editableSpans(text);
  const found = functionsOf(tree.program);
  const exported = found.filter(({ isExported }) => isExported);
  for (const some of [exported, found]) {
    const edits = some.flatMap(({ body }) => editOf(body, spans, value));
    const child = edits.length > 0 ? edited({ text, spans }, edits) : undefined;
    if (child !== undefined && typeof parse(child, dialect) !== 'string') return child;
  }
  return undefined;
}

/** In a block of its own, so that no name of it meets one of the module. */
export function scriptStatements(path: string, text: string, code: string): string | undefined {
  const spans = editableSpans(text);
  const first = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  const start = Math.max(spans[0]?.start ?? 0, first);
  const block = `;{ ${code.trim()} }\n`;
  const child = edited({ text, spans }, [{ start, end: start, text: block }]);
  return child === undefined || typeof parse(child, dialectOf(path)) === 'string'
    ? undefined
    : child;
}

function dialectOf(path: string): Dialect {
  const extension = extensionOf(path);
  if (extension === 'tsx' || extension === 'jsx') return extension;
  return extension.endsWith('ts') ? 'ts' : 'js';
}

interface Found {
  readonly body: Ast;
  readonly isExported: boolean;
}

/** Of the top level of the module, methods of its classes and objects too. */
function functionsOf({ body }: Ast): readonly Found[] {
  return (body as readonly Ast[]).flatMap((statement) => {
    const isExported = statement.type.startsWith('Export');
    const inner = isExported ? statement.declaration : statement;
    return valuesIn(inner).map((value) => ({ body: value, isExported }));
  });
}

/** Bodies of what a declaration, an assignment or an expression defines. */
function valuesIn(node: unknown): readonly Ast[] {
  if (!isNode(node)) return [];
  if (/Function/.test(node.type)) return isNode(node.body) ? [node.body] : [];
  switch (node.type) {
    case 'VariableDeclaration':
      return (node.declarations as readonly Ast[]).flatMap(({ init }) => valuesIn(init));
    case 'ExpressionStatement':
      return valuesIn(node.expression);
    case 'AssignmentExpression':
      return valuesIn(node.right);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return ((node.body as Ast).body as readonly Ast[])
        .filter(({ kind }) => kind !== 'constructor')
        .flatMap(({ value }) => valuesIn(value));
    case 'ObjectExpression':
      return (node.properties as readonly Ast[]).flatMap(({ value }) => valuesIn(value));
    default:
      return [];
  }
}

/** The whole body where it may be changed; a return at the top of the block that may be changed inside it. */
function editOf(body: Ast, spans: readonly Span[], value: string): readonly Edit[] {
  const { type, start, end } = body;
  if (isInside(spans, body)) {
    const text = type === 'BlockStatement' ? `{ return ${value}; }` : `(${value})`;
    return [{ start, end, text }];
  }
  const inner = spans.find((span) => start < span.start && span.end < end);
  if (inner === undefined) return [];
  return [{ start: inner.start, end: inner.start, text: `return ${value};\n` }];
}
