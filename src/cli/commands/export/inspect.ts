import type { Command } from 'commander';
import { type DataOptions, runExport } from '../../export-data.ts';
import { helpText } from '../../help.ts';

export function addInspect(parent: Command): void {
  parent
    .command('inspect')
    .description('An eval log for Inspect: a sample for each trial, its candidate and its score')
    .argument('[study]', 'study id (default: the newest here)')
    .option(
      '--file <file>',
      'write there instead of printing; Inspect wants a name that ends in .json',
    )
    .option('--force', 'replace the file where it exists')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Version 2 of the JSON form of inspect_ai. The output of a sample is the source of its candidate; what has no score has none, and its outcome is its error.',
          'JSON: paceline.export-inspect/1.',
        ],
        examples: [
          'export inspect --file study.json',
          'export inspect bin-packing-7f3a01 > log.json',
        ],
      }),
    )
    .action((study: string | undefined, options: DataOptions) =>
      runExport(options, { schema: 'paceline.export-inspect/1', study, format: 'inspect' }),
    );
}
