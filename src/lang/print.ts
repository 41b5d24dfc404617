/**
 * A forest as a TypeScript module a person can read: one exported function per slot, infix
 * operators with no needless parentheses, tables as matrices, and only the helpers that are used.
 * Types stand where they can be erased in place. Numbers are printed in full (shortest text that
 * reads back to the same double), so the module computes what the interpreter computes, bit for bit.
 */

import type { Forest, GridNode, Node } from './forest.ts';
import { checkForest, children } from './forest.ts';
import type { HelperName } from './helper-sources.ts';
import { HELPERS, withNeeds } from './helper-sources.ts';
import { alwaysFinite, EXP_CAP } from './semantics.ts';
import type { BinaryOp, SlotSpec, Vocabulary } from './vocabulary.ts';

const WIDTH = 96;

/** Binding strength of what an expression's text is made of; higher binds tighter. */
const BINDS = {
  choice: 1,
  or: 2,
  and: 3,
  compare: 4,
  sum: 5,
  product: 6,
  sign: 7,
  atom: 8,
} as const;

const INFIX: Readonly<Partial<Record<BinaryOp, readonly [string, number]>>> = {
  '+': ['+', BINDS.sum],
  '-': ['-', BINDS.sum],
  '*': ['*', BINDS.product],
  lt: ['<', BINDS.compare],
  le: ['<=', BINDS.compare],
  and: ['&&', BINDS.and],
  or: ['||', BINDS.or],
};

/** Operators printed as calls: what stands before and after the arguments, and a fixed last one. */
const CALLS: Readonly<Partial<Record<string, readonly [string, string, string?]>>> = {
  '/': ['div(', ')'],
  sq: ['square(', ')'],
  min: ['Math.min(', ')'],
  max: ['Math.max(', ')'],
  abs: ['Math.abs(', ')'],
  sqrt: ['Math.sqrt(Math.abs(', '))'],
  log1p: ['Math.log1p(Math.abs(', '))'],
  exp: ['Math.exp(Math.min(', '))', String(EXP_CAP)],
  tanh: ['Math.tanh(', ')'],
  sin: ['Math.sin(', ')'],
};

type TableNames = ReadonlyMap<GridNode, string>;

function binds(node: Node): number {
  if (node.op === 'const') return isNegative(node.value) ? BINDS.sign : BINDS.atom;
  if (node.op === 'neg' || node.op === 'not') return BINDS.sign;
  if (node.op === 'if') return BINDS.choice;
  return INFIX[node.op as BinaryOp]?.[1] ?? BINDS.atom;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Lays expressions out: on one line if it fits, else broken at the outermost operator. */
class Layout {
  private readonly tables: TableNames;

  constructor(tables: TableNames) {
    this.tables = tables;
  }

  /** The text of a node whose first character stands in column `column`. */
  write(node: Node, column: number): string {
    const line = this.line(node);
    return column + line.length <= WIDTH ? line : this.compose(node, column);
  }

  /** However long. */
  line(node: Node): string {
    return this.compose(node, Number.NaN);
  }

  /** One level of text; `column` NaN means everything on one line. */
  private compose(node: Node, column: number): string {
    const flat = Number.isNaN(column);
    if (node.op === 'const') return numberText(node.value);
    if (node.op === 'var') return node.name;
    if (node.op === 'if') return this.choice(node.args, column);
    if (node.op === 'neg' || node.op === 'not') {
      const [arg] = node.args;
      // The minus of a bare literal belongs to the number, so −(1) keeps its parentheses.
      const bare = binds(arg) === BINDS.atom && !(node.op === 'neg' && arg.op === 'const');
      return `${node.op === 'neg' ? '-' : '!'}${this.operand(arg, bare, column)}`;
    }
    const infix = INFIX[node.op as BinaryOp];
    if (infix !== undefined && node.op !== 'grid') {
      const [left, right] = children(node) as readonly [Node, Node];
      const [sign, strength] = infix;
      const gap = flat ? ' ' : `\n${' '.repeat(column)}`;
      const head = this.operand(left, binds(left) >= strength, column);
      const tail = this.operand(right, binds(right) > strength, column + sign.length + 1);
      return `${head}${gap}${sign} ${tail}`;
    }
    return this.call(node, column);
  }

  private operand(node: Node, bare: boolean, column: number): string {
    const text = Number.isNaN(column)
      ? this.compose(node, column)
      : this.write(node, bare ? column : column + 1);
    return bare ? text : `(${text})`;
  }

  private choice(args: readonly [Node, Node, Node], column: number): string {
    const [test, yes, no] = args;
    const flat = Number.isNaN(column);
    const gap = flat ? ' ' : `\n${' '.repeat(column + 2)}`;
    const head = this.operand(test, test.op !== 'if', column);
    const first = this.operand(yes, yes.op !== 'if', column + 4);
    return `${head}${gap}? ${first}${gap}: ${this.operand(no, true, column + 4)}`;
  }

  private call(node: Node, column: number): string {
    const name = node.op === 'grid' ? this.tables.get(node) : undefined;
    const call = CALLS[node.op] ?? (['', ''] as const);
    const [head, tail, last] = name === undefined ? call : ([`grid(${name}, `, ')'] as const);
    const fixed = last === undefined ? [] : [last];
    const kids = children(node);
    if (Number.isNaN(column)) {
      const args = [...kids.map((kid) => this.compose(kid, column)), ...fixed];
      return `${head}${args.join(', ')}${tail}`;
    }
    const gap = `\n${' '.repeat(column + 2)}`;
    const lines = [...kids.map((kid) => this.write(kid, column + 2)), ...fixed];
    return `${head.trimEnd()}${gap}${lines.join(`,${gap}`)}\n${' '.repeat(column)}${tail}`;
  }
}

function slotSource(spec: SlotSpec, tree: Node, layout: Layout): string {
  const inputs = spec.inputs.map((input) => `${input}: number`).join(', ');
  const result = spec.result === 'bool' ? 'boolean' : 'number';
  const guarded = spec.result === 'real' && !alwaysFinite(tree);
  const head = `export function ${spec.name}(${inputs}): ${result} {`;
  const open = guarded ? 'finite(' : '(';
  const line = layout.write(tree, `  return ${open});`.length);
  if (!line.includes('\n')) return `${head}\n  return ${guarded ? `finite(${line})` : line};\n}`;
  return `${head}\n  return ${open}\n    ${layout.write(tree, 4)}\n  );\n}`;
}

function tableSource(grid: GridNode, name: string): string {
  const width = grid.ys.length;
  const rows = grid.xs.map(
    (_, i) =>
      `    ${grid.z
        .slice(i * width, (i + 1) * width)
        .map(numberText)
        .join(', ')},`,
  );
  const list = (values: readonly number[]): string => `[${values.map(numberText).join(', ')}]`;
  return [
    `const ${name}: Table = {`,
    `  xs: ${list(grid.xs)},`,
    `  ys: ${list(grid.ys)},`,
    `  z: [\n${rows.join('\n')}\n  ],`,
    '};',
  ].join('\n');
}

function helpersOf(node: Node, used: Set<HelperName>): void {
  if (node.op === '/') used.add('div');
  if (node.op === 'sq') used.add('square');
  if (node.op === 'grid') used.add('grid');
  for (const child of children(node)) helpersOf(child, used);
}

function nameTables(node: Node, tables: Map<GridNode, string>): void {
  if (node.op === 'grid' && !tables.has(node)) tables.set(node, `TABLE_${tables.size + 1}`);
  for (const child of children(node)) nameTables(child, tables);
}

function comment(text: string): string {
  const lines = text.replaceAll('*/', '*\\/').split(/\r\n|[\n\r\u2028\u2029]/);
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`;
}

/** One expression without tables on one line, as it would stand in a module. */
export const expressionText = (node: Node): string => new Layout(new Map()).line(node);

/**
 * The module's source. `doc` becomes the comment at its head.
 *
 * @throws PacelineError FOREST_INVALID when the forest is not valid over the vocabulary.
 */
export function printTypeScript(forest: Forest, vocabulary: Vocabulary, doc?: string): string {
  checkForest(forest, vocabulary);
  const used = new Set<HelperName>();
  const tables = new Map<GridNode, string>();
  const trees = vocabulary.slots.map((spec) => [spec, forest.slots[spec.name] as Node] as const);
  for (const [spec, tree] of trees) {
    helpersOf(tree, used);
    nameTables(tree, tables);
    if (spec.result === 'real' && !alwaysFinite(tree)) used.add('finite');
  }
  const layout = new Layout(tables);
  const parts = [
    ...(doc === undefined ? [] : [comment(doc)]),
    ...[...tables].map(([grid, name]) => tableSource(grid, name)),
    ...trees.map(([spec, tree]) => slotSource(spec, tree, layout)),
    ...withNeeds(used).map((name) => HELPERS[name].source),
  ];
  return `${parts.join('\n\n')}\n`;
}
