/** Guards and informational metrics as people read them. */
import { BLOCK_LEVEL } from '../../claims/decide.ts';
import type { GuardRule } from '../../claims/guards.ts';
import type { OtherGain, OtherMetric } from '../../claims/other-metrics.ts';
import { countText, differenceText, gainText, numberText } from './number-text.ts';

/** What the rule asks besides the objective; empty where it asks nothing. */
export function guardWords(guards: readonly GuardRule[] = []): string {
  if (guards.length === 0) return '';
  const margins = guards.map(
    ({ name, margin, unit }) => `${name} ${differenceText(margin, { unit })}`,
  );
  return `; and only what is shown to be worse by no more than its margin in each guard: ${margins.join(', ')}`;
}

/** `guard latency` or `memory`. */
export function otherLabel({ name, margin }: OtherMetric): string {
  return margin === undefined ? name : `guard ${name}`;
}

/** `0.12 ms [−0.2, 0.4] (positive is better; 95 % interval, 24 pairs; margin 3 ms)`. */
export function otherText(
  { unit, margin }: OtherMetric,
  { effect, interval, n }: OtherGain,
): string {
  const pairs = `${countText(n)} ${n === 1 ? 'pair' : 'pairs'}`;
  const kept = margin === undefined ? '' : `; margin ${differenceText(margin, { unit })}`;
  if (effect === undefined) return `not known (${pairs} with a value${kept})`;
  const size = gainText({ effect, interval }, { unit });
  if (!interval) return kept === '' ? size : `${size}${kept}`;
  return `${size} (positive is better; ${numberText(100 * BLOCK_LEVEL)} % interval, ${pairs}${kept})`;
}
