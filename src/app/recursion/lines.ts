/** The lines of the experiment (recursion2.md §3.1), each over the same tasks at the same budget. */

import type { Rng } from '../../core/rng.ts';
import type { LineName, Reading } from '../../improver/recursion/readings.ts';
import type { Candidate } from '../../synthesis/abstractions.ts';
import { uniformGrammar } from '../../synthesis/costs.ts';
import { expertGrammar, expertLanguage } from '../../synthesis/expert.ts';
import type { Sleeping, Solver } from '../../synthesis/generation.ts';
import { sleep } from '../../synthesis/generation.ts';
import type { Language, Term } from '../../synthesis/language.ts';
import { bareLanguage } from '../../synthesis/language.ts';
import { mixed } from '../../synthesis/mix.ts';
import { oracleLanguage } from '../../synthesis/oracle.ts';
import { type Ground, type Pass, pass, reading, trainingSolutions } from './pass.ts';

/** Abstractions a generation adds at most. */
export const ABSTRACTIONS = 6;
/** Of the start grammar in the line for real use. */
const ROBUST_SHARE = 0.25;

export interface Line {
  readonly readings: readonly Reading[];
  readonly solver: Solver;
  /** Newest solutions of training tasks, in the solver's language. */
  readonly solutions: ReadonlyMap<number, Term>;
  /** The last search. */
  readonly last: Pass;
}

export interface Growing {
  readonly start: Solver;
  readonly generations: number;
  readonly sleeping: Sleeping;
  /** The start's own search, where another line made it. */
  readonly first?: Pass | undefined;
  readonly onReading: (reading: Reading) => Promise<void>;
}

/** Solver k solves; its solutions, and what training tasks had before, make solver k+1. */
export async function grow(ground: Ground, growing: Growing): Promise<Line> {
  const { start, generations, sleeping, onReading } = growing;
  const readings: Reading[] = [];
  let solver = start;
  let solutions: ReadonlyMap<number, Term> = new Map();
  let madeMs = 0;
  for (;;) {
    const { generation } = solver;
    const last = (generation === 0 ? growing.first : undefined) ?? pass(ground, solver);
    const abstractions = solver.language.primitives.length - start.language.primitives.length;
    const read = reading(ground, last, { generation, madeMs, abstractions });
    readings.push(read);
    await onReading(read);
    solutions = new Map([...solutions, ...trainingSolutions(ground, last)]);
    if (generation === generations) return { readings, solver, solutions, last };
    const began = ground.cpuMs();
    const slept = sleep(solver, solutions, sleeping);
    madeMs = Math.round(ground.cpuMs() - began);
    ({ solver, solutions } = slept);
  }
}

export interface Controlling {
  readonly start: Solver;
  readonly generations: number;
  /** The start's search over the whole total. */
  readonly long: Pass;
  readonly onReading: (reading: Reading) => Promise<void>;
  readonly first: Reading;
}

/**
 * The same spending and the same mining without feeding anything back: at generation g the solutions that
 * solver 0 has found within g budgets are mined for 6 g abstractions, and that solver is only read.
 */
export async function control(
  ground: Ground,
  controlling: Controlling,
): Promise<readonly Reading[]> {
  const { start, generations, long, onReading, first } = controlling;
  const readings = [first];
  for (let generation = 1; generation <= generations; generation++) {
    const began = ground.cpuMs();
    const { solver } = sleep(start, trainingSolutions(ground, long, long.marks[generation - 1]), {
      abstractions: ABSTRACTIONS * generation,
    });
    const mined = ground.cpuMs() - began;
    const madeMs = Math.round(mined + (long.cpuMs * generation) / Math.max(1, long.marks.length));
    const abstractions = solver.language.primitives.length - start.language.primitives.length;
    const read = reading(ground, pass(ground, solver), { generation, madeMs, abstractions });
    readings.push(read);
    await onReading(read);
  }
  return readings;
}

const uniform = (language: Language): Solver => ({
  generation: 0,
  language,
  grammar: uniformGrammar(language),
});

export const bareSolver = (domain: 'numbers' | 'text' = 'numbers'): Solver =>
  uniform(bareLanguage(domain));

export function expertSolver(): Solver {
  const language = expertLanguage();
  return { generation: 0, language, grammar: expertGrammar(language) };
}

export const oracleSolver = (): Solver => uniform(oracleLanguage());

/** How a line that grows makes the next solver. */
export function sleepingOf(line: LineName, start: Solver, rng: Rng): Sleeping {
  switch (line) {
    case 'costs-only':
    case 'expert-costs':
    case 'oracle':
      return { abstractions: 0 };
    case 'random':
      return { abstractions: ABSTRACTIONS, choose: atRandom(rng) };
    case 'robust':
      return {
        abstractions: ABSTRACTIONS,
        refit: (language, learned) => mixed(language, learned, { start, share: ROBUST_SHARE }),
      };
    default:
      return { abstractions: ABSTRACTIONS };
  }
}

const atRandom =
  (rng: Rng) =>
  (candidates: readonly Candidate[]): Candidate | undefined =>
    candidates.length === 0 ? undefined : candidates[rng.int(candidates.length)];
