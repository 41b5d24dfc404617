import type { Command } from 'commander';
import { checkPairs } from '../../app/compare/compare-candidates.ts';
import {
  candidateSides,
  type Sides,
  studySides,
  type Wanted,
  wantedBy,
} from '../../app/compare/sides.ts';
import { integer } from '../../app/overrides.ts';
import { PacelineError } from '../../core/errors.ts';
import { type CompareOptions, watchComparison } from '../compare.ts';

interface Options extends CompareOptions {
  readonly study?: string;
  readonly pairs: string;
}

/** As the study's own final comparisons. */
const PAIRS = '32';

export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('Two candidates, or the finals of two studies, on fresh pairs of cases')
    .argument('<a>', 'candidate (origin, incumbent, first digits of an id) or study')
    .argument('<b>', 'another of the same kind')
    .option('--study <id>', 'study of the candidates (default: the newest here)')
    .option('--pairs <n>', 'fresh pairs, fixed beforehand', PAIRS)
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nThe number of pairs is fixed beforehand, the cases come from a secret of their own, and the sentence is about\nthese two, never about how they were found. Ctrl-C leaves nothing behind. The record is\n.paceline/comparisons/<id>.json; paceline verify <id> derives its sentence again.\n\nExamples:\n  $ paceline compare origin incumbent\n  $ paceline compare 7c1f09aa 5ed69c40 --pairs 100\n  $ paceline compare bin-packing-7f3a01 bin-packing-90bb2c --json',
    )
    .action(async (a: string, b: string, options: Options) => {
      const root = process.cwd();
      const pairs = checkPairs(integer('--pairs', options.pairs));
      const wanted = [wantedBy(root, a), wantedBy(root, b)] as const;
      const sides = await sidesOf(root, wanted, options);
      process.exitCode = await watchComparison({ root, sides, pairs }, options);
    });
}

async function sidesOf(
  root: string,
  [a, b]: readonly [Wanted, Wanted],
  { study }: Options,
): Promise<Sides> {
  const words = [a.word, b.word] as const;
  if (a.what === 'candidate' && b.what === 'candidate') return candidateSides(root, study, words);
  if (a.what !== 'study' || b.what !== 'study') {
    throw new PacelineError(
      'USAGE',
      `"${a.word}" is a ${a.what} and "${b.word}" is a ${b.what}. Compare two candidates of a study, or two studies.`,
    );
  }
  if (study === undefined) return studySides(root, words);
  throw new PacelineError(
    'USAGE',
    `--study names the study of two candidates, but ${words.join(' and ')} are studies. Leave it out.`,
  );
}
