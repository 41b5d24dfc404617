/** Mined constants put where the program may look for them: alone, together, in sums, as lengths, with neighbours. */
import type { Json } from '../../core/json.ts';
import { isRare } from '../../source/mine.ts';
import type { Mined, Target } from '../../source/target.ts';
import type { Edit, Plant } from './plant.ts';
import { kindOf, type Path, type Position } from './positions.ts';

/** A base input with the places in it. */
export interface Base {
  readonly input: Json;
  readonly positions: readonly Position[];
}

/** Lists and texts are made at most this long. */
const LONGEST = 5_000;
/** Constants of tables and of everything that is no condition, spread over all of them. */
const MOST_OTHERS = 40;
/** Targets that are tried in pairs, and places each is put in then. */
const PAIRED = 8;
const PAIR_PLACES = 6;

/** Most telling first. */
export function* minedPlants(mined: Mined, bases: readonly Base[]): Generator<Plant> {
  const { tested, together, others, tables } = mined;
  for (const base of bases) {
    for (const group of together) yield* groupPlants(group, base);
    for (const target of tested) yield* targetPlants(target, base);
  }
  for (const base of bases) {
    for (const target of tested) yield* neighbours(target, base);
    yield* pairPlants(tested, base);
  }
  const rest = [...spread(others, MOST_OTHERS), ...spread(tables, MOST_OTHERS)];
  const isNew = (value: Json): boolean => !tested.some((target) => target.value === value);
  for (const base of bases) {
    for (const value of rest.filter(isNew)) yield* targetPlants({ value, of: 'element' }, base);
  }
}

function spread<T>(values: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, values.length / most);
  return values.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

function* targetPlants(target: Target, base: Base): Generator<Plant> {
  for (const edit of editsFor(target, base)) yield plant(base, [edit], [target]);
}

function plant(base: Base, edits: readonly Edit[], targets: readonly Target[]): Plant {
  return { base: base.input, edits, isMined: targets.some(({ value }) => isRare(value)) };
}

/** Places where the target can be, those it names itself first. */
function editsFor(target: Target, { input, positions }: Base): readonly Edit[] {
  const edits = positions.flatMap((position) => editsAt(target, position));
  const { hint, of } = target;
  if (hint === undefined || of === 'length') return edits;
  const isHinted = ({ path }: Edit): boolean => path.at(-1) === hint;
  const hinted = edits.filter(isHinted);
  if (hinted.length > 0) return [...hinted, ...edits.filter((edit) => !isHinted(edit))];
  const objects = positions.filter(({ value }) => kindOf(value) === 'object').slice(0, 3);
  const added = objects.map(({ path }) => ({ path: [...path, hint], value: target.value }));
  return [...(typeof hint === 'string' && kindOf(input) === 'object' ? added : []), ...edits];
}

function editsAt({ value, of }: Target, position: Position): readonly Edit[] {
  const { path, value: old } = position;
  const put = (one: Json): Edit => ({ path, value: one });
  switch (of) {
    case 'length':
      return resized(old, value).map(put);
    case 'sum':
    case 'difference':
    case 'product':
      return solved(old, { value, of }).map(put);
    case 'code':
      return coded(old, value).map(put);
    default:
      return elements(old, value).map(put);
  }
}

function elements(old: Json, value: Json): readonly Json[] {
  if (Array.isArray(value))
    return Array.isArray(old) ? [value, [...value, ...old.slice(value.length)]] : [];
  if (kindOf(old) === kindOf(value) || old === null)
    return typeof value === 'string' ? texts(old, value) : [value];
  if (typeof old === 'string') return [String(value)];
  if (typeof old === 'number' && typeof value === 'string' && value.trim() !== '') {
    const number = Number(value);
    return Number.isFinite(number) ? [number] : [];
  }
  return [];
}

/** As a whole, and inside of what was there. */
function texts(old: Json, value: string): readonly Json[] {
  const inner = typeof old === 'string' ? old : '';
  return [value, `${value}${inner}`, `${inner}${value}`, `${inner} ${value} ${inner}`];
}

function resized(old: Json, length: Json): readonly Json[] {
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || length > LONGEST)
    return [];
  if (typeof old === 'string') return [(old === '' ? 'a' : old).repeat(length).slice(0, length)];
  if (!Array.isArray(old) || old.length === 0) return [];
  return [Array.from({ length }, (_, at) => old[at % old.length] as Json)];
}

/** A list of numbers in which two, or all of them, make the value. */
function solved(old: Json, { value, of }: Target): readonly Json[] {
  if (!Array.isArray(old) || old.length < 2 || typeof value !== 'number') return [];
  const list = old as readonly Json[];
  const numbers = list.filter((one): one is number => typeof one === 'number');
  if (numbers.length !== list.length) return [];
  const [first, second, ...rest] = numbers as [number, number, ...number[]];
  const others = [second, ...rest];
  const total = others.reduce((sum, one) => sum + one, 0);
  const times = others.reduce((product, one) => product * one, 1);
  switch (of) {
    case 'sum':
      return [
        [value - second, second, ...rest],
        [value - total, second, ...rest],
      ];
    case 'difference':
      return [
        [value + second, second, ...rest],
        [first, first - value, ...rest],
      ];
    default:
      return [second, times].flatMap((by) => (by === 0 ? [] : [[value / by, second, ...rest]]));
  }
}

/** One letter, at each of the first places and as a text of nothing else. */
function coded(old: Json, value: Json): readonly Json[] {
  if (typeof old !== 'string') return [];
  const letters = [...(old === '' ? 'a' : old)];
  const places = letters.slice(0, 8).map((_, at) => letters.with(at, String(value)).join(''));
  return [...places, String(value).repeat(letters.length)];
}

/** All targets of a condition at once, in places of their own; what a target names itself is its place. */
function* groupPlants(group: readonly Target[], base: Base): Generator<Plant> {
  const choices = group.map((target) => editsFor(target, base));
  if (choices.some((edits) => edits.length === 0)) {
    yield* groupPlantsOf(
      choices.filter((edits) => edits.length > 0),
      { group, base },
    );
    return;
  }
  yield* groupPlantsOf(choices, { group, base });
  yield* betweenPlants(group, base);
}

/** Shifts of the places against each other: most orders of few targets are met. */
const SHIFTS = 6;

function* groupPlantsOf(
  choices: readonly (readonly Edit[])[],
  { group, base }: { readonly group: readonly Target[]; readonly base: Base },
): Generator<Plant> {
  if (choices.length === 0) return;
  const seen = new Set<string>();
  for (let shift = 0; shift < SHIFTS; shift++) {
    const edits: Edit[] = [];
    for (const [number, some] of choices.entries()) {
      const free = some.filter(({ path }) => !edits.some((edit) => isInside(edit.path, path)));
      const isNamed = group[number]?.hint !== undefined;
      const at = isNamed ? Math.floor(shift / 3) : shift + (shift % 2 === 0 ? 0 : number);
      const edit = free[at % Math.max(1, free.length)];
      if (edit) edits.push(edit);
    }
    const name = JSON.stringify(edits);
    if (edits.length === 0 || seen.has(name)) continue;
    seen.add(name);
    yield plant(base, edits, group);
  }
}

/** One is in the other, or is the other: they cannot both be put. */
function isInside(a: Path, b: Path): boolean {
  const shared = Math.min(a.length, b.length);
  return a.slice(0, shared).every((step, at) => step === b[at]);
}

/** Between two numbers of one condition: `x > 0.31 && x < 0.32`. */
function* betweenPlants(group: readonly Target[], base: Base): Generator<Plant> {
  const numbers = group.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  for (const [at, low] of numbers.entries()) {
    const high = numbers[at + 1];
    if (high === undefined || high === low) continue;
    const middle = (low + high) / 2;
    const value = Number.isInteger(low) && Number.isInteger(high) ? Math.round(middle) : middle;
    const target: Target = { value, of: 'element' };
    for (const edit of editsFor(target, base)) yield plant(base, [edit], [...group, target]);
  }
}

/** One more and one less: what is compared by `<`. */
function* neighbours({ value, of, hint }: Target, base: Base): Generator<Plant> {
  if (typeof value !== 'number') return;
  const step = Number.isInteger(value) ? 1 : Math.abs(value) * 1e-9 || 1e-9;
  for (const near of [value + step, value - step, -value]) {
    const target: Target = { value: near, of, ...(hint !== undefined && { hint }) };
    yield* targetPlants(target, base);
  }
  if (of !== 'element') return;
  for (const other of ['sum', 'length', 'product'] as const) {
    yield* targetPlants({ value, of: other }, base);
  }
}

/** Two constants in two places each, in both orders. */
function* pairPlants(tested: readonly Target[], base: Base): Generator<Plant> {
  const some = tested.filter(({ value }) => isRare(value)).slice(0, PAIRED);
  const places = some.map((target) => editsFor(target, base).slice(0, PAIR_PLACES));
  for (const [a, first] of places.entries()) {
    for (const [b, second] of places.entries()) {
      if (a === b) continue;
      for (const one of first) {
        const other = second.find(({ path }) => !isInside(path, one.path));
        if (other) yield plant(base, [one, other], [some[a] as Target, some[b] as Target]);
      }
    }
  }
}
