/** Inputs that need no constant of the program: extremes in each place and in pairs of places, orders, chance. */
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import type { Base } from './mined-plants.ts';
import type { Edit, Plant } from './plant.ts';
import { type Domain, keyOf, type Position } from './positions.ts';

const NUMBERS: readonly number[] = [
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  1e-9,
  127,
  128,
  255,
  256,
  65_535,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32 - 1,
  2 ** 32,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  1e21,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
];

const LONG_TEXT = 10_000;
const LONG_LIST = 1_000;

const TEXTS: readonly string[] = ['', ' ', '0', 'null', '__proto__', '\u0000', '\u{1f600}', '\n'];

function plant(base: Base, ...edits: readonly Edit[]): Plant {
  return { base: base.input, edits, isMined: false };
}

/** Values of the same kind that programs stumble over. */
function extremes({ value, key }: Position, domain: Domain): readonly Json[] {
  const range = domain.get(key);
  if (typeof value === 'number') {
    const own = range ? [range.min, range.max, Math.round((range.min + range.max) / 2)] : [];
    return [...own, ...NUMBERS];
  }
  if (typeof value === 'string') {
    return [...TEXTS, (value || 'a').repeat(LONG_TEXT).slice(0, LONG_TEXT)];
  }
  if (typeof value === 'boolean') return [!value];
  return Array.isArray(value) ? lists(value) : [];
}

function lists(value: readonly Json[]): readonly Json[] {
  const [first] = value;
  if (first === undefined) return [];
  const repeated = (count: number): Json =>
    Array.from({ length: count }, (_, at) => value[at % value.length] as Json);
  return [[], [first], repeated(2), value.map(() => first), repeated(LONG_LIST)];
}

export function* extremePlants(bases: readonly Base[], domain: Domain): Generator<Plant> {
  for (const base of bases) {
    for (const position of base.positions) {
      yield* orderPlants(base, position);
      for (const value of extremes(position, domain)) {
        yield plant(base, { path: position.path, value });
      }
    }
  }
}

/** Sorted, and the other way round. */
function* orderPlants(base: Base, { path, value }: Position): Generator<Plant> {
  if (!Array.isArray(value) || value.length < 3) return;
  const list = value as readonly Json[];
  if (!list.every((one) => typeof one === 'number' || typeof one === 'string')) return;
  const isNumeric = list.every((one) => typeof one === 'number');
  const up = list.toSorted((a, b) => {
    if (isNumeric) return (a as number) - (b as number);
    return String(a) < String(b) ? -1 : 1;
  });
  for (const order of [up, up.toReversed(), list.toReversed()]) {
    yield { ...plant(base, { path, value: order }), isOrder: true };
  }
}

/** Ends of their ranges and zero, in each two places that hold numbers. */
export function* pairGrid(bases: readonly Base[], domain: Domain): Generator<Plant> {
  for (const base of bases) {
    const places = base.positions.filter(({ value }) => typeof value === 'number').slice(0, 8);
    for (const [at, one] of places.entries()) {
      for (const other of places.slice(at + 1)) {
        for (const a of corners(one.key, domain)) {
          for (const b of corners(other.key, domain)) {
            yield plant(base, { path: one.path, value: a }, { path: other.path, value: b });
          }
        }
      }
    }
  }
}

function corners(key: string, domain: Domain): readonly number[] {
  const { min = 0, max = 0 } = domain.get(key) ?? {};
  return [...new Set([min, max, 0])];
}

/** Numbers of real inputs drawn anew inside their ranges, without end. */
export function* randomPlants(bases: readonly Base[], domain: Domain, rng: Rng): Generator<Plant> {
  for (;;) {
    const base = bases[rng.int(bases.length)] as Base;
    const places = base.positions.filter(({ value }) => typeof value === 'number');
    if (places.length === 0) return;
    const edits = Array.from({ length: 1 + rng.int(Math.min(3, places.length)) }, () => {
      const { path } = places[rng.int(places.length)] as Position;
      return { path, value: drawn(keyOf(path), domain, rng) };
    });
    yield plant(base, ...edits);
  }
}

function drawn(key: string, domain: Domain, rng: Rng): number {
  const { min = 0, max = 1, isWhole = false } = domain.get(key) ?? {};
  const value = min + rng.float() * (max - min);
  return isWhole ? Math.round(value) : value;
}
