/** What a running study is about, as far as its last durable entry tells. */
import type { StoredEvent } from '../core/events.ts';

const FINALS: ReadonlySet<string> = new Set(['control', 'final']);

export function phaseAfter(event: StoredEvent | undefined): string {
  const trial = `trial ${event?.trial}`;
  switch (event?.type) {
    case undefined:
    case 'study.opened':
      return 'measuring the noise floor';
    case 'measurement.recorded':
      if (event.body.purpose === 'confirm') return `confirming ${trial}`;
      if (event.body.purpose === 'block') return `measuring the gain of ${trial}`;
      return FINALS.has(event.body.purpose) ? 'the final comparison' : 'searching';
    case 'trial.settled':
      return event.body.end === null ? `confirming ${trial}` : 'searching';
    case 'trial.confirmed':
      return event.body.verdict === 'accepted' ? `measuring the gain of ${trial}` : 'searching';
    case 'arm.compared':
    case 'islands.compared':
      return 'the final comparison';
    default:
      return 'searching';
  }
}
