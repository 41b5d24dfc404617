/** What the net of the surrogate would see of every draft that nobody chose, and whether it beat its parent. */
import type { Foreseeable, Taste } from '../../src/tastes/contract.ts';
import { FEATURES } from '../../src/tastes/surrogate/features.ts';
import { type Net, weightCount } from '../../src/tastes/surrogate/net.ts';
import type { Sample } from '../../src/tastes/surrogate/train.ts';
import {
  forestPhenotypes,
  looker,
  type SurrogateState,
  surrogateTaste,
} from '../../src/tastes/surrogate.ts';
import { originOf, search } from './search.ts';
import type { Task } from './tasks.ts';

/** Says an even chance of everything: whoever ranks needs no net. */
const BLANK: Net = {
  inputs: FEATURES,
  hidden: 1,
  weights: Array(weightCount(FEATURES, 1)).fill(0),
};

export interface Recording {
  readonly seed: string;
  readonly evals: number;
  /** The taste ranks 8 drafts but in three trials of ten; else it looks on. */
  readonly chooses: boolean;
}

export async function recordsOf(
  task: Task,
  { seed, evals, chooses }: Recording,
): Promise<readonly Sample[]> {
  const { vocabulary, situations } = task;
  const phenotypeOf = forestPhenotypes({ vocabulary, situations });
  const taste = surrogateTaste({ phenotypeOf, origin: originOf(task), net: BLANK });
  const seen: (readonly number[] | undefined)[] = [];
  const look = (state: unknown, draft: Foreseeable): void =>
    void seen.push(looker(state as SurrogateState, phenotypeOf)(draft)?.features);
  const offered = chooses ? { drafts: 8, explore: 0.3 } : { drafts: 1, explore: 1 };
  const most = { evals };
  const { trials } = await search({ task, seed, taste: taste as Taste, ...offered, most, look });
  return trials.flatMap(({ judged: { atRandom, better, score, over } }, i) => {
    const x = seen[i];
    const gain = score === null ? {} : { gain: score - over };
    return x && atRandom ? [{ x, better: better === true, ...gain }] : [];
  });
}
