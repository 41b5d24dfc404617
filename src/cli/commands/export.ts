import type { Command } from 'commander';
import { EXPORT_SUFFIX, exportStudy } from '../../app/export-study.ts';
import { branchPromotions } from '../../app/repository/branch.ts';
import { pickStudy } from '../../app/study-files.ts';
import { branchLine } from '../branch-line.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('Write a study into one file, to send or to keep')
    .argument('[study]', 'study id (default: the newest here)')
    .argument('[file]', `file to write (default: the study's id with ${EXPORT_SUFFIX})`)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Holds the record and the ledger as far as it is durable, of a running study too; not the secret of a study that goes on, and no workspaces. It is a gzipped tar archive: study.json and ledger.db.',
          'JSON: paceline.export/1.',
        ],
        examples: ['export', 'export bin-packing-7f3a01 evidence.paceline.tgz'],
      }),
    )
    .action(
      async (
        study: string | undefined,
        file: string | undefined,
        options: { readonly json?: boolean },
      ) => {
        const root = process.cwd();
        const id = pickStudy(root, study);
        const written = await exportStudy({ root, id, file: file ?? id + EXPORT_SUFFIX });
        printResult(options, { schema: 'paceline.export/1', study: id, file: written }, [
          `Wrote ${written}. Take it in elsewhere with: paceline import ${file ?? id + EXPORT_SUFFIX}`,
        ]);
      },
    );
  addBranch(command);
}

function addBranch(parent: Command): void {
  parent
    .command('branch')
    .description('Promotions of a study of a git repository as commits on a branch of their own')
    .argument('[study]', 'study id (default: the newest here)')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'The branch is paceline/<study>: one commit for each promotion, its evidence in trailers. run and resume write it at their end; this catches up after a kill. No file of the working tree is touched and no hook runs.',
          'JSON: paceline.branch/1.',
        ],
        examples: ['export branch', 'export branch stats-7f3a01'],
      }),
    )
    .action(async (study: string | undefined, options: { readonly json?: boolean }) => {
      const root = process.cwd();
      const id = pickStudy(root, study);
      const branched = await branchPromotions(root, id);
      const { branch = null, commits = [] } = branched ?? {};
      printResult(options, { schema: 'paceline.branch/1', study: id, branch, commits }, [
        branched ? branchLine(branched) : `${id} has no promotion to commit.`,
      ]);
    });
}
