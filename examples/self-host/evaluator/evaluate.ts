/**
 * The judge: first every bit as the frozen interpreter of the commit gives it, then the processor time of evaluations,
 * as a share of what the commit's own interpreter takes for the same ones in turn with it.
 */
import { setFlagsFromString } from 'node:v8';
import * as frozen from '../../../src/evaluators/interpreted.ts';
import {
  type Columns,
  createInterpreterCache,
  evaluateScalar,
  evaluateSlot,
} from '../../../src/lang/interpret.ts';
import { COMPARED, columns, programs, streamOf, TIMED, textsOf } from './workload.ts';

// Compiled when it has run often enough, not when another core is free: a busy machine would decide what is measured.
setFlagsFromString('--no-concurrent-recompilation');

type Interpreter = typeof import('../../../src/lang/interpret.ts');
type Interpreted = typeof frozen;

interface Request {
  /** Folder with the candidate's files: a whole Paceline. */
  readonly candidate: string;
  readonly cases: readonly { readonly seed: number }[];
  readonly params: { readonly compared: number; readonly timed: number; readonly rounds: number };
}

/** The candidate's processor time in parts of the commit's. */
export async function evaluate({ candidate, cases, params }: Request) {
  const interpreter: Interpreter = await import(`${candidate}/src/lang/interpret.ts`);
  const evaluators: Interpreted = await import(`${candidate}/src/evaluators/interpreted.ts`);
  const results: { time: number }[] = [];
  for (const { seed } of cases) {
    compare(interpreter, seed, params.compared);
    results.push({ time: await timeOf(evaluators, seed, params) });
  }
  return results;
}

/** Longest columns that are compared: every remainder of an unrolled loop occurs. */
const MOST_ROWS = 70;
const ODD_SHARE = 0.3;

/**
 * @throws Error for the first value that differs in any bit, −0 and the second use of a buffer included; and for one that
 *   the interpreter of a single row gives, which no clock here looks at and improvers decide by.
 */
function compare(candidate: Interpreter, seed: number, count: number): void {
  const rng = streamOf(seed, 'compared');
  const cache = candidate.createInterpreterCache();
  const own = createInterpreterCache();
  for (const forest of programs(rng, COMPARED, count)) {
    const rows = columns(rng, rng.int(MOST_ROWS), ODD_SHARE);
    const inputs = inputsOf(rows);
    const before = Object.values(rows.columns).map((column) => column.slice());
    for (const { name } of COMPARED.slots) {
      const expected = evaluateSlot(forest, name, rows, own);
      const values = candidate.evaluateSlot(forest, name, rows, cache);
      sameBits(values, expected);
      values.fill(Number.NaN);
      const singly = (evaluate: typeof evaluateScalar): Float64Array =>
        Float64Array.from(inputs, (one) => evaluate(forest, name, one));
      sameBits(singly(candidate.evaluateScalar), singly(evaluateScalar));
      cache.release(values);
      own.release(expected);
    }
    Object.values(rows.columns).forEach((column, i) => {
      sameBits(column, before[i] as Float64Array);
    });
  }
}

/** One record for each row. */
function inputsOf({ length, columns }: Columns): readonly Readonly<Record<string, number>>[] {
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(Object.entries(columns).map(([name, all]) => [name, all[row] as number])),
  );
}

function sameBits(values: Float64Array, expected: Float64Array): void {
  const wrong = expected.findIndex((value, i) => !Object.is(values[i], value));
  if (wrong < 0 && values.length === expected.length) return;
  throw new Error(`not the same: ${expected.length} rows, row ${wrong} holds ${values[wrong]}`);
}

/** Code is compiled while it runs; a study spends its time in what has been. */
const COLD_ROUNDS = 12;

/** A study's own in-process evaluator, its decoding and scoring included: A B B A, so that a drift cancels. */
async function timeOf(
  candidate: Interpreted,
  seed: number,
  { timed, rounds }: Request['params'],
): Promise<number> {
  const texts = textsOf(programs(streamOf(seed, 'timed'), TIMED, timed));
  const sides = [await timer(frozen, texts, seed), await timer(candidate, texts, seed)] as const;
  const spent: [number[], number[]] = [[], []];
  for (let round = -COLD_ROUNDS; round < rounds; round++) {
    for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const took = await sides[side]();
      if (round >= 0) spent[side].push(took);
    }
  }
  return median(spent[1]) / median(spent[0]);
}

/** A collection of garbage or a late compilation falls on one round and not on the result. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

async function timer(
  { interpretedEvaluator }: Interpreted,
  texts: readonly string[],
  seed: number,
): Promise<() => Promise<number>> {
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
  return async () => {
    const before = process.cpuUsage();
    await measure(requests, signal);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
}
