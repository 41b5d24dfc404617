import { random, stream, trials } from './inputs.ts';

type Sort = (values: Float64Array) => unknown;

interface Request {
  /** Folder with the candidate's files. */
  readonly candidate: string;
  readonly cases: readonly { readonly seed: number }[];
  readonly params: { readonly count: number; readonly arrays: number };
}

/**
 * Milliseconds of processor time for all arrays of a case: what other programs take from a busy machine is
 * not counted. The output is checked before, and again after the clock.
 */
export async function evaluate({ candidate, cases, params }: Request) {
  const { sort } = await import(`${candidate}/origin/sort.ts`);
  return cases.map(({ seed }) => ({ ms: timeOf(sort, seed, params) }));
}

function timeOf(sort: Sort, seed: number, { count, arrays }: Request['params']): number {
  const next = stream(seed);
  for (const values of trials(next)) {
    const expected = sorted(values);
    sort(values);
    check(values, expected);
  }
  const work = Array.from({ length: arrays }, () => random(count, next));
  const expected = work.map(sorted);
  const before = process.cpuUsage();
  for (const values of work) sort(values);
  const { user, system } = process.cpuUsage(before);
  // What is right only while nobody looks at the clock is wrong.
  work.forEach((values, i) => check(values, expected[i] as Float64Array));
  return (user + system) / 1000;
}

function sorted(values: Float64Array): Float64Array {
  return Float64Array.from(values).sort();
}

/** Sorted, and of the very same numbers: both at once, against the platform's own sort of a copy. */
function check(values: Float64Array, expected: Float64Array): void {
  const wrong = expected.findIndex((value, i) => values[i] !== value);
  if (wrong < 0) return;
  throw new Error(`not sorted: ${values.length} values, place ${wrong} holds ${values[wrong]}`);
}
