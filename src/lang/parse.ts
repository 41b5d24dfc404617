/**
 * Reads a printed program back into a forest. It accepts what `printTypeScript` prints, with other
 * white space, comments and redundant parentheses, and refuses everything else: a source is data
 * only as long as every word of it is understood. Fixed parts (signatures, helpers, the shape of a
 * table) are compared with the syntax tree of what the printer would have written.
 */

import { parseSync } from 'oxc-parser';
import { PacelineError } from '../core/errors.ts';
import type { Forest, Node } from './forest.ts';
import { checkForest, typeOf } from './forest.ts';
import type { HelperName } from './helper-sources.ts';
import { HELPERS, isHelper, withNeeds } from './helper-sources.ts';
import type { Ast, Scope, TableData } from './parse-expression.ts';
import { bare, insideFinite, literal, readExpression } from './parse-expression.ts';
import { alwaysFinite } from './semantics.ts';
import { guardSource, unsupported } from './source-guard.ts';
import type { SlotSpec, Vocabulary } from './vocabulary.ts';
import { checkVocabulary } from './vocabulary.ts';

/** Fields that say where and how something was written, not what. */
const LAYOUT_FIELDS: ReadonlySet<string> = new Set(['start', 'end', 'raw']);

const TABLE_NAME = /^TABLE_[1-9]\d{0,3}$/;

function parseStatements(source: string): readonly Ast[] {
  const { program, errors } = parseSync('program.ts', source, { lang: 'ts', sourceType: 'module' });
  const [error] = errors;
  if (error !== undefined) {
    throw unsupported(
      source,
      error.labels[0]?.start ?? 0,
      `it is not TypeScript: ${error.message}`,
    );
  }
  return program.body as unknown as readonly Ast[];
}

function isNode(value: unknown): value is Ast {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** What a statement says, as text, with chosen parts left open. */
function skeleton(statement: unknown, holes: readonly unknown[]): string {
  return JSON.stringify(statement, (field, value: unknown) => {
    if (LAYOUT_FIELDS.has(field)) return undefined;
    if (value !== null && holes.includes(value)) return '…';
    return isNode(value) ? bare(value) : value;
  });
}

function field(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Readonly<Record<string | number, unknown>>)[step];
  }
  return here;
}

/** Everything a source declares, sorted by kind but not yet read. */
interface Outline {
  readonly slots: ReadonlyMap<string, Ast>;
  readonly tables: ReadonlyMap<string, Ast>;
  readonly helpers: ReadonlyMap<string, Ast>;
}

function outlineOf(source: string): Outline {
  const slots = new Map<string, Ast>();
  const tables = new Map<string, Ast>();
  const helpers = new Map<string, Ast>();
  const put = (kind: Map<string, Ast>, name: unknown, statement: Ast): void => {
    if (typeof name !== 'string' || kind.has(name)) {
      throw unsupported(source, statement.start, `${String(name)} is declared twice or unnamed`);
    }
    kind.set(name, statement);
  };
  for (const statement of parseStatements(source)) {
    if (statement.type === 'ExportNamedDeclaration') {
      put(slots, field(statement, 'declaration', 'id', 'name'), statement);
    } else if (statement.type === 'VariableDeclaration') {
      put(tables, field(statement, 'declarations', 0, 'id', 'name'), statement);
    } else {
      put(helpers, field(statement, 'id', 'name') ?? statement.type, statement);
    }
  }
  return { slots, tables, helpers };
}

function expectSame(
  source: string,
  statement: Ast,
  expected: { text: string; what: string },
): void {
  const [model] = parseStatements(expected.text);
  if (skeleton(statement, []) !== skeleton(model, [])) {
    throw unsupported(source, statement.start, `${expected.what} is not the one a program may use`);
  }
}

function checkHelpers(source: string, helpers: Outline['helpers']): void {
  for (const [name, statement] of helpers) {
    if (!isHelper(name)) {
      throw unsupported(source, statement.start, `${name} is not part of the language`);
    }
    expectSame(source, statement, { text: HELPERS[name].source, what: `the helper ${name}` });
  }
}

function numbers(source: string, list: unknown): number[] {
  return (field(list, 'elements') as readonly (Ast | null)[]).map((element) => {
    const value = element === null ? undefined : literal(bare(element));
    if (value === undefined) {
      throw unsupported(source, (list as Ast).start, 'a table holds anything but plain numbers');
    }
    return value;
  });
}

function readTable(source: string, name: string, statement: Ast): TableData {
  const lists = (top: unknown): readonly unknown[] =>
    [0, 1, 2].map((i) =>
      field(top, 'declarations', 0, 'init', 'properties', i, 'value', 'elements'),
    );
  const found = lists(statement);
  const [model] = parseStatements(`const ${name}: Table = { xs: [], ys: [], z: [] };`);
  if (
    !TABLE_NAME.test(name) ||
    !found.every(Array.isArray) ||
    skeleton(statement, found) !== skeleton(model, lists(model))
  ) {
    throw unsupported(
      source,
      statement.start,
      `the constant ${name} is not a table of the language`,
    );
  }
  const list = (i: number): number[] =>
    numbers(source, field(statement, 'declarations', 0, 'init', 'properties', i, 'value'));
  return { xs: list(0), ys: list(1), z: list(2) };
}

function slotModel(spec: SlotSpec): string {
  const inputs = spec.inputs.map((input) => `${input}: number`).join(', ');
  const result = spec.result === 'bool' ? 'boolean' : 'number';
  return `export function ${spec.name}(${inputs}): ${result} { return 0; }`;
}

function readSlot(spec: SlotSpec, statement: Ast, scope: Scope): Node {
  const { source } = scope;
  const hole = (top: unknown): unknown => field(top, 'declaration', 'body', 'body', 0, 'argument');
  const expression = hole(statement);
  const [model] = parseStatements(slotModel(spec));
  if (!isNode(expression) || skeleton(statement, [expression]) !== skeleton(model, [hole(model)])) {
    const shape = slotModel(spec).replace('0;', '…;');
    throw unsupported(source, statement.start, `the function does not have the form "${shape}"`);
  }
  const inside = insideFinite(expression);
  const tree = readExpression(inside ?? expression, scope);
  if (inside !== undefined) scope.usedHelpers.add('finite');
  const real = typeOf(tree) === 'real';
  if (inside === undefined ? real && !alwaysFinite(tree) : !real) {
    const rule = 'finite(…) belongs around a real result that may overflow, and only there';
    throw unsupported(source, expression.start, rule);
  }
  return tree;
}

/** Refuses a table nobody reads (its numbers would be lost) and a helper that is not there. */
function checkUse(outline: Outline, scope: Scope): void {
  for (const [name, statement] of outline.tables) {
    if (!scope.usedTables.has(name)) {
      throw unsupported(scope.source, statement.start, `the table ${name} is never used`);
    }
  }
  for (const name of withNeeds(scope.usedHelpers)) {
    if (!outline.helpers.has(name)) {
      throw unsupported(scope.source, 0, `the helper ${name} is used but not declared`);
    }
  }
}

/**
 * The forest a printed program stands for: `parse(print(f))` has the canonical bytes of `f`.
 * A helper that is declared but not used is allowed.
 *
 * @throws PacelineError SOURCE_UNSUPPORTED naming the line and the construct, also when the forest
 *   read breaks a rule of `checkForest`.
 */
export function parseTypeScript(source: string, vocabulary: Vocabulary): Forest {
  checkVocabulary(vocabulary);
  guardSource(source);
  const outline = outlineOf(source);
  checkHelpers(source, outline.helpers);
  const tables = new Map<string, TableData>();
  for (const [name, statement] of outline.tables) {
    tables.set(name, readTable(source, name, statement));
  }
  const usedTables = new Set<string>();
  const usedHelpers = new Set<HelperName>();
  const slots: [string, Node][] = [];
  for (const [name, statement] of outline.slots) {
    const spec = vocabulary.slots.find((slot) => slot.name === name);
    if (spec === undefined) throw unsupported(source, statement.start, `no slot is called ${name}`);
    const scope = { source, inputs: spec.inputs, tables, usedTables, usedHelpers };
    slots.push([name, readSlot(spec, statement, scope)]);
  }
  checkUse(outline, { source, inputs: [], tables, usedTables, usedHelpers });
  return checked(source, { slots: Object.fromEntries(slots) }, vocabulary);
}

function checked(source: string, forest: Forest, vocabulary: Vocabulary): Forest {
  try {
    return checkForest(forest, vocabulary);
  } catch (error) {
    if (!(error instanceof PacelineError)) throw error;
    throw unsupported(source, 0, `${String(error.data.path)}: ${String(error.data.reason)}`);
  }
}
