/** What outputs have in common: their types, and between which numbers they lie. */
import type { Json } from '../../core/json.ts';

export interface Shape {
  /** `null`, `boolean`, `number`, `string`, `list`, `record`. */
  readonly kinds: ReadonlySet<string>;
  /** Of all numbers that stand here; absent: none does. */
  readonly range?: { readonly low: number; readonly high: number };
  /** Of a list: its items together, and its length where that is always the same. */
  readonly item?: Shape;
  readonly length?: number | undefined;
  /** Of a record: what stands under each key, and which keys are always there. */
  readonly keys?: Readonly<Record<string, Shape>>;
  readonly always?: ReadonlySet<string>;
}

export function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'record' : typeof value;
}

/** Undefined of no values. */
export function shapeOf(values: readonly Json[]): Shape | undefined {
  if (values.length === 0) return undefined;
  const numbers = values.filter((value) => typeof value === 'number');
  const lists = values.filter((value): value is readonly Json[] => Array.isArray(value));
  const records = values.filter(
    (value): value is Readonly<Record<string, Json>> => kindOf(value) === 'record',
  );
  return {
    kinds: new Set(values.map(kindOf)),
    ...(numbers.length > 0 ? { range: rangeOf(numbers) } : {}),
    ...(lists.length > 0 ? listShape(lists) : {}),
    ...(records.length > 0 ? recordShape(records) : {}),
  };
}

function rangeOf(numbers: readonly number[]): NonNullable<Shape['range']> {
  let [low, high] = [Infinity, -Infinity];
  for (const number of numbers) {
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return { low, high };
}

function listShape(lists: readonly (readonly Json[])[]): Pick<Shape, 'item' | 'length'> {
  const item = shapeOf(lists.flat());
  const [first = []] = lists;
  const isFixed = lists.every(({ length }) => length === first.length);
  return { ...(item ? { item } : {}), ...(isFixed ? { length: first.length } : {}) };
}

function recordShape(
  records: readonly Readonly<Record<string, Json>>[],
): Pick<Shape, 'keys' | 'always'> {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const under = (name: string): readonly Json[] =>
    records.flatMap((record) => {
      const value = Object.hasOwn(record, name) ? record[name] : undefined;
      return value === undefined ? [] : [value];
    });
  const shapes = names.flatMap((name) => {
    const shape = shapeOf(under(name));
    return shape ? [[name, shape] as const] : [];
  });
  const always = names.filter((name) => records.every((record) => Object.hasOwn(record, name)));
  return { keys: Object.fromEntries(shapes), always: new Set(always) };
}

/** Why a value is of another type; undefined where it is of this one. */
export function typeFault(value: Json, shape: Shape, at = 'the output'): string | undefined {
  const kind = kindOf(value);
  if (!shape.kinds.has(kind)) return `${at} is a ${kind}, not a ${[...shape.kinds].join(' or a ')}`;
  if (Array.isArray(value)) return listFault(value, shape, at);
  if (kind !== 'record') return undefined;
  const record = value as Readonly<Record<string, Json>>;
  const missing = [...(shape.always ?? [])].find((name) => !Object.hasOwn(record, name));
  if (missing !== undefined) return `${at} has no ${JSON.stringify(missing)}`;
  for (const [name, inner] of Object.entries(record)) {
    const below = Object.hasOwn(shape.keys ?? {}, name) ? shape.keys?.[name] : undefined;
    if (below === undefined) return `${at} has ${JSON.stringify(name)}, which no other has`;
    const fault = typeFault(inner, below, `${at}.${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function listFault(value: readonly Json[], shape: Shape, at: string): string | undefined {
  if (shape.length !== undefined && value.length !== shape.length) {
    return `${at} has ${value.length} items, not ${shape.length}`;
  }
  for (const [i, inner] of value.entries()) {
    if (shape.item === undefined) return `${at} is not empty`;
    const fault = typeFault(inner, shape.item, `${at}[${i}]`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** How far beyond what was seen a number may lie, in widths of what was seen. */
const WIDENED = 1;

/** The first number far outside what was seen; of values of the shape's type. */
export function rangeFault(
  value: Json,
  shape: Shape | undefined,
  at = 'the output',
): string | undefined {
  if (typeof value === 'number') {
    if (shape?.range === undefined) return undefined;
    const { low, high } = shape.range;
    const room = WIDENED * Math.max(high - low, Math.abs(low), Math.abs(high));
    if (value >= low - room && value <= high + room) return undefined;
    return `${at} is ${value}; the origin stays between ${low} and ${high}`;
  }
  if (Array.isArray(value)) {
    for (const [i, inner] of value.entries()) {
      const fault = rangeFault(inner, shape?.item, `${at}[${i}]`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  if (value === null || typeof value !== 'object') return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const below = Object.hasOwn(shape?.keys ?? {}, name) ? shape?.keys?.[name] : undefined;
    const fault = rangeFault(inner, below, `${at}.${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Relative: sums in another order differ in their last digits. */
const TOLERANCE = 1e-9;

/** Equal, numbers but for rounding. */
export function isNear(a: Json, b: Json): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, i) => isNear(one, b[i] as Json));
  }
  if (kind !== 'record') return a === b;
  const [left, right] = [a, b] as readonly Readonly<Record<string, Json>>[];
  if (left === undefined || right === undefined) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every(
      (name) => Object.hasOwn(right, name) && isNear(left[name] as Json, right[name] as Json),
    )
  );
}
