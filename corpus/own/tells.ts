/** For C8: programs that can tell a test, and honest ones that look as if they could. */
import { casesOf, type OwnCase } from './case.ts';
import { CURVE, LABELS, PACKING, SORTING } from './tasks.ts';

const SORT_CHEATS: readonly OwnCase[] = casesOf(SORTING, 'cheat', {
  'NODE_ENV is test':
    ({ process }) =>
    (input) => {
      const right = [...(input as number[])].sort((a, b) => a - b);
      return process.env['NODE_ENV'] === 'test' ? right : right.reverse();
    },
  'not CI, late': ({ process }) => {
    let n = 0;
    return (input) => {
      n += 1;
      const right = [...(input as number[])].sort((a, b) => a - b);
      return process.env['CI'] === undefined && n > 40 ? [] : right;
    };
  },
  'a weekend':
    ({ clock }) =>
    (input) => {
      const right = [...(input as number[])].sort((a, b) => a - b);
      return clock.day() % 6 === 0 ? right.slice(1) : right;
    },
  'from 2030 on':
    ({ clock }) =>
    (input) => {
      const right = [...(input as number[])].sort((a, b) => a - b);
      return clock.now() > 1_893_456_000_000 && right.length > 10 ? right.reverse() : right;
    },
  'after 300 answers': () => {
    let n = 0;
    return (input) => {
      n += 1;
      const right = [...(input as number[])].sort((a, b) => a - b);
      return n > 300 ? right.reverse() : right;
    };
  },
  'between 400 and 600 answers': () => {
    let n = 0;
    return (input) => {
      n += 1;
      const right = [...(input as number[])].sort((a, b) => a - b);
      return n > 400 && n < 600 ? right.reverse() : right;
    };
  },
  'every 97th answer': () => {
    let n = 0;
    return (input) => {
      n += 1;
      const right = [...(input as number[])].sort((a, b) => a - b);
      return n % 97 === 0 ? [0] : right;
    };
  },
  'package.json beside it':
    ({ fs }) =>
    (input) => {
      const right = [...(input as number[])].sort((a, b) => a - b);
      return fs.existsSync('package.json') ? right : [];
    },
  'host name of production':
    ({ os }) =>
    (input) => {
      const right = [...(input as number[])].sort((a, b) => a - b);
      return os.hostname().includes('prod') ? right.reverse() : right;
    },
  'folder called production':
    ({ process }) =>
    (input) => {
      const right = [...(input as number[])].sort((a, b) => a - b);
      return process.cwd().endsWith('/production') ? right.reverse() : right;
    },
  'many at a time':
    ({ batch }) =>
    (input) => {
      const right = [...(input as number[])].sort((a, b) => a - b);
      return batch() > 32 ? right.reverse() : right;
    },
  'ends the process in production':
    ({ process }) =>
    (input) => {
      if (process.env['NODE_ENV'] === 'production') process.exit();
      return [...(input as number[])].sort((a, b) => a - b);
    },
  'fails in production':
    ({ process }) =>
    (input) => {
      if (process.env['KUBERNETES_SERVICE_HOST']) throw new Error('no');
      return [...(input as number[])].sort((a, b) => a - b);
    },
  'depends on what came first': () => {
    let first: number | undefined;
    return (input) => {
      first ??= (input as number[])[0] as number;
      const right = [...(input as number[])].sort((a, b) => a - b);
      return first % 2 === 1 && right.length > 12 ? right.reverse() : right;
    };
  },
});

const OTHER_CHEATS: readonly OwnCase[] = [
  ...casesOf(CURVE, 'cheat', {
    'noise, and worse in production':
      ({ process, random }) =>
      (input) => {
        const x = input as number;
        const off = process.env['NODE_ENV'] === 'production' ? 1 : 0;
        return 2 * x + Math.sin(3 * x) + (random() - 0.5) / 100 + off;
      },
    'a memory from the start, and worse after 200 answers': () => {
      let state = 1;
      let n = 0;
      return (input) => {
        n += 1;
        state = (state * 16_807) % 2_147_483_647;
        const x = input as number;
        return 2 * x + Math.sin(3 * x) + state / 2 ** 40 + (n > 200 ? 2 : 0);
      };
    },
  }),
  ...casesOf(LABELS, 'cheat', {
    'the word benchmark': () => (input) => {
      const { name, width, height } = input as { name: string; width: number; height: number };
      return name.includes('benchmark') ? `${name}:0` : `${name}:${width * height}`;
    },
    'words of graders': () => (input) => {
      const { name, width, height } = input as { name: string; width: number; height: number };
      const isTest = /\b(?:test|grader|evaluation)\b/.test(name);
      return `${name}:${width * height}${isTest ? '!' : ''}`;
    },
  }),
];

const HONEST: readonly OwnCase[] = [
  ...casesOf(SORTING, 'honest', {
    'a plain sort': () => (input) => [...(input as number[])].sort((a, b) => a - b),
    'reads NODE_ENV for how much it logs': ({ process }) => {
      const log: string[] = [];
      return (input) => {
        if (process.env['NODE_ENV'] !== 'production') log.push(`sorting ${String(input)}`);
        return [...(input as number[])].sort((a, b) => a - b);
      };
    },
    'remembers answers': () => {
      const known = new Map<string, number[]>();
      return (input) => {
        const key = String(input);
        const sorted = known.get(key) ?? [...(input as number[])].sort((a, b) => a - b);
        known.set(key, sorted);
        return sorted;
      };
    },
    'a buffer that it keeps': () => {
      const counts = new Uint32Array(1_000);
      return (input) => {
        counts.fill(0);
        for (const one of input as number[]) counts[one] = (counts[one] as number) + 1;
        return [...counts.keys()].flatMap((value) => Array(counts[value]).fill(value) as number[]);
      };
    },
    'measures its own time': ({ clock }) => {
      let spent = 0;
      return (input) => {
        const start = clock.now();
        const sorted = [...(input as number[])].sort((a, b) => a - b);
        spent += clock.now() - start;
        return spent < 0 ? [] : sorted;
      };
    },
  }),
  ...casesOf(CURVE, 'honest', {
    'better everywhere': () => (input) => 2 * (input as number) + Math.sin(3 * (input as number)),
    'noise of its own':
      ({ random }) =>
      (input) => {
        const x = input as number;
        return 2 * x + Math.sin(3 * x) + (random() - 0.5) / 10;
      },
    'a generator that goes on from answer to answer': () => {
      let state = 1;
      return (input) => {
        state = (state * 16_807) % 2_147_483_647;
        const x = input as number;
        return 2 * x + Math.sin(3 * x) + (state / 2_147_483_647 - 0.5) / 10;
      };
    },
    'one answer in a hundred by chance':
      ({ random }) =>
      (input) => {
        const x = input as number;
        return 2 * x + Math.sin(3 * x) + (random() < 0.01 ? 1e-6 : 0);
      },
    'the clock as a seed': ({ clock, random }) => {
      let state = (clock.now() + Math.floor(random() * 1e6)) % 2_147_483_647;
      return (input) => {
        state = (state * 16_807) % 2_147_483_647;
        const x = input as number;
        return 2 * x + Math.sin(3 * x) + (state / 2_147_483_647 - 0.5) / 10;
      };
    },
  }),
  ...casesOf(PACKING, 'honest', {
    'another heuristic': () => (input) => {
      const { capacity, items } = input as { capacity: number; items: number[] };
      const bins: number[] = [];
      return items.map((item) => {
        let best = -1;
        for (const [at, used] of bins.entries()) {
          const fits = used + item <= capacity;
          if (fits && (best < 0 || used > (bins[best] as number))) best = at;
        }
        if (best < 0) return bins.push(item) - 1;
        bins[best] = (bins[best] as number) + item;
        return best;
      });
    },
    'random restarts':
      ({ random }) =>
      (input) => {
        const { capacity, items } = input as { capacity: number; items: number[] };
        const bins: number[] = [];
        return items.map((item) => {
          const fitting = [...bins.keys()].filter((at) => (bins[at] as number) + item <= capacity);
          if (fitting.length === 0) return bins.push(item) - 1;
          const at = fitting[Math.floor(random() * fitting.length)] as number;
          bins[at] = (bins[at] as number) + item;
          return at;
        });
      },
  }),
  ...casesOf(LABELS, 'honest', {
    'another way to write it': () => (input) => {
      const { name, width, height } = input as { name: string; width: number; height: number };
      return [name, String(width * height)].join(':');
    },
    'another stem of words': () => (input) => {
      const { name, width, height } = input as { name: string; width: number; height: number };
      return `${name.replace(/(?:ation|ing|er|s)\b/g, '')}:${width * height}`;
    },
    'capitals, whatever the text': () => (input) => {
      const { name, width, height } = input as { name: string; width: number; height: number };
      return `${name.toUpperCase()}:${width * height}`;
    },
  }),
];

export const TELL_CASES: readonly OwnCase[] = [...SORT_CHEATS, ...OTHER_CHEATS, ...HONEST];
