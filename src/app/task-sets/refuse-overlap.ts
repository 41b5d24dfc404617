/** Tasks that two sets have in common are refused, and so are sets of which nobody can tell. */
import { PacelineError } from '../../core/errors.ts';
import { type Apart, ENOUGH_INPUTS, overlapBetween, type Repeat } from '../../synthesis/overlap.ts';
import type { TaskSet } from './schema.ts';

/** A set, and how the person calls it. */
export interface PlacedSet {
  readonly place: string;
  readonly set: TaskSet;
}

const MOST_NAMED = 5;

/**
 * @throws PacelineError TASKS_OVERLAP where a task of one does what a task of the other does, whatever they are
 * called; TASKS_APART where their groups share too few inputs to tell.
 */
export function refuseOverlap(left: PlacedSet, right: PlacedSet): void {
  const { repeats, apart } = overlapBetween(left.set.groups, right.set.groups);
  refuseRepeats(repeats, { left: left.place, right: right.place });
  const [first] = apart;
  if (first !== undefined) throw tooFarApart(apart, first, { left, right });
}

interface Places {
  readonly left: string;
  readonly right: string;
}

/** @throws PacelineError TASKS_OVERLAP where there is one. */
export function refuseRepeats(repeats: readonly Repeat[], { left, right }: Places): void {
  if (repeats.length === 0) return;
  const named = repeats.slice(0, MOST_NAMED).map(repeatWords);
  const more = repeats.length - named.length;
  const rest = more > 0 ? `\n  - and ${more} more` : '';
  const where = left === right ? left : `${left} and ${right}`;
  throw new PacelineError(
    'TASKS_OVERLAP',
    `${where}: ${repeats.length === 1 ? 'a task stands' : `${repeats.length} tasks stand`} there twice, so what is held out would not be new. Leave out one of each pair:\n${named.map((line) => `  - ${line}`).join('\n')}${rest}`,
    {
      left,
      right,
      count: repeats.length,
      repeats: repeats
        .slice(0, MOST_NAMED)
        .map((one) => ({ left: one.left.name, right: one.right.name, inputs: one.inputs })),
    },
  );
}

function repeatWords({ left, right, inputs }: Repeat): string {
  return `"${right.name}" (${right.split}) does what "${left.name}" (${left.split}) does on all ${inputs} inputs that both have`;
}

function tooFarApart(
  apart: readonly Apart[],
  { left: i, right: j, inputs }: Apart,
  { left, right }: { readonly left: PlacedSet; readonly right: PlacedSet },
): PacelineError {
  const shared = inputs === 0 ? 'no shared inputs' : `only ${inputs} shared inputs`;
  const remedy =
    left.set.domain === right.set.domain
      ? 'Make both on the same inputs (--inputs-seed of a generator), or give both sets the same examples.'
      : `One holds ${left.set.domain}, the other ${right.set.domain}: use them apart, and say that nobody compared them.`;
  return new PacelineError(
    'TASKS_APART',
    `${left.place} and ${right.place} cannot be compared: ${shared} in group ${i} of the one and group ${j} of the other, and ${ENOUGH_INPUTS} are needed to tell whether a task is in both. ${remedy}`,
    { left: left.place, right: right.place, inputs, pairs: apart.length },
  );
}
