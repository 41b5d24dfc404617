import type { Command } from 'commander';
import { diffCandidates } from '../../app/show-candidate.ts';
import { pickStudy } from '../../app/study-files.ts';
import { helpText } from '../help.ts';
import { printResult, withoutLastBreak } from '../output.ts';

interface Options {
  readonly study?: string;
  readonly json?: boolean;
}

export function addDiff(program: Command): void {
  program
    .command('diff')
    .description('What differs between two candidates, as a patch, and what the second reaches for')
    .argument('[from]', 'first digits of its id, or a word (default: origin)')
    .argument('[to]', 'first digits of its id, or a word (default: incumbent)')
    .option('--study <id>', 'study id (default: the newest here)')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'As git apply takes it; above the patch, what the second reaches for that the first does not: modules, files, privileges. JSON: paceline.diff/1.',
        ],
        examples: ['diff', 'diff 7c1f09aa 5ed69c40', 'diff origin 7c1f09aa', 'diff | git apply'],
      }),
    )
    .action(async (from: string | undefined, to: string | undefined, options: Options) => {
      const root = process.cwd();
      const study = pickStudy(root, options.study);
      const found = await diffCandidates(root, study, { from, to });
      const result = { schema: 'paceline.diff/1', study, ...found };
      // What stands above the first file is no part of a patch: git reads past it.
      const lines = [...found.scope, withoutLastBreak(found.diff) || 'The two are the same.'];
      printResult(options, result, lines);
    });
}
