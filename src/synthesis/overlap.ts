/**
 * Which tasks are one task under two names. Names say nothing here: two tasks are the same when they do the same on
 * the inputs that both have. Where two groups share too few inputs nothing can be said, and that is said.
 */

/** A list and a small number: what one call of a task is given. */
export interface Case {
  readonly list: readonly number[];
  readonly k: number;
}

export type Value = number | readonly number[];
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
  readonly examples: readonly Case[];
  readonly hidden: readonly Case[];
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
  return joined(
    left.flatMap((one, i) =>
      right.map((other, j) => compare({ group: one, at: i }, { group: other, at: j })),
    ),
  );
}

/** Of the tasks of one set with each other. */
export function overlapWithin(groups: readonly Group[]): Overlap {
  return joined(
    groups.flatMap((one, i) => [
      { repeats: repeatsInGroup(one), apart: [] },
      ...groups
        .slice(i + 1)
        .map((other, j) => compare({ group: one, at: i }, { group: other, at: i + 1 + j })),
    ]),
  );
}

const joined = (parts: readonly Overlap[]): Overlap => ({
  repeats: parts.flatMap(({ repeats }) => repeats),
  apart: parts.flatMap(({ apart }) => apart),
});

interface Placed {
  readonly group: Group;
  readonly at: number;
}

function compare(left: Placed, right: Placed): Overlap {
  const [leftPlaces, rightPlaces] = [placesOf(left.group), placesOf(right.group)];
  const shared = [...leftPlaces.keys()].filter((input) => rightPlaces.has(input));
  const inputs = shared.length;
  if (inputs < ENOUGH_INPUTS)
    return { repeats: [], apart: [{ left: left.at, right: right.at, inputs }] };
  const keyIn = (places: ReadonlyMap<string, number>) => (task: Behaviour) =>
    behaviourKey(
      task,
      shared.map((input) => places.get(input) ?? 0),
    );
  const rightKey = keyIn(rightPlaces);
  const known = byKey(left.group.tasks, keyIn(leftPlaces));
  const repeats = right.group.tasks.flatMap((task) =>
    (known.get(rightKey(task)) ?? []).map((same) => ({
      left: named(same),
      right: named(task),
      inputs,
    })),
  );
  return { repeats, apart: [] };
}

/** Each task with the first before it that does the same. */
function repeatsInGroup(group: Group): readonly Repeat[] {
  const places = [...placesOf(group).values()];
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

/** Input → its place among examples and hidden inputs. */
function placesOf({ examples, hidden }: Group): ReadonlyMap<string, number> {
  return new Map([...examples, ...hidden].map((input, at) => [inputKey(input), at]));
}

/** Equal for equal inputs, whatever the order of their keys. */
export const inputKey = ({ list, k }: Case): string => JSON.stringify([list, k]);

function behaviourKey({ outputs, hiddenOutputs }: Behaviour, places: readonly number[]): string {
  return JSON.stringify(
    places.map((at) => (at < outputs.length ? outputs[at] : hiddenOutputs[at - outputs.length])),
  );
}
