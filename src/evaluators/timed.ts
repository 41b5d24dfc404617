/**
 * Run times: each is of a process of its own, started for it alone, in which the same case has run
 * before. What repeats inside a process (caches, a compiler that learned) is so the same for each
 * time, and what differs from process to process (layout, the machine's mood) is in the noise.
 */
import type { CaseResult, Evaluator, Measured, MeasureRequest } from './contract.ts';
import { invalid } from './outcome.ts';

export interface TimedOptions {
  readonly evaluator: Evaluator;
  /** Runs of the case that each process makes first, whose values are thrown away. */
  readonly warmup: number;
}

/** One process at a time per call; whoever shares it must not call twice at once. */
export function timedEvaluator({ evaluator, warmup }: TimedOptions): Evaluator {
  const run = async (
    candidate: MeasureRequest['candidate'],
    seed: number,
    signal: AbortSignal,
  ): Promise<Measured> => {
    const cases = Array.from({ length: warmup + 1 }, () => seed);
    const [measured] = await evaluator.measure([{ candidate, cases }], signal);
    if (measured === undefined) throw new Error('the evaluator returned no result');
    return measured;
  };
  return {
    traits: {
      ...evaluator.traits,
      deterministic: false,
      isolation: `${evaluator.traits.isolation}; each run time is of a process of its own, ${warmupWords(warmup)}`,
    },
    async measure(requests, signal) {
      const results: Measured[] = [];
      for (const { candidate, cases } of requests) {
        const kept: CaseResult[] = [];
        let cpuMs = 0;
        for (const seed of cases) {
          const measured = await run(candidate, seed, signal);
          kept.push(timeOf(measured.cases));
          cpuMs += measured.cpuMs;
        }
        results.push({ cases: kept, cpuMs });
      }
      return results;
    },
    close: () => evaluator.close(),
  };
}

function warmupWords(warmup: number): string {
  if (warmup === 0) return 'without a warm-up';
  return `after ${warmup} discarded warm-up run${warmup === 1 ? '' : 's'}`;
}

/** The last run of a process; a failure of an earlier one is the process's failure. */
function timeOf(runs: readonly CaseResult[]): CaseResult {
  const failed = runs.find(({ outcome }) => outcome !== 'scored');
  const last = failed ?? runs.at(-1);
  if (last === undefined) return invalid('The evaluator gave no time.');
  if (last.outcome !== 'scored' || last.value > 0) return last;
  return invalid(
    `The evaluator gave a time of ${last.value}; a run time is above 0. Measure with a finer clock, or make the work larger.`,
  );
}
