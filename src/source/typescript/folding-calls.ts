/** Calls whose value is known when their arguments are: conversions, arithmetic, and what puts texts together. */
import { type Folded, type Known, LONGEST } from './folded.ts';

type Call = (values: readonly Folded[]) => Folded;

const number = (value: Folded): number =>
  Array.isArray(value) || value instanceof RegExp ? Number.NaN : Number(value);
const text = (value: Folded): string => String(value);

const MATHS = [
  'abs',
  'acos',
  'asin',
  'atan',
  'atan2',
  'cbrt',
  'ceil',
  'cos',
  'exp',
  'floor',
  'fround',
  'hypot',
  'imul',
  'log',
  'log10',
  'log1p',
  'log2',
  'max',
  'min',
  'pow',
  'round',
  'sign',
  'sin',
  'sqrt',
  'tan',
  'tanh',
  'trunc',
] as const satisfies readonly (keyof Math)[];

const NAMED: ReadonlyMap<string, Call> = new Map<string, Call>([
  ...MATHS.map((word): [string, Call] => [
    `Math.${word}`,
    (values) => (Math[word] as (...numbers: number[]) => number)(...values.map(number)),
  ]),
  ['Number', ([value]) => number(value)],
  ['String', ([value]) => text(value)],
  ['BigInt', ([value]) => bigint(value)],
  ['parseInt', ([value, radix]) => Number.parseInt(text(value), radix as number | undefined)],
  ['Number.parseInt', ([value, radix]) => Number.parseInt(text(value), radix as number)],
  ['parseFloat', ([value]) => Number.parseFloat(text(value))],
  ['Number.parseFloat', ([value]) => Number.parseFloat(text(value))],
  ['String.fromCharCode', (values) => String.fromCharCode(...values.map(number))],
  ['String.fromCodePoint', (values) => String.fromCodePoint(...values.map(number))],
  ['atob', ([value]) => atob(text(value))],
  ['decodeURIComponent', ([value]) => decodeURIComponent(text(value))],
  // What follows is a text in the end: `Buffer.from(…).toString()`.
  ['Buffer.from', ([value, encoding]) => decoded(value, encoding)],
]);

function bigint(value: Folded): bigint | undefined {
  return typeof value === 'number' || typeof value === 'string' ? BigInt(value) : undefined;
}

function decoded(value: Folded, encoding: Folded): Folded {
  if (Array.isArray(value)) return String.fromCharCode(...value.map(number));
  if (encoding === 'base64') return atob(text(value));
  if (encoding !== 'hex') return text(value);
  const codes = text(value).match(/../g) ?? [];
  return String.fromCharCode(...codes.map((code) => Number.parseInt(code, 16)));
}

type OnText = (on: string, values: readonly Folded[]) => Folded;

const ON_TEXT: Readonly<Record<string, OnText>> = {
  charCodeAt: (on, [at]) => on.charCodeAt(number(at)),
  codePointAt: (on, [at]) => on.codePointAt(number(at)),
  charAt: (on, [at]) => on.charAt(number(at)),
  at: (on, [at]) => on.at(number(at)),
  concat: (on, values) => on + values.map(text).join(''),
  slice: (on, [from, to]) => on.slice(number(from ?? 0), to === undefined ? on.length : number(to)),
  substring: (on, [from, to]) =>
    on.substring(number(from ?? 0), to === undefined ? on.length : number(to)),
  repeat: (on, [count]) => (on.length * number(count) <= LONGEST ? on.repeat(number(count)) : ''),
  split: (on, [by]) => on.split(by === undefined ? on : text(by)),
  replace: (on, [what, by]) => on.replace(pattern(what), () => text(by)),
  replaceAll: (on, [what, by]) => on.replaceAll(text(what), () => text(by)),
  toLowerCase: (on) => on.toLowerCase(),
  toUpperCase: (on) => on.toUpperCase(),
  toString: (on: string) => on,
  trim: (on) => on.trim(),
};

/** A pattern is not matched here: it could take for ever. */
function pattern(what: Folded): string {
  if (what instanceof RegExp) throw new TypeError('a pattern');
  return text(what);
}

const ON_LIST: Readonly<
  Record<string, (on: readonly Folded[], values: readonly Folded[]) => Folded>
> = {
  at: (on, [at]) => on.at(number(at)),
  concat: (on, values) => [...on, ...values.flat()] as Folded[],
  join: (on, [by]) => on.map((one) => text(one)).join(by === undefined ? ',' : text(by)),
  reverse: (on) => on.toReversed(),
  toReversed: (on) => on.toReversed(),
  slice: (on, [from, to]) => on.slice(number(from ?? 0), to === undefined ? on.length : number(to)),
};

/** A function by its name, `Math.floor` for one. Undefined where nothing is known of it. */
export function callName(name: string, values: readonly Folded[]): Known | undefined {
  const call = NAMED.get(name);
  return call && attempted(() => call(values));
}

export function callMethod(on: Folded, name: string, values: readonly Folded[]): Known | undefined {
  if (typeof on === 'number' && name === 'toString') {
    return attempted(() => on.toString(values[0] as number | undefined));
  }
  if (typeof on === 'string' && Object.hasOwn(ON_TEXT, name)) {
    return attempted(() => ON_TEXT[name]?.(on, values));
  }
  if (Array.isArray(on) && Object.hasOwn(ON_LIST, name)) {
    return attempted(() => ON_LIST[name]?.(on, values));
  }
  return undefined;
}

/** Arguments that a call refuses make it unknown, not an error of ours. */
function attempted(make: () => Folded): Known | undefined {
  try {
    return { value: make() };
  } catch {
    return undefined;
  }
}
