/**
 * Invariants that many outputs obey, without a second call (of the kind that Daikon looks for: Ernst et al., IEEE TSE
 * 27(2), 2001), tried on the origin: what it shows on enough inputs is proposed to the user, and never believed unasked.
 */
import type { Json } from '../../core/json.ts';
import { at, named, numbersIn, type Place, placesOf, where } from './places.ts';
import { isNear } from './shape.ts';

export interface Invariant {
  /** As `safety.confirm` names it. */
  readonly name: string;
  readonly says: string;
  /** Undefined: it says nothing of these. */
  holds(input: Json, output: Json): boolean | undefined;
}

/** Every invariant that could be one of these inputs. */
export function invariantsFor(inputs: readonly Json[]): readonly Invariant[] {
  return [
    WHOLE,
    ASCENDING,
    ...placesOf(inputs).flatMap((place) => [...lists(place), ...bounds(place)]),
  ];
}

const WHOLE: Invariant = {
  name: 'whole',
  says: 'its numbers are whole',
  holds(_input, output) {
    const numbers = numbersIn(output);
    return numbers?.length ? numbers.every(Number.isInteger) : undefined;
  },
};

const ASCENDING: Invariant = {
  name: 'ascending',
  says: 'no number of the output is smaller than the one before',
  holds(_input, output) {
    const numbers = Array.isArray(output) ? numbersIn(output) : undefined;
    if (numbers === undefined || numbers.length < 2) return undefined;
    return numbers.every((one, i) => i === 0 || (numbers[i - 1] ?? one) <= one);
  },
};

function lists(place: Place): readonly Invariant[] {
  const both = (input: Json, output: Json): readonly (readonly Json[])[] | undefined => {
    const given = at(input, place);
    return Array.isArray(given) && Array.isArray(output) && given.length > 0
      ? [given, output]
      : undefined;
  };
  const sorted = (list: readonly Json[]): string =>
    list
      .map((one) => JSON.stringify(one))
      .sort()
      .join();
  return [
    {
      name: named('rearranged', place),
      says: `the output has the items of ${where(place)}, in some order`,
      holds(input, output) {
        const [given, got] = both(input, output) ?? [];
        return given && got && sorted(given) === sorted(got);
      },
    },
    {
      name: named('as-long', place),
      says: `the output has as many items as ${where(place)}`,
      holds(input, output) {
        const [given, got] = both(input, output) ?? [];
        return given && got && given.length === got.length;
      },
    },
  ];
}

/** Of an output that is a number, beside the numbers of a place. */
function bounds(place: Place): readonly Invariant[] {
  const beside = (ask: (output: number, numbers: readonly number[]) => boolean) => {
    return (input: Json, output: Json): boolean | undefined => {
      const numbers = numbersIn(at(input, place));
      if (typeof output !== 'number' || !numbers?.length) return undefined;
      return ask(output, numbers);
    };
  };
  const isAtLeast = (a: number, b: number): boolean => a >= b || isNear(a, b);
  return [
    {
      name: named('among', place),
      says: `the output is one of the numbers of ${where(place)}`,
      holds: beside((output, numbers) => numbers.some((one) => isNear(one, output))),
    },
    {
      name: named('at-least', place),
      says: `the output is not below the smallest number of ${where(place)}`,
      holds: beside((output, numbers) => isAtLeast(output, Math.min(...numbers))),
    },
    {
      name: named('at-most', place),
      says: `the output is not above the largest number of ${where(place)}`,
      holds: beside((output, numbers) => isAtLeast(Math.max(...numbers), output)),
    },
  ];
}
