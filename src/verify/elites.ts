/** Elites measured again: the one that was due, on the case that was due, and what follows of it. */
import { eliteNoise, hasFailed, REMEASURE_EVERY_TRIALS } from '../claims/elites.ts';
import { pairEvals } from '../claims/pairs.ts';
import { referenceSize } from '../claims/screen.ts';
import type { StoredEvent } from '../core/events.ts';
import { checkPublicCases } from './cases.ts';
import { screenValues } from './differences.ts';
import type { ArmEvidence, Complain, Evidence } from './evidence.ts';

type Recorded = StoredEvent<'measurement.recorded'>;

export function checkRemeasured(study: Evidence, event: Recorded, complain: Complain): void {
  const { body, seq } = event;
  const { archive, open, publicRoot } = study;
  const arm = study.arms.get(body.arm);
  if (arm === undefined) {
    complain('order', `No arm is named "${body.arm}".`);
    return;
  }
  if (open) complain('order', `An elite is measured while trial ${open.trial} is open.`);
  if (body.from !== arm.trials) complain('order', `Recorded after ${body.from} trials of its arm.`);
  checkDue(study, arm, { event, complain });
  const name = `remeasure:${body.arm}`;
  const first = arm.eliteCases;
  const due = publicRoot && ((i: number) => publicRoot.stream(-1, name, first + i).u32());
  checkPublicCases(study, { seq, cases: body.cases, due }, complain);
  arm.remeasuredAt = arm.trials;
  arm.owesElite = false;
  arm.eliteCases += body.cases.length;
  arm.evals += pairEvals(body);
  if (hasFailed(body)) archive.drop(arm.archive, body.candidate);
  else archive.remeasured(arm.archive, body.candidate, screenValues(study, arm, body));
}

/** An arm that is known to breed has an elite due, and a trial is settled instead. */
export function owesElite(study: Evidence, name: string, arm: ArmEvidence): boolean {
  const { rule, opened, archive, trials } = study;
  if (rule === undefined || !eliteNoise(study)) return false;
  if (arm.trials - arm.remeasuredAt < REMEASURE_EVERY_TRIALS) return false;
  if (!opened.lanes.some((lane) => lane.arm === name && lane.breeds)) return false;
  return archive.doubtful(arm.archive, trials, referenceSize(rule)) !== undefined;
}

interface Remeasured {
  readonly event: Recorded;
  readonly complain: Complain;
}

function checkDue(study: Evidence, arm: ArmEvidence, { event, complain }: Remeasured): void {
  const { arm: name, candidate, against, cases } = event.body;
  const { rule, opened, isPaired, archive } = study;
  const isSearch = opened.arms.some((one) => one.name === name && one.search === 'improver');
  if (!eliteNoise(study) || !isSearch) {
    complain('decision', `No elite of ${name} is measured again in this study.`);
    return;
  }
  if (arm.trials - arm.remeasuredAt < REMEASURE_EVERY_TRIALS || cases.length !== 1) {
    complain('decision', `One case for an elite is due every ${REMEASURE_EVERY_TRIALS} trials.`);
  }
  if (against !== (isPaired ? arm.incumbent : undefined)) {
    complain('decision', 'The elite is not measured as candidates are screened.');
  }
  if (rule === undefined) return;
  const doubtful = archive.doubtful(arm.archive, study.trials, referenceSize(rule));
  if (doubtful?.id === candidate) return;
  complain('decision', 'The elite measured again is not the best that has too little behind it.');
}
