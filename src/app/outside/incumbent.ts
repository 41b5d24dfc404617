/** The files that lead now, and what they changed in the origin. */
import { type StudyPlace, withSoundLedger } from '../read-ledger.ts';
import { recordedConfig } from '../recorded-config.ts';
import { findCandidate } from '../show-candidate.ts';
import { patchOf, recordedKindOf } from '../task-kind.ts';

export function readIncumbentOutside(place: StudyPlace) {
  const config = recordedConfig(place.root, place.id);
  return withSoundLedger(place, async (ledger) => {
    const { id, text, opened } = await findCandidate(ledger, place.id, 'incumbent');
    const { origin, originText } = opened.body;
    const kind = recordedKindOf(config, originText);
    return {
      study: place.id,
      incumbent: id,
      isOrigin: id === origin,
      reachesFor: kind.scope(originText, text),
      untrusted: { files: kind.toFiles(text), diffFromOrigin: patchOf(kind, originText, text) },
    };
  });
}
