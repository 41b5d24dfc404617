import { dirname } from 'node:path';
import type { Command } from 'commander';
import { CONFIG_FILE, loadConfig } from '../../app/config.ts';
import type { Config } from '../../app/config-schema.ts';
import { withOverrides } from '../../app/overrides.ts';
import { planSet } from '../../app/replicates/set-file.ts';
import { setPlanOf, watchSet } from '../replicates.ts';
import { type WatchOptions, watch } from '../watch.ts';

interface Options extends WatchOptions {
  readonly config: string;
  readonly seed?: string;
  readonly wall?: string;
  readonly trials?: string;
  readonly evals?: string;
  readonly workers?: string;
  readonly replicates?: string;
  readonly max?: string;
}

export function addRun(program: Command): void {
  program
    .command('run')
    .description('Start a study from paceline.yaml and stay with it to its report')
    .option('--config <file>', 'config to run', CONFIG_FILE)
    .option('--seed <text>', 'public seed of the search')
    .option('--wall <duration>', 'wall budget, for example 60s or 3m')
    .option('--trials <n>', 'trial budget')
    .option('--evals <n>', 'evaluation budget')
    .option('--workers <n>', 'search threads; never changes a result')
    .option(
      '--replicates <n>',
      'so many paired studies with their own seeds, or until-decided: did the search help?',
    )
    .option('--max <n>', 'most pairs of --replicates until-decided (20)')
    .option('--open', 'open the report when done')
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print the result as JSON on the last line of stdout')
    .option('--fail-if-none', 'exit 3 when nothing was promoted')
    .addHelpText(
      'after',
      '\nExamples:\n  $ paceline run\n  $ paceline run --config or3.yaml --seed 7 --wall 2m\n  $ paceline run --json --fail-if-none > result.json\n  $ paceline run --replicates 8 --trials 500\n  $ paceline run --replicates until-decided --max 30',
    )
    .action(async (options: Options) => {
      const { config, path } = loadConfig(options.config);
      const chosen: Config = withOverrides(config, options);
      if (options.replicates !== undefined) {
        const root = dirname(path);
        const set = planSet(root, chosen, setPlanOf(options.replicates, options.max));
        process.exitCode = await watchSet(root, options, set);
        return;
      }
      process.exitCode = await watch(dirname(path), options, (engine) => engine.start(chosen));
    });
}
