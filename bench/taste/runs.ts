/** Searches of one family of policies, with the surrogate and without: what bench/taste.ts makes its figures of. */

import { mean } from '../../src/stats/summary.ts';
import type { Taste } from '../../src/tastes/contract.ts';
import { PRIOR } from '../../src/tastes/surrogate/prior.ts';
import { forestPhenotypes, surrogateTaste } from '../../src/tastes/surrogate.ts';
import { uniformTaste } from '../../src/tastes/uniform.ts';
import { cpuMs, originOf, type Searched, type SearchRequest, search } from './search.ts';
import { families, type Task, taskOf, withCases } from './tasks.ts';

export const INSTANCES = 9;
export const SEEDS = 4;
export const EVALS = 120;
/** Of 2 to 16 tried on training families (docs/taste.md); the default of a config. */
const DRAFTS = 4;
const EXPLORE = 0.2;
/**
 * Instances of the net's training are 100 to 111; 400 to 600 were looked at while choosing, and 900 to 902 in a first
 * run of 12 pairs, which could not tell a gain: none of them is measured again.
 */
const FIRST_INSTANCE = 903;
/** Instances an evaluation, where a single one takes a millisecond and more already. */
export const CASES = 3;
const CASES_APART = 20;

/** One family, one instance, one seed: the surrogate, the base rate at its CPU time, and at its evaluations. */
export interface Run {
  readonly family: string;
  readonly instance: number;
  readonly seed: number;
  /** Instances that an evaluation is the mean of. */
  readonly cases: number;
  readonly chosen: Searched;
  readonly sameCpu: Searched;
  /** CPU milliseconds of one evaluation, in these searches. */
  readonly evaluationMs: number;
}

export const DEAR_MS = 1;

/** With an instance an evaluation, and with several where one of them is dear already. */
export async function runsOf(
  name: string,
): Promise<{ readonly single: readonly Run[]; readonly several: readonly Run[] }> {
  const family = (await families('held-out')).find((one) => one.name === name);
  if (family === undefined) throw new Error(`no family is called ${name}`);
  const task = (instance: number) => taskOf(family, FIRST_INSTANCE + instance);
  await once(task(-1), { instance: -1, seed: 0, cases: 1 });
  const single = await all(task, 1);
  const isDear = mean(single.map(({ evaluationMs }) => evaluationMs)) >= DEAR_MS;
  const several = isDear ? await all((instance) => severalOf(task, instance), CASES) : [];
  return { single, several };
}

async function all(taskAt: (instance: number) => Task, cases: number): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (let instance = 0; instance < INSTANCES; instance++) {
    const task = taskAt(instance);
    for (let seed = 0; seed < SEEDS; seed++) runs.push(await once(task, { instance, seed, cases }));
  }
  return runs;
}

function severalOf(taskAt: (instance: number) => Task, instance: number): Task {
  const more = Array.from({ length: CASES - 1 }, (_, i) =>
    taskAt(instance + (i + 1) * CASES_APART),
  );
  return withCases([taskAt(instance), ...more]);
}

async function once(
  task: Task,
  { instance, seed, cases }: Pick<Run, 'instance' | 'seed' | 'cases'>,
): Promise<Run> {
  let spentMs = 0;
  const timed: Task = {
    ...task,
    score(text) {
      const from = cpuMs();
      const score = task.score(text);
      spentMs += cpuMs() - from;
      return score;
    },
  };
  const { vocabulary, situations } = task;
  const phenotypeOf = forestPhenotypes({ vocabulary, situations });
  const surrogate = surrogateTaste({ phenotypeOf, origin: originOf(task), net: PRIOR });
  const ask = (more: Pick<SearchRequest, 'taste' | 'drafts' | 'explore' | 'most'>) =>
    search({ task: timed, seed: `bench ${task.name} ${instance} ${seed}`, ...more });
  const choosing = { taste: surrogate as Taste, drafts: DRAFTS, explore: EXPLORE };
  const chosen = await ask({ ...choosing, most: { evals: EVALS } });
  const evaluationMs = spentMs / EVALS;
  const plain = { taste: uniformTaste() as Taste, drafts: 1, explore: 1 };
  const sameCpu = await ask({ ...plain, most: { cpuMs: chosen.cpuMs } });
  return { family: task.name, instance, seed, cases, chosen, sameCpu, evaluationMs };
}
