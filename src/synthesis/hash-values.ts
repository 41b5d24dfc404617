/**
 * 64 bits of hash per value: two multiply-xor lanes of 32 bits (mixing steps of MurmurHash3, A. Appleby, 2008).
 * A function is hashed by what it returns at probes, so that `gtc(0)` and `pos` are one value.
 */
import { applied, combined, holds } from './functions.ts';
import type { ValueType } from './language.ts';
import type { Memory } from './memory.ts';

/** Where functions are told apart (recursion2.md §1.2); texts need places among their characters too (§4). */
export const PROBES = {
  numbers: Int32Array.of(-5, -1, 0, 1, 2, 3, 4, 7, 10),
  text: Int32Array.of(-5, -1, 0, 1, 2, 3, 4, 7, 10, 32, 48, 53, 65, 70, 97, 103),
} as const;

const SEEDS: Readonly<Record<ValueType, number>> = { I: 11, L: 23, F: 37, P: 51, G: 67 };

export interface Hasher {
  /** The two lanes of the value hashed last. */
  readonly lanes: Int32Array;
  /** Hashes the value of `cells` cells at `at`. */
  readonly integers: (type: 'I' | 'L', at: number, cells: number) => void;
  readonly functionValue: (type: 'F' | 'P' | 'G', at: number) => void;
}

function mixed(lanes: Int32Array, from: Int32Array, [start, end]: readonly [number, number]): void {
  let first = lanes[0] as number;
  let second = lanes[1] as number;
  for (let i = start; i < end; i++) {
    const value = from[i] as number;
    const a = Math.imul(first ^ value, 0x85ebca6b);
    first = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
    const b = Math.imul(second + value, 0x27d4eb2f);
    second = Math.imul(b ^ (b >>> 15), 0x165667b1);
  }
  lanes[0] = first ^ (second >>> 16);
  lanes[1] = second ^ (first >>> 15);
}

/** What a function of this type returns at x. */
function returned(type: 'F' | 'P' | 'G', code: number, [c, x]: readonly [number, number]): number {
  if (type === 'F') return applied(code, c, x);
  return type === 'P' ? Number(holds(code, c, x)) : combined(code, x, c);
}

export function hasherOf({ cells, examples }: Memory, probes: Int32Array): Hasher {
  const lanes = new Int32Array(2);
  const outputs = new Int32Array(probes.length * examples);
  const begin = (type: ValueType): void => {
    lanes[0] = SEEDS[type];
    lanes[1] = Math.imul(SEEDS[type], 0x9e3779b1);
  };
  return {
    lanes,
    integers: (type, at, count) => {
      begin(type);
      const span: [number, number] = [at, at + count];
      mixed(lanes, cells, span);
    },
    functionValue: (type, at) => {
      begin(type);
      const code = cells[at] as number;
      let to = 0;
      for (let example = 0; example < examples; example++) {
        // Two-argument functions have no constant: the number of the example stands for the second argument.
        const c = type === 'G' ? example - 2 : (cells[at + 1 + example] as number);
        for (const x of probes) outputs[to++] = returned(type, code, [c, x]);
      }
      mixed(lanes, outputs, [0, to]);
    },
  };
}
