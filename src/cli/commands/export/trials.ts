import { type Command, Option } from 'commander';
import { TRIAL_FORMATS } from '../../../app/export-data.ts';
import { type DataOptions, runExport } from '../../export-data.ts';
import { helpText } from '../../help.ts';

type Format = (typeof TRIAL_FORMATS)[number];

interface Options extends DataOptions {
  readonly format?: Format;
}

export function addTrials(parent: Command): void {
  parent
    .command('trials')
    .description('One row for each trial, as JSON lines, CSV or Parquet')
    .argument('[study]', 'study id (default: the newest here)')
    .addOption(
      new Option('--format <name>', "which (default: by the file's name, else jsonl)").choices(
        TRIAL_FORMATS,
      ),
    )
    .option('--file <file>', 'write there instead of printing; parquet needs it')
    .option('--force', 'replace the file where it exists')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'The columns are the same in all three, and are listed in docs/exports.md. What is not known is null, in CSV an empty cell. Control characters in what candidates and proposers wrote are spelled out, as \\u001b; in CSV a text that a spreadsheet would run as a formula begins with an apostrophe.',
          'Of a running study it is what was durable when it began. JSON: paceline.export-trials/1.',
        ],
        examples: [
          'export trials --format csv > trials.csv',
          'export trials bin-packing-7f3a01 --file trials.parquet',
        ],
      }),
    )
    .action((study: string | undefined, options: Options) =>
      runExport(options, {
        schema: 'paceline.export-trials/1',
        study,
        format: options.format ?? formatOf(options.file),
      }),
    );
}

function formatOf(file = ''): Format {
  return TRIAL_FORMATS.find((format) => file.toLowerCase().endsWith(`.${format}`)) ?? 'jsonl';
}
