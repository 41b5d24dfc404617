/** A lineage grown in this folder, from a generation on, with the control lines of its last generation if wanted. */
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { PacelineError } from '../../core/errors.ts';
import { publicRoot } from '../../core/rng.ts';
import { bareImprover, IMPROVER_SCHEMA, type Improver } from '../../improver/artifact.ts';
import type { LineName, SearchBudget } from '../../improver/recursion/readings.ts';
import { partsOf, solverOf } from '../../improver/solver.ts';
import { acquireLock, type StudyLock } from '../../stores/study-lock.ts';
import { fingerprintOf } from '../../synthesis/fingerprint.ts';
import { type Solver, sleep } from '../../synthesis/generation.ts';
import { mixed } from '../../synthesis/mix.ts';
import { MOST_KEPT, workspace } from '../../synthesis/workspace.ts';
import { ABSTRACTIONS, bareSolver, expertSolver, grow, sleepingOf } from '../recursion/lines.ts';
import { type Ground, pass, trainingSolutions } from '../recursion/pass.ts';
import { stateFolder } from '../study-files.ts';
import { systemClock } from '../system-clock.ts';
import type { TaskGroup } from '../task-sets/schema.ts';
import type { SiblingName } from './compare/lines.ts';
import { isGenerator } from './compare/tasks.ts';
import { type Grown, growLineage } from './grow.ts';
import { freshClaims, lineageGround } from './lineage-ground.ts';
import { parentFrom } from './parent.ts';
import { findImprover, type KeptImprover, keepImprover } from './store.ts';
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

/** @throws PacelineError STUDY_LOCKED while another process grows here. */
export async function growHere(request: GrowRequest): Promise<GrownHere> {
  const lock = growLock(request.root);
  try {
    return await grownHere(request);
  } finally {
    lock.release();
  }
}

/** Two at once would decide the same generation twice, each on draws of its own. */
function growLock(root: string): StudyLock {
  const folder = join(stateFolder(root), 'improvers');
  try {
    return acquireLock(folder, 'improvers', systemClock.wallMs());
  } catch (error) {
    if (!PacelineError.is(error) || error.code !== 'STUDY_LOCKED') throw error;
    const by = typeof error.data['pid'] === 'number' ? ` (process ${error.data['pid']})` : '';
    throw new PacelineError(
      'STUDY_LOCKED',
      `Another process${by} grows improvers in this folder, and two would decide the same generation twice. Wait until it ends, or grow in another folder.`,
      error.data,
    );
  }
}

async function grownHere(request: GrowRequest): Promise<GrownHere> {
  const { root, tasks, seed, budget, generations, share, cpuMs, signal } = request;
  const asked = { root, tasks, seed, budget, cpuMs, signal, space: workspace(MOST_KEPT) };
  const { ground, validation, set } = await lineageGround(asked);
  const start = startOf(request);
  refuseOtherDomain(start, set.set.domain);
  const pause = async (): Promise<void> => {
    await turn();
    signal.throwIfAborted();
  };
  const behaviour = isGenerator(tasks) ? {} : { behaviour: printed(ground.group) };
  const training = { name: tasks, seed, set: set.id, candidates: budget.amount, ...behaviour };
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
          training: { ...training, beside: last.improver.generation },
          generation: last.improver.generation,
          start,
          // Of the start, and of every attempt before the one that stands.
          searches: 1 + tried.indexOf(last),
          pause,
        })
      : [];
  return { start, tried, ...(last ? { last } : {}), controls };
}

const printed = (group: TaskGroup): NonNullable<Training['behaviour']> => {
  const { inputs, tasks } = fingerprintOf(group);
  return { inputs: [...inputs], tasks: [...tasks] };
};

/** The helpers of the expert line go by this name. */
const EXPERT = 'expert';

function startOf({ root, from }: GrowRequest): KeptImprover {
  if (from === EXPERT) return keepImprover(root, startImprover(expertSolver()));
  return parentFrom(root, from);
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
  /** What the line that is used began with, and the searches of training tasks that it took. */
  readonly start: KeptImprover;
  readonly searches: number;
  readonly pause: () => Promise<void>;
}

const GROWN = ['costs-only', 'random', 'expert-costs'] as const satisfies readonly LineName[];

/** Lines of the same total on the same tasks, kept so that a comparison can draw them. */
async function keepControls(
  { root, seed, share }: GrowRequest,
  siblings: Siblings,
): Promise<readonly KeptImprover[]> {
  const { ground, generation, start, searches, pause } = siblings;
  const rng = publicRoot(`controls ${seed}`);
  const bare = keepImprover(root, bareImprover(ground.domain));
  const keep = (line: SiblingName, made: Made): KeptImprover =>
    keepControl(root, { ...siblings, line, from: bare, ...made });
  const kept = [
    keep('control', longSearch(ground, { from: bare, times: generation, steps: generation })),
  ];
  if (start.id !== bare.id) {
    await pause();
    const steps = generation - start.improver.generation;
    const made = longSearch(ground, { from: start, times: searches, steps, share });
    kept.push(keep('control-start', { ...made, from: start }));
  }
  for (const line of GROWN) {
    // The helpers are of numbers.
    if (line === 'expert-costs' && ground.domain !== 'numbers') continue;
    const from = line === 'expert-costs' ? expertSolver() : bareSolver(ground.domain);
    const { solver } = await grow(ground, {
      start: from,
      generations: generation,
      sleeping: sleepingOf(line, from, rng.stream(-1, line)),
      onReading: pause,
    });
    kept.push(keep(line, { solver }));
  }
  return kept;
}

interface Made {
  readonly solver: Solver;
  /** Of the total, where memory ended the search. */
  readonly searched?: number;
  readonly from?: KeptImprover;
}

interface Long {
  readonly from: KeptImprover;
  /** Budgets of its one search. */
  readonly times: number;
  /** Generations whose abstractions it may have. */
  readonly steps: number;
  readonly share?: number;
}

/** Solver 0 does all solving: as many candidates as the line took, then as many abstractions at once. */
function longSearch(ground: Ground, { from, times, steps, share = 0 }: Long): Made {
  const start = solverOf(from.improver);
  const long = pass(ground, start, times);
  const { solver } = sleep(start, trainingSolutions(ground, long), {
    abstractions: ABSTRACTIONS * steps,
    refit: (language, learned) =>
      share === 0 ? learned : mixed(language, learned, { start, share }),
  });
  const { end, candidates } = long.searched;
  const isCut = end === 'memory';
  return { solver, ...(isCut ? { searched: candidates / (times * ground.budget.amount) } : {}) };
}

type Keeping = Siblings & Made & { readonly line: SiblingName; readonly from: KeptImprover };

function keepControl(
  root: string,
  { training, solver, searched, from, line }: Keeping,
): KeptImprover {
  const slot = { ...training, line, ...(searched === undefined ? {} : { share: searched }) };
  return keepImprover(root, {
    ...from.improver,
    generation: from.improver.generation + 1,
    parent: from.id,
    slots: { ...from.improver.slots, [TRAINING_SLOT]: slot },
    ...partsOf(solver),
    net: null,
    mechanism: null,
  });
}
