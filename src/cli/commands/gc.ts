import { type Command, InvalidArgumentError } from 'commander';
import { collectGarbage, type GcReport } from '../../app/gc.ts';
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
          'Without --keep or --max only leftovers go: workspaces of no running study, half-made studies and imports. Running and interrupted studies are never touched, nor studies of a replicate set, a portfolio (of another folder too) or a comparison of configs while its record is there, or cannot be read; nor one that is damaged. What was spared is named with why, and all of it where --max is not reached. Export a study first if it may be asked for again: a removed one takes its evidence with it.',
          'JSON: paceline.gc/1.',
        ],
        examples: ['gc', 'gc --keep 5 --dry-run', 'gc --max 2gb'],
      }),
    )
    .action(async (options: Options) => {
      const { dryRun = false, max } = options;
      const keep = options.keep === undefined ? undefined : integer('--keep', options.keep);
      const report = await collectGarbage({ root: process.cwd(), keep, maxBytes: max, dryRun });
      const { removed, spared, bytesBefore, bytesAfter } = report;
      const json = {
        schema: 'paceline.gc/1',
        dryRun,
        bytesBefore,
        bytesAfter,
        ...(max === undefined ? {} : { maxBytes: max }),
        removed: removed.map((one) => ({ ...one })),
        spared: spared.map((one) => ({ ...one })),
      };
      printResult(options, json, linesOf(report, options));
    });
}

function linesOf(
  { removed, spared, bytesBefore, bytesAfter }: GcReport,
  { dryRun, max }: Options,
): readonly string[] {
  const rows = (garbage: GcReport['removed']): readonly string[] =>
    garbage.length === 0
      ? []
      : table(garbage.map(({ path, bytes: size, why }) => [path, sizeText(size), why]));
  const done = dryRun ? 'would be freed' : 'freed';
  const isBeyond = max !== undefined && bytesAfter > max;
  return [
    ...rows(removed),
    ...(spared.length > 0 ? ['Spared:', ...rows(spared)] : []),
    `${sizeText(bytesBefore - bytesAfter)} ${done}, ${sizeText(bytesAfter)} left.`,
    ...(isBeyond ? [`That is more than ${sizeText(max)}: nothing else may go.`] : []),
  ];
}

function bytes(text: string): number {
  const parsed = parseBytes(text);
  if (parsed === undefined)
    throw new InvalidArgumentError('Write a size, for example 500mb or 2gb.');
  return parsed;
}
