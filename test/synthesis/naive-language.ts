/** The language as one would write it down: one input at a time, arrays and closures, no care for speed. */
import type { Language, Primitive, Term } from '../../src/synthesis/language.ts';
import type { Input } from '../../src/synthesis/memory.ts';
import { holeNumber, isHole } from '../../src/synthesis/term.ts';

type Call = (...args: number[]) => number | boolean;
export type Naive = number | readonly number[] | Call;

/** Undefined as in mathematics. */
const NOTHING = null;
type Maybe = Naive | null;

const within = (x: number): number | null => (x > 1e6 || x < -1e6 ? NOTHING : x + 0);
const all = (list: readonly (number | null)[]): readonly number[] | null =>
  list.some((x) => x === null) || list.length > 24 ? NOTHING : (list as readonly number[]);

const between = (x: number, low: string, high: string): boolean =>
  x >= low.charCodeAt(0) && x <= high.charCodeAt(0);
const upper = (x: number): boolean => between(x, 'A', 'Z');
const lower = (x: number): boolean => between(x, 'a', 'z');

const UNARY: Readonly<Record<string, Call>> = {
  inc: (x) => (x as number) + 1,
  dec: (x) => (x as number) - 1,
  dbl: (x) => (x as number) * 2,
  half: (x) => Math.floor((x as number) / 2),
  sq: (x) => (x as number) ** 2,
  neg: (x) => -(x as number),
  abs: (x) => Math.abs(x as number),
  up: (x) => (lower(x as number) ? (x as number) - 32 : (x as number)),
  low: (x) => (upper(x as number) ? (x as number) + 32 : (x as number)),
  digitValue: (x) => (between(x as number, '0', '9') ? (x as number) - 48 : 0),
  even: (x) => Math.abs(x as number) % 2 === 0,
  odd: (x) => Math.abs(x as number) % 2 === 1,
  pos: (x) => (x as number) > 0,
  ltz: (x) => (x as number) < 0,
  upperP: (x) => upper(x as number),
  lowerP: (x) => lower(x as number),
  digitP: (x) => between(x as number, '0', '9'),
  spaceP: (x) => x === 32,
  vowelP: (x) => 'aeiouAEIOU'.includes(String.fromCharCode(x as number)),
  letterP: (x) => upper(x as number) || lower(x as number),
};
const BINARY: Readonly<Record<string, (x: number, y: number) => number>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  max: (x, y) => Math.max(x, y),
  min: (x, y) => Math.min(x, y),
};
const WITH_CONSTANT: Readonly<Record<string, (c: number) => Call>> = {
  addc: (c) => (x) => (x as number) + c,
  subc: (c) => (x) => (x as number) - c,
  gtc: (c) => (x) => (x as number) > c,
  ltc: (c) => (x) => (x as number) < c,
};

type F = (x: number) => number;
type G = (x: number, y: number) => number;
type L = readonly number[];

function scanned(g: G, list: L): L | null {
  if (list.length === 0) return NOTHING;
  const so: (number | null)[] = [];
  for (const x of list) {
    const last = so.at(-1);
    so.push(so.length === 0 ? x : last === null ? null : within(g(last as number, x)));
  }
  return all(so);
}

const OPERATIONS: Readonly<Record<string, (...args: never[]) => Maybe>> = {
  map: (f: F, list: L) => all(list.map((x) => within(f(x)))),
  filter: (p: (x: number) => boolean, list: L) => list.filter((x) => p(x)),
  zip: (g: G, a: L, b: L) => all(a.slice(0, b.length).map((x, i) => within(g(x, b[i] as number)))),
  scan: scanned,
  sort: (list: L) => list.toSorted((a, b) => a - b),
  rev: (list: L) => list.toReversed(),
  tail: (list: L) => (list.length === 0 ? NOTHING : list.slice(1)),
  init: (list: L) => (list.length === 0 ? NOTHING : list.slice(0, -1)),
  take: (n: number, list: L) => (n < 0 ? NOTHING : list.slice(0, n)),
  drop: (n: number, list: L) => (n < 0 ? NOTHING : list.slice(n)),
  uniq: (list: L) => [...new Set(list)],
  fold: (g: G, list: L) => scanned(g, list)?.at(-1) ?? NOTHING,
  len: (list: L) => list.length,
  head: (list: L) => list[0] ?? NOTHING,
  nth: (n: number, list: L) => (n < 0 ? NOTHING : (list[n] ?? NOTHING)),
  plus: (a: number, b: number) => within(a + b),
  minus: (a: number, b: number) => within(a - b),
  times: (a: number, b: number) => within(a * b),
  idiv: (a: number, b: number) => (b === 0 ? NOTHING : Math.floor(a / b) + 0),
  app: (f: F, x: number) => within(f(x)),
};

/** A change to one operation, planted to see whether a test notices. */
export type Fault = Readonly<Record<string, (...args: never[]) => Maybe>>;

export interface Naively {
  readonly language: Language;
  readonly input: Input;
  readonly fault?: Fault;
}

/** The term's value on one input; null where it is undefined. */
export function naive(term: Term, on: Naively, holes: readonly Naive[] = []): Maybe {
  if (isHole(term)) return holes[holeNumber(term)] as Naive;
  const { name, body } = on.language.primitives[term.prim] as Primitive;
  const args = term.args.map((argument) => naive(argument, on, holes));
  if (args.some((argument) => argument === null)) return NOTHING;
  if (body !== undefined) return naive(body, on, args as Naive[]);
  if (name === 'L') return on.input.list;
  if (name === 'k') return on.input.k;
  const operation = on.fault?.[name] ?? OPERATIONS[name];
  if (operation !== undefined) return operation(...(args as never[]));
  return UNARY[name] ?? BINARY[name] ?? WITH_CONSTANT[name]?.(args[0] as number) ?? Number(name);
}

/** The values on all inputs; null where one is undefined, as in the search. */
export function naiveValues(
  term: Term,
  { language, inputs, fault }: { language: Language; inputs: readonly Input[]; fault?: Fault },
): readonly Naive[] | null {
  const values = inputs.map((input) =>
    naive(term, { language, input, ...(fault === undefined ? {} : { fault }) }),
  );
  return values.some((value) => value === null) ? null : (values as readonly Naive[]);
}
