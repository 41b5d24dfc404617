import type { Command } from 'commander';
import { CONFIG_FILE } from '../../app/config.ts';
import { listChecks } from '../../app/list-checks.ts';
import { checksJson, checksLines } from '../checks-table.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';

interface Options {
  readonly config: string;
  readonly json?: boolean;
}

export function addChecks(program: Command): void {
  program
    .command('checks')
    .description('List the properties candidates are tried on, and what they notice')
    .option('--config <file>', 'config of the task', CONFIG_FILE)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Declared ones are those of safety.checks. Derived ones are what the origin shows on 256 inputs: determinism and type reject a candidate unasked, the rest once safety.confirm names it, and raises suspicion until then. Small faults are planted in the origin to see how many of them the properties notice: below 80 percent they do not count as verification.',
          'Nothing is spent and nothing recorded. Properties that the origin itself breaks, that throw or hang end it with exit code 2. JSON: paceline.checks/1.',
        ],
        examples: ['checks', 'checks --config sort/paceline.yaml', 'checks --json'],
      }),
    )
    .action(async ({ config, json }: Options) => {
      const found = await listChecks(config);
      printResult(json ? { json } : {}, checksJson(found), checksLines(found));
    });
}
