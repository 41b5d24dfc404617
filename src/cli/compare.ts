/** A comparison on the terminal: what is compared, the pairs as they come, the sentence. */

import { compareCandidates } from '../app/compare/compare-candidates.ts';
import { abandonComparison, type Measuring } from '../app/compare/measure.ts';
import {
  type CandidateComparison,
  comparisonPath,
  newComparisonId,
} from '../app/compare/record.ts';
import type { Sides } from '../app/compare/sides.ts';
import { EXIT } from '../core/errors.ts';
import { stripControl } from '../reporters/plain-text.ts';
import { untilSignalled } from './interrupt.ts';
import { printResult } from './output.ts';

export interface CompareOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface Watched {
  readonly root: string;
  readonly sides: Sides;
  readonly pairs: number;
}

/** Measures and prints. Returns the exit code; after Ctrl-C nothing of it is left. */
export async function watchComparison(
  { root, sides, pairs }: Watched,
  options: CompareOptions,
): Promise<number> {
  const id = newComparisonId();
  const [first, second] = sides;
  const say = saying(options);
  const measuring = (signal: AbortSignal): Measuring => ({
    root,
    id,
    pairs,
    signal,
    again: 'paceline compare',
    onCommit: (commit) =>
      say(
        `${first.name} against ${second.name}: ${pairs} fresh pairs; secret of the cases ${commit}\n`,
      ),
    onPairs: (done) => {
      if (process.stderr.isTTY) say(`\rpair ${done} of ${pairs}${done < pairs ? '' : '\n'}`);
    },
  });
  return untilSignalled(
    async (signal) => {
      const comparison = await compareCandidates(sides, measuring(signal));
      printResult(options, comparison, linesOf(root, comparison));
      return EXIT.done;
    },
    {
      abandon: () => abandonComparison(root, id),
      said: 'paceline: interrupted; nothing was recorded. Compare again when you like.\n',
    },
  );
}

export function saying({ quiet }: CompareOptions): (text: string) => void {
  return (text) => {
    if (!quiet) process.stderr.write(text);
  };
}

function linesOf(root: string, comparison: CandidateComparison): readonly string[] {
  const { earlier, words, id } = comparison;
  const warning =
    earlier > 0
      ? [
          `These two were compared ${earlier} time${earlier === 1 ? '' : 's'} before: each has its own 5 %, so read all of them, not the best.`,
        ]
      : [];
  return [stripControl(words), ...warning, `Record: ${comparisonPath(root, id)}`];
}
