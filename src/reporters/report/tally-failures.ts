/** Reasons of trials without a score, counted. */
import { oneLine } from '../plain-text.ts';
import type { Settled, Tally } from './tally.ts';

/** Distinct reasons kept; a message that is new every time must not fill the memory. */
const MOST_REASONS = 20;
const LONGEST = 120;
export const OTHER_REASONS = 'other reasons';
/** What tells one failure of a kind from the next: counts, values, places. */
const NUMBER = /-?\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\w*|\b(?:NaN|Infinity)\b/gi;

export function tallyFailure(tally: Tally, event: Settled): void {
  const { outcome, end, barredBy, stoppedAt, message = '' } = event.body;
  const isBarred = barredBy !== undefined || stoppedAt !== undefined;
  if (outcome === 'scored' || end === 'duplicate' || isBarred) return;
  tally.failed += 1;
  const whole = oneLine(message).replace(NUMBER, '…');
  const said = whole.length > LONGEST ? `${whole.slice(0, LONGEST - 1)}…` : whole;
  const own = said === '' ? outcome : `${outcome}: ${said}`;
  const isKept = tally.failures.has(own) || tally.failures.size < MOST_REASONS;
  const reason = isKept ? own : OTHER_REASONS;
  const known = tally.failures.get(reason) ?? { reason, trials: 0, first: event };
  known.trials += 1;
  tally.failures.set(reason, known);
}
