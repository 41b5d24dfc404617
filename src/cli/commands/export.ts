import type { Command } from 'commander';
import { EXPORT_SUFFIX, exportStudy } from '../../app/export-study.ts';
import { pickStudy } from '../../app/study-files.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';

export function addExport(program: Command): void {
  program
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
}
