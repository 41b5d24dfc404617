/** A runner of inner studies whose answers are planned: a rule of one setting, and luck that its key decides. */
import { sha256 } from '../core/hash.ts';
import { publicRoot } from '../core/rng.ts';
import { GP_VOCABULARY, policyIn } from '../improver/gp/slots.ts';
import { decodeForest } from '../lang/codec.ts';
import type { InnerStudy, InnerStudyRequest, StudyRunner } from '../tasks/contract.ts';

const STATE = { progress: 0, stagnation: 0, diversity: 1, size: 0, budget: 0.5, inputs: 0.2 };
const TASKS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export interface PlannedStudies {
  /** By the log2 of the population that the improver begins with. */
  readonly regretOf: (population: number) => number;
  /** Standard deviation of luck. Default 0.02. */
  readonly noise?: number;
  /** Whether the call, from 1, ends; the others are time-outs. Default: all do. */
  readonly ends?: (call: number) => boolean;
}

export interface Planned extends StudyRunner {
  readonly calls: InnerStudyRequest[];
}

export function plannedStudies({
  regretOf,
  noise = 0.02,
  ends = () => true,
}: PlannedStudies): Planned {
  const calls: InnerStudyRequest[] = [];
  return {
    calls,
    tasks: TASKS,
    run(request): InnerStudy {
      calls.push(request);
      if (!ends(calls.length)) return { outcome: 'timeout', message: 'It did not end.' };
      return planned(request, { regretOf, noise });
    },
    close() {},
  };
}

/** The last improver read: it is asked about once for each task. */
let last = { improver: '', population: Number.NaN };

/** The population that an improver begins with, as log2. */
export function populationOf(improver: string): number {
  if (last.improver !== improver) {
    const { settings } = policyIn(decodeForest(improver, GP_VOCABULARY), STATE);
    last = { improver, population: settings.population };
  }
  return last.population;
}

function planned(
  { improver, seedKey, task }: InnerStudyRequest,
  { regretOf, noise }: Required<Pick<PlannedStudies, 'regretOf' | 'noise'>>,
): InnerStudy {
  let population: number;
  try {
    population = populationOf(improver);
  } catch (error) {
    return { outcome: 'invalid', message: error instanceof Error ? error.message : String(error) };
  }
  const key = `${improver} ${seedKey}`;
  const regret = regretOf(population) + noise * publicRoot(key).stream(0, task).normal();
  const cost = { evals: 1, considered: 1, cpuMs: 1 };
  return { outcome: 'scored', regret, cost, logical: sha256(`${key} ${task}`) };
}
