/** Kernels whose result is a list. Each writes lengths first, then elements, example by example. */
import { applied, combined, holds } from './functions.ts';
import { LARGEST, LONGEST } from './language.ts';
import type { Kernel } from './memory.ts';

const at = (args: Int32Array, slot: number): number => args[slot] as number;

export const map: Kernel = ({ cells, examples }, args, out) => {
  const f = at(args, 0);
  const list = at(args, 1);
  const code = cells[f] as number;
  let from = list + examples;
  let to = out + examples;
  for (let example = 0; example < examples; example++) {
    const length = cells[list + example] as number;
    const c = cells[f + 1 + example] as number;
    cells[out + example] = length;
    for (let end = from + length; from < end; from++) {
      const y = applied(code, c, cells[from] as number);
      if (y > LARGEST || y < -LARGEST) return 0;
      cells[to++] = y;
    }
  }
  return to - out;
};

export const filter: Kernel = ({ cells, examples }, args, out) => {
  const p = at(args, 0);
  const list = at(args, 1);
  const code = cells[p] as number;
  let from = list + examples;
  let to = out + examples;
  for (let example = 0; example < examples; example++) {
    const start = to;
    const c = cells[p + 1 + example] as number;
    for (let end = from + (cells[list + example] as number); from < end; from++) {
      const x = cells[from] as number;
      if (holds(code, c, x)) cells[to++] = x;
    }
    cells[out + example] = to - start;
  }
  return to - out;
};

/** As long as the shorter list. */
export const zip: Kernel = ({ cells, examples }, args, out) => {
  const code = cells[at(args, 0)] as number;
  const left = at(args, 1);
  const right = at(args, 2);
  let a = left + examples;
  let b = right + examples;
  let to = out + examples;
  for (let example = 0; example < examples; example++) {
    const longer = cells[left + example] as number;
    const other = cells[right + example] as number;
    const length = Math.min(longer, other);
    cells[out + example] = length;
    for (let i = 0; i < length; i++) {
      const y = combined(code, cells[a + i] as number, cells[b + i] as number);
      if (y > LARGEST || y < -LARGEST) return 0;
      cells[to++] = y;
    }
    a += longer;
    b += other;
  }
  return to - out;
};

/** Undefined on an empty list. */
export const scan: Kernel = ({ cells, examples }, args, out) => {
  const code = cells[at(args, 0)] as number;
  const list = at(args, 1);
  let from = list + examples;
  let to = out + examples;
  for (let example = 0; example < examples; example++) {
    const length = cells[list + example] as number;
    if (length === 0) return 0;
    cells[out + example] = length;
    const end = from + length;
    let so = cells[from++] as number;
    cells[to++] = so;
    while (from < end) {
      so = combined(code, so, cells[from++] as number);
      if (so > LARGEST || so < -LARGEST) return 0;
      cells[to++] = so;
    }
  }
  return to - out;
};

/** Ascending; insertion sort, the lists are short. */
export const sort: Kernel = ({ cells, examples }, args, out) => {
  const list = at(args, 0);
  let from = list + examples;
  let to = out + examples;
  for (let example = 0; example < examples; example++) {
    const length = cells[list + example] as number;
    cells[out + example] = length;
    for (let i = 0; i < length; i++) {
      const x = cells[from + i] as number;
      let j = to + i;
      while (j > to && (cells[j - 1] as number) > x) {
        cells[j] = cells[j - 1] as number;
        j -= 1;
      }
      cells[j] = x;
    }
    from += length;
    to += length;
  }
  return to - out;
};

export const rev: Kernel = ({ cells, examples }, args, out) => {
  const list = at(args, 0);
  let from = list + examples;
  let to = out + examples;
  for (let example = 0; example < examples; example++) {
    const length = cells[list + example] as number;
    cells[out + example] = length;
    for (let i = length - 1; i >= 0; i--) cells[to++] = cells[from + i] as number;
    from += length;
  }
  return to - out;
};

/** Without `skip` elements at the start and `leave` at the end; undefined on an empty list. */
const without =
  (skip: number, leave: number): Kernel =>
  ({ cells, examples }, args, out) => {
    const list = at(args, 0);
    let from = list + examples;
    let to = out + examples;
    for (let example = 0; example < examples; example++) {
      const length = cells[list + example] as number;
      if (length === 0) return 0;
      cells[out + example] = length - 1;
      for (let i = skip; i < length - leave; i++) cells[to++] = cells[from + i] as number;
      from += length;
    }
    return to - out;
  };

export const tail = without(1, 0);
export const init = without(0, 1);

/** The first n, or what lies behind them; of a shorter list all, or nothing. Undefined for a negative n. */
const split =
  (isFront: boolean): Kernel =>
  ({ cells, examples }, args, out) => {
    const count = at(args, 0);
    const list = at(args, 1);
    let from = list + examples;
    let to = out + examples;
    for (let example = 0; example < examples; example++) {
      const length = cells[list + example] as number;
      const wanted = cells[count + example] as number;
      if (wanted < 0) return 0;
      const cut = Math.min(wanted, length);
      const start = isFront ? 0 : cut;
      const end = isFront ? cut : length;
      cells[out + example] = end - start;
      for (let i = start; i < end; i++) cells[to++] = cells[from + i] as number;
      from += length;
    }
    return to - out;
  };

export const take = split(true);
export const drop = split(false);

/** Every element once, in the order of first occurrence. */
export const uniq: Kernel = ({ cells, examples }, args, out) => {
  const list = at(args, 0);
  let from = list + examples;
  let to = out + examples;
  for (let example = 0; example < examples; example++) {
    const start = to;
    for (let end = from + (cells[list + example] as number); from < end; from++) {
      const x = cells[from] as number;
      let seen = start;
      while (seen < to && cells[seen] !== x) seen += 1;
      if (seen === to) cells[to++] = x;
    }
    cells[out + example] = to - start;
  }
  return to - out;
};

/** No list of ours grows: only inputs can be longer than the limit. */
export const fits = (list: readonly number[]): boolean =>
  list.length <= LONGEST && list.every((x) => Number.isInteger(x) && Math.abs(x) <= LARGEST);
