/**
 * Which tasks are one task under two names. Names say nothing here: two tasks are the same when they do the same on
 * the inputs that both have. Where two groups share too few inputs nothing can be said, and that is said.
 */

import type { Value } from './language.ts';
import type { Input } from './memory.ts';

export type Split = 'train' | 'held-out';

/** A task is what it does: its outputs, in the order of its group's inputs. Null is a failure. */
export interface Behaviour {
  readonly name: string;
  readonly split: Split;
  readonly outputs: readonly Value[];
  readonly hiddenOutputs: readonly (Value | null)[];
}

/** Tasks that share their inputs. */
export interface Group {
  readonly examples: readonly Input[];
  readonly hidden: readonly Input[];
  readonly tasks: readonly Behaviour[];
}

/** Two tasks that do the same on all `inputs` that their groups share. */
export interface Repeat {
  readonly left: Pick<Behaviour, 'name' | 'split'>;
  readonly right: Pick<Behaviour, 'name' | 'split'>;
  readonly inputs: number;
}

/** Two groups, by their places, that share too few inputs to be compared. */
export interface Apart {
  readonly left: number;
  readonly right: number;
  readonly inputs: number;
}

export interface Overlap {
  readonly repeats: readonly Repeat[];
  readonly apart: readonly Apart[];
}

/**
 * With fewer shared inputs functions that differ agree too often to be called the same: as many as a solver is shown
 * (recursion2.md §2).
 */
export const ENOUGH_INPUTS = 6;

/** Of tasks of one set with those of another. */
export function overlapBetween(left: readonly Group[], right: readonly Group[]): Overlap {
  const others = right.map(placed);
  return joined(left.map(placed).flatMap((one) => others.map((other) => compare(one, other))));
}

/** Of the tasks of one set with each other. */
export function overlapWithin(groups: readonly Group[]): Overlap {
  const all = groups.map(placed);
  return joined(
    all.flatMap((one, at) => [
      { repeats: repeatsInGroup(one), apart: [] },
      ...all.slice(at + 1).map((other) => compare(one, other)),
    ]),
  );
}

const joined = (parts: readonly Overlap[]): Overlap => ({
  repeats: parts.flatMap(({ repeats }) => repeats),
  apart: parts.flatMap(({ apart }) => apart),
});

/** A group, which of its set it is, and where each of its inputs stands among examples and then hidden ones. */
interface Placed {
  readonly tasks: readonly Behaviour[];
  readonly at: number;
  readonly places: ReadonlyMap<string, number>;
}

const placed = ({ examples, hidden, tasks }: Group, at: number): Placed => ({
  tasks,
  at,
  places: new Map([...examples, ...hidden].map((input, place) => [inputKey(input), place])),
});

function compare(left: Placed, right: Placed): Overlap {
  const shared = [...left.places.keys()].filter((input) => right.places.has(input));
  const inputs = shared.length;
  if (inputs < ENOUGH_INPUTS)
    return { repeats: [], apart: [{ left: left.at, right: right.at, inputs }] };
  const keyIn = ({ places }: Placed): ((task: Behaviour) => string) => {
    const at = shared.map((input) => places.get(input) ?? 0);
    return (task) => behaviourKey(task, at);
  };
  const rightKey = keyIn(right);
  const known = byKey(left.tasks, keyIn(left));
  const repeats = right.tasks.flatMap((task) =>
    (known.get(rightKey(task)) ?? []).map((same) => ({
      left: named(same),
      right: named(task),
      inputs,
    })),
  );
  return { repeats, apart: [] };
}

/** Each task with the first before it that does the same. */
function repeatsInGroup(group: Placed): readonly Repeat[] {
  const places = [...group.places.values()];
  const known = byKey(group.tasks, (task) => behaviourKey(task, places));
  return [...known.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : others.map((task) => ({ left: named(first), right: named(task), inputs: places.length })),
  );
}

const named = ({ name, split }: Behaviour): Pick<Behaviour, 'name' | 'split'> => ({ name, split });

function byKey(
  tasks: readonly Behaviour[],
  keyOf: (task: Behaviour) => string,
): ReadonlyMap<string, readonly Behaviour[]> {
  const known = new Map<string, Behaviour[]>();
  for (const task of tasks) {
    const key = keyOf(task);
    const same = known.get(key);
    if (same) same.push(task);
    else known.set(key, [task]);
  }
  return known;
}

/** Equal for equal inputs, whatever the order of their keys. */
export const inputKey = ({ list, k }: Input): string => JSON.stringify([list, k]);

function behaviourKey({ outputs, hiddenOutputs }: Behaviour, places: readonly number[]): string {
  return JSON.stringify(
    places.map((at) => (at < outputs.length ? outputs[at] : hiddenOutputs[at - outputs.length])),
  );
}
