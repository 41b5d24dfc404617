/** Forecasts: that one stands where it is due, by the draw of its trial, about the bar that the archive set. */
import { isAtRandom, overOf } from '../claims/foreseen.ts';
import { referenceOf } from '../claims/screen.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import { hasKey } from '../core/key-set.ts';
import type { ArmEvidence, Check, Complain, Evidence } from './evidence.ts';

type Settled = EventBody['trial.settled'];

interface Settling {
  readonly event: StoredEvent<'trial.settled'>;
  readonly complain: Complain;
}

/** Before the trial is followed: archive and level are those that it was settled by. */
export function checkForeseen(
  study: Evidence,
  arm: ArmEvidence,
  { event, complain }: Settling,
): void {
  checkForetold(study, { event, complain });
  const { body, trial = -1 } = event;
  const { taste } = study.opened;
  const { forecast } = body;
  if (isFollowOn(study, trial)) {
    if (forecast) complain('decision', 'A follow-on predicts itself, and a forecast is recorded.');
    return;
  }
  if (forecast === undefined) {
    if (taste && isDue(study, arm, body)) {
      complain('decision', 'Nothing is recorded of what was expected of it.');
    }
    return;
  }
  if (taste === undefined || !isSearch(study, body.arm)) {
    complain('decision', 'A forecast is recorded where the study has no taste.');
    return;
  }
  const isDrawn =
    study.publicRoot && isAtRandom(study.publicRoot.stream(trial, 'taste'), taste.explore);
  if (isDrawn !== undefined && isDrawn !== (forecast.atRandom ?? false)) {
    const due = isDrawn ? 'the first draft' : 'the draft of its taste';
    complain('decision', `By its draw the trial takes ${due}; recorded otherwise.`);
  }
  const over = barOf(study, arm, body);
  if (over === undefined || over === forecast.over) return;
  complain('decision', `It had to beat ${over}; recorded is ${forecast.over}.`);
}

/** What the engine proposed as a text: no proposer was asked, and no taste. */
function isFollowOn({ followOns }: Evidence, trial: number): boolean {
  return followOns.waiting.some((one) => one.trial === trial && one.candidate !== undefined);
}

/** Arms that choose what they build on. */
function isSearch({ opened }: Evidence, name: string): boolean {
  return opened.arms.some(({ name: arm, search }) => arm === name && search === 'improver');
}

/** What was measured was expected to do something first; what was known, barred or no candidate was not. */
function isDue(study: Evidence, arm: ArmEvidence, body: Settled): boolean {
  const isMeasured = body.values.length > 0 || (body.stages ?? []).length > 0;
  return isSearch(study, body.arm) && isMeasured && !hasKey(arm.seen, body.key);
}

/** Undefined where it cannot be told. */
function barOf(study: Evidence, arm: ArmEvidence, { parents }: Settled): number | undefined {
  const { archive, isPaired, opened, floor } = study;
  const { level } = arm;
  const incumbent = isPaired ? level : referenceOf(arm.reference);
  if (Number.isNaN(incumbent) || floor === undefined) return undefined;
  const [parent] = parents;
  const over = (worth: number): number => overOf({ isPaired, level }, worth);
  if (parent === undefined || parent === arm.incumbent) return over(incumbent);
  const kept = archive.find(arm.archive, parent);
  if (kept) return over(kept.score);
  return over(parent === opened.origin ? floor.location : incumbent);
}

/** A person's word counts only if it was said before the result, and about this candidate. */
function checkForetold({ foretold }: Evidence, { event, complain }: Settling): void {
  const { trial = -1, body } = event;
  const about = foretold.get(trial) ?? [];
  foretold.delete(trial);
  if (about.some((candidate) => candidate !== body.candidate)) {
    complain('decision', 'Somebody foretold what came of another candidate than the one tried.');
  }
}

export const checkForecastMade: Check<'forecast.made'> = (study, { trial, body }, complain) => {
  if (trial === undefined || trial < study.trials) {
    complain('order', 'A forecast is recorded after the result it is about.');
    return;
  }
  study.foretold.set(trial, [...(study.foretold.get(trial) ?? []), body.candidate]);
};
