import type { Command } from 'commander';
import { readPackage, writeBrief } from '../../app/packages/brief.ts';
import {
  beginPackage,
  isBegun,
  type PackageState,
  packageConfig,
  readPackageState,
} from '../../app/packages/package.ts';
import { hasEnded } from '../../app/status.ts';
import { EXIT } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { helpText } from '../help.ts';
import { printResult, table } from '../output.ts';
import { isConfirmed, withSpendingOptions } from '../spending.ts';
import { stay, type WatchOptions } from '../watch.ts';

type Options = Pick<WatchOptions, 'json' | 'quiet' | 'yes' | 'record' | 'replay'>;

export function addPackage(program: Command): void {
  const parent = program
    .command('package')
    .description(
      'Work packages: a brief with criteria fixed beforehand, a study, one page with the evidence',
    )
    .addHelpText(
      'after',
      helpText({
        notes: [
          'packages/NAME/brief.yaml says what is asked and what will count as an answer; its hash is in the first entry of the ledger, so a brief that is edited later is refused. packages/NAME/package.md is written from the ledger: each number names its entries.',
          'JSON: paceline.package/1.',
        ],
        examples: [
          'package new faster-sort',
          'package run faster-sort',
          'package show faster-sort',
        ],
      }),
    );
  addNew(parent);
  addRun(parent);
  addShow(parent);
  for (const command of parent.commands)
    command
      .option('--json', 'print as JSON')
      .exitOverride()
      .showHelpAfterError(`(paceline package ${command.name()} --help says more)`);
}

const NAME = 'its folder below packages';

function addNew(parent: Command): void {
  parent
    .command('new')
    .description('Write a brief to be filled in')
    .argument('<name>', NAME)
    .addHelpText('after', helpText({ examples: ['package new faster-sort'] }))
    .action((name: string, options: Options) => {
      const path = writeBrief(process.cwd(), name);
      printResult(options, { schema: 'paceline.package/1', name, brief: path }, [
        `Wrote ${path}. Say in it what is asked and what will count as an answer, then: paceline package run ${name}`,
      ]);
    });
}

function addRun(parent: Command): void {
  withSpendingOptions(
    parent
      .command('run')
      .description('Begin its study, or go on with it, and write its page')
      .argument('<name>', NAME)
      .option('--quiet', 'no progress on stderr'),
  )
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Once its study has ended, only the page is written. Exit code 130: interrupted; run it again.',
        ],
        examples: ['package run faster-sort', 'package run faster-sort --json --quiet'],
      }),
    )
    .action(async (name: string, options: Options) => {
      const root = process.cwd();
      const one = readPackage(root, name);
      const config = packageConfig(one);
      const isOver = isBegun(one) && (await hasEnded(root, one.study));
      if (!isOver) {
        const agreed = { ...options, yes: await isConfirmed(config, options) };
        const { status } = await stay(root, agreed, (engine) => beginPackage(engine, one, config));
        if (status === 'interrupted') process.exitCode = EXIT.interrupted;
        if (status === 'waits-for-approval') process.exitCode = EXIT.waitsForApproval;
      }
      print(options, await readPackageState(one));
    });
}

function addShow(parent: Command): void {
  parent
    .command('show')
    .description('How each criterion stands, and the page anew')
    .argument('<name>', NAME)
    .addHelpText('after', helpText({ examples: ['package show faster-sort'] }))
    .action(async (name: string, options: Options) => {
      print(options, await readPackageState(readPackage(process.cwd(), name)));
    });
}

function print(options: Options, state: PackageState): void {
  const { name, criteria, page } = state;
  const rows = criteria.map(({ id, verdict, asked, found }) => [id, verdict, asked, found]);
  printResult(options, { schema: 'paceline.package/1', ...state } as unknown as Json, [
    `${name}: ${state.state}`,
    ...(rows.length > 0 ? table([['criterion', 'verdict', 'asked', 'found'], ...rows]) : []),
    ...(page === undefined ? [] : [`Page: ${page}`]),
  ]);
}
