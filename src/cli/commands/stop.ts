import type { Command } from 'commander';
import { portfolioMeant, portfolioOwner } from '../../app/portfolio/files.ts';
import { pickStudyIn } from '../../app/status.ts';
import { requestEnd, requestStop } from '../../app/stop-study.ts';
import { helpText } from '../help.ts';
import { printResult } from '../output.ts';

export function addStop(program: Command): void {
  program
    .command('stop')
    .description('Ask a running study to end its search, compare, close and report')
    .argument(
      '[study]',
      'study or portfolio (default: a running portfolio here, else the newest running study)',
    )
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
      const portfolio = portfolioMeant(root, study);
      const owner = portfolio === undefined ? undefined : portfolioOwner(root, portfolio);
      if (portfolio !== undefined && (study !== undefined || owner !== undefined)) {
        const pid = requestEnd(portfolio, owner);
        printResult(options, { schema: 'paceline.stop/1', portfolio, pid }, [
          `Asked process ${pid} to finish the studies of ${portfolio}.`,
        ]);
        return;
      }
      const id = await pickStudyIn(root, study, 'running');
      const pid = requestStop(root, id);
      printResult(options, { schema: 'paceline.stop/1', study: id, pid }, [
        `Asked process ${pid} to finish ${id}.`,
      ]);
    });
}
