/** One search as a study makes it, without the ledger: genetic proposals, a Pareto archive, a taste that may choose. */
import type { Archive } from '../../src/archives/contract.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import { isAtRandom } from '../../src/claims/foreseen.ts';
import type { Candidate } from '../../src/core/candidate.ts';
import { sha256 } from '../../src/core/hash.ts';
import { publicRoot } from '../../src/core/rng.ts';
import { decodeForest } from '../../src/lang/codec.ts';
import { nodeCount } from '../../src/lang/forest.ts';
import type { Macro } from '../../src/lang/macro.ts';
import { chooseDraft, type Tasting } from '../../src/loop/taste.ts';
import type { Draft, Proposer } from '../../src/proposers/contract.ts';
import { forestGenome } from '../../src/proposers/genetic/forest-genome.ts';
import { geneticProposer } from '../../src/proposers/genetic.ts';
import type { Forecast, Foreseeable, Judged, Taste } from '../../src/tastes/contract.ts';
import { FULL_PURSE } from '../../src/testing/asked-models.ts';
import type { Task } from './tasks.ts';

export interface SearchRequest {
  readonly task: Task;
  readonly seed: string;
  readonly taste: Taste;
  readonly drafts: number;
  readonly explore: number;
  /** Ends the search: evaluations, CPU milliseconds, or both. */
  readonly most: { readonly evals?: number; readonly cpuMs?: number };
  /** Parts that the search puts in as operators. */
  readonly macros?: readonly Macro[];
  /** What is seen of a draft before it runs, with the state that forecasts it. */
  readonly look?: (state: unknown, draft: Foreseeable) => void;
}

export interface Trial {
  readonly forecast: Forecast;
  readonly judged: Judged;
}

export interface Searched {
  /** Of what was measured. */
  readonly trials: readonly Trial[];
  readonly best: number;
  readonly origin: number;
  readonly cpuMs: number;
  /** Whatever entered the archive, in order. */
  readonly admitted: readonly { readonly text: string; readonly score: number }[];
  /** Best so far after each evaluation. */
  readonly course: readonly number[];
}

export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const CLOCK = { wallMs: () => 0, monotonicMs: () => 0, cpuMs: () => 0 };

export async function search(request: SearchRequest): Promise<Searched> {
  const { task, taste, most, explore, macros = [] } = request;
  const { vocabulary, situations, origin } = task;
  const genome = forestGenome({ vocabulary, situations, origin, macros });
  const proposer = geneticProposer(genome) as Proposer;
  const archive = paretoArchive() as Archive;
  const root = publicRoot(request.seed);
  const begunMs = cpuMs();
  const first = task.score(origin) ?? Number.NaN;
  const run = { archive: archive.init(), lane: proposer.init(), taste: taste.init(), best: first };
  const seen = new Set<string>();
  const trials: Trial[] = [];
  const course: number[] = [];
  const admitted: { text: string; score: number }[] = [];
  const { evals = Number.POSITIVE_INFINITY, cpuMs: limitMs = Number.POSITIVE_INFINITY } = most;
  const { signal } = new AbortController();
  for (let trial = 0; trials.length < evals && cpuMs() - begunMs < limitMs; trial++) {
    const rng = root.stream(trial, 'ask');
    const probe = { measure: () => Promise.reject(new Error('no probes here')) };
    const request_ = {
      trial,
      rng,
      archive: archive.view(run.archive, trial),
      probe,
      fromOrigin: false,
      seen: (key: string) => seen.has(key),
      purse: FULL_PURSE,
      signal,
    };
    const atRandom = isAtRandom(root.stream(trial, 'taste'), explore);
    const tasting: Tasting = { taste, state: run.taste, drafts: request.drafts, atRandom };
    const meter = { evals: 0, reused: 0, cpuMs: 0, tasteMs: 0 };
    const asking = { proposer, lane: run.lane, request: request_, meter, clock: CLOCK };
    const draft = await chooseDraft(tasting, asking);
    if (seen.has(draft.key)) continue;
    seen.add(draft.key);
    const asked = foreseeableOf(draft);
    const [forecast] = (await taste.predict(run.taste, { trial, drafts: [asked], signal })) as [
      Forecast,
    ];
    request.look?.(run.taste, asked);
    const score = task.score(draft.text);
    const over = worthOf(draft.parents[0], { archive, state: run.archive, first, origin });
    const better = score !== null && score > over;
    const judged = {
      ...asked,
      trial,
      candidate: sha256(draft.text),
      score,
      over,
      better,
      atRandom,
      chance: forecast.chance,
    };
    trials.push({ forecast, judged });
    const gain = score === null ? null : Math.sign(score - run.best) * 3.5;
    run.taste = taste.tell(run.taste, judged);
    run.lane = proposer.tell(run.lane, {
      trial,
      operator: draft.operator,
      text: draft.text,
      key: draft.key,
      outcome: 'scored',
      gain,
      evals: 1,
      admitted: false,
      rng,
    });
    if (score !== null) {
      const elite = {
        id: judged.candidate,
        text: draft.text,
        trial,
        score,
        n: 1,
        size: draft.size,
      };
      if (archive.admits(run.archive, elite)) {
        archive.add(run.archive, elite);
        admitted.push({ text: draft.text, score });
      }
      run.best = Math.max(run.best, score);
    }
    course.push(run.best);
  }
  return { trials, best: run.best, origin: first, cpuMs: cpuMs() - begunMs, admitted, course };
}

function foreseeableOf({ text, key, operator, parents, size }: Draft): Foreseeable {
  return { text, key, operator, parents, size, proposer: 'genetic' };
}

interface Worth {
  readonly archive: Archive;
  readonly state: unknown;
  readonly first: number;
  readonly origin: string;
}

function worthOf(parent: Candidate['id'] | undefined, { archive, state, first }: Worth): number {
  const kept = parent === undefined ? undefined : archive.find(state, parent);
  return kept?.score ?? first;
}

export function originOf({ origin, vocabulary }: Task) {
  return { id: sha256(origin), text: origin, size: nodeCount(decodeForest(origin, vocabulary)) };
}
