/**
 * Scores an improver by short studies under it, one for each task: the value of a case is the mean regret over
 * the tasks, all on random numbers that the case alone decides. A study that fails, or does not end, is that
 * outcome for the whole case.
 */
import type { InnerBudget, InnerStudy, StudyRunner } from '../tasks/contract.ts';
import type { CaseResult, Evaluator, Measured, MeasureRequest } from './contract.ts';

export interface InnerStudyOptions {
  readonly runner: StudyRunner;
  readonly budget: InnerBudget;
}

export function innerStudyEvaluator({ runner, budget }: InnerStudyOptions): Evaluator {
  async function measureOne(request: MeasureRequest, signal: AbortSignal): Promise<Measured> {
    const cases: CaseResult[] = [];
    let cpuMs = 0;
    for (const seed of request.cases) {
      const studies: InnerStudy[] = [];
      for (const task of runner.tasks) {
        const key = { task, improver: request.candidate.text, seedKey: String(seed) };
        const study = await runner.run({ ...key, budget }, signal);
        studies.push(study);
        cpuMs += study.outcome === 'scored' ? study.cost.cpuMs : 0;
        if (study.outcome !== 'scored') break;
      }
      cases.push(meanOf(studies));
    }
    return { cases, cpuMs };
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

function meanOf(studies: readonly InnerStudy[]): CaseResult {
  let sum = 0;
  for (const study of studies) {
    if (study.outcome !== 'scored') return study;
    sum += study.regret;
  }
  return { outcome: 'scored', value: sum / studies.length };
}
