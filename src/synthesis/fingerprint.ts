/**
 * What tasks do, short enough to travel with an improver: a digest of each input, and of each output on it. Whoever
 * has it recognises the tasks elsewhere, on the inputs that both have, whatever folder or name they have there.
 */
import { sha256 } from '../core/hash.ts';
import { type Behaviour, ENOUGH_INPUTS, type Group, inputKey } from './overlap.ts';

export interface Fingerprint {
  /** Of each input, examples first. */
  readonly inputs: readonly string[];
  /** Of each task, its outputs in that order, `OUTPUT_DIGITS` each, in one text. */
  readonly tasks: readonly string[];
}

export const INPUT_DIGITS = 12;
/** Two tasks agree by chance on six inputs and more with probability 2⁻⁹⁶ at most. */
export const OUTPUT_DIGITS = 4;

const digits = (text: string, count: number): string =>
  sha256(text).slice('sha256:'.length, 'sha256:'.length + count);

const outputsOf = ({ outputs, hiddenOutputs }: Behaviour): readonly string[] =>
  [...outputs, ...hiddenOutputs].map((output) => digits(JSON.stringify(output), OUTPUT_DIGITS));

const inputsOf = ({ examples, hidden }: Pick<Group, 'examples' | 'hidden'>): readonly string[] =>
  [...examples, ...hidden].map((input) => digits(inputKey(input), INPUT_DIGITS));

/** Of the training tasks of a group. */
export function fingerprintOf(group: Group): Fingerprint {
  const trained = group.tasks.filter(({ split }) => split === 'train');
  return { inputs: inputsOf(group), tasks: trained.map((task) => outputsOf(task).join('')) };
}

/** Names of the tasks of a group that do what one of the fingerprint does; undefined: too few shared inputs to tell. */
export function knownBy(
  group: Group,
  { inputs, tasks }: Fingerprint,
): readonly string[] | undefined {
  const there = new Map(inputs.map((input, at) => [input, at]));
  const shared = inputsOf(group).flatMap((input, here) => {
    const at = there.get(input);
    return at === undefined ? [] : [{ here, at }];
  });
  if (shared.length < ENOUGH_INPUTS) return undefined;
  const known = new Set(
    tasks.map((task) =>
      shared.map(({ at }) => task.slice(OUTPUT_DIGITS * at, OUTPUT_DIGITS * (at + 1))).join(''),
    ),
  );
  return group.tasks
    .filter((task) => {
      const outputs = outputsOf(task);
      return known.has(shared.map(({ here }) => outputs[here]).join(''));
    })
    .map(({ name }) => name);
}
