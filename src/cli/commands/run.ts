import { dirname } from 'node:path';
import type { Command } from 'commander';
import { CONFIG_FILE, loadConfig } from '../../app/config.ts';
import type { Config } from '../../app/config-schema.ts';
import { withOverrides } from '../../app/overrides.ts';
import { type WatchOptions, watch } from '../watch.ts';

interface Options extends WatchOptions {
  readonly config: string;
  readonly seed?: string;
  readonly wall?: string;
  readonly trials?: string;
  readonly evals?: string;
  readonly workers?: string;
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
    .option('--open', 'open the report when done')
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print the result as JSON on the last line of stdout')
    .option('--fail-if-none', 'exit 3 when nothing was promoted')
    .addHelpText(
      'after',
      '\nExamples:\n  $ paceline run\n  $ paceline run --config or3.yaml --seed 7 --wall 2m\n  $ paceline run --json --fail-if-none > result.json',
    )
    .action(async (options: Options) => {
      const { config, path } = loadConfig(options.config);
      const chosen: Config = withOverrides(config, options);
      process.exitCode = await watch(dirname(path), options, (engine) => engine.start(chosen));
    });
}
