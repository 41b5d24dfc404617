/** A comparison of improvers of the GP engine on the terminal: lines, families, what may be said. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { FAMILIES_FILE } from '../app/improver-gp/policies.ts';
import {
  compareOnPolicies,
  type PolicyBudget,
  type PolicyComparison,
} from '../app/improvers/compare/policies.ts';
import { isGenerator } from '../app/improvers/compare/tasks.ts';
import { systemClock } from '../app/system-clock.ts';
import { EXIT, PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { countText } from '../reporters/report/number-text.ts';
import {
  budgetOf,
  type ImproverOptions,
  seedsOf,
  showProgress,
  takenIn,
} from './compare-improvers.ts';
import { untilSignalled } from './interrupt.ts';
import { printResult, table } from './output.ts';

interface Options extends ImproverOptions {
  readonly control?: string;
}

const SEEDS = '12';
/** On all families of a seed, in either unit, where only the unit is given. */
const AMOUNT = '960';
/** A generator of tasks: seeds are counted as theirs are. */
const COUNTED = 'generated';

/** Whether the folder holds families of policies, on which improvers of the GP engine are compared. */
export function isPolicies(root: string, tasks: string | undefined): boolean {
  if (tasks === undefined || isGenerator(tasks)) return false;
  return existsSync(join(resolve(root, tasks), FAMILIES_FILE));
}

/** Returns the exit code. @throws PacelineError for what cannot be compared. */
export async function watchPolicies(
  root: string,
  [a, b]: readonly [string, string],
  options: Options & { readonly tasks: string },
): Promise<number> {
  const { control, tasks, reveal } = options;
  if (reveal !== undefined) throw refuseReveal(tasks);
  const seeds = seedsOf({ seeds: options.seeds ?? SEEDS }, COUNTED);
  const asked = {
    first: takenIn(root, a),
    second: takenIn(root, b),
    control: control === undefined ? undefined : takenIn(root, control),
    folder: resolve(root, tasks),
    seeds,
    budget: options.unit || options.amount ? policyBudget(options) : undefined,
    cpuMs: systemClock.cpuMs,
  };
  return untilSignalled(
    async (signal) => {
      const onLine = async (seed: number, line: string): Promise<void> => {
        showProgress(options, `${seeds.indexOf(seed) + 1} of ${seeds.length}`, line);
        await turn();
      };
      const found = await compareOnPolicies({ ...asked, signal, onLine });
      const json = { schema: 'paceline.compare-policies/1', folder: tasks, ...found };
      printResult(options, json as unknown as Json, linesOf(found, { tasks, seeds }));
      return EXIT.done;
    },
    { said: 'paceline: interrupted; nothing was recorded. Compare again when you like.\n' },
  );
}

function policyBudget(options: Options): PolicyBudget {
  const { unit, amount } = budgetOf({ ...options, amount: options.amount ?? AMOUNT });
  return { unit: unit === 'candidates' ? 'evals' : unit, amount };
}

function refuseReveal(tasks: string): PacelineError {
  return new PacelineError(
    'USAGE',
    `--reveal opens a sealed pool, and ${tasks} holds families of policies. Leave it out.`,
    { tasks },
  );
}

/** Of what holds no families. @throws PacelineError USAGE */
export function refuseControl({ control }: { readonly control?: string }): void {
  if (control === undefined) return;
  throw new PacelineError(
    'USAGE',
    '--control names a line beside improvers of the GP engine, and these tasks pose programs: their controls are those that paceline improver grow --controls left. Leave it out.',
    { control },
  );
}

const UNITS = { 'cpu-ms': 'CPU-ms', evals: 'evaluations' } as const;
const figure = (regret: number): string => (100 * regret).toFixed(1);
const whole = (value: number): string => countText(Math.round(value));

interface Shown {
  readonly tasks: string;
  readonly seeds: readonly number[];
}

function linesOf(found: PolicyComparison, { tasks, seeds }: Shown): readonly string[] {
  const { budget, lines, missing, claims } = found;
  const ahead = claims.slice(1).filter(({ finding }) => finding?.verdict === 'helped');
  return [
    `Held-out families of ${tasks}, ${seeds.length} seeds, ${whole(budget.amount)} ${UNITS[budget.unit]} for each line on all families of a seed.`,
    'Regret in percent: 100 is what the search began with, 0 the best that is known.',
    '',
    ...table([
      ['line', 'mean regret %', '95 % interval', 'evaluations', 'CPU-ms', ''],
      ...lines.map(({ line, regret, interval, evals, cpuMs, about }) => [
        line,
        figure(regret),
        `${figure(interval[0])} to ${figure(interval[1])}`,
        whole(evals),
        whole(cpuMs),
        about,
      ]),
    ]),
    ...(missing.length > 0
      ? [
          `Not drawn: ${missing.join(', ')}. Make one with the same total, from the first improver and under no other, and name it with --control.`,
        ]
      : []),
    '',
    ...table([
      ['mean regret % on', ...lines.map(({ line }) => line)],
      ...found.tasks.map(({ task, regrets }) => [
        task,
        ...lines.map(({ line }) => figure(regrets[line] ?? Number.NaN)),
      ]),
    ]),
    '',
    ...claims.map(({ words }) => words),
    `Shown to be better than ${ahead.length} of the ${claims.length - 1} lines beside the first.`,
  ];
}
