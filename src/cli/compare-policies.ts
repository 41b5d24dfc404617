/** A comparison of improvers of the GP engine on the terminal: lines, families, what may be said. */
import { setImmediate as turn } from 'node:timers/promises';
import {
  compareOnPolicies,
  type PolicyBudget,
  type PolicyComparison,
} from '../app/improvers/compare/policies.ts';
import type { KeptImprover } from '../app/improvers/store.ts';
import { systemClock } from '../app/system-clock.ts';
import type { Json } from '../core/json.ts';
import { countText } from '../reporters/report/number-text.ts';
import { printResult, table } from './output.ts';

export interface PoliciesOnTerminal {
  readonly first: KeptImprover;
  readonly second: KeptImprover;
  readonly control?: KeptImprover | undefined;
  readonly folder: string;
  readonly tasks: string;
  readonly seeds: readonly number[];
  readonly budget: PolicyBudget | undefined;
  readonly signal: AbortSignal;
  readonly json?: boolean | undefined;
  readonly say: (text: string) => void;
}

export async function watchPolicies(asked: PoliciesOnTerminal): Promise<void> {
  const { tasks, say, seeds } = asked;
  const found = await compareOnPolicies({
    ...asked,
    cpuMs: systemClock.cpuMs,
    onLine: async (seed, line) => {
      const at = seed - (seeds[0] ?? 0) + 1;
      if (process.stderr.isTTY) say(`\rseed ${at} of ${seeds.length}: ${line.padEnd(32)}`);
      await turn();
    },
  });
  if (process.stderr.isTTY) say('\r');
  const { tasks: byTask, ...rest } = found;
  const json = {
    schema: 'paceline.compare-policies/1',
    folder: tasks,
    tasks: byTask,
    ...rest,
  } as unknown as Json;
  printResult({ json: asked.json ?? false }, json, linesOf(found, asked));
}

const UNITS = { 'cpu-ms': 'CPU-ms', evals: 'evaluations' } as const;
const figure = (regret: number): string => (100 * regret).toFixed(1);
const whole = (value: number): string => countText(Math.round(value));

function linesOf(found: PolicyComparison, { tasks, seeds }: PoliciesOnTerminal): readonly string[] {
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
