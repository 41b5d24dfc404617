import type { Command } from 'commander';
import { candidateIdOf } from '../../../app/steer-names.ts';
import { helpText } from '../../help.ts';
import { type Common, say } from './say.ts';

/** `pin` and `unpin`. */
export function addPins(steer: Command): void {
  addOne(steer, 'pin', {
    does: 'Keep a candidate available as a parent, whatever the archive does with it',
    notes: [
      'It must once have been admitted or promoted in the search. A fifth of the picks go to pins, all of them together, for proposers that breed (genetic); control arms never see them. A pin claims nothing. It ends with steer unpin, or with a veto of the candidate.',
    ],
  });
  addOne(steer, 'unpin', {
    does: 'Take back a pin; what the archive keeps it keeps',
    notes: ['paceline status lists what is pinned.'],
  });
}

function addOne(
  steer: Command,
  kind: 'pin' | 'unpin',
  { does, notes }: { readonly does: string; readonly notes: readonly string[] },
): void {
  steer
    .command(kind)
    .description(does)
    .argument('<candidate>', 'first digits of its id')
    .addHelpText('after', helpText({ notes, examples: [`steer ${kind} 7c1f09aa`] }))
    .action((wanted: string, options: Common) =>
      say(options, async ({ root, id }) => {
        const candidate = await candidateIdOf(root, id, wanted);
        return { kind, value: { candidate } };
      }),
    );
}
