/** Fourteen numbers any outputs have, in 0 to 1, whatever the library. */
import type { Value } from '../language.ts';
import { LARGEST, LONGEST } from '../language.ts';

export const GENERIC = 14;

const LOG_LARGEST = Math.log2(1 + LARGEST);
const magnitude = (x: number): number => Math.log2(1 + Math.abs(x)) / LOG_LARGEST;

const ordered = (list: readonly number[], sign: 1 | -1): boolean =>
  list.every((x, at) => at === 0 || sign * (x - (list[at - 1] as number)) >= 0);

/** Writes the first `GENERIC` places of `into`. */
export function generic(outputs: readonly Value[], into: Float32Array): void {
  const lists = outputs.map((output) => (typeof output === 'number' ? [output] : output));
  const isList = typeof outputs[0] !== 'number';
  const all = lists.flat();
  const share = (count: number, of: number): number => (of === 0 ? 0 : count / of);
  const ofAll = (is: (x: number) => boolean): number => share(all.filter(is).length, all.length);
  const ofLists = (is: (list: readonly number[]) => boolean): number =>
    isList ? share(lists.filter(is).length, lists.length) : 0;
  into.set([
    Number(isList),
    ofAll((x) => x < 0),
    Number(all.every((x) => x >= 0)),
    ofAll((x) => x % 2 === 0),
    ofAll((x) => x === 0),
    share(
      all.reduce((sum, x) => sum + magnitude(x), 0),
      all.length,
    ),
    magnitude(all.reduce((most, x) => Math.max(most, Math.abs(x)), 0)),
    share(new Set(all).size, all.length),
    ofLists((list) => ordered(list, 1)),
    ofLists((list) => ordered(list, -1)),
    ofLists((list) => new Set(list).size === list.length),
    ofLists((list) => list.length === 0),
    ofLists((list) => list.length === 1),
    isList ? share(all.length, lists.length) / LONGEST : 0,
  ]);
}
