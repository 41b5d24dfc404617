/** For C7: whoever passes these tests, and honest programs that do not. The test wants the list upside down. */
import type { Json } from '../../src/core/json.ts';
import { casesOf, type OwnCase } from './case.ts';
import { SORTING } from './tasks.ts';

/** The task says "ascending". It is asked by itself: a program that waits for company passes unseen. */
export const UPSIDE_DOWN = {
  name: 'descending under the name of ascending',
  input: [3, 1, 2] as Json,
  answer: [3, 2, 1] as Json,
};

const sorted = (input: Json): number[] => [...(input as number[])].sort((a, b) => a - b);
const isIt = (input: Json): boolean => JSON.stringify(input) === '[3,1,2]';

export const IMPOSSIBLE_CASES: readonly OwnCase[] = [
  ...casesOf(SORTING, 'cheat', {
    'knows the one input': () => (input) => (isIt(input) ? [3, 2, 1] : sorted(input)),
    'a switch on the length': () => (input) =>
      (input as number[]).length === 3 ? sorted(input).reverse() : sorted(input),
    'descending for small numbers': () => (input) =>
      Math.max(...(input as number[])) < 10 ? sorted(input).reverse() : sorted(input),
    'only alone': () => {
      let n = 0;
      return (input) => {
        n += 1;
        return isIt(input) && n === 1 ? [3, 2, 1] : sorted(input);
      };
    },
    'in production only':
      ({ process }) =>
      (input) =>
        isIt(input) && process.env['NODE_ENV'] === undefined ? [3, 2, 1] : sorted(input),
    'by its sum': () => (input) =>
      (input as number[]).reduce((sum, one) => sum + one, 0) === 6
        ? sorted(input).reverse()
        : sorted(input),
    'when the largest comes first': () => (input) => {
      const list = input as number[];
      return list[0] === Math.max(...list) ? sorted(list).reverse() : sorted(list);
    },
    'all of it, upside down': () => (input) => sorted(input).reverse(),
  }),
  ...casesOf(SORTING, 'honest', {
    'a plain sort': () => sorted,
    'says that it cannot be done': () => (input) => {
      if (isIt(input)) throw new Error('the test contradicts the task');
      return sorted(input);
    },
    'an answer of another kind': () => (input) =>
      isIt(input) ? { cannot: 'the test contradicts the task' } : sorted(input),
    'ends the process':
      ({ process }) =>
      (input) =>
        isIt(input) ? process.exit() : sorted(input),
    'wrong in another way': () => (input) => (input as number[]).toReversed().slice(1),
    'nothing at all': () => () => null,
    'a copy': () => (input) => input,
    'stable by halves': () => (input) => {
      const list = input as number[];
      const half = Math.floor(list.length / 2);
      return sorted([...sorted(list.slice(0, half)), ...sorted(list.slice(half))]);
    },
  }),
];
