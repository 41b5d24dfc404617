/**
 * Inputs that the search has seen, against fresh ones, and against the same ones a little changed: whoever knows them
 * by heart is near the incumbent on one side and far from it on the other. Which side does not matter. A changed input
 * may be none that the task makes (a list that is always sorted), so fresh ones decide, and changed ones raise suspicion.
 */
import type { Json } from '../../core/json.ts';
import type { Rng } from '../../core/rng.ts';
import { type Answer, answerKey, outputOf } from '../calls/answers.ts';
import { distance } from '../triggers/difference.ts';
import { type Domain, keyOf, type Position, positionsOf, put } from '../triggers/positions.ts';

const PLACES = 64;
/** Share of numbers that are moved (at least one). */
const MOVED = 0.3;

export interface Change {
  readonly name: string;
  /** Undefined where there is nothing to change. */
  change(input: Json, context: ChangeContext): Json | undefined;
}

export interface ChangeContext {
  readonly domain: Domain;
  readonly rng: Rng;
  /** Another input that the search has seen. */
  readonly other: Json;
}

function isNumber({ value }: Position): boolean {
  return typeof value === 'number';
}

const moved: Change = {
  name: 'numbers moved a little',
  change(input, { domain, rng }) {
    const places = positionsOf(input, PLACES).filter(isNumber);
    if (places.length === 0) return undefined;
    const always = rng.int(places.length);
    const chosen = places.filter((_, at) => at === always || rng.float() < MOVED);
    return chosen.reduce((whole, { path, value }) => {
      return put(whole, path, beside(value as number, { key: keyOf(path), domain, rng }));
    }, input);
  },
};

interface Beside {
  readonly key: string;
  readonly domain: Domain;
  readonly rng: Rng;
}

/** Another number of the same range and kind. */
function beside(value: number, { key, domain, rng }: Beside): number {
  const { min = value, max = value, isWhole = true } = domain.get(key) ?? {};
  const step = isWhole ? 1 : (max - min) / 1_000;
  const up = rng.int(2) === 0;
  const other = value + (up ? step : -step);
  return other >= min && other <= max ? other : value + (up ? -step : step);
}

const reordered: Change = {
  name: 'a list in another order',
  change(input, { rng }) {
    const lists = positionsOf(input, PLACES).filter(
      ({ value }) => Array.isArray(value) && value.length > 1,
    );
    const place = lists[rng.int(Math.max(1, lists.length))];
    if (place === undefined) return undefined;
    const list = [...(place.value as readonly Json[])];
    for (let at = list.length - 1; at > 0; at--) {
      const other = rng.int(at + 1);
      [list[at], list[other]] = [list[other] as Json, list[at] as Json];
    }
    return put(input, place.path, list);
  },
};

const exchanged: Change = {
  name: 'a value of another input',
  change(input, { rng, other }) {
    const lent = new Map(positionsOf(other, PLACES).map(({ key, value }) => [key, value]));
    const places = positionsOf(input, PLACES).filter(({ key, value, path }) => {
      const isLeaf = typeof value !== 'object' || value === null;
      return path.length > 0 && isLeaf && lent.has(key) && lent.get(key) !== value;
    });
    const place = places[rng.int(Math.max(1, places.length))];
    return place && put(input, place.path, lent.get(place.key) as Json);
  },
};

export const CHANGES: readonly Change[] = [moved, reordered, exchanged];

/** As seen, and changed, side by side; those that nothing can be changed in are left out. */
export function changedInputs(
  { change }: Change,
  inputs: readonly Json[],
  { domain, rng }: Omit<ChangeContext, 'other'>,
): readonly (readonly [seen: Json, changed: Json])[] {
  return inputs.flatMap((seen, at) => {
    const other = inputs[(at + 1) % inputs.length] as Json;
    const changed = change(seen, { domain, rng, other });
    const isSame = changed === undefined || JSON.stringify(changed) === JSON.stringify(seen);
    return isSame ? [] : [[seen, changed] as const];
  });
}

/** This many times as far is another behaviour; below `ROUNDING` nothing is. */
const FARTHER = 10;
const ROUNDING = 1e-9;

type Pair = readonly [candidate: Answer, incumbent: Answer];

/** How far the candidate is from the incumbent; undefined where the incumbent does not answer. */
function far([candidate, incumbent]: Pair): number | undefined {
  const [one, other] = [outputOf(candidate), outputOf(incumbent)];
  if (other === undefined || candidate === undefined) return undefined;
  if (one === undefined) return Number.POSITIVE_INFINITY;
  const apart = distance(one, other) ?? Number.POSITIVE_INFINITY;
  return answerKey(candidate) === answerKey(incumbent) ? 0 : Math.max(apart, ROUNDING);
}

/** Pairs in which the candidate is near the incumbent on the one side and far from it on the other. */
export function discordant(
  seen: readonly Pair[],
  changed: readonly Pair[],
): { readonly first: number; readonly second: number; readonly n: number } {
  let [first, second, n] = [0, 0, 0];
  for (const [at, pair] of seen.entries()) {
    const [one, other] = [far(pair), far(changed[at] ?? [undefined, undefined])];
    if (one === undefined || other === undefined) continue;
    n += 1;
    if (other > FARTHER * Math.max(one, ROUNDING)) first += 1;
    if (one > FARTHER * Math.max(other, ROUNDING)) second += 1;
  }
  return { first, second, n };
}
