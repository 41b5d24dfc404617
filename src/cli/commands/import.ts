import type { Command } from 'commander';
import { importStudy } from '../../app/import-study.ts';
import { countedText, countText } from '../../reporters/report/number-text.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';

export function addImport(program: Command): void {
  program
    .command('import')
    .description('Take in a study that export wrote, after verifying it whole')
    .argument('<file>', 'what paceline export wrote')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'The chain is checked, every decision derived again, and the config held against the one the ledger was opened with, before anything is put in place; a file that does not hold is refused (exit code 65) and leaves nothing behind. An imported study can be shown, reported and verified; going on with one needs the secret, which never leaves its machine, and compare runs its evaluator only where paceline.yaml, or a study begun here, names the same.',
          'JSON: paceline.import/1.',
        ],
        examples: ['import evidence.paceline.tgz'],
      }),
    )
    .action(async (file: string, options: { readonly json?: boolean }) => {
      const { id, report } = await importStudy(process.cwd(), file);
      const { checked, head } = report;
      const json = { schema: 'paceline.import/1', study: id, entries: checked.entries };
      printResult(options, { ...json, head: `${head.seq}:${head.hash}` }, [
        `Imported ${id}: ${countText(checked.entries)} entries, ${countedText(checked.confirms, 'confirm')} and ${countedText(checked.promotions, 'promotion')} derived again.`,
        `Head ${head.seq}:${head.hash}; compare it with the one you were told.`,
      ]);
    });
}
