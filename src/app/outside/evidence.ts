/** What was tried and what of it is claimed, for programs of others: as proposers and the report have it, no more. */
import type { Metric } from '../../claims/orient.ts';
import { type StudyPlace, withSoundLedger } from '../read-ledger.ts';
import { type PublicPromotion, type PublicRecord, publicRecord } from './public-record.ts';
import type { Untrusted } from './untrusted.ts';
import { fateOf, gainOf, screenOf } from './words.ts';

export function readEvidenceOutside(place: StudyPlace, last: number) {
  return withSoundLedger(place, async (ledger) => {
    const record = await publicRecord(ledger, last);
    const { metric } = record.opened;
    const { name, unit, goal } = metric;
    return {
      study: place.id,
      metric: { name, unit, goal, gains: 'positive is better' },
      ...(record.originLevel === undefined ? {} : { originLevel: record.originLevel }),
      counts: { ...record.counts, promotions: record.promotions.length },
      promotions: record.promotions.map((one) => promotionOf(one, metric)),
      comparisons: record.compared.map(({ arm, words, n }) => ({ with: arm, words, pairs: n })),
      trials: trialsOf(record),
      notHere:
        'Cases, what confirms measured, sealed sets, what a gate said and secrets are not told to anybody who proposes. A screen is noisy and claims nothing.',
    };
  });
}

function promotionOf({ body, trial, operator, hypothesis }: PublicPromotion, metric: Metric) {
  const { candidate, from } = body;
  const claim = gainOf(body, metric);
  return { trial, candidate, from, operator, claim, ...untrustedOf({ hypothesis }) };
}

function trialsOf(record: PublicRecord) {
  const { metric } = record.opened;
  return record.latest.map((one) => {
    const { trial, candidate, proposer, operator, outcome, admitted, expected } = one;
    const { message, hypothesis, mechanism } = one;
    return {
      trial,
      candidate,
      by: `${proposer}, ${operator}`,
      outcome,
      ...screenOf(one, metric),
      admitted,
      end: fateOf(one, record),
      ...(expected === undefined ? {} : { predicted: expected }),
      ...untrustedOf({ message, hypothesis, mechanism }),
    };
  });
}

export function untrustedOf(said: Readonly<Record<string, string | undefined>>): Untrusted {
  const there = Object.entries(said).filter(([, text]) => text !== undefined);
  return there.length === 0
    ? {}
    : { untrusted: Object.fromEntries(there) as Record<string, string> };
}
