/** What the conditions of a program wait for, and every other constant in it, folded. */
import type { Mined, Target } from '../target.ts';
import { type Folded, isList } from './folded.ts';
import { Folder, unwrapped } from './folding.ts';
import { inverted, matching, wordOf } from './inverting.ts';
import { type Ast, childrenOf, isName } from './tree.ts';

const COMPARISONS = new Set(['==', '===', '!=', '!==', '<', '<=', '>', '>=']);
/** Lists of more elements are tables, and lists that something is looked up in. */
const LONGEST_LIST = 32;
/** Conditions that may hold at once (included): more would be a program of nothing but conditions. */
const MOST_TOGETHER = 8;

/** What is compared with a text: methods of it, and lists and sets that may hold it. */
const LOOKUPS = new Set([
  'includes',
  'has',
  'startsWith',
  'endsWith',
  'indexOf',
  'get',
  'lastIndexOf',
]);
const MATCHES = new Set(['test', 'exec', 'match', 'matchAll', 'search']);

export function minedFrom(program: Ast): Mined {
  const miner = new Miner(new Folder(program));
  miner.visit(program, []);
  return miner.mined();
}

class Miner {
  private readonly folder: Folder;
  private readonly tested: Target[] = [];
  private readonly together: Target[][] = [];
  private readonly others: (number | string)[] = [];
  private readonly tables: (number | string)[] = [];

  constructor(folder: Folder) {
    this.folder = folder;
  }

  mined(): Mined {
    const { tested, together, others, tables } = this;
    return { tested, together, others, tables };
  }

  /** `held`: conditions around the node. */
  visit(node: Ast, held: readonly Ast[]): void {
    this.tested.push(...this.targetsOf(node));
    if (node.type === 'SwitchStatement') this.cases(node);
    const test = node.test as Ast | undefined;
    const isBranch = node.type === 'IfStatement' || node.type === 'ConditionalExpression';
    const inside = isBranch && test ? [...held, test] : held;
    if (isBranch) this.jointly(inside);
    if (node.type === 'LogicalExpression' && node.operator === '&&') this.jointly([...held, node]);
    if (this.constant(node)) return;
    for (const { field, node: child } of childrenOf(node)) {
      const isKey = isName(node, field) && node.type === 'Property';
      if (isKey) this.others.push(...wanted(child.name ?? child.value));
      if (!isName(node, field)) this.visit(child, field === 'consequent' ? inside : held);
    }
  }

  /** True where the node is a constant as a whole, so that nothing in it need be looked at. */
  private constant(node: Ast): boolean {
    const value = this.folder.fold(node)?.value;
    if (value === undefined || !/Expression$|^Literal$|^TemplateLiteral$/.test(node.type))
      return false;
    if (isList(value)) {
      const parts = value.flatMap(flat).flatMap(wanted);
      if (value.length > LONGEST_LIST) this.tables.push(...parts);
      else {
        this.others.push(...parts);
        this.tested.push(...(this.folder.fold(node) ? inverted(this.folder, node, value) : []));
      }
      return true;
    }
    this.others.push(...wanted(value));
    return true;
  }

  private jointly(tests: readonly Ast[]): void {
    const targets = tests.flatMap((test) => this.conjuncts(test));
    if (targets.length > 1 && targets.length <= MOST_TOGETHER) this.together.push(targets);
  }

  /** One target for each comparison that has to hold; of alternatives the first. */
  private conjuncts(test: Ast): readonly Target[] {
    const node = unwrapped(test);
    if (node.type === 'LogicalExpression') {
      const left = this.conjuncts(node.left as Ast);
      if (node.operator !== '&&' && left.length > 0) return left;
      return [...left, ...this.conjuncts(node.right as Ast)];
    }
    const behind = this.folder.behind(node);
    if (behind !== node) return this.conjuncts(behind);
    const [first] = this.targetsOf(node);
    return first ? [first] : [];
  }

  private targetsOf(node: Ast): readonly Target[] {
    if (node.type === 'BinaryExpression' && COMPARISONS.has(String(node.operator))) {
      return this.compared(node.left as Ast, node.right as Ast);
    }
    if (node.type === 'MemberExpression' && node.computed === true) return this.keys(node);
    return node.type === 'CallExpression' ? this.lookedUp(node) : [];
  }

  private compared(left: Ast, right: Ast): readonly Target[] {
    const [a, b] = [this.folder.fold(left), this.folder.fold(right)];
    if (a && b) return [];
    if (b) return inverted(this.folder, left, b.value);
    if (a) return inverted(this.folder, right, a.value);
    return this.bothDepend(left, right);
  }

  /** Both sides depend on the input: equal elements, which the planter makes by itself. */
  private bothDepend(left: Ast, right: Ast): readonly Target[] {
    const isSum = [left, right].some(
      (node) => this.folder.behind(node).type === 'BinaryExpression',
    );
    return isSum ? [{ value: 0, of: 'difference' }] : [];
  }

  private cases(node: Ast): void {
    const on = node.discriminant as Ast;
    for (const { test } of node.cases as readonly { test: Ast | null }[]) {
      if (test) this.tested.push(...this.compared(on, test));
    }
  }

  /** Keys of an object in which something of the input is looked up. */
  private keys(node: Ast): readonly Target[] {
    const object = this.folder.behind(node.object as Ast);
    if (object.type !== 'ObjectExpression') return [];
    const keys = (object.properties as readonly Ast[]).flatMap(({ key }) => {
      const { name, value } = (key ?? {}) as { name?: unknown; value?: unknown };
      return wanted(name ?? value);
    });
    if (keys.length > LONGEST_LIST) return [];
    return keys.flatMap((key) => inverted(this.folder, node.property as Ast, key));
  }

  private lookedUp(node: Ast): readonly Target[] {
    const callee = unwrapped(node.callee as Ast);
    const [argument] = node.arguments as readonly Ast[];
    if (wordOf(callee) === 'Object.is' && argument) {
      return this.compared(argument, (node.arguments as readonly Ast[])[1] ?? argument);
    }
    if (callee.type !== 'MemberExpression' || argument === undefined) return [];
    const [object, word] = [callee.object as Ast, String((callee.property as Ast).name)];
    const [on, value] = [this.listBehind(object), this.folder.fold(argument)?.value];
    if (MATCHES.has(word)) {
      return [on, value].flatMap((one) => (one instanceof RegExp ? matching(one) : []));
    }
    if (!LOOKUPS.has(word)) return [];
    if (isList(on)) {
      const few = on.slice(0, LONGEST_LIST);
      return few.flatMap((one) => inverted(this.folder, argument, isList(one) ? one[0] : one));
    }
    if (typeof on === 'string') return inverted(this.folder, argument, on);
    return value === undefined ? [] : inverted(this.folder, object, value);
  }

  /** The list of a set or a map too. */
  private listBehind(node: Ast): Folded {
    const behind = this.folder.behind(node);
    const isSet =
      behind.type === 'NewExpression' && /^(?:Set|Map)$/.test(wordOf(behind.callee as Ast));
    const [list] = (behind.arguments as readonly Ast[] | undefined) ?? [];
    return this.folder.fold(isSet && list ? list : behind)?.value;
  }
}

function flat(value: Folded): readonly Folded[] {
  return isList(value) ? value.flatMap(flat) : [value];
}

function wanted(value: unknown): readonly (number | string)[] {
  if (typeof value === 'bigint') return [Number(value)];
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : [];
  return typeof value === 'string' && value !== '' ? [value] : [];
}
