import { type StudyPlace, withSoundLedger } from '../read-ledger.ts';
import { recordedConfig } from '../recorded-config.ts';
import { recordedKindOf } from '../task-kind.ts';
import { followOns } from './follow-ons.ts';
import { publicRecord } from './public-record.ts';

const NONE = 'Nothing was promoted so far, so there is nothing to follow on from.';

export function readFollowOnsOutside(place: StudyPlace) {
  const config = recordedConfig(place.root, place.id);
  return withSoundLedger(place, async (ledger) => {
    const record = await publicRecord(ledger);
    const kind = recordedKindOf(config, record.opened.originText);
    const found = followOns(kind, record);
    return { study: place.id, ...(found.length === 0 ? { none: NONE } : {}), followOns: found };
  });
}
