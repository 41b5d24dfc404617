import { followOnsTold } from '../follow-ons-of.ts';
import { type StudyPlace, withSoundLedger } from '../read-ledger.ts';
import { recordedConfig } from '../recorded-config.ts';
import { recordedKindOf } from '../task-kind.ts';
import { followOnsOutside } from './follow-ons.ts';
import { publicRecord } from './public-record.ts';

const NONE = 'Nothing was promoted so far, so there is nothing to follow on from.';
const OFF = 'This study does not propose what to try next: it was opened without followOns.';

export function readFollowOnsOutside(place: StudyPlace) {
  const config = recordedConfig(place.root, place.id);
  return withSoundLedger(place, async (ledger) => {
    const record = await publicRecord(ledger);
    const { opened } = record;
    const kind = recordedKindOf(config, opened.originText);
    const { occasions, rates } = await followOnsTold(ledger, opened.metric);
    const why = opened.followOns ? NONE : OFF;
    return {
      study: place.id,
      ...(occasions.length === 0 ? { none: why } : {}),
      occasions: followOnsOutside(kind, record, occasions),
      rates,
    };
  });
}
