/**
 * Does one improver of the GP engine do better than another on families of policies that neither was made on, with
 * the same budget? Paired by seed, in an order drawn for each, beside lines that were frozen before the first run.
 */
import { type ClaimOverSeeds, claimOverSeeds, sidesOf } from '../../../claims/by-seed.ts';
import { PacelineError } from '../../../core/errors.ts';
import { publicRoot } from '../../../core/rng.ts';
import { shuffled } from '../../../core/shuffled.ts';
import { gpOf } from '../../../improver/gp/artifact-slots.ts';
import { LINES } from '../../../improver/gp/lines.ts';
import { clockMeter, evalsMeter, type Meter } from '../../../improver/gp/meter.ts';
import {
  type PolicyLine,
  type PolicyReading,
  policyLine,
  policyPairs,
  taskTable,
} from '../../../improver/gp/policy-comparison.ts';
import { regretOf } from '../../../improver/gp/regret.ts';
import { answer, search } from '../../../improver/gp/search.ts';
import { stepMs } from '../../../improver/gp/subject.ts';
import type { Forest } from '../../../lang/forest.ts';
import { loadPolicies, type PolicyEntry } from '../../improver-gp/policies.ts';
import type { KeptImprover } from '../store.ts';
import { titlesOf } from './lines.ts';

export interface PolicyBudget {
  readonly unit: 'cpu-ms' | 'evals';
  /** Of each line on all tasks of a seed, shared out in proportion to what a step of a task costs; evals evenly. */
  readonly amount: number;
}

export interface ComparedOnPolicies {
  readonly first: KeptImprover;
  readonly second: KeptImprover;
  /** Made with the same total, and with the first improver always searching. */
  readonly control?: KeptImprover | undefined;
  /** Folder of the families. */
  readonly folder: string;
  readonly seeds: readonly number[];
  /** Absent: CPU time of 120 steps of each task, at frozen prices. */
  readonly budget?: PolicyBudget | undefined;
  readonly cpuMs: () => number;
  readonly signal: AbortSignal;
  readonly onLine?: (seed: number, line: string) => Promise<void>;
}

/** Its difference is regret saved, in percentage points: positive is better. */
export interface PolicyClaim extends ClaimOverSeeds {
  readonly against: string;
  readonly tasksWon: number;
  readonly tasks: number;
}

export interface PolicyComparison {
  readonly first: string;
  readonly second: string;
  readonly budget: PolicyBudget;
  readonly readings: readonly PolicyReading[];
  readonly lines: readonly (PolicyLine & { readonly about: string })[];
  readonly missing: readonly string[];
  readonly tasks: ReturnType<typeof taskTable>;
  /** The second against the first, and against every other line. */
  readonly claims: readonly PolicyClaim[];
}

interface Line {
  readonly name: string;
  readonly about: string;
  readonly improver: Forest;
}

/** Steps that the usual budget pays for. */
const USUAL_STEPS = 120;
const WARM_SEED = -1;

/** @throws PacelineError CONFIG_INVALID for a folder without usable families, TASK_SET_INVALID where none is held out. */
export async function compareOnPolicies(asked: ComparedOnPolicies): Promise<PolicyComparison> {
  const policies = (await loadPolicies(asked.folder)).filter(({ split }) => split === 'held-out');
  if (policies.length === 0) throw nothingHeldOut(asked.folder);
  const budget = asked.budget ?? usualBudget(policies);
  const running = { policies, budget, cpuMs: asked.cpuMs };
  const lines = linesOf(asked);
  // Once for the compiler.
  readSeed(running, lines[0] as Line, WARM_SEED);
  const readings: PolicyReading[] = [];
  for (const seed of asked.seeds) {
    const order = publicRoot('order of a comparison').stream(seed, 'lines');
    for (const line of shuffled(lines, order)) {
      await asked.onLine?.(seed, line.name);
      asked.signal.throwIfAborted();
      readings.push(...readSeed(running, line, seed));
    }
  }
  return judged(asked, { lines, readings, budget });
}

function linesOf({ first, second, control }: ComparedOnPolicies): readonly Line[] {
  const [a, b] = titlesOf(first, second);
  const line = (name: string, about: string, { improver }: KeptImprover): Line => ({
    name,
    about,
    improver: gpOf(improver),
  });
  return [
    line(a, 'first', first),
    line(b, 'second', second),
    ...Object.entries(LINES).map(([name, improver]) => ({
      name,
      about: FROZEN[name] ?? '',
      improver,
    })),
    ...(control ? [line('control', 'same total, the first always searching', control)] : []),
  ];
}

const FROZEN: Readonly<Record<string, string>> = {
  textbook: 'Koza 1992, frozen',
  expert: 'set by hand, frozen',
  'expert + de-duplication': 'likewise, with the behaviour hash',
  'expert + de-duplication + twin': 'likewise, with the cheap twin',
};

function usualBudget(policies: readonly PolicyEntry[]): PolicyBudget {
  return { unit: 'cpu-ms', amount: Math.round(USUAL_STEPS * stepsOf(policies)) };
}

/** What a step of every task costs together, ms at frozen prices. */
const stepsOf = (policies: readonly PolicyEntry[]): number =>
  policies.reduce((sum, { subject }) => sum + stepMs(subject), 0);

interface Running {
  readonly policies: readonly PolicyEntry[];
  readonly budget: PolicyBudget;
  readonly cpuMs: () => number;
}

function readSeed(running: Running, line: Line, seed: number): readonly PolicyReading[] {
  return running.policies.map((policy) => {
    const { subject, costOf, scale, name } = policy;
    const beganMs = running.cpuMs();
    const meter = meterOf(running, policy);
    const rng = publicRoot(`held-out ${seed}`).stream(0, name);
    const found = answer(search({ improver: line.improver, subject, meter, rng }), (one) =>
      costOf(one.subject, one.forest),
    );
    const cost = found?.best.cost ?? null;
    if (cost === null) throw unscored(name);
    const cpuMs = running.cpuMs() - beganMs;
    return {
      line: line.name,
      task: name,
      seed,
      regret: regretOf(cost, scale),
      evals: found?.evals ?? 0,
      cpuMs,
    };
  });
}

function meterOf({ policies, budget, cpuMs }: Running, { subject }: PolicyEntry): Meter {
  const { unit, amount } = budget;
  if (unit === 'evals') {
    const evals = Math.max(1, Math.round(amount / policies.length));
    return evalsMeter(evals, evals * stepMs(subject));
  }
  return clockMeter((amount * stepMs(subject)) / stepsOf(policies), cpuMs);
}

interface Measured {
  readonly lines: readonly Line[];
  readonly readings: readonly PolicyReading[];
  readonly budget: PolicyBudget;
}

function judged(
  { control }: ComparedOnPolicies,
  { lines, readings, budget }: Measured,
): PolicyComparison {
  const [first, second, ...beside] = lines.map(({ name }) => name) as [string, string, ...string[]];
  return {
    first,
    second,
    budget,
    readings,
    lines: lines.map(({ name, about }) => ({ ...policyLine(readings, name), about })),
    missing: control ? [] : ['control'],
    tasks: taskTable(
      readings,
      lines.map(({ name }) => name),
    ),
    claims: [first, ...beside].map((other) => against(readings, second, other)),
  };
}

/** Words and difference are percentage points of regret saved. */
function against(readings: readonly PolicyReading[], one: string, other: string): PolicyClaim {
  const { saved, tasksWon, tasks } = policyPairs(readings, one, other);
  const points = saved.map((gain) => 100 * gain);
  const { words, ...claim } = claimOverSeeds(
    points,
    sidesOf(one, other, 'held-out families, regret saved'),
  );
  const families = `lower on ${tasksWon} of ${tasks} families`;
  return { ...claim, against: other, tasksWon, tasks, words: `${words}; ${families}` };
}

function unscored(task: string): PacelineError {
  return new PacelineError(
    'ORIGIN_FAILED',
    `The start of ${task} has no cost, so no regret can be told. Correct the family, or its start.`,
    { task },
  );
}

function nothingHeldOut(folder: string): PacelineError {
  return new PacelineError(
    'TASK_SET_INVALID',
    `${folder} holds no family that is held out. Mark some with split: 'held-out': on those of the training split improvers were made.`,
    { folder },
  );
}
