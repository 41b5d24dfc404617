import type { Command } from 'commander';
import { applyCandidate } from '../../app/apply-candidate.ts';
import { pickStudy } from '../../app/study-files.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';

interface Options {
  readonly study?: string;
  readonly unproven?: boolean;
  readonly reviewed?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addApply(program: Command): void {
  program
    .command('apply')
    .description('Write a promoted candidate over the files it improves')
    .argument('[candidate]', 'first digits of its id (default: the incumbent)')
    .option('--study <id>', 'study id (default: the newest here)')
    .option('--unproven', 'also one that was never promoted')
    .option('--reviewed', 'you have read it: needed where the evaluator is fused')
    .option('--dry-run', 'show the patch, write nothing')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Only over files that are as they were when the study began: what you changed since is never overwritten (exit code 73). `paceline diff | git apply` merges instead.',
          'JSON: paceline.apply/1.',
        ],
        examples: ['apply --dry-run', 'apply', 'apply 7c1f09aa --unproven'],
      }),
    )
    .action(async (candidate: string | undefined, options: Options) => {
      const root = process.cwd();
      const study = pickStudy(root, options.study);
      const { unproven, reviewed, dryRun = false } = options;
      const applied = await applyCandidate({
        root,
        id: study,
        candidate,
        unproven,
        reviewed,
        dryRun,
      });
      const { written } = applied;
      const verb = dryRun ? 'Would write' : 'Wrote';
      const summary =
        written.length === 0
          ? `Nothing to write: the files are those of ${applied.candidate}.`
          : `${verb} ${written.join(', ')} as ${applied.candidate} has it.`;
      const patch = dryRun && applied.diff !== '' ? [applied.diff.trimEnd()] : [];
      const json = { schema: 'paceline.apply/1', study, dryRun, ...applied };
      printResult(options, json, [...applied.scope, ...patch, summary]);
    });
}
