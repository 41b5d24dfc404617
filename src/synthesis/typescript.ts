/**
 * A program as TypeScript a person would keep: array methods for primitives, a function for each abstraction it
 * uses, and helpers only where it needs them.
 *
 * Where the term is undefined (the first of nothing, a division by 0) the function throws a RangeError or TypeError,
 * or, for `tail`, `init`, `take` and `drop`, does what `slice` does. Where the term is defined both give the same;
 * limits of the search on size and length are not printed.
 */
import type { Language, Primitive, Term, ValueType } from './language.ts';
import { holeNumber, isHole, readsK } from './term.ts';

const TYPES: Readonly<Record<ValueType, string>> = {
  I: 'number',
  L: 'readonly number[]',
  F: '(x: number) => number',
  P: '(x: number) => boolean',
  G: '(x: number, y: number) => number',
};

const HELPERS: Readonly<Record<string, string>> = {
  at: `/** The element at an index counted from 0. @throws RangeError outside the list. */
const at = (list: readonly number[], index: number): number => {
  const found = list[index];
  if (found === undefined) throw new RangeError(\`No element \${index} in a list of \${list.length}.\`);
  return found;
};`,
  divide: `/** Rounded down. @throws RangeError for a divisor of 0. */
const divide = (x: number, by: number): number => {
  if (by === 0) throw new RangeError('Division by 0.');
  return Math.floor(x / by);
};`,
  scan: `/** Every partial result of a fold. */
const scan = (f: (x: number, y: number) => number, [first, ...rest]: readonly number[]): readonly number[] => {
  if (first === undefined) throw new RangeError('A scan of an empty list.');
  return rest.reduce<number[]>((so, x) => [...so, f(so[so.length - 1] as number, x)], [first]);
};`,
  zip: `/** As long as the shorter list. */
const zip = (f: (x: number, y: number) => number, a: readonly number[], b: readonly number[]): readonly number[] =>
  a.slice(0, b.length).map((x, i) => f(x, b[i] as number));`,
};

/** An expression, and whether it needs parentheses beneath an operator. */
interface Expression {
  readonly text: string;
  readonly isSum: boolean;
}

const plain = (text: string): Expression => ({ text, isSum: false });
const sum = (text: string): Expression => ({ text, isSum: true });
const tight = ({ text, isSum }: Expression): string => (isSum ? `(${text})` : text);

/** `x` under an `F`; `c` is its constant. */
const UNARY: Readonly<Record<string, (x: Expression, c: Expression) => Expression>> = {
  inc: (x) => sum(`${tight(x)} + 1`),
  dec: (x) => sum(`${tight(x)} - 1`),
  dbl: (x) => sum(`2 * ${tight(x)}`),
  half: (x) => plain(`Math.floor(${tight(x)} / 2)`),
  sq: (x) => sum(`${tight(x)} ** 2`),
  neg: (x) => sum(`-${tight(x)}`),
  abs: (x) => plain(`Math.abs(${x.text})`),
  addc: (x, c) => sum(`${tight(x)} + ${tight(c)}`),
  subc: (x, c) => sum(`${tight(x)} - ${tight(c)}`),
  up: (x) => sum(`${tight(x)} >= 97 && ${tight(x)} <= 122 ? ${tight(x)} - 32 : ${tight(x)}`),
  low: (x) => sum(`${tight(x)} >= 65 && ${tight(x)} <= 90 ? ${tight(x)} + 32 : ${tight(x)}`),
  digitValue: (x) => sum(`${tight(x)} >= 48 && ${tight(x)} <= 57 ? ${tight(x)} - 48 : 0`),
};

const PREDICATES: Readonly<Record<string, (x: string, c: Expression) => string>> = {
  even: (x) => `${x} % 2 === 0`,
  odd: (x) => `${x} % 2 !== 0`,
  pos: (x) => `${x} > 0`,
  ltz: (x) => `${x} < 0`,
  gtc: (x, c) => `${x} > ${tight(c)}`,
  ltc: (x, c) => `${x} < ${tight(c)}`,
  upperP: (x) => `${x} >= 65 && ${x} <= 90`,
  lowerP: (x) => `${x} >= 97 && ${x} <= 122`,
  digitP: (x) => `${x} >= 48 && ${x} <= 57`,
  spaceP: (x) => `${x} === 32`,
  vowelP: (x) => `'aeiouAEIOU'.includes(String.fromCharCode(${x}))`,
  letterP: (x) => `(${x} >= 65 && ${x} <= 90) || (${x} >= 97 && ${x} <= 122)`,
};

const BINARY: Readonly<Record<string, string>> = {
  add: '(x, y) => x + y',
  sub: '(x, y) => x - y',
  mul: '(x, y) => x * y',
  max: '(x, y) => Math.max(x, y)',
  min: '(x, y) => Math.min(x, y)',
};

export interface PrintedProgram {
  readonly language: Language;
  readonly program: Term;
  /** Name of the function. */
  readonly name: string;
  /** One line above it. */
  readonly about: string;
}

/** A module with the function as its default export. */
export function printProgram({ language, program, name, about }: PrintedProgram): string {
  const printer = new Printer(language);
  const returned = printer.expression(program, []).text;
  const { type } = language.primitives[program.prim] as Primitive;
  const takes = readsK(language, program)
    ? 'list: readonly number[], k: number'
    : 'list: readonly number[]';
  const main = `/** ${about} */\nexport default function ${name}(${takes}): ${TYPES[type]} {\n  return ${returned};\n}`;
  return `${[...printer.before(), main].join('\n\n')}\n`;
}

const PARAMETER: Readonly<Record<ValueType, string>> = {
  I: 'n',
  L: 'list',
  F: 'change',
  P: 'keep',
  G: 'combine',
};

/** Names of an abstraction's arguments: `list`, or `list1` and `list2` where there are more of one type. */
const parameters = (types: readonly ValueType[]): readonly string[] =>
  types.map((type, at) => {
    const alike = types.filter((one) => one === type).length;
    const number = types.slice(0, at + 1).filter((one) => one === type).length;
    return alike === 1 ? PARAMETER[type] : `${PARAMETER[type]}${number}`;
  });

class Printer {
  private readonly language: Language;
  private readonly helpers = new Set<string>();
  /** Abstractions by name, each after those it calls. */
  private readonly functions = new Map<string, string>();

  constructor(language: Language) {
    this.language = language;
  }

  /** What stands above the function. */
  before(): readonly string[] {
    const helpers = [...this.helpers].sort().map((name) => HELPERS[name] as string);
    return [...helpers, ...this.functions.values()];
  }

  /** `holes`: what the holes of the body in print are called. */
  expression(term: Term, holes: readonly string[]): Expression {
    if (isHole(term)) return plain(holes[holeNumber(term)] as string);
    const primitive = this.language.primitives[term.prim] as Primitive;
    if (primitive.body !== undefined) return this.call(primitive, term, holes);
    if (primitive.type === 'I') return this.integer(primitive.name, term, holes);
    if (primitive.type === 'L') return plain(this.list(primitive.name, term, holes));
    return plain(this.arrow(term, holes));
  }

  private call(primitive: Primitive, term: Term, holes: readonly string[]): Expression {
    this.define(primitive);
    const args = term.args.map((argument) => this.expression(argument, holes).text);
    const k = readsK(this.language, primitive.body as Term) ? ['k'] : [];
    return plain(`${primitive.name}(${[...args, ...k].join(', ')})`);
  }

  private define({ name, type, args, body }: Primitive): void {
    if (this.functions.has(name)) return;
    const names = parameters(args);
    const returned = this.expression(body as Term, names).text;
    const typed = args.map((one, at) => `${names[at]}: ${TYPES[one]}`);
    const k = readsK(this.language, body as Term) ? ['k: number'] : [];
    this.functions.set(
      name,
      `const ${name} = (${[...typed, ...k].join(', ')}): ${TYPES[type]} =>\n  ${returned};`,
    );
  }

  private helper(name: string, ...args: readonly string[]): string {
    this.helpers.add(name);
    return `${name}(${args.join(', ')})`;
  }

  private integer(name: string, term: Term, holes: readonly string[]): Expression {
    const [a, b] = term.args as [Term, Term];
    const text = (argument: Term): string => this.expression(argument, holes).text;
    const within = (argument: Term): string => tight(this.expression(argument, holes));
    switch (name) {
      case 'fold':
        return plain(`${within(b)}.reduce(${this.arrow(a, holes)})`);
      case 'len':
        return plain(`${within(a)}.length`);
      case 'head':
        return plain(this.helper('at', text(a), '0'));
      case 'nth':
        return plain(this.helper('at', text(b), text(a)));
      case 'plus':
        return sum(`${within(a)} + ${within(b)}`);
      case 'minus':
        return sum(`${within(a)} - ${within(b)}`);
      case 'times':
        return sum(`${within(a)} * ${within(b)}`);
      case 'idiv':
        return plain(this.helper('divide', text(a), text(b)));
      case 'app':
        return this.applied(a, this.expression(b, holes), holes);
      default:
        return plain(name);
    }
  }

  private list(name: string, term: Term, holes: readonly string[]): string {
    const [a, b, c] = term.args as [Term, Term, Term];
    const text = (argument: Term): string => this.expression(argument, holes).text;
    switch (name) {
      case 'map':
        return `${text(b)}.map(${this.arrow(a, holes)})`;
      case 'filter':
        return `${text(b)}.filter(${this.arrow(a, holes)})`;
      case 'zip':
        return this.helper('zip', this.arrow(a, holes), text(b), text(c));
      case 'scan':
        return this.helper('scan', this.arrow(a, holes), text(b));
      case 'sort':
        return `${text(a)}.toSorted((x, y) => x - y)`;
      case 'rev':
        return `${text(a)}.toReversed()`;
      case 'tail':
        return `${text(a)}.slice(1)`;
      case 'init':
        return `${text(a)}.slice(0, -1)`;
      case 'take':
        return `${text(b)}.slice(0, ${text(a)})`;
      case 'drop':
        return `${text(b)}.slice(${text(a)})`;
      case 'uniq':
        return `[...new Set(${text(a)})]`;
      default:
        return 'list';
    }
  }

  /** A function as an argument: a hole's name, or an arrow. */
  private arrow(term: Term, holes: readonly string[]): string {
    if (isHole(term)) return holes[holeNumber(term)] as string;
    const { name, type } = this.language.primitives[term.prim] as Primitive;
    if (type === 'G') return BINARY[name] as string;
    if (type === 'F') return `(x) => ${this.applied(term, plain('x'), holes).text}`;
    return `(x) => ${PREDICATES[name]?.('x', this.constant(term, holes))}`;
  }

  private applied(f: Term, x: Expression, holes: readonly string[]): Expression {
    if (isHole(f)) return plain(`${holes[holeNumber(f)]}(${x.text})`);
    const { name } = this.language.primitives[f.prim] as Primitive;
    return UNARY[name]?.(x, this.constant(f, holes)) as Expression;
  }

  private constant(term: Term, holes: readonly string[]): Expression {
    const [c] = term.args;
    return c === undefined ? plain('') : this.expression(c, holes);
  }
}
