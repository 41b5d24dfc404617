/** What a screen saw of a candidate: a level of few, chosen evaluations, which claims nothing. */
import { levelOf, type Metric } from '../../claims/orient.ts';
import { sampleSd } from '../../stats/summary.ts';
import { numberText, withUnit } from './number-text.ts';
import type { Settled } from './tally.ts';
import { besideOf, scoresOf } from './tally-trials.ts';

/** `12.3 percent (SD 0.8), the incumbent beside it 12.6` */
export function screenText(metric: Metric, event: Settled): string {
  const scores = scoresOf(event);
  const sd = scores.length > 1 ? sampleSd(scores) : undefined;
  const spread = sd === undefined ? '' : ` (SD ${numberText(sd)})`;
  const beside = besideOf(event);
  const incumbent =
    beside.length > 0 ? `, the incumbent beside it ${numberText(levelOf(metric, beside))}` : '';
  return `${withUnit(numberText(levelOf(metric, scores)), metric.unit)}${spread}${incumbent}`;
}
