import { type Command, InvalidArgumentError } from 'commander';
import { collectGarbage } from '../../app/gc.ts';
import { integer } from '../../app/overrides.ts';
import { parseBytes, sizeText } from '../../core/bytes.ts';
import { helpText } from '../help.ts';
import { printResult, table } from '../output.ts';

interface Options {
  readonly keep?: string;
  readonly max?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addGc(program: Command): void {
  program
    .command('gc')
    .description('Clear the state folder: leftovers, and finished studies if asked for')
    .option('--keep <n>', 'remove finished studies except the newest n')
    .option('--max <size>', 'remove the oldest finished studies until so much is left', bytes)
    .option('--dry-run', 'say what would go, remove nothing')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Without --keep or --max only leftovers go: workspaces of no running study, half-made studies and imports. Running and interrupted studies are never touched, nor studies of a replicate set, a portfolio or a comparison of configs while its record is here. Export a study first if it may be asked for again: a removed one takes its evidence with it.',
          'JSON: paceline.gc/1.',
        ],
        examples: ['gc', 'gc --keep 5 --dry-run', 'gc --max 2gb'],
      }),
    )
    .action(async (options: Options) => {
      const { dryRun = false, max } = options;
      const keep = options.keep === undefined ? undefined : integer('--keep', options.keep);
      const report = await collectGarbage({ root: process.cwd(), keep, maxBytes: max, dryRun });
      const { removed, bytesBefore, bytesAfter } = report;
      const rows = removed.map(({ path, bytes: size, why }) => [path, sizeText(size), why]);
      const done = dryRun ? 'would be freed' : 'freed';
      const summary = `${sizeText(bytesBefore - bytesAfter)} ${done}, ${sizeText(bytesAfter)} left.`;
      const json = {
        schema: 'paceline.gc/1',
        dryRun,
        bytesBefore,
        bytesAfter,
        removed: removed.map((one) => ({ ...one })),
      };
      printResult(options, json, [...(rows.length > 0 ? table(rows) : []), summary]);
    });
}

function bytes(text: string): number {
  const parsed = parseBytes(text);
  if (parsed === undefined)
    throw new InvalidArgumentError('Write a size, for example 500mb or 2gb.');
  return parsed;
}
