import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CONFIG_FILE } from '../../app/config.ts';
import type { Config } from '../../app/config-schema.ts';
import { withOverrides } from '../../app/overrides.ts';
import { planSet } from '../../app/replicates/set-file.ts';
import { EXIT, PacelineError } from '../../core/errors.ts';
import { configOf, knownRepository } from '../foreign.ts';
import { type ForeignOptions, withForeignOptions } from '../foreign-flags.ts';
import { helpText } from '../help.ts';
import { runPortfolioFile } from '../portfolio.ts';
import { printPreview } from '../preview.ts';
import { setPlanOf, watchSet } from '../replicates.ts';
import { describedByFlags, type RepositoryOptions, withRepositoryOptions } from '../repository.ts';
import { isConfirmed, withSpendingOptions } from '../spending.ts';
import { tellingFailure, type WatchOptions, watch, withWatchOptions } from '../watch.ts';

interface Options extends WatchOptions, RepositoryOptions, ForeignOptions {
  readonly config: string;
  readonly seed?: string;
  readonly wall?: string;
  readonly trials?: string;
  readonly evals?: string;
  readonly usd?: string;
  readonly tokens?: string;
  readonly requests?: string;
  readonly workers?: string;
  readonly improver?: string;
  readonly replicates?: string;
  readonly max?: string;
  readonly portfolio?: string | true;
  readonly dryRun?: boolean;
}

const NOTES = [
  'Noise floor, trials, confirms, promotions, comparison with the controls, report. Ctrl-C pauses (exit code 130, paceline resume goes on); SIGTERM, or paceline stop, finishes early with comparison and report.',
  'A duration is written with its unit (50s). Wall time is active time: pauses and clock jumps do not count. A budget bounds the search: a confirm or gain measurement that has begun is finished, under trials and evaluations a trial too, while the wall gives up the trials under way; the final comparison comes after it. The confirm cases have a secret seed of their own.',
  'With --replicates every pair is a study with a seed of its own, half of its trials best-of-n, both sides cut at the smaller spend. A fixed number is judged by the exact sign-flip test when all are finished, until-decided by an e-process after every pair. The verdict is "search helped", "search hurt", "no evidence" (with the difference the design would have missed half the time) or "not testable". resume and verify take the set\'s id; the report is .paceline/replicates/<id>/report.md.',
  'With --portfolio the studies that the file names take turns under one budget: each turn a study is resumed, spends its slice, settles what it has in flight and yields, so that it ends as it would alone. When the budget of all is used up, those begun make their final comparisons. A study that fails or is locked by another process is set aside with the reason, and the others go on; the exit code is then that of its error. Ctrl-C, SIGTERM, resume, stop, status, report and verify are as for one study, in the folder of the file.',
  'JSON: paceline.run/1; of a set paceline.replicates/1; of a portfolio paceline.portfolio/1; of a dry run paceline.plan/1 or paceline.portfolio-plan/1.',
];

const EXAMPLES = [
  'run',
  'run --source src/sort.ts --eval "npm run bench" --metric p50_ms',
  'run --config or3.yaml --seed 7 --wall 2m',
  'run --json --fail-if-none > result.json',
  'run --improver g2',
  'run --dry-run',
  'run --notify notify-send',
  'run openevolve/examples/function_minimization --proposers genetic',
  'run --replicates 8 --trials 500',
  'run --replicates until-decided --max 30',
  'run --portfolio',
  'run --portfolio nightly.yaml --wall 2h --dry-run',
];

export function addRun(program: Command): void {
  withSpendingOptions(
    withForeignOptions(
      withRepositoryOptions(
        withWatchOptions(
          program
            .command('run')
            .argument('[folder]', 'with a paceline.yaml, or as OpenEvolve has it (this one)')
            .description('Start a study from paceline.yaml and stay with it to its report')
            .option('--config <file>', 'config to run', CONFIG_FILE)
            .option('--seed <text>', 'public seed of the search')
            .option('--wall <duration>', 'wall budget, for example 60s or 3m')
            .option('--trials <n>', 'trial budget')
            .option('--evals <n>', 'evaluation budget')
            .option('--usd <amount>', 'what calls to models may cost, in US dollars')
            .option('--tokens <n>', 'what they may send and receive')
            .option('--requests <n>', 'how many there may be')
            .option('--workers <n>', 'search threads; never changes a result')
            .option('--improver <generation>', 'a file, an id, g3: what the proposers work under')
            .option(
              '--replicates <n>',
              'so many paired studies with their own seeds, or until-decided: did the search help?',
            )
            .option('--max <n>', 'most pairs of --replicates until-decided (20)')
            .option(
              '--portfolio [file]',
              'several studies by turns under one budget (default file: paceline.portfolio.yaml)',
            )
            .option(
              '--dry-run',
              'check config and files as a run would, say what it would do; no evaluator runs, nothing is written',
            ),
        ),
      ),
    ),
  )
    .addHelpText(
      'after',
      helpText({
        notes: NOTES,
        examples: EXAMPLES,
      }),
    )
    .action(async (folder: string | undefined, options: Options, command: Command) => {
      process.exitCode = await tellingFailure(options, () => runAsAsked(folder, options, command));
    });
}

async function runAsAsked(
  folder: string | undefined,
  options: Options,
  command: Command,
): Promise<number> {
  const { portfolio, config: file, ...rest } = options;
  const isGiven = command.getOptionValueSource('config') === 'cli';
  if (folder !== undefined && (portfolio !== undefined || options.source !== undefined)) {
    throw new PacelineError(
      'USAGE',
      'A folder is run by what lies in it: leave out the folder, or --portfolio and --source.',
      { folder },
    );
  }
  if (portfolio !== undefined) {
    return runPortfolioFile({ ...rest, ...(isGiven ? { config: file } : {}), portfolio });
  }
  refuseSetOptions(options);
  const described = await describedByFlags(options, {
    folder: resolve(folder ?? '.'),
    isConfigGiven: isGiven,
    known: isGiven ? undefined : knownRepository(folder),
  });
  const { config, root } =
    described ?? (await configOf(options, { folder, isConfigGiven: isGiven }));
  const chosen: Config = withOverrides(config, options);
  if (options.dryRun) {
    await printPreview(root, chosen, options);
    return EXIT.done;
  }
  const setPlan =
    options.replicates === undefined ? undefined : setPlanOf(options.replicates, options.max);
  const agreed = { ...options, yes: await isConfirmed(chosen, options, setPlan?.pairs) };
  if (setPlan) return watchSet(root, agreed, planSet(root, chosen, setPlan));
  return watch(root, agreed, (engine) => engine.start(chosen));
}

/** What only a set has is refused for one study, and what only one study has for a set. */
function refuseSetOptions({ replicates, max, dryRun }: Options): void {
  if (replicates === undefined && max !== undefined) {
    throw new PacelineError(
      'USAGE',
      '--max bounds --replicates until-decided, which is not given. Add it, or leave --max out; --trials and --evals bound one study.',
      { max },
    );
  }
  if (replicates === undefined || !dryRun) return;
  throw new PacelineError(
    'USAGE',
    '--dry-run says what one study would do, not a set of them. Leave --replicates out to see one.',
    { replicates },
  );
}
