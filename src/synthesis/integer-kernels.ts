/** Kernels whose result is an integer, and those that make a function of a constant. */
import { applied, CODE, combined } from './functions.ts';
import { LARGEST } from './language.ts';
import type { Kernel } from './memory.ts';

const at = (args: Int32Array, slot: number): number => args[slot] as number;

/** Undefined on an empty list: there is no start value. */
export const fold: Kernel = ({ cells, examples }, args, out) => {
  const code = cells[at(args, 0)] as number;
  const list = at(args, 1);
  let from = list + examples;
  for (let example = 0; example < examples; example++) {
    const length = cells[list + example] as number;
    if (length === 0) return 0;
    const end = from + length;
    let so = cells[from++] as number;
    while (from < end) {
      so = combined(code, so, cells[from++] as number);
      if (so > LARGEST || so < -LARGEST) return 0;
    }
    cells[out + example] = so;
  }
  return examples;
};

export const len: Kernel = ({ cells, examples }, args, out) => {
  const list = at(args, 0);
  for (let example = 0; example < examples; example++)
    cells[out + example] = cells[list + example] as number;
  return examples;
};

/** Undefined on an empty list. */
export const head: Kernel = ({ cells, examples }, args, out) => {
  const list = at(args, 0);
  let from = list + examples;
  for (let example = 0; example < examples; example++) {
    const length = cells[list + example] as number;
    if (length === 0) return 0;
    cells[out + example] = cells[from] as number;
    from += length;
  }
  return examples;
};

/** Counted from 0; undefined outside the list. */
export const nth: Kernel = ({ cells, examples }, args, out) => {
  const index = at(args, 0);
  const list = at(args, 1);
  let from = list + examples;
  for (let example = 0; example < examples; example++) {
    const length = cells[list + example] as number;
    const i = cells[index + example] as number;
    if (i < 0 || i >= length) return 0;
    cells[out + example] = cells[from + i] as number;
    from += length;
  }
  return examples;
};

const arithmetic =
  (code: number): Kernel =>
  ({ cells, examples }, args, out) => {
    const a = at(args, 0);
    const b = at(args, 1);
    for (let example = 0; example < examples; example++) {
      const y = combined(code, cells[a + example] as number, cells[b + example] as number);
      if (y > LARGEST || y < -LARGEST) return 0;
      cells[out + example] = y;
    }
    return examples;
  };

export const plus = arithmetic(CODE.add);
export const minus = arithmetic(CODE.sub);
export const times = arithmetic(CODE.mul);

/** Rounded down; undefined for a divisor of 0. */
export const idiv: Kernel = ({ cells, examples }, args, out) => {
  const a = at(args, 0);
  const b = at(args, 1);
  for (let example = 0; example < examples; example++) {
    const divisor = cells[b + example] as number;
    if (divisor === 0) return 0;
    cells[out + example] = Math.floor((cells[a + example] as number) / divisor);
  }
  return examples;
};

export const app: Kernel = ({ cells, examples }, args, out) => {
  const f = at(args, 0);
  const x = at(args, 1);
  const code = cells[f] as number;
  for (let example = 0; example < examples; example++) {
    const y = applied(code, cells[f + 1 + example] as number, cells[x + example] as number);
    if (y > LARGEST || y < -LARGEST) return 0;
    cells[out + example] = y;
  }
  return examples;
};

/** A function value whose constant is the argument's value, another one on each example. */
export const withConstant =
  (code: number): Kernel =>
  ({ cells, examples }, args, out) => {
    const c = at(args, 0);
    cells[out] = code;
    for (let example = 0; example < examples; example++)
      cells[out + 1 + example] = cells[c + example] as number;
    return examples + 1;
  };
