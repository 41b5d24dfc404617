/** The recursion of one seed, its guides measured on the way: when each held-out task is solved with each and without. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { publicRoot } from '../src/core/rng.ts';
import type { Checker } from '../src/synthesis/check-hidden.ts';
import { checkerOf } from '../src/synthesis/check-hidden.ts';
import type { Costs } from '../src/synthesis/costs.ts';
import { costsOf, uniformGrammar } from '../src/synthesis/costs.ts';
import type { Searched } from '../src/synthesis/enumerate.ts';
import { enumerate } from '../src/synthesis/enumerate.ts';
import type { Solver, SynthesisTask, TaskGroup, Wake } from '../src/synthesis/generation.ts';
import { sleep, wake } from '../src/synthesis/generation.ts';
import type { Term } from '../src/synthesis/language.ts';
import { bareLanguage } from '../src/synthesis/language.ts';
import { AHEAD } from '../src/synthesis/last-step.ts';
import type { Features } from '../src/synthesis/net/features.ts';
import { featuresOf } from '../src/synthesis/net/features.ts';
import { discounts, guidedCosts } from '../src/synthesis/net/guide.ts';
import type { Net } from '../src/synthesis/net/net.ts';
import { predict } from '../src/synthesis/net/net.ts';
import { learn, recognised } from '../src/synthesis/net/recognise.ts';
import { dreamsOf } from '../src/synthesis/net/samples.ts';
import type { Workspace } from '../src/synthesis/workspace.ts';
import { workspace } from '../src/synthesis/workspace.ts';
import { nearMissBits } from './improver-net-near.ts';

export const GENERATIONS = [0, 2, 4, 6] as const;
/** A wake's candidates: what recursion2.md did in one CPU-second. */
const WAKE = 450_000;
/** CPU milliseconds a task; the plain search is followed further to see when it has caught up. */
export const CUTS = [25, 50] as const;
export const PLAIN_MS = 250;
/** Candidates a task, in the place of CPU. */
export const CANDIDATES = [11_250, 22_500] as const;
export const PLAIN_CANDIDATES = 225_000;
const PLAIN_RUNS = 3;
/** Of the near misses' short search. */
const SHORT = 2_800;

/** What a task alone is searched with; `ahead`: one step ahead of what is kept. */
export const ARMS = {
  net: { net: true, near: false, ahead: false },
  near: { net: false, near: true, ahead: false },
  'net + near': { net: true, near: true, ahead: false },
  ahead: { net: false, near: false, ahead: true },
  'net + ahead': { net: true, near: false, ahead: true },
  'near + ahead': { net: false, near: true, ahead: true },
} as const;
export type Arm = keyof typeof ARMS;
export const ARM_NAMES = Object.keys(ARMS) as readonly Arm[];
/** Of the 140 tasks of A every second is tried; of B all. */
const EVERY_OF_A = 2;

type Family = 'A' | 'B';
interface Task extends SynthesisTask {
  readonly family: string;
  readonly split: 'train' | 'held-out';
}
interface Group extends TaskGroup {
  readonly tasks: readonly Task[];
}
/** When a task was solved. */
export interface Found {
  readonly cpuMs: number;
  readonly candidates: number;
}
/** Larger than any budget, and JSON. */
const NEVER_FOUND: Found = { cpuMs: 1e12, candidates: 1e12 };

export interface Measured {
  readonly generation: number;
  readonly family: Family;
  /** One row a run. */
  readonly plain: readonly (readonly Found[])[];
  readonly arms: Readonly<Record<Arm, readonly Found[]>>;
}
export interface Costed {
  readonly trainingMs: number;
  readonly lookMs: number;
}

const cpuMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

const ROOT = join(import.meta.dirname, '..');
function taskGroup(seed: number): Group {
  const script = join(ROOT, 'examples/meta/generated/generate.mjs');
  const printed = execFileSync(process.execPath, [script, '--seed', String(seed), '--everyday'], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const { domain, groups } = JSON.parse(printed);
  return { domain, ...groups[0] };
}

const familyOf = ({ family }: Task): Family => (family === 'everyday' ? 'B' : 'A');

function heldOut({ tasks }: Group): readonly Task[] {
  const held = tasks.filter(({ split }) => split === 'held-out');
  const ofA = held.filter((task) => familyOf(task) === 'A');
  return [
    ...ofA.filter((_, at) => at % EVERY_OF_A === 0),
    ...held.filter((task) => familyOf(task) === 'B'),
  ];
}

interface Trial {
  readonly solver: Solver;
  readonly group: Group;
  readonly held: readonly Task[];
  readonly check: Checker;
}

/** One search for all tasks: they have the same costs, so alone each would be found where it is here. */
function plainly({ solver, group, held, check }: Trial, space: Workspace): readonly Found[] {
  const started = process.cpuUsage();
  const found: Found[] = held.map(() => NEVER_FOUND);
  enumerate(
    {
      language: solver.language,
      domain: group.domain,
      costs: costsOf(solver.language, solver.grammar),
      inputs: group.examples,
      targets: held.map(({ outputs }) => outputs),
      goOn: (candidates) => candidates < PLAIN_CANDIDATES || cpuMs(started) < PLAIN_MS,
      found: (task, term, candidates) => {
        const at = { cpuMs: cpuMs(started), candidates };
        if (check(term, (held[task] as Task).hiddenOutputs)) found[task] = at;
      },
    },
    space,
  );
  return found;
}

const MOST_MS = Math.max(...CUTS);
const MOST_CANDIDATES = Math.max(...CANDIDATES);

/** What an arm has learnt of a task: costs, and what finding them took. */
interface Guided {
  readonly costs: Costs;
  readonly candidates: number;
}
interface Guiding {
  readonly task: Task;
  readonly guide: (task: Task) => Guided;
  readonly ahead: boolean;
}

/** A search for one task; its CPU and candidates begin with what its guide takes. */
function guidedly(
  { solver, group, check }: Trial,
  { task, guide, ahead }: Guiding,
  space: Workspace,
): Found {
  const started = process.cpuUsage();
  let found = NEVER_FOUND;
  const { costs, candidates: before } = guide(task);
  enumerate(
    {
      language: solver.language,
      domain: group.domain,
      costs,
      ...(ahead ? { ahead: AHEAD } : {}),
      inputs: group.examples,
      targets: [task.outputs],
      goOn: (candidates) => before + candidates < MOST_CANDIDATES || cpuMs(started) < MOST_MS,
      found: (_, term, candidates) => {
        const at = { cpuMs: cpuMs(started), candidates: before + candidates };
        if (check(term, task.hiddenOutputs)) found = at;
      },
    },
    space,
  );
  return found;
}

interface Learned extends Trial {
  readonly woken: Wake;
  /** Solved training tasks, in the solver's language. */
  readonly store: ReadonlyMap<number, Term>;
  readonly seed: number;
}

function measure(of: Learned, space: Workspace): readonly [readonly Measured[], Costed] {
  const { solver, group, held, store, woken, seed } = of;
  const { language, generation } = solver;
  const rng = publicRoot('improver-net').stream(generation, 'net', seed);
  // A dream that gives what a held-out task wants is left out, though no rule of the net asks for it.
  const secret = new Set(held.map(({ outputs }) => JSON.stringify(outputs)));
  const dreams = dreamsOf(woken.searched, rng.fork('dreams')).filter(
    ({ outputs }) => !secret.has(JSON.stringify(outputs)),
  );
  const solved = [...store].map(([task, term]) => ({
    term,
    outputs: (group.tasks[task] as Task).outputs,
  }));
  const started = process.cpuUsage();
  const net = learn(language, [{ inputs: group.examples, dreams, solved }], {
    rng: rng.fork('learn'),
  });
  const trainingMs = cpuMs(started);
  const costs = costsOf(language, solver.grammar);
  const features = featuresOf(language, group.examples);
  const costsFor = (task: Task): Costs => recognised(task.outputs, costs, { net, features });
  for (const task of held) costsFor(task); // Once for the compiler.
  const looked = process.cpuUsage();
  for (const task of held) costsFor(task);
  const lookMs = cpuMs(looked) / held.length;
  const guides = guidesOf(of, { net, features }, space);
  const arms = ARM_NAMES.map((arm) => {
    const { ahead } = ARMS[arm];
    return [
      arm,
      held.map((task) => guidedly(of, { task, guide: guides[arm], ahead }, space)),
    ] as const;
  });
  const plain = Array.from({ length: PLAIN_RUNS }, () => plainly(of, space));
  const measured = (['A', 'B'] as const).map((family): Measured => {
    const own = (found: readonly Found[]): readonly Found[] =>
      found.filter((_, at) => familyOf(held[at] as Task) === family);
    const byArm = Object.fromEntries(arms.map(([arm, found]) => [arm, own(found)]));
    return { generation, family, plain: plain.map(own), arms: byArm as Measured['arms'] };
  });
  return [measured, { trainingMs, lookMs }];
}

/** Every arm's way from a task to its costs. */
function guidesOf(
  { solver, group }: Trial,
  { net, features }: { readonly net: Net; readonly features: Features },
  space: Workspace,
): Readonly<Record<Arm, (task: Task) => Guided>> {
  const { language, grammar } = solver;
  const costs = costsOf(language, grammar);
  const short = (task: Task): Searched =>
    enumerate(
      {
        language,
        domain: group.domain,
        costs,
        inputs: group.examples,
        targets: [task.outputs],
        goOn: (candidates) => candidates < SHORT,
        found: () => undefined,
      },
      space,
    );
  const guide =
    (arm: Arm) =>
    ({ outputs, ...task }: Task): Guided => {
      const bits = ARMS[arm].net
        ? discounts(net, predict(net, features.of(outputs)))
        : new Float64Array(language.primitives.length);
      if (!ARMS[arm].near) return { costs: guidedCosts(costs, bits), candidates: 0 };
      const searched = short({ outputs, ...task });
      // What the short search solves, the second finds among its first.
      const near = nearMissBits(language, searched, outputs);
      const both = bits.map((one, prim) => one + (near[prim] as number));
      return { costs: guidedCosts(costs, both), candidates: searched.candidates };
    };
  return Object.fromEntries(ARM_NAMES.map((arm) => [arm, guide(arm)])) as ReturnType<
    typeof guidesOf
  >;
}

/** The recursion of recursion2.md §1.5 from bare primitives, with the net measured on the way. */
export function recursion(
  seed: number,
  say: (line: string) => void,
): readonly (readonly [readonly Measured[], Costed])[] {
  const space = workspace();
  const group = taskGroup(seed);
  const held = heldOut(group);
  const bare = bareLanguage(group.domain);
  let solver: Solver = { generation: 0, language: bare, grammar: uniformGrammar(bare) };
  let store: ReadonlyMap<number, Term> = new Map();
  const results: (readonly [readonly Measured[], Costed])[] = [];
  for (const last = Math.max(...GENERATIONS); ; ) {
    const check = checkerOf(solver.language, group.hidden);
    const goOn = (candidates: number): boolean => candidates < WAKE;
    const woken = wake({ solver, group, check, goOn }, space);
    const trained = [...woken.solved].filter(([task]) => group.tasks[task]?.split === 'train');
    store = new Map([...store, ...trained.map(([task, { term }]) => [task, term] as const)]);
    if (GENERATIONS.some((generation) => generation === solver.generation)) {
      results.push(measure({ solver, group, held, check, woken, store, seed }, space));
      say(`seed ${seed}, generation ${solver.generation}`);
    }
    if (solver.generation === last) return results;
    const slept = sleep(solver, store, { abstractions: 6 });
    ({ solver, solutions: store } = slept);
  }
}
