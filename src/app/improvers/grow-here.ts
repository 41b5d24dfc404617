/** A lineage grown in this folder, from a generation on, with the control lines of its last generation if wanted. */
import { setImmediate as turn } from 'node:timers/promises';
import { PacelineError } from '../../core/errors.ts';
import { publicRoot } from '../../core/rng.ts';
import { bareImprover, IMPROVER_SCHEMA, type Improver } from '../../improver/artifact.ts';
import type { LineName, SearchBudget } from '../../improver/recursion/readings.ts';
import { partsOf } from '../../improver/solver.ts';
import { type Solver, sleep } from '../../synthesis/generation.ts';
import { MOST_KEPT, workspace } from '../../synthesis/workspace.ts';
import { ABSTRACTIONS, bareSolver, expertSolver, grow, sleepingOf } from '../recursion/lines.ts';
import { type Ground, pass, trainingSolutions } from '../recursion/pass.ts';
import { generationRecord } from './generation-record.ts';
import { type Grown, growLineage } from './grow.ts';
import { freshClaims, lineageGround } from './lineage-ground.ts';
import { findImprover, type KeptImprover, keepImprover, lineageFrom } from './store.ts';
import { TRAINING_SLOT, type Training } from './training.ts';

export interface GrowRequest {
  readonly root: string;
  /** `bare`, `expert`, or a generation that is there. */
  readonly from: string;
  /** Name of a generator, or a folder with tasks.json. */
  readonly tasks: string;
  readonly seed: number;
  readonly generations: number;
  readonly budget: SearchBudget;
  /** Pairs of each claim. */
  readonly seeds: number;
  /** Of the start's grammar. */
  readonly share: number;
  readonly controls: boolean;
  readonly cpuMs: () => number;
  readonly signal: AbortSignal;
  readonly say: (grown: Grown) => void;
}

export interface GrownHere {
  readonly start: KeptImprover;
  readonly tried: readonly Grown[];
  /** The last one promoted; absent where none was. */
  readonly last?: KeptImprover;
  readonly controls: readonly KeptImprover[];
}

export async function growHere(request: GrowRequest): Promise<GrownHere> {
  const { root, tasks, seed, budget, generations, share, cpuMs, signal } = request;
  const asked = { root, tasks, seed, budget, cpuMs, signal, space: workspace(MOST_KEPT) };
  const { ground, validation, set } = await lineageGround(asked);
  const start = startOf(request);
  refuseOtherDomain(start, set.set.domain);
  const pause = async (): Promise<void> => {
    await turn();
    signal.throwIfAborted();
  };
  const training = { name: tasks, seed, set: set.id, candidates: budget.amount };
  const tried = await growLineage({
    root,
    ground,
    validation,
    training,
    budget,
    generations,
    share,
    from: start,
    claim: freshClaims(asked, ground, request.seeds),
    say: request.say,
    pause,
  });
  const last = tried.filter(({ record }) => record.verdict === 'promoted').at(-1);
  const controls =
    request.controls && last
      ? await keepControls(request, {
          ground,
          training,
          generation: last.improver.generation,
          pause,
        })
      : [];
  return { start, tried, ...(last ? { last } : {}), controls };
}

/** The helpers of the expert line go by this name. */
const EXPERT = 'expert';

function startOf({ root, from }: GrowRequest): KeptImprover {
  if (from === EXPERT) return keepImprover(root, startImprover(expertSolver()));
  for (const { improver } of lineageFrom(root, from)) keepImprover(root, improver);
  const start = findImprover(root, from);
  const { verdict } = generationRecord(root, start.id) ?? {};
  if (verdict === 'rejected' || verdict === 'withdrawn')
    throw new PacelineError(
      'USAGE',
      `${from} was ${verdict}: nothing is built on it. Grow from its parent; paceline improver list shows what was promoted.`,
      { from, verdict },
    );
  return start;
}

function refuseOtherDomain({ improver }: KeptImprover, domain: Improver['domain']): void {
  if (improver.domain === domain) return;
  throw new PacelineError(
    'USAGE',
    `The tasks are of ${domain}, the start works on ${improver.domain}. Grow from ${domain === 'text' ? 'bare-text' : 'bare'}.`,
    { tasks: domain, start: improver.domain },
  );
}

/** Generation 0 as this solver has it. */
export function startImprover(solver: Solver): Improver {
  const { improver: bare } = findImprover('.', 'bare');
  return { ...bare, schema: IMPROVER_SCHEMA, ...partsOf(solver) };
}

interface Siblings {
  readonly ground: Ground;
  readonly training: Training;
  readonly generation: number;
  readonly pause: () => Promise<void>;
}

const GROWN = ['costs-only', 'random', 'expert-costs'] as const satisfies readonly LineName[];

/** Lines of the same total on the same tasks, kept so that a comparison can draw them. */
async function keepControls(
  { root, seed }: GrowRequest,
  siblings: Siblings,
): Promise<readonly KeptImprover[]> {
  const { ground, generation, pause } = siblings;
  const rng = publicRoot(`controls ${seed}`);
  const keep = (line: LineName, solver: Solver): KeptImprover =>
    keepControl(root, line, { ...siblings, solver });
  const long = pass(ground, bareSolver(ground.domain), generation);
  const { solver } = sleep(bareSolver(ground.domain), trainingSolutions(ground, long), {
    abstractions: ABSTRACTIONS * generation,
  });
  const kept = [keep('control', solver)];
  for (const line of GROWN) {
    // The helpers are of numbers.
    if (line === 'expert-costs' && ground.domain !== 'numbers') continue;
    const start = line === 'expert-costs' ? expertSolver() : bareSolver(ground.domain);
    const grown = await grow(ground, {
      start,
      generations: generation,
      sleeping: sleepingOf(line, start, rng.stream(-1, line)),
      onReading: pause,
    });
    kept.push(keep(line, grown.solver));
  }
  return kept;
}

function keepControl(
  root: string,
  line: LineName,
  { ground, training, generation, solver }: Siblings & { readonly solver: Solver },
): KeptImprover {
  const bare = keepImprover(root, bareImprover(ground.domain));
  return keepImprover(root, {
    ...bare.improver,
    generation,
    parent: bare.id,
    slots: { [TRAINING_SLOT]: { ...training, line } },
    ...partsOf(solver),
  });
}
