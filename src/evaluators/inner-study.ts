/**
 * Scores an improver by short studies under it, one for each task: the value of a case is the mean regret over
 * the tasks, all on random numbers that the case alone decides. A study that fails, or does not end, is that
 * outcome for the whole case.
 */
import type { InnerBudget, StudyRunner } from '../tasks/contract.ts';
import type { CaseResult, Evaluator, Measured, MeasureRequest } from './contract.ts';

export interface InnerStudyOptions {
  readonly runner: StudyRunner;
  /** Of the tasks in turn: an improver that met one budget only is made for that one. At least one. */
  readonly budgets: readonly InnerBudget[];
}

export function innerStudyEvaluator({ runner, budgets }: InnerStudyOptions): Evaluator {
  async function caseOf(improver: string, seed: number, signal: AbortSignal): Promise<Case> {
    let cpuMs = 0;
    let sum = 0;
    for (const [at, task] of runner.tasks.entries()) {
      const budget = budgets[at % budgets.length] as InnerBudget;
      const study = await runner.run({ task, improver, seedKey: String(seed), budget }, signal);
      if (study.outcome !== 'scored') return { result: study, cpuMs };
      cpuMs += study.cost.cpuMs;
      sum += study.regret;
    }
    return { result: { outcome: 'scored', value: sum / runner.tasks.length }, cpuMs };
  }
  /** Side by side, as far as the runner has room: a case knows nothing of another. */
  async function measureOne(request: MeasureRequest, signal: AbortSignal): Promise<Measured> {
    const { text } = request.candidate;
    const cases = await Promise.all(request.cases.map((seed) => caseOf(text, seed, signal)));
    const cpuMs = cases.reduce((total, one) => total + one.cpuMs, 0);
    return { cases: cases.map(({ result }) => result), cpuMs };
  }
  return {
    traits: {
      place: 'calling-thread',
      deterministic: true,
      isolation: 'not needed: improvers are closed-language forests, interpreted as data',
    },
    async measure(requests, signal) {
      const measured: Measured[] = [];
      for (const request of requests) {
        signal.throwIfAborted();
        measured.push(await measureOne(request, signal));
      }
      return measured;
    },
    close: () => runner.close(),
  };
}

interface Case {
  readonly result: CaseResult;
  readonly cpuMs: number;
}
