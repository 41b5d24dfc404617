/**
 * Metamorphic relations that many functions obey (Chen, Cheung & Yiu 1998; Segura et al., IEEE TSE 2016),
 * tried on the origin: what it shows on enough inputs is proposed to the user, and never believed unasked.
 */
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import { at, named, type Place, placesOf, replaced, where } from './places.ts';
import { isNear, kindOf } from './shape.ts';

export interface Relation {
  /** As `safety.confirm` names it. */
  readonly name: string;
  readonly says: string;
  /** Undefined: it says nothing of this input. */
  /** Shared by relations that change it alike: its outputs are then asked for once. */
  readonly change: (input: Json, output: Json, random: () => Rng) => Json | undefined;
  holds(output: Json, changedOutput: Json): boolean;
}

/** Every relation that could be one of these inputs. */
export function relationsFor(inputs: readonly Json[]): readonly Relation[] {
  return [
    ...placesOf(inputs).flatMap((place) => [...permutations(place), ...arithmetic(place)]),
    IDEMPOTENCE,
  ];
}

const MOST_SHUFFLES = 8;

function permutations(place: Place): readonly Relation[] {
  const change = (input: Json, _output: Json, random: () => Rng): Json | undefined => {
    const list = at(input, place);
    if (!Array.isArray(list) || list.length < 2) return undefined;
    const rng = random();
    // Of few items one order in two or in six is the same again.
    for (let i = 0; i < MOST_SHUFFLES; i++) {
      const mixed = shuffled(list, rng);
      if (mixed.some((one, k) => !isNear(one, list[k] as Json))) {
        return replaced(input, place, mixed);
      }
    }
    return undefined;
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

/** Powers of two: they change no digit of a double. */
const FACTOR = 4;
const SUMMAND = 8;
const STEPS = 8;

type Change = Relation['change'];

/** Something done to every number of a place, and what the output may then do. */
function arithmetic(place: Place): readonly Relation[] {
  const whole = where(place);
  const scaled = changing(place, (one) => one * FACTOR);
  const shifted = changing(place, (one) => one + SUMMAND);
  const negated = changing(place, (one) => -one);
  const raised = raising(place);
  const pair = (change: Change, does: string, [as, alike]: readonly [Names, string]) => [
    {
      name: named(as.name, place),
      says: `${does} ${as.gives}`,
      change,
      holds: (output: Json, changed: Json) => {
        const expected = eachNumber(output, as.of);
        return expected !== undefined && isNear(expected, changed);
      },
    },
    { name: named(alike, place), says: `${does} gives the same output`, change, holds: isNear },
  ];
  return [
    ...pair(scaled, `${FACTOR} times ${whole}`, [
      { name: 'scaling', gives: `gives ${FACTOR} times the output`, of: (one) => one * FACTOR },
      'scale-invariance',
    ]),
    ...pair(shifted, `${SUMMAND} more of every number of ${whole}`, [
      { name: 'shift', gives: `gives ${SUMMAND} more`, of: (one) => one + SUMMAND },
      'shift-invariance',
    ]),
    ...pair(negated, `the negative of ${whole}`, [
      { name: 'odd', gives: 'gives the negative output', of: (one) => -one },
      'even',
    ]),
    {
      name: named('rising', place),
      says: `more of ${whole} never gives less`,
      change: raised,
      holds: (output, changed) => isOrdered(output, changed),
    },
    {
      name: named('falling', place),
      says: `more of ${whole} never gives more`,
      change: raised,
      holds: (output, changed) => isOrdered(changed, output),
    },
  ];
}

interface Names {
  readonly name: string;
  readonly gives: string;
  readonly of: (one: number) => number;
}

function changing(place: Place, of: (one: number) => number): Change {
  return (input) => {
    const value = at(input, place);
    const changed = value === undefined ? undefined : eachNumber(value, of);
    if (changed === undefined || isNear(changed, value as Json)) return undefined;
    return replaced(input, place, changed);
  };
}

/** One number alone: of a list nobody knows what more of it is. */
function raising(place: Place): Change {
  return (input, _output, random) => {
    const value = at(input, place);
    if (typeof value !== 'number') return undefined;
    const step = 1 + random().int(STEPS);
    return replaced(input, place, value + (Number.isInteger(value) ? step : step / STEPS));
  };
}

function isOrdered(less: Json, more: Json): boolean {
  return (
    typeof less === 'number' && typeof more === 'number' && (less <= more || isNear(less, more))
  );
}

/** All numbers in it; undefined where something else stands there too. */
function eachNumber(value: Json, of: (one: number) => number): Json | undefined {
  if (typeof value === 'number') {
    const changed = of(value);
    return Number.isFinite(changed) ? changed : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const changed = value.map((one) => eachNumber(one, of));
  return changed.includes(undefined) ? undefined : (changed as readonly Json[]);
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
