/** A task set from a folder of the user's: `tasks.json`, read and checked before anything learns from it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { contentId, type Hash } from '../../core/hash.ts';
import type { Apart } from '../../synthesis/overlap.ts';
import { checkAgainst } from '../checked-yaml.ts';
import { asFileFault } from '../file-fault.ts';
import { checkTaskSet } from './check.ts';
import { invalidTaskSet } from './invalid.ts';
import { type TaskSet, taskSetJsonSchema, taskSetSchema } from './schema.ts';

export const TASKS_FILE = 'tasks.json';

/** A set of 10,000 tasks has about 4 MB. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface CheckedTaskSet {
  readonly set: TaskSet;
  /** Content id: equal for equal sets, however their files are laid out. */
  readonly id: Hash;
  /** Groups of which nobody can tell whether they have a task in common: say so beside figures. */
  readonly apart: readonly Apart[];
}

/** @throws PacelineError TASK_SET_INVALID, TASKS_OVERLAP, or WORKSPACE where the system refuses the file. */
export function readTaskSet(folder: string): CheckedTaskSet {
  const path = join(folder, TASKS_FILE);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new PacelineError(
      'TASK_SET_INVALID',
      `There is no file ${path}. A folder of tasks holds ${TASKS_FILE}; examples/meta/README.md shows one.`,
      { place: path },
    );
  }
  return parseTaskSet(readText(path), path);
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size <= MOST_BYTES) return readFileSync(path, 'utf8');
    throw invalidTaskSet(path, [
      `it has ${size} bytes, more than ${MOST_BYTES}: split it into sets`,
    ]);
  } catch (error) {
    throw asFileFault(error) ?? error;
  }
}

/** @param place how the person calls what the text came from. @throws PacelineError as `readTaskSet`. */
export function parseTaskSet(text: string, place: string): CheckedTaskSet {
  const set = shaped(parsed(text, place), place);
  return { set, id: contentId(set), apart: checkTaskSet(set, place) };
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const said = (cause as Error).message;
    throw invalidTaskSet(place, [`it is not JSON (${said}): write one JSON value, without NaN`]);
  }
}

function shaped(value: unknown, place: string): TaskSet {
  try {
    return checkAgainst({ schema: taskSetSchema, jsonSchema: taskSetJsonSchema }, value, place);
  } catch (error) {
    const problems = PacelineError.is(error) ? error.data['problems'] : undefined;
    if (!Array.isArray(problems)) throw error;
    throw invalidTaskSet(place, problems.map(String));
  }
}
