/** Places in an input where a value can be put, and what the task's own inputs have there. */
import type { Json } from '../../core/json.ts';

export type Path = readonly (string | number)[];

export interface Position {
  readonly path: Path;
  /** Equal for places that mean the same: elements of one list have one key. */
  readonly key: string;
  readonly value: Json;
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function keyOf(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : JSON.stringify(step))).join('.');
}

/** Elements of a list that are looked at (included): its ends, its middle and those beside them. */
function few(length: number, most: number): readonly number[] {
  if (length <= most) return Array.from({ length }, (_, at) => at);
  const places = [0, 1, 2, Math.floor(length / 2), length - 2, length - 1];
  const step = Math.max(1, Math.floor(length / most));
  const rest = Array.from({ length: most }, (_, at) => at * step);
  return [...new Set([...places, ...rest])].filter((at) => at < length).slice(0, most);
}

/** Leaves, lists and objects, outer ones first; of long lists at most `most` elements. */
export function positionsOf(input: Json, most: number): readonly Position[] {
  const found: Position[] = [];
  const visit = (value: Json, path: Path): void => {
    found.push({ path, key: keyOf(path), value });
    if (Array.isArray(value)) {
      for (const at of few(value.length, most)) visit(value[at] as Json, [...path, at]);
    } else if (isObject(value)) {
      for (const [key, one] of Object.entries(value)) visit(one, [...path, key]);
    }
  };
  visit(input, []);
  return found;
}

/** The input with another value at that place; a new key where the object has none. */
export function put(input: Json, path: Path, value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(input)) {
    return input.map((one: Json, at) => (at === step ? put(one, rest, value) : one));
  }
  if (!isObject(input)) return input;
  const inner = Object.hasOwn(input, String(step)) ? (input[String(step)] as Json) : null;
  return Object.fromEntries([...Object.entries(input), [String(step), put(inner, rest, value)]]);
}

export function valueAt(input: Json, path: Path): Json | undefined {
  let value: Json | undefined = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string | number, Json>>)[step];
  }
  return value;
}

/** What the task's own inputs have at the places of one key. */
interface Range {
  min: number;
  max: number;
  isWhole: boolean;
  /** Kinds of values that were seen. */
  readonly kinds: Set<string>;
  readonly letters: Set<string>;
  /** Of texts and lists. */
  shortest: number;
  longest: number;
}

export type Domain = ReadonlyMap<string, Range>;

/** Elements of one list that are read (included). */
const MOST_READ = 2_000;

export function domainOf(inputs: readonly Json[]): Domain {
  const domain = new Map<string, Range>();
  for (const input of inputs) {
    for (const { key, value } of positionsOf(input, MOST_READ)) {
      const range = domain.get(key) ?? newRange();
      domain.set(key, range);
      widen(range, value);
    }
  }
  return domain;
}

function newRange(): Range {
  return {
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    isWhole: true,
    kinds: new Set(),
    letters: new Set(),
    shortest: Number.POSITIVE_INFINITY,
    longest: 0,
  };
}

export function kindOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function widen(range: Range, value: Json): void {
  range.kinds.add(kindOf(value));
  if (typeof value === 'number') {
    range.min = Math.min(range.min, value);
    range.max = Math.max(range.max, value);
    range.isWhole &&= Number.isInteger(value);
  }
  if (typeof value === 'string') for (const letter of value) range.letters.add(letter);
  if (typeof value === 'string' || Array.isArray(value)) {
    range.shortest = Math.min(range.shortest, value.length);
    range.longest = Math.max(range.longest, value.length);
  }
}

/** Between what the task's own inputs have at that place, and of their kind. */
export function isInDomain(domain: Domain, key: string, value: Json): boolean {
  const range = domain.get(key);
  if (range === undefined || !range.kinds.has(kindOf(value))) return false;
  if (typeof value === 'number') {
    const fits = !range.isWhole || Number.isInteger(value);
    return fits && value >= range.min && value <= range.max && !Object.is(value, -0);
  }
  if (typeof value !== 'string' && !Array.isArray(value)) return true;
  if (value.length < range.shortest || value.length > range.longest) return false;
  return typeof value !== 'string' || [...value].every((letter) => range.letters.has(letter));
}
