/** How a task set is refused: where it stands, what is wrong with it, and no more lines than a person reads. */
import { PacelineError } from '../../core/errors.ts';

const MOST_LINES = 10;

export function invalidTaskSet(place: string, problems: readonly string[]): PacelineError {
  const lines = problems.slice(0, MOST_LINES);
  const more = problems.length - lines.length;
  const rest = more > 0 ? [`and ${more} more like these`] : [];
  return new PacelineError(
    'TASK_SET_INVALID',
    `${place} is no task set that can be used:\n${[...lines, ...rest].map((line) => `  - ${line}`).join('\n')}`,
    { place, problems: lines, count: problems.length },
  );
}
