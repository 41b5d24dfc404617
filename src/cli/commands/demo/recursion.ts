import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { unwritable } from '../../../app/file-fault.ts';
import { integer } from '../../../app/overrides.ts';
import { recursionJson, recursionReport } from '../../../app/recursion/report.ts';
import { type RecursionRequest, runRecursion } from '../../../app/recursion/run.ts';
import { systemClock } from '../../../app/system-clock.ts';
import { PacelineError } from '../../../core/errors.ts';
import {
  LINE_NAMES,
  type LineName,
  type Reading,
  type SearchBudget,
  type SeedRun,
} from '../../../improver/recursion/readings.ts';
import { recursionPage } from '../../../reporters/recursion/page.ts';
import { helpText } from '../../help.ts';
import { interruptible } from '../../interrupt.ts';
import { printResult } from '../../output.ts';
import { recursionText } from '../../recursion/text.ts';

interface RecursionOptions {
  readonly seeds: string;
  readonly firstSeed: string;
  readonly unit: SearchBudget['unit'];
  readonly workers: string;
  readonly html: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const AMOUNTS = { candidates: 450_000, 'cpu-ms': 1_000 } as const;
const GENERATIONS = 6;

export function addRecursion(demo: Command): void {
  demo
    .command('recursion')
    .description('A solver made of its own solutions, beside its controls, experts and ceiling')
    .option('--seeds <n>', 'paired seeds: tasks, inputs and chance follow from each', '6')
    .option('--first-seed <n>', 'the others follow it', '1')
    .addOption(
      new Option('--unit <name>', 'what every line has as much of in a generation')
        .choices(Object.keys(AMOUNTS))
        .default('candidates'),
    )
    .option(
      '--workers <n>',
      'processes at a time, each of up to 400 MB (900 with --unit cpu-ms)',
      '2',
    )
    .option('--html <file>', 'page with the curves', 'recursion.html')
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Generation k solves tasks; what its solutions share becomes abstractions, how often they use what becomes costs, and that is generation k+1. Measured on combinations that were never trained on, beside a control that spends as much without feeding anything back.',
          'Counted in candidates a run repeats exactly; in CPU milliseconds it is a race. Nothing is claimed under 12 seeds. JSON: paceline.recursion/1.',
        ],
        examples: ['demo recursion', 'demo recursion --seeds 12 --unit cpu-ms --json'],
      }),
    )
    .action(async (options: RecursionOptions) => {
      const file = resolve(options.html);
      const request = requestOf(options);
      // Not after minutes of work.
      orUnwritable(file, () => accessSync(dirname(file), constants.W_OK));
      const began = systemClock.monotonicMs();
      const runs = await interruptible(
        () => runRecursion(request, new AbortController().signal),
        'Interrupted; nothing is kept of it.\n',
      );
      const report = recursionReport(runs, systemClock.monotonicMs() - began);
      orUnwritable(file, () => writeFileSync(file, recursionPage(report)));
      printResult(options, recursionJson(report), [
        ...recursionText(report),
        '',
        `The curves as a page: ${file}`,
      ]);
    });
}

function orUnwritable(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw unwritable(file, error);
  }
}

function requestOf(options: RecursionOptions): RecursionRequest {
  const { unit } = options;
  const first = atLeast('--first-seed', options.firstSeed, 0);
  const seeds = atLeast('--seeds', options.seeds, 1);
  const followed = options.quiet ? {} : progress(seeds);
  return {
    seeds: Array.from({ length: seeds }, (_, at) => first + at),
    workers: atLeast('--workers', options.workers, 1),
    pool: 'generated',
    budget: { unit, amount: AMOUNTS[unit] },
    generations: GENERATIONS,
    lines: LINE_NAMES,
    texts: ['uniform', 'costs', 'library'],
    ...followed,
  };
}

function atLeast(flag: string, text: string, least: number): number {
  const value = integer(flag, text);
  if (value >= least && value <= MOST) return value;
  throw new PacelineError('USAGE', `${flag} takes ${least} to ${MOST}.`, { flag, text });
}

/** Seeds of the generators are below 2^32; nobody waits for so many. */
const MOST = 1_000_000;

/** The recursive curve of a seed as soon as it is there, and how many seeds are done. */
function progress(of: number): Pick<RecursionRequest, 'onReading' | 'onSeed'> {
  const isTty = process.stderr.isTTY === true;
  const began = systemClock.monotonicMs();
  const curves = new Map<number, number[]>();
  let done = 0;
  const say = (line: string): void =>
    void process.stderr.write(isTty ? `\r\u001b[K${line}\n` : `${line}\n`);
  const seconds = (): string => `${((systemClock.monotonicMs() - began) / 1000).toFixed(0)} s`;
  return {
    onReading: (seed: number, line: LineName, { generation, held }: Reading) => {
      if (isTty)
        process.stderr.write(
          `\r\u001b[K${done} of ${of} seeds; seed ${seed}: ${line}, generation ${generation}`,
        );
      if (line !== 'recursive') return;
      const curve = [...(curves.get(seed) ?? []), held.at(-1) ?? 0];
      curves.set(seed, curve);
      if (generation === GENERATIONS)
        say(
          `seed ${seed}, unseen combinations solved by generations 0 to ${GENERATIONS}: ${curve.join(', ')} (${seconds()})`,
        );
    },
    onSeed: ({ seed, of: { held } }: SeedRun) => {
      done += 1;
      say(
        `seed ${seed}: all lines, ${held} unseen combinations each; ${done} of ${of} seeds (${seconds()})`,
      );
    },
  };
}
