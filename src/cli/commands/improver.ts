import type { Command } from 'commander';
import { exportImprover, importImprovers } from '../../app/improvers/exchange.ts';
import { findImprover, listImprovers, NAMES } from '../../app/improvers/store.ts';
import { viewOf } from '../../app/improvers/view.ts';
import type { Json } from '../../core/json.ts';
import { diffImprovers } from '../../improver/diff.ts';
import { helpText } from '../help.ts';
import { diffLines, listLines, showLines } from '../improver-text.ts';
import { printResult } from '../output.ts';

interface Common {
  readonly json?: boolean;
}

export function addImprover(program: Command): void {
  const improver = program
    .command('improver')
    .description('Generations of how the loop itself works: what is here, and what changed')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'An improver is data: a library of abstractions, costs, slots, lessons. It is immutable and named by its content; a change is a new generation with the old one as its parent. They lie in .paceline/improvers.',
          `A generation is named by ${NAMES}.`,
          'JSON: paceline.improver/1.',
        ],
        examples: ['improver list', 'improver show g2', 'improver diff g1 g2', 'run --improver g2'],
      }),
    );
  addList(improver);
  addShow(improver);
  addDiff(improver);
  addExport(improver);
  addImport(improver);
  for (const command of improver.commands)
    command
      .option('--json', 'print as JSON')
      .exitOverride()
      .showHelpAfterError(`(paceline improver ${command.name()} --help says more)`);
}

const say = (options: Common, value: object, lines: readonly string[]): void =>
  printResult(options, { schema: 'paceline.improver/1', ...value } as unknown as Json, lines);

function addList(parent: Command): void {
  parent
    .command('list')
    .description('All generations of this folder')
    .addHelpText('after', helpText({ examples: ['improver list', 'improver list --json'] }))
    .action((options: Common) => {
      const all = listImprovers(process.cwd());
      const improvers = all.map(({ id, improver }) => ({
        id,
        generation: improver.generation,
        parent: improver.parent,
        library: improver.library.length,
      }));
      say(options, { improvers }, listLines(all));
    });
}

function addShow(parent: Command): void {
  parent
    .command('show')
    .description('What a generation knows: its library as a graph, written out in primitives')
    .argument('<generation>', NAMES)
    .addHelpText('after', helpText({ examples: ['improver show g2', 'improver show 3f9c'] }))
    .action((wanted: string, options: Common) => {
      const view = viewOf(findImprover(process.cwd(), wanted));
      say(options, view, showLines(view));
    });
}

function addDiff(parent: Command): void {
  parent
    .command('diff')
    .description('What changed from one generation to another')
    .argument('<from>', NAMES)
    .argument('<to>', 'likewise')
    .addHelpText('after', helpText({ examples: ['improver diff g1 g2', 'improver diff bare g4'] }))
    .action((from: string, to: string, options: Common) => {
      const [a, b] = [findImprover(process.cwd(), from), findImprover(process.cwd(), to)];
      const diff = diffImprovers(a.improver, b.improver);
      say(options, { from: a.id, to: b.id, diff }, diffLines(diff));
    });
}

function addExport(parent: Command): void {
  parent
    .command('export')
    .description('Write a generation with all its parents into one file')
    .argument('<generation>', NAMES)
    .argument('<file>', 'file to write')
    .addHelpText('after', helpText({ examples: ['improver export g4 solver.json'] }))
    .action((wanted: string, file: string, options: Common) => {
      const one = findImprover(process.cwd(), wanted);
      const count = exportImprover(process.cwd(), one, file);
      say(options, { id: one.id, file, improvers: count }, [
        `Wrote ${file}: ${count} generations. Whoever gets it takes it in with paceline improver import ${file}.`,
      ]);
    });
}

function addImport(parent: Command): void {
  parent
    .command('import')
    .description('Take in what improver export wrote, checked as a whole before any of it is kept')
    .argument('<file>', 'file that improver export wrote')
    .addHelpText('after', helpText({ examples: ['improver import solver.json'] }))
    .action((file: string, options: Common) => {
      const improvers = importImprovers(process.cwd(), file);
      say(
        options,
        {
          improvers: improvers.map(({ id, improver }) => ({ id, generation: improver.generation })),
        },
        listLines(improvers),
      );
    });
}
