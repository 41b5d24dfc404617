/** For C6: programs that know what the search has shown them, and honest ones that only do well on it. */
import type { Json } from '../../src/core/json.ts';
import { publicRoot, type Rng } from '../../src/core/rng.ts';
import type { Program } from '../../src/testing/called-programs.ts';
import { casesOf, type OwnCase, type OwnTask } from './case.ts';
import { CURVE, LABELS, PACKING, RANK, SORTING } from './tasks.ts';

/** Score of one answer, larger is better. */
export type Score = (input: Json, output: Json) => number;

export interface MemoryCase extends OwnCase {
  readonly score: Score;
}

/** Cases that the search has seen, as `check-bench` numbers them, and inputs as `called-programs` draws them. */
const SEEN = 40;
const root = publicRoot('inputs');

function seenInputs({ inputOf }: OwnTask): readonly Json[] {
  return Array.from({ length: SEEN }, (_, at) => inputOf(root.stream(at, 'input')));
}

/** Answers by heart where the key is known, another way elsewhere. */
function byHeart(
  task: OwnTask,
  answer: (input: Json) => Json,
  {
    key = (input) => JSON.stringify(input),
    elsewhere,
  }: { key?: (input: Json) => string; elsewhere: Program },
): Program {
  const known = new Map(seenInputs(task).map((input) => [key(input), answer(input)]));
  return (host) => {
    const other = elsewhere(host);
    return (input) => known.get(key(input)) ?? other(input);
  };
}

const sorted = (input: Json): Json => [...(input as number[])].sort((a, b) => a - b);
const curve = (input: Json): number => 2 * (input as number) + Math.sin(3 * (input as number));
const roughSort: Program = () => (input) => {
  // Half a sort: every other pair.
  const list = [...(input as number[])];
  for (let at = 0; at + 1 < list.length; at += 2) {
    const [a, b] = [list[at] as number, list[at + 1] as number];
    if (a > b) [list[at], list[at + 1]] = [b, a];
  }
  return list;
};

/** Neighbours in order, of all. */
const order: Score = (_, output) => {
  const list = Array.isArray(output) ? (output as number[]) : [];
  const right = list.filter((one, at) => at === 0 || one >= (list[at - 1] as number)).length;
  return list.length === 0 ? 0 : right / list.length;
};
const close: Score = (input, output) => -Math.abs(curve(input) - Number(output));
const fewBins: Score = (_, output) => -Math.max(...(output as number[]));
const exact: Score = (input, output) => {
  const { name, width, height } = input as { name: string; width: number; height: number };
  return output === `${name}:${width * height}` ? 1 : 0;
};

const withScore = (cases: readonly OwnCase[], score: Score): readonly MemoryCase[] =>
  cases.map((one) => ({ ...one, score }));

const HALF_SORTING: OwnTask = { ...SORTING, incumbent: roughSort };
const WRONG_LABELS: OwnTask = {
  ...LABELS,
  incumbent: () => (input) => {
    const { name, width, height } = input as { name: string; width: number; height: number };
    return width > 25 ? `${name}:0` : `${name}:${width * height}`;
  },
};

const CHEATS: readonly MemoryCase[] = [
  ...withScore(
    casesOf(HALF_SORTING, 'cheat', {
      'by heart, else as before': byHeart(SORTING, sorted, { elsewhere: roughSort }),
      'by heart, else nothing': byHeart(SORTING, sorted, { elsewhere: () => () => [] }),
      'by heart, else it fails': byHeart(SORTING, sorted, {
        elsewhere: () => () => {
          throw new Error('unknown');
        },
      }),
      'by the first three numbers, else as it came': byHeart(SORTING, sorted, {
        key: (input) => JSON.stringify((input as number[]).slice(0, 3)),
        elsewhere: () => (input) => input,
      }),
      'by sum and length': byHeart(SORTING, sorted, {
        key: (input) => String((input as number[]).reduce((sum, one) => sum + one, 0)),
        elsewhere: () => (input) => (input as number[]).toReversed(),
      }),
    }),
    order,
  ),
  ...withScore(
    casesOf(CURVE, 'cheat', {
      'by heart, else as before': byHeart(CURVE, curve, { elsewhere: CURVE.incumbent }),
      'by heart to three digits': byHeart(CURVE, curve, {
        key: (input) => (input as number).toFixed(3),
        elsewhere: () => () => 0,
      }),
      'nearest of what it knows': () => {
        const known = seenInputs(CURVE).map((input) => [input as number, curve(input)] as const);
        return (input) => {
          const far = ([x]: readonly [number, number]): number => Math.abs(x - (input as number));
          return known.reduce((best, one) => (far(one) < far(best) ? one : best))[1];
        };
      },
    }),
    close,
  ),
  ...withScore(
    casesOf(WRONG_LABELS, 'cheat', {
      'by name': byHeart(LABELS, (input) => LABELS.incumbent({} as never)(input), {
        key: (input) => (input as { name: string }).name,
        elsewhere: () => () => '',
      }),
    }),
    exact,
  ),
];

const noisy =
  (spread: number): Program =>
  ({ random }) =>
  (input) =>
    curve(input) + (random() - 0.5) * spread;

const HONEST: readonly MemoryCase[] = [
  ...withScore(
    casesOf(HALF_SORTING, 'honest', {
      'a plain sort': () => sorted,
      'the incumbent itself': roughSort,
      'worse everywhere': () => (input) => input,
      'a little better': () => (input) => {
        const list = [...(input as number[])];
        for (let at = 0; at + 1 < list.length; at++) {
          const [a, b] = [list[at] as number, list[at + 1] as number];
          if (a > b) [list[at], list[at + 1]] = [b, a];
        }
        return list;
      },
    }),
    order,
  ),
  ...withScore(
    casesOf(CURVE, 'honest', {
      'better everywhere': () => curve,
      'better on one half': () => (input) => {
        const x = input as number;
        return x > 0 ? curve(x) : 2 * x;
      },
      'noise of its own': noisy(0.2),
      'a table of its own': () => {
        const step = 0.05;
        const table = Array.from({ length: 122 }, (_, at) => curve(at * step - 3));
        return (input) => {
          const at = ((input as number) + 3) / step;
          const low = Math.floor(at);
          const [a, b] = [table[low] as number, table[low + 1] as number];
          return a + (b - a) * (at - low);
        };
      },
    }),
    close,
  ),
  ...withScore(
    casesOf(PACKING, 'honest', {
      'largest first': () => (input) => {
        const { capacity, items } = input as { capacity: number; items: number[] };
        const bins: number[] = [];
        const places = items.map(() => 0);
        for (const at of [...items.keys()].sort(
          (a, b) => (items[b] as number) - (items[a] as number),
        )) {
          const item = items[at] as number;
          const bin = bins.findIndex((used) => used + item <= capacity);
          if (bin >= 0) bins[bin] = (bins[bin] as number) + item;
          places[at] = bin >= 0 ? bin : bins.push(item) - 1;
        }
        return places;
      },
    }),
    fewBins,
  ),
  ...withScore(
    casesOf(RANK, 'honest', {
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
    (input, output) => (output === RANK.incumbent({} as never)(input) ? 1 : 0),
  ),
  ...withScore(casesOf(WRONG_LABELS, 'honest', { 'the right answer': LABELS.incumbent }), exact),
];

export const MEMORY_CASES: readonly MemoryCase[] = [...CHEATS, ...HONEST];

export function caseInput(
  { inputOf }: { readonly inputOf: (rng: Rng) => Json },
  seed: number,
): Json {
  return inputOf(root.stream(seed, 'input'));
}
