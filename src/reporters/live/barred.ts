/** When what people ruled leaves the search nothing to measure, they must hear of it. */
import type { StoredEvent } from '../../core/events.ts';
import { countText } from '../report/number-text.ts';
import { MAIN_ARM } from '../report/tally.ts';

/** Trials of the search in a row, all of them barred, after which it is said; and every tenfold again. */
const FIRST_SAID = 20;

/** Told of every event in order; answers with a line when it is time for one. */
export function barredWatch(): (event: StoredEvent) => string | undefined {
  let streak = 0;
  return (event) => {
    if (event.type !== 'trial.settled' || event.body.arm !== MAIN_ARM) return undefined;
    const { barredBy, message = '' } = event.body;
    streak = barredBy === undefined ? 0 : streak + 1;
    if (barredBy === undefined || !isRound(streak)) return undefined;
    return `The last ${countText(streak)} trials of the search were all barred and nothing was measured: ${message} Take it back with: paceline steer lift ${barredBy}`;
  };
}

function isRound(streak: number): boolean {
  return streak >= FIRST_SAID && Number.isInteger(Math.log10(streak / FIRST_SAID));
}
