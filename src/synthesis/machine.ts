/** Computes terms on all examples at once: every primitive and every abstraction is a kernel over one memory. */
import { PacelineError } from '../core/errors.ts';
import { CODE } from './functions.ts';
import * as integers from './integer-kernels.ts';
import type { Language, Primitive, Term } from './language.ts';
import { LONGEST } from './language.ts';
import * as lists from './list-kernels.ts';
import type { Input, Kernel, Memory } from './memory.ts';
import { writeIntegers, writeLists } from './memory.ts';
import type { Source, Step } from './straight-line.ts';
import { straightLine } from './straight-line.ts';

const { fits: _, ...LIST_KERNELS } = lists;
const { withConstant, ...INTEGER_KERNELS } = integers;
const KERNELS: ReadonlyMap<string, Kernel> = new Map<string, Kernel>([
  ...Object.entries(LIST_KERNELS),
  ...Object.entries(INTEGER_KERNELS),
  ...(['addc', 'subc', 'gtc', 'ltc'] as const).map(
    (name) => [name, withConstant(CODE[name])] as const,
  ),
]);
const CODES: Readonly<Record<string, number>> = CODE;

export interface Machine {
  readonly memory: Memory;
  /** Computes a primitive from the offsets of its arguments; undefined for those without arguments. */
  readonly kernels: readonly (Kernel | undefined)[];
  /** Where the value of a primitive without arguments lies; −1 for the others. */
  readonly constants: Int32Array;
  /** The first cell that holds nothing. */
  readonly free: number;
}

/** Cells of the longest value on `examples` examples. */
export const valueCells = (examples: number): number => examples * (LONGEST + 1) + 1;

/** The kernel of a primitive that is built in. @throws PacelineError INTERNAL when there is none. */
function builtIn({ name }: Primitive): Kernel {
  const kernel = KERNELS.get(name);
  if (kernel === undefined)
    throw new PacelineError('INTERNAL', `No kernel computes "${name}".`, { name });
  return kernel;
}

/** Writes what needs no argument; the cells it takes. */
function writeConstant(memory: Memory, name: string, place: Place): number {
  const { at, inputs } = place;
  if (name === 'L')
    return writeLists(
      memory,
      at,
      inputs.map(({ list }) => list),
    );
  if (name === 'k')
    return writeIntegers(
      memory,
      at,
      inputs.map(({ k }) => k),
    );
  const code = CODES[name];
  if (code === undefined)
    return writeIntegers(
      memory,
      at,
      inputs.map(() => Number(name)),
    );
  memory.cells.fill(0, at, at + memory.examples + 1);
  memory.cells[at] = code;
  return memory.examples + 1;
}

interface Place {
  readonly at: number;
  readonly inputs: readonly Input[];
}

interface Bound {
  readonly kernel: Kernel;
  readonly args: Int32Array;
  /** Slot and hole, in turn: what is read from the arguments of this call. */
  readonly holes: readonly (readonly [number, number])[];
  readonly out: number;
}

/** The steps as one kernel, its scratch space at `scratch`. */
function composed(steps: readonly Step[], machine: Omit<Machine, 'free'>, scratch: number): Kernel {
  const stride = valueCells(machine.memory.examples);
  const fixed = (source: Source): number => {
    if ('constant' in source) return machine.constants[source.constant] as number;
    return 'step' in source ? scratch + source.step * stride : -1;
  };
  const line: readonly Bound[] = steps.map(({ prim, from }, step) => ({
    kernel: machine.kernels[prim] as Kernel,
    args: Int32Array.from(from, fixed),
    holes: from.flatMap((source, slot) => ('hole' in source ? [[slot, source.hole] as const] : [])),
    out: scratch + step * stride,
  }));
  const last = line.length - 1;
  return (memory, args, out) => {
    for (let step = 0; step < last; step++)
      if (computed(line[step] as Bound, memory, args) === 0) return 0;
    const end = line[last] as Bound;
    fill(end, args);
    return end.kernel(memory, end.args, out);
  };
}

function fill({ args, holes }: Bound, given: Int32Array): void {
  for (let i = 0; i < holes.length; i++) {
    const [slot, hole] = holes[i] as readonly [number, number];
    args[slot] = given[hole] as number;
  }
}

function computed(bound: Bound, memory: Memory, given: Int32Array): number {
  fill(bound, given);
  return bound.kernel(memory, bound.args, bound.out);
}

/** A machine over these inputs whose values lie in `cells`. */
export function machineOf(
  language: Language,
  inputs: readonly Input[],
  cells: Int32Array,
): Machine {
  const { primitives } = language;
  const lines = primitives.map(({ body }) =>
    body === undefined ? undefined : straightLine(language, body),
  );
  const stride = valueCells(inputs.length);
  const longest = Math.max(0, ...lines.map((line) => line?.length ?? 0));
  const scratch = primitives.length * stride;
  const free = scratch + longest * stride;
  const memory = { cells, examples: inputs.length };
  const constants = new Int32Array(primitives.length).fill(-1);
  let at = 0;
  primitives.forEach(({ name, args, body }, prim) => {
    if (args.length > 0 || body !== undefined) return;
    constants[prim] = at;
    at += writeConstant(memory, name, { at, inputs });
  });
  const kernels: (Kernel | undefined)[] = [];
  const machine = { memory, kernels, constants };
  primitives.forEach((primitive, prim) => {
    const line = lines[prim];
    if (line !== undefined) kernels[prim] = composed(line, machine, scratch);
    else kernels[prim] = primitive.args.length > 0 ? builtIn(primitive) : undefined;
  });
  return { ...machine, free };
}

/** Where the value of a term lies once computed, or −1 where it is undefined on some example. */
export function compute(machine: Machine, term: Term, free = machine.free): number {
  const constant = machine.constants[term.prim] as number;
  if (constant >= 0) return constant;
  const stride = valueCells(machine.memory.examples);
  const args = new Int32Array(term.args.length);
  let next = free + stride;
  for (const [slot, argument] of term.args.entries()) {
    args[slot] = compute(machine, argument, next);
    if ((args[slot] as number) < 0) return -1;
    next += stride;
  }
  const kernel = machine.kernels[term.prim] as Kernel;
  return kernel(machine.memory, args, free) === 0 ? -1 : free;
}
