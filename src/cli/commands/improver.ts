import type { Command } from 'commander';
import { adoptGeneration } from '../../app/improver-gp/adopt.ts';
import { exportImprover, importImprovers } from '../../app/improvers/exchange.ts';
import { listedImprovers, withDecision } from '../../app/improvers/listed.ts';
import { SEAL_FILE } from '../../app/improvers/sealed/pool.ts';
import { sealHere } from '../../app/improvers/sealed/seal.ts';
import { findImprover, NAMES } from '../../app/improvers/store.ts';
import { viewOf } from '../../app/improvers/view.ts';
import { pickStudy } from '../../app/study-files.ts';
import type { Json } from '../../core/json.ts';
import { diffImprovers } from '../../improver/diff.ts';
import { helpText } from '../help.ts';
import { type GrowOptions, growOnTerminal } from '../improver-grow.ts';
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
  addGrow(improver);
  addList(improver);
  addShow(improver);
  addDiff(improver);
  addExport(improver);
  addImport(improver);
  addSeal(improver);
  addAdopt(improver);
  for (const command of improver.commands)
    command
      .option('--json', 'print as JSON')
      .exitOverride()
      .showHelpAfterError(`(paceline improver ${command.name()} --help says more)`);
}

const say = (options: Common, value: object, lines: readonly string[]): void =>
  printResult(options, { schema: 'paceline.improver/1', ...value } as unknown as Json, lines);

function addGrow(parent: Command): void {
  parent
    .command('grow')
    .description('A lineage of solvers, each made of its parent’s solutions, promoted one by one')
    .option('--from <generation>', `bare, expert (18 helpers by hand), or ${NAMES}`, 'expert')
    .option(
      '--tasks <name>',
      'generated, everyday, text, deep, or a folder with tasks.json',
      'generated',
    )
    .option('--seed <n>', 'of the training tasks of a generator', '1')
    .option('--generations <n>', 'promoted ones at most', '6')
    .option('--candidates <n>', 'programs computed in each search', '450000')
    .option('--seeds <n>', 'pairs of each claim; nothing is claimed under 12', '12')
    .option('--mix <share>', 'of the start’s costs in every generation (0.25 from expert, else 0)')
    .option('--controls', 'grow the control lines of the last generation too, for compare')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Solver k solves training tasks; what its solutions share becomes abstractions and costs of solver k+1. It is promoted if it is not slower on a quarter of the training tasks that it did not learn from, and is shown to beat its parent on fresh tasks; then the abstraction that is said to matter is taken out and the effect compared with its prediction, and an audit repeats the claim on other seeds before the next may follow. Fewer abstractions, and costs alone, are tried where six are not promoted. Exit code 3: no generation was promoted.',
          'JSON: paceline.improver-grow/1.',
        ],
        examples: [
          'improver grow',
          'improver grow --from bare --generations 4 --controls',
          'improver grow --tasks my-tasks --from bare',
        ],
      }),
    )
    .action(async (options: GrowOptions) => {
      process.exitCode = await growOnTerminal(process.cwd(), options);
    });
}

function addList(parent: Command): void {
  parent
    .command('list')
    .description('All generations of this folder')
    .addHelpText('after', helpText({ examples: ['improver list', 'improver list --json'] }))
    .action((options: Common) => {
      const all = listedImprovers(process.cwd());
      const improvers = all.map(({ improver, ...said }) => ({
        ...said,
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

function addAdopt(parent: Command): void {
  parent
    .command('adopt')
    .description('Make a generation of what a study with kind: improver has promoted')
    .argument('[study]', 'study id (default: the newest here)')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Its parent is the generation that the study ran under, or the bare start. paceline run --improver then searches with its settings.',
        ],
        examples: ['improver adopt', 'improver adopt improver-gp-7f3a01'],
      }),
    )
    .action(async (study: string | undefined, options: Common) => {
      const root = process.cwd();
      const id = pickStudy(root, study);
      const { candidate, ...one } = await adoptGeneration({ root, id });
      const { generation, parent: from } = one.improver;
      say(options, { id: one.id, generation, parent: from, study: id, candidate }, [
        ...listLines([withDecision(root, one)]),
        `paceline improver diff ${shortId(from ?? 'bare')} ${shortId(one.id)} shows what moved; paceline compare --improvers bare ${shortId(one.id)} --tasks FOLDER what that is worth on families it never saw.`,
      ]);
    });
}

const shortId = (id: string): string => id.replace('sha256:', '').slice(0, 16);

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
        listLines(improvers.map((one) => withDecision(process.cwd(), one))),
      );
    });
}

interface SealOptions extends Common {
  readonly secret: string;
  readonly lost?: string;
}

function addSeal(parent: Command): void {
  parent
    .command('seal')
    .description('Seal a pool of tasks for this release: a secret seed, and its hash for everybody')
    .argument('<pool>', 'sealed, or a folder with seal.json and generate.mjs')
    .requiredOption('--secret <file>', 'file to write, outside of the pool’s repository, mode 0600')
    .option('--lost <reason>', 'the seal before it is given up unopened: stays in the ledger')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'Seed and nonce come from the system’s randomness and are not shown. compare --improvers --tasks <pool> --reveal <file> opens the seal once.',
        ],
        examples: ['improver seal sealed --secret ~/.paceline-sealed-0.1.0'],
      }),
    )
    .action((pool: string, { secret, lost, ...options }: SealOptions) => {
      const { release, seedHash, ledger } = sealHere(process.cwd(), pool, {
        secret,
        ...(lost === undefined ? {} : { lost }),
      });
      say(options, { release, seedHash, ledger, secret }, [
        `Sealed for ${release}: ${seedHash}. The secret is in ${secret}; whoever has read it does not work on a solver before it is opened.`,
        `Commit ${SEAL_FILE} and ${ledger}.`,
      ]);
    });
}
