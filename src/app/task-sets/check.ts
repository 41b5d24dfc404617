/** What a schema cannot see of a task set: whether its tasks can be posed at all, and whether two are one. */
import { type Apart, inputKey, overlapWithin } from '../../synthesis/overlap.ts';
import { invalidTaskSet } from './invalid.ts';
import { refuseRepeats } from './refuse-overlap.ts';
import type { Task, TaskGroup, TaskSet } from './schema.ts';

/** One example is a constant, and any function through one point fits. */
const FEWEST_EXAMPLES = 2;

/**
 * Groups of the set that cannot be compared, because they share too few inputs; empty where all can.
 *
 * @throws PacelineError TASK_SET_INVALID naming what is wrong, TASKS_OVERLAP where two tasks do the same.
 */
export function checkTaskSet(set: TaskSet, place: string): readonly Apart[] {
  const problems = [
    ...sameNames(set),
    ...set.groups.flatMap((group, at) => groupProblems(group, `groups.${at}`)),
  ];
  if (problems.length > 0) throw invalidTaskSet(place, problems);
  const { repeats, apart } = overlapWithin(set.groups);
  refuseRepeats(repeats, { left: place, right: place });
  return apart;
}

function sameNames({ groups }: TaskSet): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of groups.flatMap(({ tasks }) => tasks)) {
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return [...twice].map((name) => `two tasks are called "${name}": give each its own name`);
}

function groupProblems(group: TaskGroup, place: string): readonly string[] {
  const different = new Set(group.examples.map(inputKey)).size;
  const few =
    different < FEWEST_EXAMPLES
      ? [
          `${place}.examples: ${different} different input is too few, since any function through one point fits; give at least ${FEWEST_EXAMPLES}`,
        ]
      : [];
  const repeated = repeatedInputs(group);
  return [...few, ...group.tasks.flatMap((task) => taskProblems(task, { group, repeated }))];
}

interface Shared {
  readonly group: TaskGroup;
  /** Places, among examples and then hidden inputs, of inputs that stand there more than once. */
  readonly repeated: readonly (readonly number[])[];
}

function repeatedInputs({ examples, hidden }: TaskGroup): readonly (readonly number[])[] {
  const places = new Map<string, number[]>();
  [...examples, ...hidden].forEach((input, at) => {
    const key = inputKey(input);
    places.set(key, [...(places.get(key) ?? []), at]);
  });
  return [...places.values()].filter(({ length }) => length > 1);
}

function taskProblems(task: Task, { group, repeated }: Shared): readonly string[] {
  const lengths = lengthProblems(task, group);
  return lengths.length > 0
    ? lengths
    : [...contradictions(task, { group, repeated }), ...mixedKinds(task)];
}

function lengthProblems(task: Task, { examples, hidden }: TaskGroup): readonly string[] {
  const { name, outputs, hiddenOutputs } = task;
  const wrong = (given: number, due: number, what: string): readonly string[] =>
    given === due ? [] : [`"${name}" has ${given} ${what} for ${due} inputs: give one for each`];
  return [
    ...wrong(outputs.length, examples.length, 'outputs'),
    ...wrong(hiddenOutputs.length, hidden.length, 'hiddenOutputs'),
  ];
}

function contradictions(task: Task, { group, repeated }: Shared): readonly string[] {
  const inputs = [...group.examples, ...group.hidden];
  const outputs = [...task.outputs, ...task.hiddenOutputs].map((one) => JSON.stringify(one));
  return repeated.flatMap((places) => {
    const given = [...new Set(places.map((at) => outputs[at]))];
    if (given.length === 1) return [];
    const { list, k } = inputs[places[0] ?? 0] ?? { list: [], k: 0 };
    return [
      `"${task.name}" contradicts itself: for list ${JSON.stringify(list)} and k ${k} it gives ${given.join(' and ')}; correct one, or take the input out`,
    ];
  });
}

function mixedKinds({ name, outputs, hiddenOutputs }: Task): readonly string[] {
  const kinds = new Set(
    [...outputs, ...hiddenOutputs].flatMap((one) => (one === null ? [] : [typeof one])),
  );
  return kinds.size < 2
    ? []
    : [`"${name}" gives numbers and lists: a function gives one kind; make two tasks of it`];
}
