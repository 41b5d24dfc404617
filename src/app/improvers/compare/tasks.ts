/** Tasks that two improvers are compared on: fresh ones of a generator, or those of a folder, less what either knows. */
import { resolve } from 'node:path';
import { PacelineError } from '../../../core/errors.ts';
import { overlapBetween } from '../../../synthesis/overlap.ts';
import { GENERATOR_NAMES, type GeneratorName, generateTaskSet } from '../../task-sets/generate.ts';
import { readTaskSet } from '../../task-sets/read.ts';
import type { TaskGroup, TaskSet } from '../../task-sets/schema.ts';
import { type KeptImprover, lineageOf } from '../store.ts';
import { type Training, trainingOf } from '../training.ts';

export interface Posed {
  readonly domain: 'numbers' | 'text';
  readonly groups: readonly TaskGroup[];
  /** Tasks taken out. */
  readonly known: number;
}

export const isGenerator = (name: string): name is GeneratorName =>
  (GENERATOR_NAMES as readonly string[]).includes(name);

/** Everyday functions beside them, where the generator makes both over the same inputs. */
export const TASK_FLAGS: Readonly<Partial<Record<GeneratorName, readonly string[]>>> = {
  generated: ['everyday'],
  deep: ['everyday'],
};

export interface Posing {
  /** Name of a generator, or a folder with tasks.json. */
  readonly tasks: string;
  readonly root: string;
  readonly improvers: readonly KeptImprover[];
  readonly signal: AbortSignal;
}

/** @throws PacelineError as the task sets do, and TASK_SET_INVALID where nothing is held out. */
export async function posed(posing: Posing, seed: number): Promise<Posed> {
  const { tasks, root, improvers, signal } = posing;
  const set = isGenerator(tasks)
    ? (await generateTaskSet({ name: tasks, seed, flags: TASK_FLAGS[tasks] ?? [] }, signal)).set
    : readTaskSet(resolve(root, tasks)).set;
  const trained = await Promise.all(
    trainingsOf(root, improvers).map((training) => knownTasks(training, seed, signal)),
  );
  return heldOut(set, trained.flat(), tasks);
}

/** Of the two and of every generation that they come from. */
function trainingsOf(root: string, improvers: readonly KeptImprover[]): readonly Training[] {
  const all = improvers.flatMap((one) =>
    lineageOf(root, one).flatMap(({ improver }) => trainingOf(improver) ?? []),
  );
  return [...new Map(all.map((one) => [`${one.name} ${one.seed}`, one])).values()];
}

/** What it was trained on, over the inputs of this seed, so that it can be recognised by what it does. */
async function knownTasks(
  { name, seed }: { readonly name: string; readonly seed: number },
  inputsSeed: number,
  signal: AbortSignal,
): Promise<readonly TaskGroup[]> {
  if (!isGenerator(name)) return [];
  const { set } = await generateTaskSet(
    { name, seed, inputsSeed, flags: TASK_FLAGS[name] ?? [] },
    signal,
  );
  return set.groups.map((group) => ({
    ...group,
    tasks: group.tasks.filter(({ split }) => split === 'train'),
  }));
}

function heldOut(set: TaskSet, trained: readonly TaskGroup[], place: string): Posed {
  const { repeats } = overlapBetween(set.groups, trained);
  const known = new Set(repeats.map(({ left }) => left.name));
  const held = set.groups.map((group) => ({
    ...group,
    tasks: group.tasks.filter(({ split }) => split === 'held-out'),
  }));
  const groups = held
    .map((group) => ({ ...group, tasks: group.tasks.filter(({ name }) => !known.has(name)) }))
    .filter(({ tasks }) => tasks.length > 0);
  if (groups.length === 0)
    throw new PacelineError(
      'TASK_SET_INVALID',
      `${place} holds no task that is held out and that neither was trained on. Mark some with "split": "held-out".`,
      { place },
    );
  const count = (all: readonly TaskGroup[]): number =>
    all.reduce((sum, { tasks }) => sum + tasks.length, 0);
  return { domain: set.domain, groups, known: count(held) - count(groups) };
}
