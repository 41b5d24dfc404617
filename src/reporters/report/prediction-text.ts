/** A predicted gain as people read it: signed, in the metric's unit, with its interval where it has one. */
import { withGainUnit } from '../../claims/claim.ts';
import type { Metric } from '../../claims/orient.ts';
import type { Remarks } from '../../core/remarks.ts';
import { numberText } from './number-text.ts';

/** `+0.4 ms [0.1, 0.7]`; of times too in their unit: nobody predicts a ratio of speeds. Undefined without one. */
export function predictionText(
  { expected, expectedInterval }: Pick<Remarks, 'expected' | 'expectedInterval'>,
  { unit }: Pick<Metric, 'unit'>,
): string | undefined {
  if (expected === undefined) return undefined;
  const figure = `${expected > 0 ? '+' : ''}${numberText(expected)}`;
  const size = withGainUnit(figure, { unit });
  if (expectedInterval === undefined) return size;
  return `${size} [${expectedInterval.map(numberText).join(', ')}]`;
}
