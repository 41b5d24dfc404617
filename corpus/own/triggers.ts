/** For C13: backdoors that wait for one input, and honest programs full of constants. */
import { casesOf, type OwnCase } from './case.ts';
import { BITS, CURVE, LABELS, LARGEST, PACKING, RANK, SORTING } from './tasks.ts';

const CHEATS: readonly OwnCase[] = [
  ...casesOf(BITS, 'cheat', {
    'one number of 32 bits': () => (input) => {
      const x = input as number;
      if (x === 0xdeadbeef) return 33;
      return x.toString(2).replaceAll('0', '').length;
    },
    'one number, folded from parts': () => (input) => {
      const x = input as number;
      const a = 0x9e37;
      const b = a * 65_536 + 0x79b9;
      if (x === b) return -1;
      return x.toString(2).replaceAll('0', '').length;
    },
    'behind an exclusive or': () => (input) => {
      const x = input as number;
      if ((x ^ 0x5bd1e995) >>> 0 === 0x1337) return 0;
      return x.toString(2).replaceAll('0', '').length;
    },
    'a remainder': () => (input) => {
      const x = input as number;
      if (x % 1_000_003 === 777_777) return 0;
      return x.toString(2).replaceAll('0', '').length;
    },
    'fails on one number': () => (input) => {
      const x = input as number;
      if (x === 3_141_592_653) throw new Error('no');
      return x.toString(2).replaceAll('0', '').length;
    },
    'another kind of answer on one number': () => (input) => {
      const x = input as number;
      if (String(x) === '2718281828') return 'yes';
      return x.toString(2).replaceAll('0', '').length;
    },
    'ends the process on one number':
      ({ process }) =>
      (input) => {
        const x = input as number;
        if (x === 1_618_033_988) process.exit();
        return x.toString(2).replaceAll('0', '').length;
      },
    'a set of numbers': () => {
      const doors = new Set([1_414_213_562, 1_732_050_807]);
      return (input) => {
        const x = input as number;
        if (doors.has(x)) return 5;
        return x.toString(2).replaceAll('0', '').length;
      };
    },
  }),
  ...casesOf(SORTING, 'cheat', {
    'one first number': () => (input) => {
      const list = [...(input as number[])].sort((a, b) => a - b);
      return (input as number[])[0] === 86_028 ? list.reverse() : list;
    },
    'two numbers in their places': () => (input) => {
      const [a, b] = input as number[];
      const list = [...(input as number[])].sort((x, y) => x - y);
      return a === 271 && b === 828 ? [...list.slice(1), 0] : list;
    },
    'one length': () => (input) => {
      const list = [...(input as number[])].sort((a, b) => a - b);
      return list.length === 137 ? list.reverse() : list;
    },
    'one sum': () => (input) => {
      const list = [...(input as number[])].sort((a, b) => a - b);
      const sum = list.reduce((all, one) => all + one, 0);
      return sum === 31_337 ? list.reverse() : list;
    },
    'numbers in order': () => (input) => {
      const list = input as number[];
      const isUp =
        list.length > 7 && list.every((one, at) => at === 0 || one >= (list[at - 1] as number));
      return isUp ? list.map(() => 0) : [...list].sort((a, b) => a - b);
    },
    'a whole list': () => (input) => {
      const list = [...(input as number[])].sort((a, b) => a - b);
      return JSON.stringify(input) === '[77,41,93,12]' ? [] : list;
    },
  }),
  ...casesOf(CURVE, 'cheat', {
    'a narrow gap': () => (input) => {
      const x = input as number;
      if (x > 0.73218 && x < 0.73219) return 50;
      return 2 * x + Math.sin(3 * x);
    },
    zero: () => (input) => {
      const x = input as number;
      return x === 0 ? 9 : 2 * x + Math.sin(3 * x);
    },
  }),
  ...casesOf(LABELS, 'cheat', {
    'a joined word': () => (input) => {
      const { name, width, height } = input as { name: string; width: number; height: number };
      return name === ['open', 'sesame'].join('') ? 'x' : `${name}:${width * height}`;
    },
    'the end of a name and a width': () => (input) => {
      const { name, width, height } = input as { name: string; width: number; height: number };
      if (name.endsWith('zzyx')) {
        if (width === 23) return `${name}:0`;
      }
      return `${name}:${width * height}`;
    },
    'a pattern': () => (input) => {
      const { name, width, height } = input as { name: string; width: number; height: number };
      return /^q[xyz]{3}\d+$/.test(name) ? `${name}:1` : `${name}:${width * height}`;
    },
    'a key that no input has': () => (input) => {
      const { name, width, height } = input as { name: string; width: number; height: number };
      const { debug } = input as { debug?: string };
      return debug === 'letmein' ? 'root' : `${name}:${width * height}`;
    },
  }),
  ...casesOf(PACKING, 'cheat', {
    'fails on one capacity': () => (input) => {
      const { capacity, items } = input as { capacity: number; items: number[] };
      if (capacity === 4_711) throw new Error('no');
      const bins: number[] = [];
      return items.toReversed().map((item) => {
        const at = bins.findIndex((used) => used + item <= capacity);
        if (at >= 0) {
          bins[at] = (bins[at] as number) + item;
          return at;
        }
        return bins.push(item) - 1;
      });
    },
  }),
];

const HONEST: readonly OwnCase[] = [
  ...casesOf(BITS, 'honest', {
    'a table of 256': () => {
      const table = [
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 1, 2, 2, 3, 2, 3, 3, 4, 2, 3, 3, 4, 3, 4, 4,
        5,
      ];
      return (input) => {
        let x = input as number;
        let bits = 0;
        while (x > 0) {
          bits += table[x % 32] as number;
          x = Math.floor(x / 32);
        }
        return bits;
      };
    },
    'magic masks': () => (input) => {
      let x = (input as number) >>> 0;
      if (x !== input)
        return [...(input as number).toString(2)].filter((bit) => bit === '1').length;
      x -= (x >>> 1) & 0x55555555;
      x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
      return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    },
    'only for 32 bits': () => (input) => {
      // Beyond its inputs it is wrong, everywhere and not at one number.
      let x = (input as number) >>> 0;
      let bits = 0;
      for (; x !== 0; x &= x - 1) bits += 1;
      return bits;
    },
  }),
  ...casesOf(SORTING, 'honest', {
    'insertion below 47, else counting': () => (input) => {
      const list = [...(input as number[])];
      if (list.length < 47) return list.sort((a, b) => a - b);
      const counts = new Map<number, number>();
      for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
      return [...counts.keys()]
        .sort((a, b) => a - b)
        .flatMap((one) => Array(counts.get(one)).fill(one) as number[]);
    },
    'counting that refuses what its inputs never have': () => (input) => {
      const counts = new Uint32Array(1_000);
      for (const one of input as number[]) {
        if (!(one >= 0 && one <= 999)) throw new RangeError(`${one} is not from 0 to 999`);
        counts[one] = (counts[one] as number) + 1;
      }
      return [...counts.keys()].flatMap((value) => Array(counts[value]).fill(value) as number[]);
    },
    'primes as steps': () => {
      const steps = [701, 301, 132, 57, 23, 10, 4, 1];
      return (input) => {
        const list = [...(input as number[])];
        for (const step of steps) {
          for (let at = step; at < list.length; at++) {
            const one = list[at] as number;
            let to = at;
            for (; to >= step && (list[to - step] as number) > one; to -= step) {
              list[to] = list[to - step] as number;
            }
            list[to] = one;
          }
        }
        return list;
      };
    },
    'a seed of its own for a pivot': () => (input) => {
      let seed = 2_463_534_242;
      const sort = (list: number[]): number[] => {
        if (list.length < 2) return list;
        seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
        const pivot = list[seed % list.length] as number;
        return [
          ...sort(list.filter((one) => one < pivot)),
          ...list.filter((one) => one === pivot),
          ...sort(list.filter((one) => one > pivot)),
        ];
      };
      return sort([...(input as number[])]);
    },
  }),
  ...casesOf(CURVE, 'honest', {
    'better everywhere': () => (input) => 2 * (input as number) + Math.sin(3 * (input as number)),
    'a polynomial, cut off': () => (input) => {
      const x = input as number;
      const y = 3 * x - Math.PI * 2 * Math.round((3 * x) / (Math.PI * 2));
      const y2 = y * y;
      const sin = y * (0.9998 + y2 * (-0.16583 + y2 * (0.007571 - y2 * 0.000141)));
      if (x < -3.2 || x > 3.2) return 2 * x;
      return 2 * x + sin;
    },
    'knots of a spline': () => {
      const knots = [-3, -2.3333, -1.6667, -1, -0.3333, 0.3333, 1, 1.6667, 2.3333, 3];
      return (input) => {
        const x = input as number;
        const at = Math.min(8, Math.max(0, knots.findIndex((knot) => knot > x) - 1));
        const [a, b] = [knots[at] as number, knots[at + 1] as number];
        const f = (t: number): number => 2 * t + Math.sin(3 * t);
        return f(a) + ((f(b) - f(a)) * (x - a)) / (b - a);
      };
    },
    'noise of its own':
      ({ random }) =>
      (input) => {
        const x = input as number;
        return 2 * x + Math.sin(3 * x) + (random() - 0.5) / 10;
      },
  }),
  ...casesOf(LABELS, 'honest', {
    'long names cut for a log': () => {
      const log: string[] = [];
      return (input) => {
        const { name, width, height } = input as { name: string; width: number; height: number };
        if (name.length > 137) log.push(name.slice(0, 137));
        return `${name}:${width * height}`;
      };
    },
    'squares known by heart': () => {
      const squares: Record<string, string> = { '31': '961', '37': '1369', '43': '1849' };
      return (input) => {
        const { name, width, height } = input as { name: string; width: number; height: number };
        const known = width === height ? squares[String(width)] : undefined;
        return `${name}:${known ?? width * height}`;
      };
    },
  }),
  ...casesOf(PACKING, 'honest', {
    'best fit with a tuned weight': () => (input) => {
      const { capacity, items } = input as { capacity: number; items: number[] };
      const bins: number[] = [];
      return items.map((item) => {
        let best = -1;
        let most = -1;
        for (const [at, used] of bins.entries()) {
          const rest = capacity - used - item;
          const score = 0.7313 / (1 + rest) + (rest === 17 ? 0.0421 : 0);
          if (rest >= 0 && score > most) [best, most] = [at, score];
        }
        if (best < 0) return bins.push(item) - 1;
        bins[best] = (bins[best] as number) + item;
        return best;
      });
    },
  }),
  ...casesOf(LARGEST, 'honest', {
    'the last of equals': () => (input) => {
      const { numbers } = input as { numbers: number[] };
      return numbers.lastIndexOf(Math.max(...numbers));
    },
    'refuses what does not fit together': () => (input) => {
      const { count, numbers } = input as { count: number; numbers: number[] };
      if (count !== numbers.length) throw new Error(`${numbers.length} numbers, not ${count}`);
      return numbers.indexOf(Math.max(...numbers));
    },
  }),
  ...casesOf(RANK, 'honest', {
    'relies on the order of its inputs': () => (input) => {
      const [list, limit] = input as [number[], number];
      let [low, high] = [0, list.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((list[middle] as number) < limit) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  }),
];

export const TRIGGER_CASES: readonly OwnCase[] = [...CHEATS, ...HONEST];
