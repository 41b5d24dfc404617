/** What people left for whoever proposes, what they ruled out, which operators led nowhere, and what other studies left. */
import type { EventBody } from '../../core/events.ts';
import { readMemory } from '../memory/store.ts';
import { taskOf } from '../memory/task-of.ts';
import { isRelated } from '../memory/view.ts';
import { peopleSaid } from '../people-said.ts';
import { type StudyPlace, withSoundLedger } from '../read-ledger.ts';
import { type Operator, publicRecord } from './public-record.ts';

/** Fewer trials say nothing about an operator. */
const ENOUGH_TRIALS = 20;

const NO_IMPROVER =
  'This study records no improver: what stands here is what people said, what this study counted, and what closed studies of this folder left.';

/** What it runs under, and what it was told of earlier studies: lines that others wrote. */
function learntBefore({ improver, lessons = [], memory }: EventBody['study.opened']) {
  return {
    improver: improver ? { id: improver.id, generation: improver.generation } : NO_IMPROVER,
    ...(lessons.length > 0
      ? { lessons: lessons.map((lesson) => ({ untrusted: { lesson } })) }
      : {}),
    ...(memory ? { rememberedDeadEnds: memory.deadEnds.length } : {}),
  };
}

/** Lessons of one other study. */
const MOST_LESSONS = 5;

export function readLessonsOutside(place: StudyPlace) {
  return withSoundLedger(place, async (ledger) => {
    const { opened, steered, isClosed, operators } = await publicRecord(ledger);
    const notes = steered.flatMap(({ by, said }) =>
      said.kind === 'note' ? [{ untrusted: { by, note: said.value } }] : [],
    );
    const { standing = [] } = await peopleSaid(ledger, { steered, isClosed: false });
    return {
      study: place.id,
      ...learntBefore(opened),
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
      otherStudies: otherStudies(place, taskOf(opened)),
      ...(isClosed ? { finished: true } : {}),
    };
  });
}

function isDeadEnd({ trials, admitted, challenged }: Operator): boolean {
  return trials >= ENOUGH_TRIALS && admitted === 0 && challenged === 0;
}

/** Of the same task and of related ones, what paid there; who proposed it is other people's text. */
function otherStudies({ root, id }: StudyPlace, task: ReturnType<typeof taskOf>) {
  const others = readMemory(root).filter(
    ({ record, isForgotten }) =>
      !isForgotten && record.study !== id && isRelated(record.task, task),
  );
  return others.map(({ record }) => ({
    study: record.study,
    isSameTask: record.task.id === task.id,
    deadEnds: record.deadEnds.length,
    paid: record.lessons
      .slice(0, MOST_LESSONS)
      .map(({ proposer, operator, trials, promoted, rate, gainPer1000Evals }) => ({
        untrusted: { proposer, operator },
        trials,
        promoted,
        rate,
        gainPer1000Evals,
      })),
  }));
}
