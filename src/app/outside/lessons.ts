/** What people left for whoever proposes, what they ruled out, and which operators led nowhere. */
import { peopleSaid } from '../people-said.ts';
import { type StudyPlace, withSoundLedger } from '../read-ledger.ts';
import { type Operator, publicRecord } from './public-record.ts';

/** Fewer trials say nothing about an operator. */
const ENOUGH_TRIALS = 20;

const NO_IMPROVER =
  'This release has no improver: no lesson here was learnt from other studies. There are what people said and what this study counted, and nothing else.';

export function readLessonsOutside(place: StudyPlace) {
  return withSoundLedger(place, async (ledger) => {
    const { steered, isClosed, operators } = await publicRecord(ledger);
    const notes = steered.flatMap(({ by, said }) =>
      said.kind === 'note' ? [{ untrusted: { by, note: said.value } }] : [],
    );
    const { standing = [] } = await peopleSaid(ledger, { steered, isClosed: false });
    return {
      study: place.id,
      improver: NO_IMPROVER,
      notes,
      ruledByPeople: standing.map(({ words, barred }) => ({
        rule: words,
        ...(barred ? { barredOfLate: barred } : {}),
      })),
      deadEnds: operators.filter(isDeadEnd).map(({ proposer, operator, trials }) => ({
        proposer,
        operator,
        trials,
        why: 'None of its trials entered the archive or challenged the incumbent.',
      })),
      ...(isClosed ? { finished: true } : {}),
    };
  });
}

function isDeadEnd({ trials, admitted, challenged }: Operator): boolean {
  return trials >= ENOUGH_TRIALS && admitted === 0 && challenged === 0;
}
