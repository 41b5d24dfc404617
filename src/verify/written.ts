/** Candidates that people wrote, or programs of theirs: which trial is due to try one, and whether it did. */
import type { EventBody, StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { hasKey, removeKey } from '../core/key-set.ts';
import { isPredicted } from '../core/prediction.ts';
import { outsiderOf } from '../core/steering.ts';
import { type Complain, type Evidence, MAIN_ARM } from './evidence.ts';

type Steered = EventBody['study.steered'];

export function checkTaken(study: Evidence, body: Steered, complain: Complain): void {
  const { id, by, said, takes } = body;
  if (said.kind !== 'candidate') {
    if (takes) complain('decision', 'Takes a trial, and no candidate was handed in.');
    return;
  }
  if (takes === undefined) {
    complain('decision', 'A candidate was handed in, and no trial is named that tries it.');
    return;
  }
  const due = firstUnasked(study, { from: study.trials, fits: () => true });
  if (takes.trial !== due) {
    complain('decision', `Takes trial ${takes.trial}; the first that nobody had asked is ${due}.`);
  }
  const { text, ...predicted } = said.value;
  const key = study.keyOf?.(text);
  if (key !== undefined && key !== takes.key) {
    complain('decision', 'The candidate is recorded as another hypothesis than its text is.');
  }
  const main = study.arms.get(MAIN_ARM);
  if (main && hasKey(main.spoiled, takes.key)) {
    // The machine ended its trial: it is due to be measured, where another would be a duplicate.
    for (const keys of [main.seen, main.spoiled]) removeKey(keys, takes.key);
  }
  const parent = main?.incumbent ?? study.opened.origin;
  study.steering.written.set(takes.trial, {
    id,
    ...outsiderOf(by),
    candidate: sha256(text),
    parent,
    predicted,
    ...takes,
  });
}

/** Asked are the trials whose horizon is reached, where any may be asked ahead at all. */
export function firstUnasked(
  study: Evidence,
  { from, fits }: { readonly from: number; readonly fits: (trial: number) => boolean },
): number {
  const { opened, steering, trials, isPaired, floor } = study;
  const { cycle, lanes, lookahead } = opened;
  const laneAt = (trial: number): number => cycle[trial % cycle.length] ?? 0;
  const isWaiting = (trial: number): boolean => {
    if (lanes[laneAt(trial)]?.waits) return true;
    if (floor === undefined || isPaired || trial - lookahead + 1 > trials) return true;
    if (!lanes[laneAt(trial)]?.sequential) return false;
    return range(trials, trial).some((earlier) => laneAt(earlier) === laneAt(trial));
  };
  const isTaken = (trial: number): boolean =>
    steering.written.has(trial) || study.followOns.waiting.some((one) => one.trial === trial);
  for (let trial = from; ; trial += 1) {
    const isMain = lanes[laneAt(trial)]?.arm === MAIN_ARM;
    if (isMain && isWaiting(trial) && !isTaken(trial) && fits(trial)) return trial;
  }
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** True where the trial was a person's to fill: then no proposer was asked. */
export function checkWritten(
  study: Evidence,
  { body, trial = -1 }: StoredEvent<'trial.settled'>,
  complain: Complain,
): boolean {
  const { written } = study.steering;
  const due = written.get(trial);
  written.delete(trial);
  if (due === undefined) {
    if (body.writtenIn !== undefined)
      complain('decision', `Nobody outside wrote what trial ${trial} tries.`);
    if (study.opened.lanes[body.lane]?.waits && body.followOn === undefined)
      complain('decision', `Trial ${trial} was to wait for what people hand in.`);
    return false;
  }
  const [parent, ...others] = body.parents;
  const isIt =
    body.writtenIn === due.id &&
    body.proposer === due.proposer &&
    body.operator === due.operator &&
    body.candidate === due.candidate &&
    body.key === due.key &&
    body.size === due.size &&
    body.considered === 1 &&
    parent === due.parent &&
    others.length === 0;
  if (!isIt) complain('decision', `Trial ${trial} was to try what steering ${due.id} handed in.`);
  if (!isPredicted(due.predicted, body)) {
    complain('decision', `Trial ${trial} does not say what steering ${due.id} predicted of it.`);
  }
  return true;
}
