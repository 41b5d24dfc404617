/** Verbs that make a generation of what studies left: what they learnt, and what their programs share. */
import type { Command } from 'commander';
import { learn } from '../../app/improvers/learn.ts';
import { mineHere } from '../../app/improvers/mine-here.ts';
import { NAMES } from '../../app/improvers/store.ts';
import { EXIT } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import { diffImprovers } from '../../improver/diff.ts';
import { helpText } from '../help.ts';
import { positive } from '../improver-grow.ts';
import { learntLines, minedLines } from '../improver-text.ts';
import { printResult } from '../output.ts';

interface Common {
  readonly json?: boolean;
}

interface LearnOptions extends Common {
  readonly from?: string;
}

export function addLearn(parent: Command): void {
  parent
    .command('learn')
    .description('A child generation that knows what closed studies found')
    .argument('<study...>', 'closed studies of this folder (paceline memory list)')
    .option(
      '--from <generation>',
      `whose child it is: ${NAMES}; by default the one that all of them ran under, else bare`,
    )
    .addHelpText(
      'after',
      helpText({
        notes: [
          'It takes their lessons, their dead ends and, for programs of a closed language that situations tell apart and for source files, a taste trained further on the trials that nobody chose. Library, costs and settings stay its parent’s. The same studies and parent give the same id. Nothing is claimed of it: what a study found on one task may help no other.',
          'JSON: paceline.improver/1.',
        ],
        examples: [
          'improver learn bin-packing-3f2a',
          'improver learn tsp-1a2b tsp-9c0d --from g2',
          'run --improver g3',
        ],
      }),
    )
    .action(async (from: readonly string[], { from: wanted, ...options }: LearnOptions) => {
      const request = { root: process.cwd(), from, ...(wanted ? { parent: wanted } : {}) };
      const learnt = await learn(request);
      const { parent: before, child, studies } = learnt;
      const diff = diffImprovers(before.improver, child.improver);
      const said = { id: child.id, parent: before.id, studies, diff };
      const json = { schema: 'paceline.improver/1', ...said } as unknown as Json;
      printResult(options, json, learntLines(learnt, diff));
    });
}

interface MineOptions extends Common {
  readonly from: string;
  readonly most: string;
}

export function addMine(parent: Command): void {
  parent
    .command('mine')
    .description('A generation with what programs of several studies share, for genetic search')
    .argument('<study...>', 'studies of expressions, of two tasks at least')
    .option('--from <generation>', `whose child it is: ${NAMES}`, 'bare')
    .option('--most <n>', 'macros added at most', '6')
    .addHelpText(
      'after',
      helpText({
        notes: [
          'A macro is a part of expressions with holes: it is kept if naming it saves more nodes, in what the studies promoted and archived, than its definition and its holes cost. Under the generation (run --improver) genetic search puts instances in as one operator more; candidates are recorded written out. Nothing is claimed for it. Exit code 3: nothing is worth a name.',
          'JSON: paceline.improver-mine/1.',
        ],
        examples: ['improver mine packing-a packing-b', 'improver mine packing-a tour-b --from g2'],
      }),
    )
    .action(async (studies: readonly string[], { from, most, ...options }: MineOptions) => {
      const found = await mineHere({
        root: process.cwd(),
        from,
        studies,
        most: positive('--most', most),
      });
      const json = { schema: 'paceline.improver-mine/1', ...found } as unknown as Json;
      printResult(options, json, minedLines(found));
      process.exitCode = found.made ? EXIT.done : EXIT.nothingPromoted;
    });
}
