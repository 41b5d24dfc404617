import type { Command } from 'commander';
import { readHandWritten } from '../../../app/hand-written.ts';
import { helpText } from '../../help.ts';
import { type Common, say } from './say.ts';

export function addCandidate(steer: Command): void {
  steer
    .command('candidate')
    .description('A candidate that you wrote: tried like any other, and believed no more')
    .argument('<path>', 'a file, or a folder with files under their own paths')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'It takes the place of a proposal: screened, confirmed and promoted by the same rule. Files it leaves out are the incumbent’s. Refused: what may not be edited, what its language cannot read, what was tried already unless the machine ended its trial (infra-error), and anything in a study that asks whether its search helps.',
        ],
        examples: ['show --source > mine.ts', 'steer candidate mine.ts', 'steer candidate mine/'],
      }),
    )
    .action((path: string, options: Common) =>
      say(options, async (place) => {
        const text = await readHandWritten({ ...place, path });
        return { kind: 'candidate', value: { text } };
      }),
    );
}
