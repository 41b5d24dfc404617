import type { Command } from 'commander';
import { findRemembered, forget, gatherMemory } from '../../app/memory/store.ts';
import { memoryView } from '../../app/memory/view.ts';
import type { Json } from '../../core/json.ts';
import { helpText } from '../help.ts';
import { listLines, showLines } from '../memory-text.ts';
import { printResult } from '../output.ts';

interface Common {
  readonly json?: boolean;
}

const NAMES = 'a closed study, or the first digits of an id';

export function addMemory(program: Command): void {
  const memory = program
    .command('memory')
    .description('What closed studies left to later ones: dead ends, lessons, sizes of effects')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'It follows from the ledgers alone and lies in .paceline/memory, a file per study. A study whose config says memory: on begins with the dead ends of its own task and pays for none of them again; its controls have the same.',
          'JSON: paceline.memory/1.',
        ],
        examples: ['memory list', 'memory show bin-packing-3f2a', 'memory forget bin-packing-3f2a'],
      }),
    );
  addList(memory);
  addShow(memory);
  addForget(memory);
  for (const command of memory.commands)
    command
      .option('--json', 'print as JSON')
      .exitOverride()
      .showHelpAfterError(`(paceline memory ${command.name()} --help says more)`);
}

const say = (options: Common, value: object, lines: readonly string[]): void =>
  printResult(options, { schema: 'paceline.memory/1', ...value } as unknown as Json, lines);

function addList(parent: Command): void {
  parent
    .command('list')
    .description('Every closed study of this folder, and what it left')
    .addHelpText('after', helpText({ examples: ['memory list', 'memory list --json'] }))
    .action(async (options: Common) => {
      const { all, skipped } = await gatherMemory(process.cwd());
      const studies = all.map(({ id, record, isForgotten }) => ({
        id,
        study: record.study,
        task: record.task.id,
        deadEnds: record.deadEnds.length,
        failed: record.failed.length,
        promotions: record.effects.gains.length,
        ...(isForgotten ? { forgotten: true } : {}),
      }));
      say(options, { studies, skipped }, listLines(all, skipped));
    });
}

function addShow(parent: Command): void {
  parent
    .command('show')
    .description('What one study left: what paid, how large gains were, where it led nowhere')
    .argument('<study>', NAMES)
    .addHelpText('after', helpText({ examples: ['memory show 3f9c', 'memory show 3f9c --json'] }))
    .action(async (wanted: string, options: Common) => {
      const { all } = await gatherMemory(process.cwd());
      const view = memoryView(findRemembered(all, wanted), all);
      say(options, view, showLines(view));
    });
}

function addForget(parent: Command): void {
  parent
    .command('forget')
    .description('Take back what a study left: no later study begins with it')
    .argument('<study>', NAMES)
    .addHelpText('after', helpText({ examples: ['memory forget 3f9c'] }))
    .action(async (wanted: string, options: Common) => {
      const { all } = await gatherMemory(process.cwd());
      const one = findRemembered(all, wanted);
      forget(process.cwd(), one);
      const { id, record } = one;
      say(options, { id, study: record.study, forgotten: true }, [
        `Studies that begin from now on take nothing from ${record.study}. Those that began with it keep what their first entry says.`,
      ]);
    });
}
