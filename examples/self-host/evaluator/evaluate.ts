/** The judge: first every bit as the frozen interpreter of the commit gives it, then processor time per evaluation. */
import { createInterpreterCache, evaluateSlot } from '../../../src/lang/interpret.ts';
import { COMPARED, columns, programs, streamOf, TIMED, textsOf } from './workload.ts';

type Interpreter = typeof import('../../../src/lang/interpret.ts');
type Interpreted = typeof import('../../../src/evaluators/interpreted.ts');

interface Request {
  /** Folder with the candidate's files: a whole Paceline. */
  readonly candidate: string;
  readonly cases: readonly { readonly seed: number }[];
  readonly params: { readonly compared: number; readonly timed: number; readonly rounds: number };
}

/** Microseconds of processor time that one evaluation of a study takes with the candidate's interpreter. */
export async function evaluate({ candidate, cases, params }: Request) {
  const interpreter: Interpreter = await import(`${candidate}/src/lang/interpret.ts`);
  const evaluators: Interpreted = await import(`${candidate}/src/evaluators/interpreted.ts`);
  const results: { us: number }[] = [];
  for (const { seed } of cases) {
    compare(interpreter, seed, params.compared);
    results.push({ us: await timeOf(evaluators, seed, params) });
  }
  return results;
}

/** Longest columns that are compared: every remainder of an unrolled loop occurs. */
const MOST_ROWS = 70;
const ODD_SHARE = 0.2;

/** @throws Error for the first value that differs in any bit, −0 and the second use of a buffer included. */
function compare(candidate: Interpreter, seed: number, count: number): void {
  const rng = streamOf(seed, 'compared');
  const cache = candidate.createInterpreterCache();
  const own = createInterpreterCache();
  for (const forest of programs(rng, COMPARED, count)) {
    const rows = columns(rng, rng.int(MOST_ROWS), ODD_SHARE);
    const before = Object.values(rows.columns).map((column) => column.slice());
    for (const { name } of COMPARED.slots) {
      const expected = evaluateSlot(forest, name, rows, own);
      const values = candidate.evaluateSlot(forest, name, rows, cache);
      sameBits(values, expected);
      values.fill(Number.NaN);
      cache.release(values);
      own.release(expected);
    }
    Object.values(rows.columns).forEach((column, i) => {
      sameBits(column, before[i] as Float64Array);
    });
  }
}

function sameBits(values: Float64Array, expected: Float64Array): void {
  const wrong = expected.findIndex((value, i) => !Object.is(values[i], value));
  if (wrong < 0 && values.length === expected.length) return;
  throw new Error(`not the same: ${expected.length} rows, row ${wrong} holds ${values[wrong]}`);
}

const COLD_ROUNDS = 2;

/** A study's own in-process evaluator, its decoding and scoring included. */
async function timeOf(
  { interpretedEvaluator }: Interpreted,
  seed: number,
  { timed, rounds }: Request['params'],
): Promise<number> {
  const texts = textsOf(programs(streamOf(seed, 'timed'), TIMED, timed));
  const evaluator = await interpretedEvaluator({
    module: `${import.meta.dirname}/points.ts`,
    vocabulary: TIMED,
    params: {},
    metric: 'distance',
    nowMs: () => 0,
  });
  const requests = texts.map((text) => ({ candidate: { text }, cases: [seed] }));
  const { signal } = new AbortController();
  const measure = evaluator.measure as (requests: unknown, signal: AbortSignal) => unknown;
  // Code is compiled while it runs: a study spends its time in what has been.
  for (let round = 0; round < COLD_ROUNDS; round++) await measure(requests, signal);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) await measure(requests, signal);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (rounds * texts.length);
}
