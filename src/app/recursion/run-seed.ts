/** One seed of the recursion experiment: every line over the same tasks, in one process. */
import { publicRoot } from '../../core/rng.ts';
import type {
  LineName,
  Reading,
  SearchBudget,
  SeedRun,
  TextLine,
} from '../../improver/recursion/readings.ts';
import { LINE_NAMES } from '../../improver/recursion/readings.ts';
import type { Workspace } from '../../synthesis/workspace.ts';
import { MOST_KEPT, VALUE_CELLS, workspace } from '../../synthesis/workspace.ts';
import { generateTaskSet } from '../task-sets/generate.ts';
import type { TaskGroup } from '../task-sets/schema.ts';
import type { Line } from './lines.ts';
import { bareSolver, control, expertSolver, grow, oracleSolver, sleepingOf } from './lines.ts';
import type { Ground, Pass } from './pass.ts';
import { EVERYDAY, partsOf, pass, reading } from './pass.ts';
import { exampleShown, libraryShown } from './shown.ts';
import { readOnTexts } from './text.ts';

export interface SeedRequest {
  readonly seed: number;
  readonly pool: 'generated' | 'deep';
  readonly budget: SearchBudget;
  /** Generations after the start, at least 1. */
  readonly generations: number;
  readonly lines: readonly LineName[];
  /** Solvers that are tried on texts; none: no texts are made. */
  readonly texts: readonly TextLine[];
}

export interface SeedTools {
  readonly cpuMs: () => number;
  /** Largest resident memory of this process so far. */
  readonly peakMb: () => number;
  /** Awaited: a chance to be stopped. */
  readonly onReading: (line: LineName, reading: Reading) => Promise<void>;
}

/** Candidates of the search that is thrown away, so that nobody's first one pays for compiling. */
const WARM_UP = 200_000;

export async function runSeed(
  request: SeedRequest,
  tools: SeedTools,
  signal: AbortSignal,
): Promise<SeedRun> {
  const { seed, pool, budget, generations } = request;
  const { cpuMs, peakMb } = tools;
  const group = await groupOf(pool, seed, signal);
  const texts = request.texts.length > 0 ? await groupOf('text', seed, signal) : undefined;
  const parts = partsOf(group);
  const space = spaceFor(request);
  const ground: Ground = { domain: 'numbers', group, parts, budget, space, cpuMs };
  pass({ ...ground, budget: { unit: 'candidates', amount: WARM_UP } }, bareSolver());
  const began = cpuMs();
  const lines = await grownLines(ground, request, tools);
  const peakOfLines = peakMb();
  const { recursive } = lines.grown;
  const long = await longLines(ground, request, { ...tools, ...lines });
  const readings = { ...lines.readings, ...long };
  const onTexts = { lines: request.texts, grown: lines.grown, generations };
  const example = recursive && exampleShown(ground, lines.first('bare'), recursive);
  return {
    seed,
    pool,
    budget,
    generations,
    of: { held: parts.held.length, everyday: parts.everyday.length, train: parts.train.length },
    lines: readings,
    ...(texts ? { text: readOnTexts({ ...ground, group: texts }, onTexts) } : {}),
    ...(recursive ? { library: libraryShown(recursive) } : {}),
    ...(example ? { example } : {}),
    peakMb: { lines: peakOfLines, all: peakMb() },
    cpuMs: Math.round(cpuMs() - began),
  };
}

async function groupOf(
  name: 'generated' | 'deep' | 'text',
  seed: number,
  signal: AbortSignal,
): Promise<TaskGroup> {
  const { set } = await generateTaskSet(
    { name, seed, flags: name === 'text' ? [] : [EVERYDAY] },
    signal,
  );
  return set.groups[0] as TaskGroup;
}

type Start = 'bare' | 'expert' | 'oracle';
const STARTS = { bare: bareSolver, expert: expertSolver, oracle: oracleSolver } as const;

/** Lines that grow, and where each starts; the first to start somewhere searches for the others. */
const GROWING: Readonly<Partial<Record<LineName, Start>>> = {
  recursive: 'bare',
  retried: 'bare',
  'costs-only': 'bare',
  random: 'bare',
  expert: 'expert',
  'expert-costs': 'expert',
  'expert-recursive': 'expert',
  robust: 'expert',
  oracle: 'oracle',
};

type Readings = Partial<Record<LineName, readonly Reading[]>>;

export interface GrownLines {
  readonly readings: Readings;
  readonly grown: Readonly<Partial<Record<LineName, Line>>>;
  readonly first: (start: Start) => Pass;
}

async function grownLines(
  ground: Ground,
  request: SeedRequest,
  tools: SeedTools,
): Promise<GrownLines> {
  const firsts = new Map<Start, Pass>();
  const first = (start: Start): Pass => {
    const made = firsts.get(start) ?? pass(ground, STARTS[start]());
    firsts.set(start, made);
    return made;
  };
  const grown: Partial<Record<LineName, Line>> = {};
  const root = publicRoot(`recursion ${request.seed}`);
  for (const name of LINE_NAMES) {
    const from = GROWING[name];
    if (from === undefined || !request.lines.includes(name)) continue;
    const start = STARTS[from]();
    const isRetried = name === 'retried';
    const own = isRetried ? { ...ground, retried: new Set(ground.parts.train) } : ground;
    grown[name] = await grow(own, {
      start,
      generations: name === 'expert' ? 0 : request.generations,
      sleeping: sleepingOf(name, start, root.stream(-1, name)),
      first: isRetried ? undefined : first(from),
      onReading: (read) => tools.onReading(name, read),
    });
  }
  const readings = Object.fromEntries(
    Object.entries(grown).map(([name, line]) => [name, line.readings]),
  );
  return { readings, grown, first };
}

/** What the start alone finds with the whole total, and what mining makes of it. */
async function longLines(
  ground: Ground,
  { lines, generations }: SeedRequest,
  { first, onReading }: SeedTools & GrownLines,
): Promise<Readings> {
  const wanted = (['longer', 'control'] as const).filter((name) => lines.includes(name));
  if (wanted.length === 0) return {};
  const start = bareSolver();
  const long = pass(ground, start, generations + 1);
  const none = { madeMs: 0, abstractions: 0 };
  const readings: Readings = {};
  if (wanted.includes('longer')) {
    const longer = reading(ground, long, { generation: generations, ...none });
    await onReading('longer', longer);
    readings.longer = [longer];
  }
  if (wanted.includes('control')) {
    const atStart = reading(ground, first('bare'), { generation: 0, ...none });
    await onReading('control', atStart);
    readings.control = await control(ground, {
      start,
      generations,
      long,
      first: atStart,
      onReading: (read) => onReading('control', read),
    });
  }
  return readings;
}

/** Candidates per millisecond that no machine of ours exceeds, so that the longest search finds room. */
const FASTEST = 2_000;
/** Of candidates, those that have a value of their own; cells for each. */
const KEPT_SHARE = 0.45;
const CELLS_EACH = 23;
/** Lists of characters are longer. */
const TEXT_CELLS_EACH = 45;

/** Pages that no search touches take no memory. */
function spaceFor({ budget, generations, texts }: SeedRequest): Workspace {
  const total = (generations + 1) * budget.amount * (budget.unit === 'candidates' ? 1 : FASTEST);
  const kept = Math.ceil(KEPT_SHARE * total);
  const cells = Math.max(
    VALUE_CELLS,
    (texts.includes('longer') ? TEXT_CELLS_EACH : CELLS_EACH) * kept,
  );
  return workspace(Math.max(MOST_KEPT, kept), cells);
}
