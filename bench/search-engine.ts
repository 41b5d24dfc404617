/**
 * The optimiser inside a study: proposer cma-es with metered probes, its evaluator in the same
 * process, every trial in a durable ledger.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/app/system-clock.ts';
import { sha256 } from '../src/core/hash.ts';
import type { CaseResult, Evaluator } from '../src/evaluators/contract.ts';
import { totalEvals } from '../src/loop/decide.ts';
import { runLoop } from '../src/loop/loop.ts';
import { openStudy } from '../src/loop/recovery.ts';
import { cmaEsProposer } from '../src/proposers/cma-es.ts';
import type { Proposer } from '../src/proposers/contract.ts';
import { inlineQueue } from '../src/queues/inline.ts';
import { sqliteStore } from '../src/stores/sqlite.ts';
import { smallPlan } from '../src/testing/small-study.ts';

const GENERATIONS = 50;
const LAMBDA = 12;
/** Studies are of cases that differ: a loss is up to so much larger on one than on another. */
const CASE_SPREAD = 0.01;

export interface Numbers {
  readonly start: readonly number[];
  readonly sigma: number;
  readonly lossOf: (point: readonly number[]) => number;
}

/** Evaluations per CPU-second of a whole study of about `evals` evaluations. */
export async function studyRate(problem: Numbers, evals: number): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'paceline-bench-'));
  const ledger = await sqliteStore({ directory, clock: systemClock }).open('search', 'write');
  try {
    const study = await openStudy({ plan: planOf(problem, evals), ledger, reporters: [] });
    const before = process.cpuUsage();
    await runLoop(study);
    const { user, system } = process.cpuUsage(before);
    return totalEvals(study.state) / ((user + system) / 1e6);
  } finally {
    await ledger.close();
    rmSync(directory, { recursive: true });
  }
}

function planOf({ start, sigma, lossOf }: Numbers, evals: number) {
  const text = textOf(start);
  const tunable = { start, textOf, keyOf: sha256, sizeOf: () => start.length };
  const evaluator = evaluatorOf(lossOf);
  const small = smallPlan({
    clock: systemClock,
    budget: { evals },
    search: inlineQueue(evaluator),
    judge: evaluator,
    proposers: [
      cmaEsProposer({ tunable, lambda: LAMBDA, sigma, generations: GENERATIONS }) as Proposer,
    ],
  });
  const origin = { id: sha256(text), text };
  return { ...small, origin, checkParity: false };
}

function textOf(point: ArrayLike<number>): string {
  const numbers = new Array<number>(point.length);
  for (let i = 0; i < point.length; i++) numbers[i] = point[i] as number;
  return JSON.stringify(numbers);
}

function evaluatorOf(lossOf: Numbers['lossOf']): Evaluator {
  const scored = (text: string, seed: number): CaseResult => ({
    outcome: 'scored',
    value: -lossOf(JSON.parse(text) as number[]) * (1 + CASE_SPREAD * (seed / 2 ** 32)),
  });
  return {
    traits: { place: 'calling-thread', deterministic: true, isolation: 'not needed: numbers' },
    measure: (requests) =>
      requests.map(({ candidate, cases }) => ({
        cases: cases.map((seed) => scored(candidate.text, seed)),
        cpuMs: 0,
      })),
    close() {},
  };
}
