/**
 * One generation of self-application: generation k searches for k + 1 with the very function it searches policies
 * with (Zelikman et al., "Self-Taught Optimizer", 2023, with a genetic search in the place of the model). What it
 * finds is measured on common random numbers, and promoted only on fresh ones.
 */
import { publicRoot } from '../../core/rng.ts';
import { type Confirmation, confirmBetter, LEAST_SEEDS } from '../../improver/gp/confirm.ts';
import { improverSubject } from '../../improver/gp/improver-subject.ts';
import type { Meter } from '../../improver/gp/meter.ts';
import { isBehind, racedCost } from '../../improver/gp/race.ts';
import { type Found, search } from '../../improver/gp/search.ts';
import { encodeForest } from '../../lang/codec.ts';
import type { Forest } from '../../lang/forest.ts';
import { mean } from '../../stats/summary.ts';
import type { InnerBudget, StudyRunner } from '../../tasks/contract.ts';

/**
 * The best of a search are mostly lucky: sequential halving (Karnin, Koren & Somekh, ICML 2013) on more seeds
 * chooses the one that is confirmed. So many go into a round, and so many seeds does each get there.
 */
const ROUNDS = [
  { among: 8, seeds: 2 },
  { among: 3, seeds: 4 },
] as const;

export interface GenerationRequest {
  /** Who searches: the incumbent in self-application, always the first one in the control. */
  readonly searcher: Forest;
  readonly incumbent: Forest;
  readonly runner: StudyRunner;
  /** Of the tasks in turn: an improver that met one budget only is made for that one. At least one. */
  readonly budgets: readonly InnerBudget[];
  /** Measurements of an improver on all tasks that the search may take; one that leaves a race counts in part. */
  readonly measurements: number;
  /** Decides all random numbers. */
  readonly seed: string;
  readonly signal: AbortSignal;
}

export interface Generation {
  /** The candidate where it was confirmed, else the incumbent. */
  readonly improver: Forest;
  readonly isPromoted: boolean;
  /** undefined where nothing in the search beat the incumbent. */
  readonly candidate?: Forest;
  readonly confirmation?: Confirmation;
  /** Mean regret of the incumbent and of the best candidate in the search itself: luck included. */
  readonly searched: { readonly incumbent: number; readonly best: number };
  readonly measured: number;
  readonly raced: number;
  /** CPU time of all inner studies, ms. */
  readonly cpuMs: number;
}

export async function runGeneration(request: GenerationRequest): Promise<Generation> {
  const { incumbent, seed } = request;
  const race = new Race(request);
  const found = await searchImprovers(request, race);
  const kept = {
    measured: race.measured,
    raced: race.raced,
    searched: { incumbent: race.costs[0] ?? Number.NaN, best: found?.best.cost ?? Number.NaN },
  };
  const own = encodeForest(incumbent);
  const finalists = (found?.survivors ?? []).filter(({ text }) => text !== own);
  const candidate = await race.bestOf(finalists.map(({ forest }) => forest));
  if (candidate === undefined) {
    return { ...kept, improver: incumbent, isPromoted: false, cpuMs: race.cpuMs };
  }
  const [before, after] = [await race.fresh(incumbent), await race.fresh(candidate)];
  if (before === undefined || after === undefined) {
    return { ...kept, improver: incumbent, isPromoted: false, candidate, cpuMs: race.cpuMs };
  }
  const confirmation = confirmBetter(before, after, publicRoot(seed).stream(0, 'bootstrap'));
  const { isBetter } = confirmation;
  const improver = isBetter ? candidate : incumbent;
  return { ...kept, improver, isPromoted: isBetter, candidate, confirmation, cpuMs: race.cpuMs };
}

async function searchImprovers(request: GenerationRequest, race: Race): Promise<Found | undefined> {
  const { searcher, incumbent, measurements, seed } = request;
  const meter: Meter = {
    budgetMs: measurements,
    spent: () => race.spent / measurements,
    evaluated() {},
    bred() {},
  };
  const rng = publicRoot(seed).stream(0, 'search');
  const running = search({ improver: searcher, subject: improverSubject(incumbent), meter, rng });
  let step = running.next();
  while (!step.done) step = running.next(await race.run(step.value.forest));
  return step.value;
}

/** Measures improvers on all tasks, on the same random numbers, and lets go of those that fall behind. */
class Race {
  measured = 0;
  raced = 0;
  /** In measurements on all tasks. */
  spent = 0;
  cpuMs = 0;
  readonly costs: number[] = [];
  private readonly request: GenerationRequest;
  private best: readonly number[] | undefined;

  constructor(request: GenerationRequest) {
    this.request = request;
  }

  /** Mean regret; null where a study failed or did not end. */
  async run(improver: Forest): Promise<number | null> {
    const { tasks } = this.request.runner;
    const text = encodeForest(improver);
    const regrets: number[] = [];
    this.measured += 1;
    for (const task of tasks) {
      const regret = await this.study(text, task, 'search');
      this.spent += 1 / tasks.length;
      if (regret === null) return null;
      regrets.push(regret);
      if (this.best === undefined || !isBehind(regrets, this.best)) continue;
      this.raced += 1;
      return racedCost(regrets, this.best);
    }
    const cost = mean(regrets);
    this.costs.push(cost);
    if (this.best === undefined || cost < mean(this.best)) this.best = regrets;
    return cost;
  }

  /** The one with the least mean regret over more seeds; undefined where there is none. */
  async bestOf(improvers: readonly Forest[]): Promise<Forest | undefined> {
    let left = improvers.map((improver) => ({ improver, regrets: [] as readonly number[] }));
    for (const [round, { among, seeds }] of ROUNDS.entries()) {
      const ran = [];
      for (const { improver, regrets } of left.slice(0, among)) {
        const more = await this.means(improver, `final ${round}`, seeds);
        if (more !== undefined) ran.push({ improver, regrets: [...regrets, ...more] });
      }
      left = ran.sort((a, b) => mean(a.regrets) - mean(b.regrets));
    }
    return left[0]?.improver;
  }

  /** Mean regret of each fresh seed; undefined where a study failed or did not end. */
  fresh(improver: Forest): Promise<readonly number[] | undefined> {
    return this.means(improver, 'confirm', LEAST_SEEDS);
  }

  private async means(
    improver: Forest,
    purpose: string,
    seeds: number,
  ): Promise<readonly number[] | undefined> {
    const text = encodeForest(improver);
    const found: number[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      const regrets: number[] = [];
      for (const task of this.request.runner.tasks) {
        const regret = await this.study(text, task, `${purpose}/${seed}`);
        if (regret === null) return undefined;
        regrets.push(regret);
      }
      found.push(mean(regrets));
    }
    return found;
  }

  private async study(improver: string, task: string, key: string): Promise<number | null> {
    const { runner, budgets, seed, signal } = this.request;
    const budget = budgets[runner.tasks.indexOf(task) % budgets.length] as InnerBudget;
    const study = await runner.run({ task, improver, seedKey: `${seed}/${key}`, budget }, signal);
    if (study.outcome !== 'scored') return null;
    this.cpuMs += study.cost.cpuMs;
    return study.regret;
  }
}
