/** A function of the evaluator, and the metric that is read from what it returns. */
import { type Mapped, SCORE } from './describe.ts';

/** How a function of the evaluator is asked. A mean that is held to a threshold leaves nothing out. */
export function functionOf(
  { python, functions, dimensions }: Mapped,
  name: string,
  isMean: boolean,
): object {
  const except = name === functions.at(-1) ? dimensions : [];
  return { function: name, python, ...(isMean ? { mean: { except } } : {}) };
}

export const metricName = (isMean: boolean): string => (isMean ? 'mean_of_metrics' : SCORE);
