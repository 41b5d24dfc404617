/** Tasks that two improvers are compared on: fresh ones of a generator, those of a folder, or what was sealed, less what either knows. */
import { resolve } from 'node:path';
import { PacelineError } from '../../../core/errors.ts';
import { type Fingerprint, knownBy } from '../../../synthesis/fingerprint.ts';
import { overlapBetween } from '../../../synthesis/overlap.ts';
import {
  GENERATOR_NAMES,
  type GeneratorName,
  generateTaskSet,
  runGenerator,
} from '../../task-sets/generate.ts';
import { readTaskSet } from '../../task-sets/read.ts';
import type { TaskGroup, TaskSet } from '../../task-sets/schema.ts';
import { generatorOf, SHIPPED } from '../sealed/pool.ts';
import { type KeptImprover, lineageOf } from '../store.ts';
import { type Training, trainingOf } from '../training.ts';

export interface Posed {
  readonly domain: 'numbers' | 'text';
  readonly groups: readonly TaskGroup[];
  /** Tasks taken out. */
  readonly known: number;
  /** Training sets that nobody can recognise here. */
  readonly unrecognised: readonly string[];
}

/** Generators that anybody may draw from; the sealed one is drawn from once. */
export type OpenGenerator = Exclude<GeneratorName, typeof SHIPPED>;

export const isGenerator = (name: string): name is OpenGenerator =>
  name !== SHIPPED && (GENERATOR_NAMES as readonly string[]).includes(name);

/** Everyday functions beside them, where the generator makes both over the same inputs. */
export const TASK_FLAGS: Readonly<Partial<Record<GeneratorName, readonly string[]>>> = {
  generated: ['everyday'],
  deep: ['everyday'],
};

export interface Posing {
  /** Name of a generator, or a folder with tasks.json. */
  readonly tasks: string;
  /** Folder of a pool whose seal is open. */
  readonly sealed?: string;
  readonly root: string;
  readonly improvers: readonly KeptImprover[];
  readonly signal: AbortSignal;
}

/** @throws PacelineError as the task sets do, and TASK_SET_INVALID where nothing is held out. */
export async function posed(posing: Posing, seed: number): Promise<Posed> {
  const set = await setOf(posing, seed);
  const { known, unrecognised } = await knownAmong(set.groups, posing, seed);
  return { ...heldOut(set, known, posing.tasks), unrecognised };
}

/** Which of some tasks one of the improvers, or one that it comes from, was trained on, recognised by what they do. */
export async function knownAmong(
  groups: readonly TaskGroup[],
  { root, improvers, signal }: Pick<Posing, 'root' | 'improvers' | 'signal'>,
  seed: number,
): Promise<{ readonly known: ReadonlySet<string> } & Pick<Posed, 'unrecognised'>> {
  const known = new Set<string>();
  const unrecognised: string[] = [];
  for (const training of trainingsOf(root, improvers)) {
    const found = await recognised(groups, training, { seed, signal });
    for (const name of found ?? []) known.add(name);
    if (found === undefined) unrecognised.push(`${training.name} (seed ${training.seed})`);
  }
  return { known, unrecognised };
}

async function setOf({ tasks, sealed, root, signal }: Posing, seed: number): Promise<TaskSet> {
  if (sealed !== undefined)
    return (await runGenerator(generatorOf(sealed), [`--seed=${seed}`], signal)).set;
  return isGenerator(tasks)
    ? (await generateTaskSet({ name: tasks, seed, flags: TASK_FLAGS[tasks] ?? [] }, signal)).set
    : readTaskSet(resolve(root, tasks)).set;
}

/** Of the two and of every generation that they come from. */
function trainingsOf(root: string, improvers: readonly KeptImprover[]): readonly Training[] {
  const all = improvers.flatMap((one) =>
    lineageOf(root, one).flatMap(({ improver }) => trainingOf(improver) ?? []),
  );
  return [...new Map(all.map((one) => [`${one.name} ${one.seed} ${one.set}`, one])).values()];
}

interface Where {
  /** Of the tasks that are posed. */
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Names of tasks that do what one it was trained on does; undefined where nobody can tell. */
async function recognised(
  groups: readonly TaskGroup[],
  training: Training,
  where: Where,
): Promise<readonly string[] | undefined> {
  const { name, behaviour } = training;
  if (isGenerator(name)) return among(groups, await trainedGroups(name, training, where));
  return behaviour && amongPrinted(groups, behaviour);
}

function among(
  groups: readonly TaskGroup[],
  trained: readonly TaskGroup[],
): readonly string[] | undefined {
  const { repeats, apart } = overlapBetween(groups, trained);
  const isUnknown = groups.some(
    (_, at) => apart.filter(({ left }) => left === at).length === trained.length,
  );
  return isUnknown ? undefined : repeats.map(({ left }) => left.name);
}

function amongPrinted(
  groups: readonly TaskGroup[],
  print: Fingerprint,
): readonly string[] | undefined {
  const found = groups.map((group) => knownBy(group, print));
  return found.includes(undefined) ? undefined : found.flatMap((names) => names ?? []);
}

/** What it was trained on, over the inputs of this seed, so that it can be recognised by what it does. */
async function trainedGroups(
  name: OpenGenerator,
  { seed }: Pick<Training, 'seed'>,
  { seed: inputsSeed, signal }: Where,
): Promise<readonly TaskGroup[]> {
  const flags = TASK_FLAGS[name] ?? [];
  const { set } = await generateTaskSet({ name, seed, inputsSeed, flags }, signal);
  return set.groups.map((group) => ({
    ...group,
    tasks: group.tasks.filter(({ split }) => split === 'train'),
  }));
}

function heldOut(
  set: TaskSet,
  known: ReadonlySet<string>,
  place: string,
): Omit<Posed, 'unrecognised'> {
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
