/** Places in an input that a derived property speaks of: the whole, or what stands under a key or a number. */
import type { Json } from '../../core/json.ts';

export type Place = string | undefined;

const MOST_PLACES = 6;

export function placesOf(inputs: readonly Json[]): readonly Place[] {
  const inside = new Set(
    inputs.flatMap((input) => Object.keys(childrenOf(input)).slice(0, MOST_PLACES)),
  );
  const isFixed = inputs.every((input) => Object.keys(childrenOf(input)).length === inside.size);
  if (!isFixed || inside.size > MOST_PLACES || inside.size === 0) return [undefined];
  // Of one argument alone the whole is the same.
  return inside.size === 1 ? [...inside] : [undefined, ...inside];
}

function childrenOf(input: Json): Readonly<Record<string, Json>> {
  return input !== null && typeof input === 'object'
    ? (input as Readonly<Record<string, Json>>)
    : {};
}

export function at(input: Json, place: Place): Json | undefined {
  return place === undefined ? input : childrenOf(input)[place];
}

export function replaced(input: Json, place: Place, value: Json): Json {
  if (place === undefined) return value;
  if (Array.isArray(input)) return input.map((one, i) => (String(i) === place ? value : one));
  return { ...childrenOf(input), [place]: value };
}

/** As `safety.confirm` names it. */
export function named(kind: string, place: Place): string {
  return `${kind}:${place ?? 'input'}`;
}

export function where(place: Place): string {
  if (place === undefined) return 'the input';
  return /^\d+$/.test(place) ? `argument ${Number(place) + 1}` : `${place} of the input`;
}

/** A number, or a list of nothing else; undefined where something else stands there. */
export function numbersIn(value: Json | undefined): readonly number[] | undefined {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) return undefined;
  const numbers = value.filter((one): one is number => typeof one === 'number');
  return numbers.length === value.length ? numbers : undefined;
}
