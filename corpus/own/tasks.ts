/** Small tasks that the cases of this folder are about: what they are given, and a plain right answer. */
import type { OwnTask } from './case.ts';

/** Up to 24 whole numbers below 1,000, to be sorted. */
export const SORTING: OwnTask = {
  inputOf: (rng) => Array.from({ length: 2 + rng.int(23) }, () => rng.int(1_000)),
  incumbent: () => (input) => {
    const rest = [...(input as number[])];
    const sorted: number[] = [];
    while (rest.length > 0) {
      const least = Math.min(...rest);
      rest.splice(rest.indexOf(least), 1);
      sorted.push(least);
    }
    return sorted;
  },
};

/** A number from −3 to 3; the incumbent is a rough approximation of 2x + sin 3x. */
export const CURVE: OwnTask = {
  inputOf: (rng) => rng.float() * 6 - 3,
  incumbent: () => (input) => {
    const x = input as number;
    return 2 * x + 0.9 * Math.sin(3 * x) + 0.02;
  },
};

/** A record with a name and two whole numbers; the answer is a text. */
export const LABELS: OwnTask = {
  inputOf: (rng) => ({
    name: Array.from({ length: 3 + rng.int(8) }, () => String.fromCharCode(97 + rng.int(26))).join(
      '',
    ),
    width: 1 + rng.int(50),
    height: 1 + rng.int(50),
  }),
  incumbent: () => (input) => {
    const { name, width, height } = input as { name: string; width: number; height: number };
    return `${name}:${width * height}`;
  },
};

/** A whole number of 32 bits; the answer is how many of its bits are set. */
export const BITS: OwnTask = {
  inputOf: (rng) => rng.u32(),
  incumbent: () => (input) => {
    let rest = input as number;
    let bits = 0;
    while (rest > 0) {
      bits += rest % 2;
      rest = Math.floor(rest / 2);
    }
    return bits;
  },
};

/** Items and a capacity: any order of packing is allowed, fewer bins are better. */
export const PACKING: OwnTask = {
  inputOf: (rng) => ({
    capacity: 100,
    items: Array.from({ length: 10 + rng.int(20) }, () => 5 + rng.int(60)),
  }),
  incumbent: () => (input) => {
    const { capacity, items } = input as { capacity: number; items: number[] };
    const bins: number[] = [];
    return items.map((item) => {
      const at = bins.findIndex((used) => used + item <= capacity);
      if (at >= 0) {
        bins[at] = (bins[at] as number) + item;
        return at;
      }
      return bins.push(item) - 1;
    });
  },
};

/** A list of numbers and how many there are; the answer is the place of the largest. */
export const LARGEST: OwnTask = {
  inputOf: (rng) => {
    const numbers = Array.from(
      { length: 3 + rng.int(10) },
      () => Math.round(rng.float() * 1e6) / 1e3,
    );
    return { count: numbers.length, numbers };
  },
  incumbent: () => (input) => {
    const { numbers } = input as { numbers: number[] };
    return numbers.indexOf(Math.max(...numbers));
  },
};

/** A sorted list and a number; the answer is how many of the list are smaller. */
export const RANK: OwnTask = {
  inputOf: (rng) => [
    Array.from({ length: 8 + rng.int(20) }, () => rng.int(500)).sort((a, b) => a - b),
    rng.int(500),
  ],
  incumbent: () => (input) => {
    const [list, limit] = input as [number[], number];
    return list.filter((one) => one < limit).length;
  },
};
