import type { Command } from 'commander';
import { integer } from '../../../app/overrides.ts';
import { ruleIdOf } from '../../../app/steer-names.ts';
import { type Constraint, PRIVILEGES, type Privilege } from '../../../core/constraint.ts';
import { PacelineError } from '../../../core/errors.ts';
import { helpText } from '../../help.ts';
import { type Common, say } from './say.ts';

interface Options extends Common {
  readonly maxSize?: string;
  readonly only?: readonly string[];
  readonly not?: readonly string[];
  /** True where nothing is named: that is how flags that begin with no are parsed. */
  readonly import: readonly string[] | true;
  readonly privilege: readonly string[] | true;
}

export function addConstraint(steer: Command): void {
  steer
    .command('constraint')
    .description('Rule out candidates by what a program can check, before they are measured')
    .argument('[words...]', 'none: a sentence is a note')
    .option('--max-size <n>', 'largest size (included), as paceline show counts it')
    .option('--only <file...>', 'only these files may differ from the origin')
    .option('--not <file...>', 'these files may not differ from the origin')
    .option('--no-import <name...>', 'modules that no file may newly import')
    .option(
      '--no-privilege <name...>',
      `what no file may newly reach for: ${PRIVILEGES.join(', ')}`,
    )
    .addHelpText(
      'after',
      helpText({
        notes: [
          'From now on, in every arm, against the origin. What breaks it ends as invalid, barred by this steering, and costs no evaluation; what is in flight moves nothing. Who leads stays, and a challenger goes on. Imports and privileges are read from the text: a rule for honest candidates, no jail. Until paceline steer lift.',
        ],
        examples: [
          'steer constraint --max-size 300',
          'steer constraint --not src/b.ts --no-import fs child_process',
          'steer constraint --no-privilege network "code made at run time"',
        ],
      }),
    )
    .action((words: readonly string[], options: Options) => {
      refuseWords(words);
      return say(options, async () => ({ kind: 'constraint', value: constraintOf(options) }));
    });
}

function refuseWords(words: readonly string[]): void {
  if (words.length === 0) return;
  const text = words.join(' ');
  throw new PacelineError(
    'USAGE',
    `No program here can check "${text}", so it cannot be a constraint. Leave it for people with paceline steer note, or name a size, files, modules or privileges.`,
    { text },
  );
}

function constraintOf({ maxSize, only, not, ...no }: Options): Constraint {
  return {
    ...(maxSize === undefined ? {} : { maxSize: integer('--max-size', maxSize) }),
    ...(only ? { only } : {}),
    ...(not ? { not } : {}),
    ...(no.import === true ? {} : { noImports: no.import }),
    ...(no.privilege === true ? {} : { noPrivileges: no.privilege.map(privilegeOf) }),
  };
}

function privilegeOf(name: string): Privilege {
  const known = PRIVILEGES.find((one) => one === name);
  if (known) return known;
  throw new PacelineError(
    'USAGE',
    `"${name}" is no privilege that is looked for. They are: ${PRIVILEGES.join(', ')}.`,
    { name },
  );
}

export function addLift(steer: Command): void {
  steer
    .command('lift')
    .description('Take back a veto or a constraint, from now on')
    .argument('<id>', 'its id, or the first letters, as paceline status lists it')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'What it barred may be proposed again; what a veto threw out of the archive does not come back by itself.',
        ],
        examples: ['steer lift 0mcx1f2q4-3f9c'],
      }),
    )
    .action((wanted: string, options: Common) =>
      say(options, async ({ root, id }) => {
        const steering = await ruleIdOf(root, id, wanted);
        return { kind: 'lift', value: { steering } };
      }),
    );
}
