import type { Command } from 'commander';
import { pickStudyIn } from '../../app/status.ts';
import { requestStop } from '../../app/stop-study.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';

export function addStop(program: Command): void {
  program
    .command('stop')
    .description('Ask a running study to end its search, compare, close and report')
    .argument('[study]', 'study id (default: the newest running one here)')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'To interrupt instead (resumable), press Ctrl-C where it runs. JSON: paceline.stop/1.',
        ],
        examples: ['stop'],
      }),
    )
    .action(async (study: string | undefined, options: { readonly json?: boolean }) => {
      const root = process.cwd();
      const id = await pickStudyIn(root, study, 'running');
      const pid = requestStop(root, id);
      printResult(options, { schema: 'paceline.stop/1', study: id, pid }, [
        `Asked process ${pid} to finish ${id}.`,
      ]);
    });
}
