/**
 * Metamorphic relations that many functions obey (Chen, Cheung & Yiu 1998; Segura et al., IEEE TSE 2016),
 * tried on the origin: what it shows on enough inputs is proposed to the user, and never believed unasked.
 */
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import { isNear, kindOf } from './shape.ts';

export interface Relation {
  /** As `safety.confirm` names it. */
  readonly name: string;
  readonly says: string;
  /** Undefined: it says nothing of this input. */
  change(input: Json, output: Json, rng: Rng): Json | undefined;
  holds(output: Json, changedOutput: Json): boolean;
}

/** A place in an input: the whole, or what stands under a key or a number. */
type Place = string | undefined;

/** Every relation that could be one of these inputs. */
export function relationsFor(inputs: readonly Json[]): readonly Relation[] {
  return [
    ...placesOf(inputs).flatMap((place) => [...permutations(place), ...scalings(place)]),
    IDEMPOTENCE,
  ];
}

function placesOf(inputs: readonly Json[]): readonly Place[] {
  const inside = new Set(
    inputs.flatMap((input) => Object.keys(childrenOf(input)).slice(0, MOST_PLACES)),
  );
  const isFixed = inputs.every((input) => Object.keys(childrenOf(input)).length === inside.size);
  if (!isFixed || inside.size > MOST_PLACES || inside.size === 0) return [undefined];
  // Of one argument alone the whole is the same.
  return inside.size === 1 ? [...inside] : [undefined, ...inside];
}

const MOST_PLACES = 6;

function childrenOf(input: Json): Readonly<Record<string, Json>> {
  return input !== null && typeof input === 'object'
    ? (input as Readonly<Record<string, Json>>)
    : {};
}

function at(input: Json, place: Place): Json | undefined {
  return place === undefined ? input : childrenOf(input)[place];
}

function replaced(input: Json, place: Place, value: Json): Json {
  if (place === undefined) return value;
  if (Array.isArray(input)) return input.map((one, i) => (String(i) === place ? value : one));
  return { ...childrenOf(input), [place]: value };
}

const named = (kind: string, place: Place): string => `${kind}:${place ?? 'input'}`;
function where(place: Place): string {
  if (place === undefined) return 'the input';
  return /^\d+$/.test(place) ? `argument ${Number(place) + 1}` : `${place} of the input`;
}

function permutations(place: Place): readonly Relation[] {
  const change = (input: Json, _output: Json, rng: Rng): Json | undefined => {
    const list = at(input, place);
    if (!Array.isArray(list) || list.length < 2) return undefined;
    const mixed = shuffled(list, rng);
    return mixed.every((one, i) => isNear(one, list[i] as Json))
      ? undefined
      : replaced(input, place, mixed);
  };
  return [
    {
      name: named('permutation', place),
      says: `the order of ${where(place)} does not matter`,
      change,
      holds: isNear,
    },
  ];
}

function shuffled(list: readonly Json[], rng: Rng): readonly Json[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as Json, mixed[i] as Json];
  }
  return mixed;
}

/** A power of two changes no digit of a double. */
const FACTOR = 4;

function scalings(place: Place): readonly Relation[] {
  const change = (input: Json): Json | undefined => {
    const value = at(input, place);
    if (value === undefined) return undefined;
    const scaled = timesFactor(value);
    return scaled === undefined || isNear(scaled, value)
      ? undefined
      : replaced(input, place, scaled);
  };
  return [
    {
      name: named('scaling', place),
      says: `${FACTOR} times ${where(place)} gives ${FACTOR} times the output`,
      change,
      holds(output, changed) {
        const scaled = timesFactor(output);
        return scaled !== undefined && isNear(scaled, changed);
      },
    },
    {
      name: named('scale-invariance', place),
      says: `${FACTOR} times ${where(place)} gives the same output`,
      change,
      holds: isNear,
    },
  ];
}

/** All numbers in it; undefined where something else stands there too. */
function timesFactor(value: Json): Json | undefined {
  if (typeof value === 'number') {
    const scaled = value * FACTOR;
    return Number.isFinite(scaled) ? scaled : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const scaled = value.map(timesFactor);
  return scaled.includes(undefined) ? undefined : (scaled as readonly Json[]);
}

const IDEMPOTENCE: Relation = {
  name: 'idempotence',
  says: 'what it gives for its own output is that output',
  change(input, output) {
    if (Array.isArray(input) && input.length === 1 && kindOf(input[0] as Json) === kindOf(output)) {
      return [output];
    }
    return kindOf(input) === kindOf(output) ? output : undefined;
  },
  holds: isNear,
};
