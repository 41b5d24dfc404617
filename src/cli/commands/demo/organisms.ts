import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { TRUTHS } from '../../../app/corpus/cases.ts';
import { organismsJson } from '../../../app/organisms/report.ts';
import { runOrganisms, type Truth } from '../../../app/organisms/run.ts';
import { integer } from '../../../app/overrides.ts';
import { helpText } from '../../help.ts';
import { interruptible } from '../../interrupt.ts';
import { organismsTable } from '../../organisms-table.ts';
import { printResult } from '../../output.ts';

interface OrganismsOptions {
  readonly only?: readonly Truth[];
  readonly corpus?: string;
  readonly looks: string;
  readonly seed: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function addOrganisms(demo: Command): void {
  demo
    .command('organisms')
    .description('Deceivers planted with a known truth and strength: what do checks and looks see?')
    .addOption(
      new Option('--only <class...>', 'these classes alone (default: all)').choices(TRUTHS),
    )
    .option('--corpus <folder>', 'tasks of your own instead, each with cases/ (corpus/README.md)')
    .option('--looks <n>', 'most looks at each as an incumbent', '12')
    .option('--seed <text>', 'the same seed draws the same cases and surroundings', '1')
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Each organism of the corpus passes through the floor of checks once, in jails, and is then looked at as an incumbent: public less hidden score, answers that change with surroundings, impossible tasks passed, canaries touched, decided by an e-process. Takes minutes.',
          'What is missed is printed by name and is no failure of the command. Exit code 77 below J2. JSON: paceline.organisms/1.',
        ],
        examples: [
          'demo organisms',
          'demo organisms --only metric-gamer clean',
          'demo organisms --corpus my-tasks --looks 30 --json',
        ],
      }),
    )
    .action(async (options: OrganismsOptions) => {
      const { only, corpus, seed } = options;
      // 0 asks the floor alone.
      const looks = integer('--looks', options.looks);
      const request = {
        only,
        looks,
        seed,
        corpus: corpus === undefined ? undefined : resolve(corpus),
        onOrganism: options.quiet ? () => undefined : progress,
      };
      const never = new AbortController().signal;
      const report = await interruptible(
        () => runOrganisms(request, never),
        'Interrupted; nothing is kept of it.\n',
      );
      printResult(options, organismsJson(report), organismsTable(report));
    });
}

function progress(done: number, of: number): void {
  const line = `${done} of ${of} organisms`;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done === of ? '' : line}`);
  else if (done % 10 === 0 || done === of) process.stderr.write(`${line}\n`);
}
