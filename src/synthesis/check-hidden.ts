/** Whether a program that fits the examples also gives what is wanted on inputs it was not searched on. */
import type { Language, Term, Value } from './language.ts';
import type { Machine } from './machine.ts';
import { compute, machineOf, valueCells } from './machine.ts';
import type { Input } from './memory.ts';
import { readValues } from './memory.ts';

/** Scratch values of the deepest program that is checked. */
const DEPTH = 400;

const equal = (a: Value, b: Value): boolean =>
  typeof a === 'number' || typeof b === 'number'
    ? a === b
    : a.length === b.length && a.every((x, at) => x === b[at]);

/** Where the wanted output is null the task says nothing, and anything is accepted. */
export type Checker = (term: Term, wanted: readonly (Value | null)[]) => boolean;

export function checkerOf(language: Language, inputs: readonly Input[]): Checker {
  const machines = new Map<string, Machine>();
  const machineFor = (known: readonly number[]): Machine => {
    const key = known.join();
    const cells = (language.primitives.length + DEPTH) * valueCells(known.length) * 2;
    const made =
      machines.get(key) ??
      machineOf(
        language,
        known.map((at) => inputs[at] as Input),
        new Int32Array(cells),
      );
    machines.set(key, made);
    return made;
  };
  return (term, wanted) => {
    const known = [...wanted.keys()].filter((at) => wanted[at] !== null);
    if (known.length === 0) return true;
    const machine = machineFor(known);
    const at = compute(machine, term);
    const { type } = language.primitives[term.prim] as { type: 'I' | 'L' };
    if (at < 0 || (type !== 'I' && type !== 'L')) return false;
    const outputs = readValues(machine.memory, at, type);
    return known.every((place, index) => equal(outputs[index] as Value, wanted[place] as Value));
  };
}
