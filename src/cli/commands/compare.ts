import type { Command } from 'commander';
import { checkPairs } from '../../app/compare/compare-candidates.ts';
import { commonRoot, planConfigs } from '../../app/compare/plan-configs.ts';
import {
  candidateSides,
  type Sides,
  studySides,
  type Wanted,
  wantedBy,
} from '../../app/compare/sides.ts';
import { loadConfig } from '../../app/config.ts';
import type { Config } from '../../app/config-schema.ts';
import { refuseUnconfirmed } from '../../app/may-pay.ts';
import { integer, withOverrides } from '../../app/overrides.ts';
import { PacelineError } from '../../core/errors.ts';
import { type CompareOptions, watchComparison } from '../compare.ts';
import { watchConfigs } from '../compare-configs.ts';
import { watchImprovers } from '../compare-improvers.ts';
import { isPolicies, refuseControl, watchPolicies } from '../compare-policies.ts';
import { helpText } from '../help.ts';
import { isConfirmed } from '../spending.ts';

interface Options extends CompareOptions {
  readonly study?: string;
  readonly pairs: string;
  readonly replicates?: string;
  readonly wall?: string;
  readonly trials?: string;
  readonly evals?: string;
  readonly workers?: string;
  readonly yes?: boolean;
  readonly improvers?: boolean;
  readonly tasks?: string;
  readonly unit?: string;
  readonly amount?: string;
  readonly seeds?: string;
  readonly reveal?: string;
  readonly control?: string;
}

/** As the study's own final comparisons. */
const PAIRS = '32';
/** Finds a difference of one standard deviation four times in five (acceptance.md §4.3). */
const REPLICATES = '8';
/** Of two configurations only. */
const OF_CONFIGS = ['replicates', 'wall', 'trials', 'evals', 'workers'] as const;

const withImproverOptions = (command: Command): Command =>
  command
    .option(
      '--improvers',
      'a and b are improvers (paceline improver list), compared on tasks neither has seen',
    )
    .option(
      '--tasks <name>',
      'improvers: generated, everyday, text, deep, sealed, or a folder with tasks.json or families.mjs',
    )
    .option(
      '--unit <unit>',
      'improvers: budget of each in cpu-ms (default) or evals, on all tasks of a seed',
    )
    .option('--amount <n>', 'improvers: that budget (1000 ms, or 450000 candidates)')
    .option('--reveal <file>', 'improvers: secret of a sealed pool, opened once for each release')
    .option('--seeds <n>', 'improvers: seeds, fixed beforehand; nothing is claimed under 12 (12)')
    .option(
      '--control <generation>',
      'improvers, on families: one more line, made with the same total without recursion',
    );

const NOTES = [
  'The number of pairs is fixed beforehand, their cases come from a secret drawn for the comparison. Of two candidates or studies the sentence is about these two, never about how they were found; Ctrl-C leaves nothing behind.',
  'Two config files: replicates of both without control arms, at equal budget, finals at the smaller spend of each pair, exact sign-flip test; paceline resume <id> goes on after Ctrl-C. Prefer --evals: by --trials a side that confirms spends more, and what it found beyond the spend of the other does not count.',
  'Improvers: paired by seed, order drawn for each, equal budgets, on tasks held out and in neither training set, recognised by what they do. Lines beside them: the bare start, the start with more budget, helpers by hand (frozen), the ceiling, and the controls that paceline improver grow --controls left. A sealed pool (--tasks sealed --reveal FILE) is opened once; its tasks are the pairs, by an exact McNemar test. JSON: paceline.compare-improvers/1.',
  'With a folder of families (examples/meta/policies) improvers of the GP engine are compared: mean regret on the held-out ones, at the CPU time of 120 steps of each; lines beside them: textbook, expert, expert with de-duplication, with the cheap twin as well, all frozen. Nothing is recorded of it. JSON: paceline.compare-policies/1.',
  'The record is .paceline/comparisons/<id>.json, of improvers a signed ledger of that name; paceline verify <id> derives its sentence again. JSON: paceline.compare/1.',
];

const EXAMPLES = [
  'compare origin incumbent',
  'compare 7c1f09aa 5ed69c40 --pairs 100',
  'compare bin-packing-7f3a01 bin-packing-90bb2c --json',
  'compare --improvers bare g4',
  'compare --improvers g3 g4 --tasks deep --unit evals --seeds 16',
  'compare --improvers bare g1 --tasks examples/meta/policies',
  'compare genetic.yaml tuned.yaml --replicates 8 --evals 20000',
];

export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .description(
      'Two candidates, the finals of two studies, or two configurations, on fresh pairs of cases',
    )
    .argument('<a>', 'candidate (origin, incumbent, first digits of an id), study, or config file')
    .argument('<b>', 'another of the same kind')
    .option('--study <id>', 'study of the candidates (default: the newest here)')
    .option('--pairs <n>', 'fresh pairs, fixed beforehand', PAIRS)
    .option('--replicates <n>', 'two configs: studies of each, 5 to 18, fixed beforehand (8)')
    .option('--evals <n>', 'two configs: evaluation budget of every study')
    .option('--trials <n>', 'two configs: trial budget of every study')
    .option('--wall <duration>', 'two configs: wall budget of every study')
    .option('--workers <n>', 'two configs: search threads; never changes a result')
    .option('--yes', 'two configs: models may be paid for, within the budgets: ask no more')
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print as JSON');
  withImproverOptions(command)
    .addHelpText(
      'after',
      helpText({
        notes: NOTES,
        examples: EXAMPLES,
      }),
    )
    .action(async (a: string, b: string, options: Options) => {
      const root = process.cwd();
      if (options.improvers) {
        refuseOfOthers(options, command.getOptionValueSource('pairs') === 'cli');
        process.exitCode = await compareImprovers(root, [a, b], options);
        return;
      }
      refuseForImprovers(options);
      const pairs = checkPairs(integer('--pairs', options.pairs));
      const wanted = [wantedBy(root, a), wantedBy(root, b)] as const;
      if (wanted.every(({ what }) => what === 'file')) {
        process.exitCode = await compareConfigs([a, b], pairs, options);
        return;
      }
      refuseForConfigs(options);
      const sides = await sidesOf(root, wanted, options);
      process.exitCode = await watchComparison({ root, sides, pairs }, options);
    });
}

function compareImprovers(
  root: string,
  two: readonly [string, string],
  options: Options,
): Promise<number> {
  const { tasks } = options;
  if (tasks !== undefined && isPolicies(root, tasks)) {
    return watchPolicies(root, two, { ...options, tasks });
  }
  refuseControl(options);
  return watchImprovers(root, two, options);
}

async function compareConfigs(
  files: readonly [string, string],
  pairs: number,
  options: Options,
): Promise<number> {
  if (options.study !== undefined) {
    throw new PacelineError('USAGE', '--study names the study of two candidates. Leave it out.');
  }
  const loaded = [loadConfig(files[0]), loadConfig(files[1])] as const;
  const root = commonRoot(loaded);
  const replicates = integer('--replicates', options.replicates ?? REPLICATES);
  const { wall, trials, evals, workers } = options;
  const given = Object.entries({ wall, trials, evals, workers }).filter(
    ([, text]) => text !== undefined,
  );
  const changed = (config: Config): Config => withOverrides(config, Object.fromEntries(given));
  const configs = [changed(loaded[0].config), changed(loaded[1].config)] as const;
  for (const config of configs) {
    const mayPay = await isConfirmed(config, options, replicates);
    refuseUnconfirmed(config, { mayPay, studies: replicates });
  }
  const agreed = { ...options, yes: true };
  return watchConfigs(root, agreed, planConfigs(root, { files, configs, replicates, pairs }));
}

/** What improvers have no use for is not taken and left lying: `--evals` is not their budget. */
function refuseOfOthers(options: Options, hasPairs: boolean): void {
  const given = options.study !== undefined ? 'study' : hasPairs ? 'pairs' : undefined;
  if (given !== undefined)
    throw new PacelineError(
      'USAGE',
      `--${given} is about candidates and studies. Of improvers pairs are --seeds; leave it out.`,
      { flag: given },
    );
  const flag = OF_CONFIGS.find((name) => options[name] !== undefined);
  if (flag === undefined) return;
  throw new PacelineError(
    'USAGE',
    `--${flag} is about studies still to be run, of two config files. The budget of improvers is --unit and --amount; leave it out.`,
    { flag },
  );
}

function refuseForConfigs(options: Options): void {
  const flag = OF_CONFIGS.find((name) => options[name] !== undefined);
  if (flag === undefined) return;
  throw new PacelineError(
    'USAGE',
    `--${flag} is about studies still to be run, of two config files. Leave it out.`,
    { flag },
  );
}

/** Of improvers only. */
const OF_IMPROVERS = ['tasks', 'unit', 'amount', 'seeds', 'reveal', 'control'] as const;

function refuseForImprovers(options: Options): void {
  const flag = OF_IMPROVERS.find((name) => options[name] !== undefined);
  if (flag === undefined) return;
  throw new PacelineError(
    'USAGE',
    `--${flag} is about improvers. Add --improvers, or leave it out.`,
    { flag },
  );
}

async function sidesOf(
  root: string,
  [a, b]: readonly [Wanted, Wanted],
  { study }: Options,
): Promise<Sides> {
  const words = [a.word, b.word] as const;
  if (a.what === 'candidate' && b.what === 'candidate') return candidateSides(root, study, words);
  if (a.what !== 'study' || b.what !== 'study') {
    throw new PacelineError(
      'USAGE',
      `"${a.word}" is a ${a.what} and "${b.word}" is a ${b.what}. Compare two candidates of a study, two studies, or two config files.`,
    );
  }
  if (study === undefined) return studySides(root, words);
  throw new PacelineError(
    'USAGE',
    `--study names the study of two candidates, but ${words.join(' and ')} are studies. Leave it out.`,
  );
}
