/** A task set as data: functions told by examples, for a solver to find. `schema/paceline.task-set.schema.json` publishes it. */
import { z } from 'zod';
import { LARGEST, LONGEST } from '../../synthesis/language.ts';

const MOST_CASES = 1000;
const MOST_TASKS = 10_000;
/** Each is compared with each other one. */
const MOST_GROUPS = 200;

/** What stands on a screen must not move its cursor. */
const name = z
  .string()
  .regex(/^[^\p{C}]{1,200}$/u, 'must be 1 to 200 characters without control characters');

/** Beyond its bounds no program of the language gives anything. */
const whole = z.int().min(-LARGEST).max(LARGEST);
const list = z.array(whole).max(LONGEST);
const value = z.union([whole, list]);

const cases = z.strictObject({ list, k: whole });

const task = z.strictObject({
  /** One of its kind in the set. */
  name,
  /** Tasks that were made alike, such as `generated` or `everyday`: figures are shown by family. */
  family: name,
  /** What of a generator it combines; a held-out cell never occurs in training. Null where that means nothing. */
  cell: name.nullable(),
  /** Solvers learn from `train`; `held-out` is only measured. */
  split: z.enum(['train', 'held-out']),
  /** One for each example, in order. */
  outputs: z.array(value),
  /** One for each hidden input, in order. Null: the function fails there. */
  hiddenOutputs: z.array(value.nullable()),
});

/** All tasks of a group share its inputs: one enumeration serves them all. */
const group = z.strictObject({
  /** What a solver is shown. */
  examples: z.array(cases).min(1).max(MOST_CASES),
  /** What its solutions are judged on. */
  hidden: z.array(cases).min(1).max(MOST_CASES),
  tasks: z.array(task).min(1).max(MOST_TASKS),
});

export const TASK_SET_SCHEMA = 'paceline/task-set/1';

export const taskSetSchema = z.strictObject({
  schema: z.literal(TASK_SET_SCHEMA),
  name,
  /** Of the generator; 0 for what was written by hand. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
  /** What its numbers stand for: themselves, or the codes of characters. */
  domain: z.enum(['numbers', 'text']),
  groups: z.array(group).min(1).max(MOST_GROUPS),
});

export type TaskSet = z.infer<typeof taskSetSchema>;
export type TaskGroup = TaskSet['groups'][number];
export type Task = TaskGroup['tasks'][number];

/** The published JSON Schema of `tasks.json`. */
export function taskSetJsonSchema(): object {
  return z.toJSONSchema(taskSetSchema, { io: 'input', target: 'draft-2020-12' });
}
