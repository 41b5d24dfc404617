/** Two candidates, or the finals of two studies, on a block of fresh pairs whose size is fixed beforehand. */
import { compare, twoWords } from '../../claims/comparison.ts';
import { pairDifferences } from '../../claims/pairs.ts';
import { PacelineError } from '../../core/errors.ts';
import { type Measuring, measureSides } from './measure.ts';
import {
  type CandidateComparison,
  listComparisons,
  readComparison,
  writeComparison,
} from './record.ts';
import type { Side, Sides } from './sides.ts';

/** Below it a t-interval leans on the differences being normal. */
const FEWEST_PAIRS = 8;
/** Hours of any evaluator, and an interval thinner than any gain worth having. */
const MOST_PAIRS = 100_000;

/** @throws PacelineError `USAGE` for a number no interval can be had from. */
export function checkPairs(pairs: number): number {
  if (pairs >= FEWEST_PAIRS && pairs <= MOST_PAIRS) return pairs;
  throw new PacelineError(
    'USAGE',
    `--pairs takes ${FEWEST_PAIRS} to ${MOST_PAIRS}, not ${pairs}: with fewer the interval would rest on an assumption.`,
    { pairs },
  );
}

/** Measures, records and says what the pairs bear. */
export async function compareCandidates(
  sides: Sides,
  run: Measuring,
): Promise<CandidateComparison> {
  const [first, second] = sides;
  // A damaged record stops it here, not when all is measured.
  const earlier = earlierOf(run.root, sides);
  const measured = await measureSides(sides, run);
  const { metric, task, evaluator } = first.opened;
  const comparison: CandidateComparison = {
    schema: 'paceline.compare/1',
    of: 'candidates',
    id: run.id,
    first: recorded(first),
    second: recorded(second),
    metric,
    task,
    evaluator,
    pairs: run.pairs,
    measured,
    ...foundIn({ measured, metric, first: first.name, second: second.name }),
    earlier,
  };
  writeComparison(run.root, comparison);
  return comparison;
}

function recorded({ study, candidate, name }: Side): CandidateComparison['first'] {
  return { study, candidate: candidate.id, name };
}

/** What the pairs say: again derived by `verify`. */
export function foundIn({
  measured,
  metric,
  first,
  second,
}: Pick<CandidateComparison, 'measured' | 'metric'> & {
  readonly first: string;
  readonly second: string;
}) {
  const pairs = pairDifferences(measured, metric);
  const { effect, interval, n, verdict } = compare(pairs);
  const words = twoWords({ effect, interval, n, verdict, metric, pairs, first, second });
  return { effect, interval: [...interval] as [number, number], n, verdict, words };
}

/** Of the same two candidates, whichever came first: the best of several would say too much. */
function earlierOf(root: string, [first, second]: Sides): number {
  const wanted = [first.candidate.id, second.candidate.id].sort().join();
  return listComparisons(root).filter((id) => {
    const found = readComparison(root, id);
    if (found.of !== 'candidates') return false;
    return [found.first.candidate, found.second.candidate].sort().join() === wanted;
  }).length;
}
