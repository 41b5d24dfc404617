import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ObserveRequest, observeFile } from '../../app/observe/observe-file.ts';
import { helpText } from '../help.ts';
import { observedJson, observedLines } from '../observe-table.ts';
import { printResult } from '../output.ts';

type Options = Omit<ObserveRequest, 'file'> & { readonly json?: boolean };

const DEFAULT_ALPHA = 0.05;

export function addObserve(program: Command): void {
  program
    .command('observe')
    .description("Judge the keeps of another loop's results file against its noise")
    .argument('<file>', 'TSV or CSV with a header, or JSONL; one row a trial, in order')
    .option('--metric <column>', 'column of the metric')
    .addOption(new Option('--goal <goal>', 'which way is better').choices(['min', 'max']))
    .option('--keep <column>', 'column that says keep, discard or crash')
    .option('--noise <sigma>', 'standard deviation of one measurement of one commit', positive)
    .option('--alpha <level>', 'chance of any false survivor in the file', level, DEFAULT_ALPHA)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'A keep survives when its gain over the best value kept before is more than noise gives the luckiest of all rows tried. The noise comes from --noise, else from commits measured more than once, else from the steps between neighbouring discards; where none of them tells it, no number is given. A file without a keep column but with parent_id (OpenEvolve) has a keep wherever a row is better than all before.',
          'What does not survive may still be real: it was not shown. Exit code 0 whatever survives. JSON: paceline.observe/1.',
        ],
        examples: [
          'observe results.tsv',
          'observe results.tsv --noise 0.0008',
          'observe evolution_trace.jsonl --metric child_metrics.combined_score',
          'observe runs.csv --metric p50 --goal min --keep accepted --json',
        ],
      }),
    )
    .action((file: string, options: Options) => {
      const found = observeFile({ ...options, file });
      printResult(options, observedJson(found), observedLines(found));
    });
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('Write a number above 0, in the unit of the metric.');
  return value;
}

function level(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1))
    throw new InvalidArgumentError('Write a number between 0 and 1, for example 0.05.');
  return value;
}
