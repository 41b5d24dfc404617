/** A comparison of improvers on the terminal: the lines as they are measured, the table, what may be said. */
import { setImmediate as turn } from 'node:timers/promises';
import { compareImprovers, type ImproverComparison } from '../app/improvers/compare/compare.ts';
import type { Against } from '../app/improvers/compare/findings.ts';
import { earlierJournals } from '../app/improvers/compare/journal.ts';
import { recordedTasks } from '../app/improvers/compare/recorded-tasks.ts';
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
import { cutsOf } from '../improver/comparison.ts';
import type { SearchBudget } from '../improver/recursion/readings.ts';
import { countText } from '../reporters/report/number-text.ts';
import { saying } from './compare.ts';
import { untilSignalled } from './interrupt.ts';
import { printResult, table } from './output.ts';

export interface ImproverOptions {
  readonly tasks?: string;
  readonly unit?: string;
  readonly amount?: string;
  readonly seeds?: string;
  readonly reveal?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const AMOUNTS = { 'cpu-ms': 1_000, candidates: 450_000 } as const;
const SEEDS = '12';
const MOST_SEEDS = 1_000;
/** Far from the seeds that improvers are grown on by default. */
const FIRST_SEED = 1_001;

/** Returns the exit code. @throws PacelineError for what cannot be compared. */
export async function watchImprovers(
  root: string,
  [a, b]: readonly [string, string],
  options: ImproverOptions,
): Promise<number> {
  const tasks = options.tasks ?? 'generated';
  const asked = { root, tasks, budget: budgetOf(options), cpuMs: systemClock.cpuMs };
  const two = { first: takenIn(root, a), second: takenIn(root, b) };
  const { reveal } = options;
  const drawn = recordedTasks(root, { tasks, reveal, seeds: seedsOf(options, tasks) });
  const earlier = earlierJournals(root, [two.first.id, two.second.id]);
  const { ledger, seeds } = drawn;
  return untilSignalled(
    async (signal) => {
      const onLine = async (seed: number, line: string): Promise<void> => {
        showProgress(options, `${seeds.indexOf(seed) + 1} of ${seeds.length}`, line);
        await turn();
      };
      const found = await compareImprovers({ ...asked, ...two, ...drawn, signal, onLine });
      const said = { schema: 'paceline.compare-improvers/1', tasks, ledger, earlier, ...found };
      printResult(options, said as unknown as Json, [
        ...linesOf(found, tasks),
        ...(earlier > 0 ? [earlierWords(earlier)] : []),
        `Record: ${ledger} (paceline verify ${drawn.named} derives it again)`,
      ]);
      return EXIT.done;
    },
    {
      said: `paceline: interrupted; what was planned stands in ${ledger}, without a result. Compare again when you like.\n`,
    },
  );
}

/** A seed is told by its place: that of a seal is nobody's business before the end. */
export function showProgress(options: ImproverOptions, place: string, line: string): void {
  if (process.stderr.isTTY) saying(options)(`\rseed ${place}: ${line.padEnd(24)}\r`);
}

const earlierWords = (earlier: number): string =>
  `These two were compared ${earlier} time${earlier === 1 ? '' : 's'} before: each has its own 5 %, so read all of them, not the best.`;

/** With its parents: what they were trained on is known too. */
export function takenIn(root: string, wanted: string): KeptImprover {
  for (const { improver } of lineageFrom(root, wanted)) keepImprover(root, improver);
  return findImprover(root, wanted);
}

export function budgetOf({ unit = 'cpu-ms', amount }: ImproverOptions): SearchBudget {
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

export function seedsOf({ seeds, reveal }: ImproverOptions, tasks: string): readonly number[] {
  if (reveal !== undefined && seeds !== undefined)
    throw new PacelineError('USAGE', '--seeds is of generators: a seal has one. Leave it out.');
  if (seeds === undefined && !isGenerator(tasks)) return [FIRST_SEED];
  const count = integer('--seeds', seeds ?? SEEDS);
  if (count < 1 || count > MOST_SEEDS)
    throw new PacelineError('USAGE', `--seeds takes 1 to ${MOST_SEEDS}.`, { count });
  return Array.from({ length: count }, (_, at) => FIRST_SEED + at);
}

const UNITS = { 'cpu-ms': 'CPU-ms', candidates: 'candidates' } as const;
const figure = (value: number): string => value.toFixed(1);
const whole = (value: number): string => countText(Math.round(value));

function linesOf(found: ImproverComparison, tasks: string): readonly string[] {
  const { budget, seeds, lines, missing, families, claims } = found;
  const unrecognised = [...new Set(seeds.flatMap((one) => one.unrecognised))];
  const known = seeds.reduce((sum, one) => sum + one.known, 0);
  const of = seeds[0]?.lines[0]?.of ?? 0;
  const drawn = seeds.length === 1 ? 'one draw' : `${seeds.length} draws`;
  return [
    `Held-out tasks of ${tasks}, ${drawn} of about ${of}, ${whole(budget.amount)} ${UNITS[budget.unit]} for each line on all tasks of a seed.`,
    ...(known > 0
      ? [`${known} tasks were left out: one of the two was trained on what does the same.`]
      : []),
    ...(unrecognised.length > 0
      ? [
          `What was learned from ${unrecognised.join(', ')} cannot be recognised among these tasks: too few inputs are the same. Some of them may be known.`,
        ]
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
    ...lines.flatMap(({ line }) => cutLines(seeds, line)),
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

/** Where memory ended a search, with which tasks open: it had less than its budget. */
function cutLines(all: ImproverComparison['seeds'], line: string): readonly string[] {
  const { seeds, share, unsolved } = cutsOf(all, line);
  if (seeds === 0) return [];
  const open = Object.entries(unsolved).map(([family, count]) => `${count} ${family}`);
  return [
    `Memory ended ${line} on ${seeds} of ${all.length} seeds, with ${Math.round(100 * share)} % of its budget spent and ${open.join(', ') || 'no'} tasks open: not an equal budget.`,
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
