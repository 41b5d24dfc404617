import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { loadConfig } from '../../app/config.ts';
import { copyExample } from '../../app/examples.ts';
import {
  NOISES,
  type NoiseName,
  type NullReport,
  nullReportJson,
  runNullStudies,
} from '../../app/null-study/report.ts';
import { integer } from '../../app/overrides.ts';
import { systemClock } from '../../app/system-clock.ts';
import { PacelineError } from '../../core/errors.ts';
import { helpText } from '../help.ts';
import { nullTable } from '../null-table.ts';
import { printResult } from '../output.ts';
import { type WatchOptions, watch } from '../watch.ts';
import { addHostile } from './demo/hostile.ts';
import { addOrganisms } from './demo/organisms.ts';
import { addRecursion } from './demo/recursion.ts';

export function addDemo(program: Command): void {
  const demo = program
    .command('demo')
    .enablePositionalOptions()
    .description(
      'Show it: improve a bin-packing heuristic in one minute, measure our own errors, or attack the jail',
    )
    .option('--directory <folder>', 'folder to make for the study', 'paceline-demo')
    .option('--open', 'open the report when done')
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print the result as JSON on the last line of stdout')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Makes a bin-packing folder and runs its study to the report. JSON: paceline.run/1.',
        ],
        examples: ['demo', 'demo null --studies 400 --planted 2 --noise lucky'],
      }),
    )
    .action(async (options: WatchOptions & { readonly directory: string }) => {
      const folder = copyExample('bin-packing', freeFolder(options.directory));
      const { config } = loadConfig(join(folder, 'paceline.yaml'));
      process.stderr.write(`Made ${folder}; its paceline.yaml is what runs now.\n`);
      process.exitCode = await watch(folder, options, (engine) => engine.start(config));
    });
  addNull(demo);
  addHostile(demo);
  addOrganisms(demo);
  addRecursion(demo);
}

interface NullOptions {
  readonly studies: string;
  readonly planted?: string;
  readonly plantedSpread?: string;
  readonly stopAtRandom?: boolean;
  readonly noise: NoiseName;
  readonly candidates: string;
  readonly seed: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

function addNull(demo: Command): void {
  demo
    .command('null')
    .description('Studies in which the truth is known: how often is something promoted in error?')
    .option('--studies <n>', 'studies to run', '400')
    .option(
      '--planted <sigma>',
      'also run as many studies with one candidate better by so many sigma',
    )
    .option(
      '--planted-spread <ratio>',
      'spread of that candidate over the origin’s (default: drawn like everyone’s)',
    )
    .option('--stop-at-random', 'stop each study at an evaluation drawn at random')
    .addOption(
      new Option('--noise <name>', 'noise of an evaluation')
        .choices(Object.keys(NOISES))
        .default('gaussian'),
    )
    .option('--candidates <n>', 'candidates of a study', '50')
    .option('--seed <text>', 'the same seed gives the same figures', '1')
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', `\nNoise:\n${noiseHelp()}\n${NULL_EXAMPLES}`)
    .action(async (options: NullOptions) => {
      const report = await runNullStudies({
        studies: atLeastOne('--studies', options.studies),
        candidates: atLeastOne('--candidates', options.candidates),
        ...plantedOf(options),
        stopsAtRandom: options.stopAtRandom === true,
        noise: options.noise,
        seed: options.seed,
        clock: systemClock,
        onStudy: options.quiet ? () => undefined : progressLine(),
      });
      printNull(options, report);
    });
}

const NULL_EXAMPLES = `
Examples:
  $ paceline demo null --studies 400
  $ paceline demo null --studies 400 --stop-at-random
  $ paceline demo null --studies 400 --planted 2 --planted-spread 1 --noise hetero
  $ paceline demo null --studies 400 --planted 2 --noise timing --json`;

function noiseHelp(): string {
  return Object.entries(NOISES)
    .map(([name, meaning]) => `  ${name.padEnd(9)} ${meaning}`)
    .join('\n');
}

function printNull(options: NullOptions, report: NullReport): void {
  printResult(options, nullReportJson(report), nullTable(report));
}

function atLeastOne(flag: string, text: string): number {
  const value = integer(flag, text);
  if (value >= 1) return value;
  throw new PacelineError('USAGE', `${flag} takes at least 1.`, { flag, text });
}

function plantedOf({ planted, plantedSpread }: NullOptions) {
  if (planted === undefined && plantedSpread !== undefined)
    throw new PacelineError('USAGE', '--planted-spread needs --planted: nothing is planted.', {});
  return {
    ...(planted === undefined ? {} : { planted: aboveZero('--planted', planted) }),
    ...(plantedSpread === undefined
      ? {}
      : { plantedSd: aboveZero('--planted-spread', plantedSpread) }),
  };
}

const SIGMAS = {
  '--planted': 'an effect above 0 in sigma of one evaluation, for example 2',
  '--planted-spread': 'a ratio above 0, for example 1 for the origin’s own',
};

function aboveZero(flag: keyof typeof SIGMAS, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new PacelineError('USAGE', `${flag} takes ${SIGMAS[flag]}, not "${text}".`, { flag, text });
}

const LINE_EVERY_MS = 1000;

/** One line a second at most: on a terminal it replaces the one before. */
function progressLine(): (done: number, of: number) => void {
  let shownMs = systemClock.monotonicMs();
  return (done, of) => {
    const nowMs = systemClock.monotonicMs();
    const isTty = process.stderr.isTTY === true;
    if (done === of && isTty) process.stderr.write('\r\u001b[K');
    if (done === of || nowMs - shownMs < LINE_EVERY_MS) return;
    shownMs = nowMs;
    const line = `${done} of ${of} studies`;
    process.stderr.write(isTty ? `\r\u001b[K${line}` : `${line}\n`);
  };
}

/** `name`, or `name-2`, `name-3`, … where it is in use: a demo never overwrites one before it. */
function freeFolder(name: string): string {
  for (let i = 1; ; i++) {
    const folder = resolve(i === 1 ? name : `${name}-${i}`);
    if (!existsSync(folder)) return folder;
  }
}
