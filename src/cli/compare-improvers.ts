/** A comparison of improvers on the terminal: the lines as they are measured, the table, what may be said. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { FAMILIES_FILE } from '../app/improver-gp/policies.ts';
import {
  type Against,
  compareImprovers,
  type ImproverComparison,
} from '../app/improvers/compare/compare.ts';
import type { PolicyBudget } from '../app/improvers/compare/policies.ts';
import { isGenerator } from '../app/improvers/compare/tasks.ts';
import {
  findImprover,
  type KeptImprover,
  keepImprover,
  lineageFrom,
} from '../app/improvers/store.ts';
import { integer } from '../app/overrides.ts';
import { systemClock } from '../app/system-clock.ts';
import { EXIT, PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import type { SearchBudget } from '../improver/recursion/readings.ts';
import { countText } from '../reporters/report/number-text.ts';
import { saying } from './compare.ts';
import { watchPolicies } from './compare-policies.ts';
import { untilSignalled } from './interrupt.ts';
import { printResult, table } from './output.ts';

interface Options {
  readonly tasks?: string;
  readonly unit?: string;
  readonly amount?: string;
  readonly seeds?: string;
  readonly control?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const AMOUNTS = { 'cpu-ms': 1_000, candidates: 450_000 } as const;
const INTERRUPTED = 'paceline: interrupted; nothing was recorded. Compare again when you like.\n';
/** On all families of a seed, in either unit. */
const POLICY_AMOUNT = 960;
const SEEDS = '12';
const MOST_SEEDS = 1_000;
/** Far from the seeds that improvers are grown on by default. */
const FIRST_SEED = 1_001;

/** Returns the exit code. @throws PacelineError for what cannot be compared. */
export async function watchImprovers(
  root: string,
  [a, b]: readonly [string, string],
  options: Options,
): Promise<number> {
  const tasks = options.tasks ?? 'generated';
  if (isPolicies(root, tasks)) return watchOnPolicies(root, [a, b], { ...options, tasks });
  refuseControl(options, tasks);
  const budget = budgetOf(options);
  const seeds = seedsOf(options, isGenerator(tasks) ? SEEDS : '1');
  const say = saying(options);
  const began = seeds.length;
  return untilSignalled(
    async (signal) => {
      const found = await compareImprovers({
        root,
        first: takenIn(root, a),
        second: takenIn(root, b),
        tasks,
        seeds,
        budget,
        cpuMs: systemClock.cpuMs,
        signal,
        onLine: async (seed, line) => {
          const at = seed - (seeds[0] ?? 0) + 1;
          if (process.stderr.isTTY) say(`\rseed ${at} of ${began}: ${line.padEnd(24)}`);
          await turn();
        },
      });
      if (process.stderr.isTTY) say('\r');
      const json = { schema: 'paceline.compare-improvers/1', tasks, ...found } as unknown as Json;
      printResult(options, json, linesOf(found, tasks));
      return EXIT.done;
    },
    { said: INTERRUPTED },
  );
}

/** Of the GP engine: a folder with families of policies. */
async function watchOnPolicies(
  root: string,
  [a, b]: readonly [string, string],
  options: Options & { readonly tasks: string },
): Promise<number> {
  const { control, json, tasks } = options;
  const budget = options.unit || options.amount ? policyBudgetOf(options) : undefined;
  const seeds = seedsOf(options, SEEDS);
  return untilSignalled(
    async (signal) => {
      await watchPolicies({
        first: takenIn(root, a),
        second: takenIn(root, b),
        control: control === undefined ? undefined : takenIn(root, control),
        folder: resolve(root, tasks),
        tasks,
        seeds,
        budget,
        signal,
        json,
        say: saying(options),
      });
      return EXIT.done;
    },
    { said: INTERRUPTED },
  );
}

function isPolicies(root: string, tasks: string): boolean {
  return !isGenerator(tasks) && existsSync(join(resolve(root, tasks), FAMILIES_FILE));
}

function refuseControl({ control }: Options, tasks: string): void {
  if (control === undefined) return;
  throw new PacelineError(
    'USAGE',
    `--control names a line beside improvers of the GP engine, and ${tasks} poses programs: its controls are those that paceline improver grow --controls left. Leave it out.`,
    { control },
  );
}

/** With its parents: what they were trained on is known too. */
function takenIn(root: string, wanted: string): KeptImprover {
  for (const { improver } of lineageFrom(root, wanted)) keepImprover(root, improver);
  return findImprover(root, wanted);
}

/** Absent amount: as many steps as the usual budget of CPU time pays for. */
function policyBudgetOf(options: Options): PolicyBudget {
  const { unit, amount } = budgetOf({
    ...options,
    amount: options.amount ?? String(POLICY_AMOUNT),
  });
  return { unit: unit === 'candidates' ? 'evals' : unit, amount };
}

function budgetOf({ unit = 'cpu-ms', amount }: Options): SearchBudget {
  if (unit === 'usd')
    throw new PacelineError(
      'USAGE',
      'A solver asks no model, so both sides cost 0 US dollars and nothing is equal about that. Use --unit cpu-ms or evals.',
      { unit },
    );
  if (unit !== 'cpu-ms' && unit !== 'evals')
    throw new PacelineError('USAGE', `--unit takes cpu-ms or evals, not "${unit}".`, { unit });
  const own = unit === 'evals' ? 'candidates' : unit;
  const given = amount === undefined ? AMOUNTS[own] : integer('--amount', amount);
  if (given < 1) throw new PacelineError('USAGE', '--amount takes 1 or more.', { amount: given });
  return { unit: own, amount: given };
}

function seedsOf({ seeds }: Options, usual: string): readonly number[] {
  const count = integer('--seeds', seeds ?? usual);
  if (count < 1 || count > MOST_SEEDS)
    throw new PacelineError('USAGE', `--seeds takes 1 to ${MOST_SEEDS}.`, { count });
  return Array.from({ length: count }, (_, at) => FIRST_SEED + at);
}

const UNITS = { 'cpu-ms': 'CPU-ms', candidates: 'candidates' } as const;
const figure = (value: number): string => value.toFixed(1);
const whole = (value: number): string => countText(Math.round(value));

function linesOf(found: ImproverComparison, tasks: string): readonly string[] {
  const { budget, seeds, lines, missing, families, claims } = found;
  const known = seeds.reduce((sum, one) => sum + one.known, 0);
  const of = seeds[0]?.lines[0]?.of ?? 0;
  return [
    `Held-out tasks of ${tasks}, ${seeds.length} seeds of about ${of} each, ${whole(budget.amount)} ${UNITS[budget.unit]} for each line on all tasks of a seed.`,
    ...(known > 0
      ? [`${known} tasks were left out: one of the two was trained on what does the same.`]
      : []),
    '',
    ...table([
      ['line', 'solved %', '95 % interval', 'candidates to solve', 'candidates', 'CPU-ms', ''],
      ...lines.map((line) => [
        line.line,
        figure(line.percent),
        `${figure(line.interval[0])} to ${figure(line.interval[1])}`,
        whole(line.effort),
        whole(line.candidates),
        whole(line.cpuMs),
        line.about,
      ]),
    ]),
    ...(missing.length > 0
      ? [
          `Not drawn, because nobody grew them here with the second: ${missing.join(', ')} (paceline improver grow --controls).`,
        ]
      : []),
    '',
    ...table([
      ['family', ...lines.map(({ line }) => line)],
      ...families.map(({ family, solved }) => [
        family,
        ...lines.map(({ line }) => shareOf(solved[line])),
      ]),
    ]),
    '',
    ...claims.map(({ words }) => words),
    ...wonAll(claims),
  ];
}

const shareOf = (share: readonly [number, number] | undefined): string =>
  share === undefined ? '-' : `${share[0]} of ${share[1]}`;

/** The claim that was asked for stands first; this says where the others stop it. */
function wonAll([, ...others]: readonly Against[]): readonly string[] {
  const ahead = others.filter(({ finding }) => finding?.verdict === 'helped');
  return others.length === 0
    ? []
    : [`Shown to be better than ${ahead.length} of the ${others.length} lines beside the first.`];
}
