import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { EXPORT_SUFFIX, exportStudy } from '../../app/export-study.ts';
import { branchPromotions } from '../../app/repository/branch.ts';
import { openRequest, pullRequest } from '../../app/repository/pull-request.ts';
import { splitPromotions } from '../../app/repository/split.ts';
import { pickStudy } from '../../app/study-files.ts';
import { branchLine, splitLine } from '../branch-line.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';
import { addInspect } from './export/inspect.ts';
import { addLedger } from './export/ledger.ts';
import { addTraces } from './export/traces.ts';
import { addTrials } from './export/trials.ts';

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
          `Wrote ${written}. Whoever gets it can check it with paceline verify ${file ?? id + EXPORT_SUFFIX}, and take it in with paceline import.`,
        ]);
      },
    );
  addLedger(command);
  addTrials(command);
  addTraces(command);
  addInspect(command);
  addBranch(command);
  addPr(command);
}

interface BranchOptions {
  readonly split?: boolean;
  readonly json?: boolean;
}

function addBranch(parent: Command): void {
  parent
    .command('branch')
    .description('Promotions of a study of a git repository as commits on a branch of their own')
    .argument('[study]', 'study id (default: the newest here)')
    .option('--split', 'a branch for each promotion too, on its own where it stands alone')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'The branch is paceline/<study>: one commit for each promotion, its evidence in trailers, and one that restores what stands for each rollback that took some back. run and resume write it at their end; this catches up after a kill. No file of the working tree is touched and no hook runs.',
          'With --split there is paceline/<study>-1 and so on: each change alone on the commit the study began with, where it fits there. That text was not measured, and its commit says so; what does not fit alone stands on the promotion before it.',
          'JSON: paceline.branch/1.',
        ],
        examples: ['export branch', 'export branch stats-7f3a01 --split'],
      }),
    )
    .action(async (study: string | undefined, options: BranchOptions) => {
      const root = process.cwd();
      const id = pickStudy(root, study);
      const branched = await branchPromotions(root, id);
      const split = options.split ? ((await splitPromotions(root, id)) ?? []) : undefined;
      const { branch = null, commits = [], steps = [] } = branched ?? {};
      const takenBack = commits.filter((_, at) => steps[at]?.kind === 'taken-back');
      const json = { schema: 'paceline.branch/1', study: id, branch, commits, takenBack };
      printResult(
        options,
        { ...json, ...(split ? { split: split.map((one) => ({ ...one })) } : {}) },
        [
          branched ? branchLine(branched) : `${id} has no promotion to commit.`,
          ...(split ?? []).map(splitLine),
        ],
      );
    });
}

interface PrOptions {
  readonly file?: string;
  readonly open?: boolean;
  readonly json?: boolean;
}

function addPr(parent: Command): void {
  parent
    .command('pr')
    .description('Title and body of a pull request with the promotions of a study')
    .argument('[study]', 'study id (default: the newest here)')
    .option('--file <file>', 'write the body there instead of printing it')
    .option('--open', 'open it with gh (GitHub CLI), which asks about whatever it needs')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'The branch is paceline/<study>, made where it is missing. What a rollback took back is named and not claimed. What candidates wrote is escaped. --open runs gh pr create on that branch, which has to be pushed: git push -u origin paceline/<study>.',
          'JSON: paceline.pr/1.',
        ],
        examples: ['export pr', 'export pr --file body.md', 'export pr --open'],
      }),
    )
    .action(async (study: string | undefined, options: PrOptions) => {
      const root = process.cwd();
      const id = pickStudy(root, study);
      const request = await pullRequest(root, id);
      if (options.file !== undefined) writeFileSync(options.file, request.body);
      if (options.open) openRequest(request);
      const { branch, title, body } = request;
      const shown =
        options.file === undefined
          ? [title, '', body.trimEnd()]
          : [`Wrote ${options.file}: ${title}`];
      printResult(options, { schema: 'paceline.pr/1', study: id, branch, title, body }, shown);
    });
}
