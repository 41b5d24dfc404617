/**
 * CMA-ES over the numbers of a candidate: see cma-es/tunable.ts. One trial is a run of `generations`
 * generations, each on one fresh case common to it; the candidate is the mean of the
 * distribution, not the best sample: no winner's curse and no fit to a fixed set (recursion2.md §8).
 *
 * Hansen, "The CMA evolution strategy: a tutorial", arXiv 1604.00772.
 */
import { sha256 } from '../core/hash.ts';
import type { Rng } from '../core/rng.ts';
import { cmaMean, cmaSample } from '../optim/cma-es.ts';
import {
  type RestartState,
  type Restarts,
  restartIfSpent,
  restartsInit,
  restartsTell,
} from '../optim/cma-restarts.ts';
import type { Tunable } from './cma-es/tunable.ts';
import type { AskRequest, Draft, Proposer, Told } from './contract.ts';

export interface CmaEsOptions {
  readonly tunable: Tunable;
  /** Samples per generation, at least 4. */
  readonly lambda: number;
  /** Initial step size, in units of the point's coordinates. */
  readonly sigma: number;
  /** Generations per trial, at least 1. */
  readonly generations: number;
  /** What follows a search that has nothing more to find. Default: none, it stays where it is. */
  readonly restarts?: Restarts;
}

export function cmaEsProposer(options: CmaEsOptions): Proposer<RestartState> {
  const search = searchOf(options);
  const known: Known = new WeakMap();
  return {
    name: 'cma-es',
    traits: { repeatable: true, sequential: true },
    init: () => search.start,
    ask: (state, request) =>
      request.fromOrigin
        ? bestOfSamples(search, request)
        : meanAfter(search, { state, known }, request),
    tell: (state, told) => {
      if (told.probe === undefined) return state;
      const reached = recalled(known.get(state), told) ?? replayed(state, told.probe, told.rng);
      // After the trial, so that the mean it proposes is that of one run.
      return restartIfSpent(reached, told.rng.fork('restart'));
    },
  };
}

/** Where a trial brought the distribution that it was asked from. */
interface Way {
  readonly trial: number;
  readonly scores: Scores;
  readonly reached: RestartState;
}

/** Ways of trials asked in this process: `tell` need not go them again. After a resume it does. */
type Known = WeakMap<RestartState, Way>;

function recalled(way: Way | undefined, { trial, probe = [] }: Told): RestartState | undefined {
  if (way?.trial !== trial || way.scores.length !== probe.length) return undefined;
  return way.scores.every((score, i) => score === probe[i]) ? way.reached : undefined;
}

/** Points, and how they become candidates. */
interface Search {
  readonly generations: number;
  readonly start: RestartState;
  readonly textOf: (point: ArrayLike<number>) => string;
  readonly draft: (point: ArrayLike<number>, operator: string, probe: Scores) => Draft;
}

type Scores = readonly (number | null)[];

function searchOf(options: CmaEsOptions): Search {
  const { tunable, lambda, sigma, generations, restarts = 'none' } = options;
  const start = restartsInit({ mean: tunable.start, sigma, lambda, restarts });
  const { sizeOf, textOf, keyOf } = tunable;
  const parents = [sha256(textOf(cmaMean(start.run)))];
  const draft: Search['draft'] = (point, operator, probe) => {
    const text = textOf(point);
    const considered = probe.length;
    return { text, parents, operator, key: keyOf(text), considered, size: sizeOf(text), probe };
  };
  return { generations, start, textOf, draft };
}

/** The trial: the mean of the distribution after its generations. */
async function meanAfter(
  { generations, textOf, draft }: Search,
  { state, known }: { readonly state: RestartState; readonly known: Known },
  { trial, rng, probe }: AskRequest,
): Promise<Draft> {
  const scores: (number | null)[] = [];
  let current = state;
  for (let round = 0; round < generations; round++) {
    const points = cmaSample(current.run, generation(rng, round));
    const found = await probe.measure(points.map(textOf), round);
    scores.push(...found);
    current = restartsTell(current, points, found.map(lossOf));
  }
  known.set(state, { trial, scores, reached: current });
  return draft(cmaMean(current.run), 'mean', scores);
}

/** Repeats the trial's generations from its recorded scores: the same distribution, no measuring. */
function replayed(state: RestartState, probe: Scores, rng: Rng): RestartState {
  const { lambda } = state.run;
  let current = state;
  for (let round = 0; (round + 1) * lambda <= probe.length; round++) {
    const points = cmaSample(current.run, generation(rng, round));
    const scores = probe.slice(round * lambda, (round + 1) * lambda);
    current = restartsTell(current, points, scores.map(lossOf));
  }
  return current;
}

/** The control: as many samples of the untouched start distribution, the best of them returned. */
async function bestOfSamples(
  { generations, start, textOf, draft }: Search,
  { rng, probe }: AskRequest,
): Promise<Draft> {
  const scores: (number | null)[] = [];
  let best = { lead: Number.NEGATIVE_INFINITY, point: cmaMean(start.run) };
  for (let round = 0; round < generations; round++) {
    const points = cmaSample(start.run, generation(rng, round));
    const found = await probe.measure(points.map(textOf), round);
    scores.push(...found);
    const usual = middle(found);
    best = points.reduce((leader, point, i) => {
      const lead = (found[i] ?? Number.NEGATIVE_INFINITY) - usual;
      return lead > leader.lead ? { lead, point } : leader;
    }, best);
  }
  return draft(best.point, 'best-of-samples', scores);
}

function generation(rng: Rng, round: number): Rng {
  return rng.fork(`generation ${round}`);
}

/** CMA-ES minimises; a sample without a score ranks last. */
function lossOf(score: number | null): number {
  return score === null ? Number.POSITIVE_INFINITY : -score;
}

/** Median of a round: rounds have different cases, so samples are compared by their lead over it. */
function middle(scores: Scores): number {
  const known = scores.filter((score) => score !== null).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? 0;
}
