/** What people decided while the study ran, and what followed from it. */
import type { EventBody, StoredEvent } from '../core/events.ts';
import { type Hash, sha256 } from '../core/hash.ts';
import { hasKey } from '../core/key-set.ts';
import type { SteeringOf } from '../core/steering.ts';
import { advance } from '../core/trial-state.ts';
import { checkBarred, concerns } from './barred.ts';
import {
  type ArmEvidence,
  type Complain,
  type Evidence,
  MAIN_ARM,
  measuredEvals,
} from './evidence.ts';
import { checkTaken } from './written.ts';

type Steered = EventBody['study.steered'];

export function checkSteered(
  study: Evidence,
  { body }: StoredEvent<'study.steered'>,
  complain: Complain,
): void {
  const { steering } = study;
  if (steering.ids.has(body.id)) complain('order', `Takes up ${body.id} a second time.`);
  steering.ids.add(body.id);
  const { said } = body;
  const isWord = said.kind === 'note' || said.kind === 'close-incident';
  if (said.kind === 'close-incident') steering.closing = { ...said.value, by: body.by };
  if (!isWord && (study.comparing.size > 0 || study.compared.size > 0)) {
    complain('order', 'Steers the study after its final comparison began.');
  }
  const isGift = body.said.kind === 'candidate' || body.said.kind === 'pin';
  if (isGift && study.opened.design !== undefined) {
    complain('decision', 'Gives something to one arm of a study that asks about its search.');
  }
  checkDeclined(study, body, complain);
  checkTaken(study, body, complain);
  checkPinned(study, body, complain);
  if (body.said.kind === 'budget') followBudget(study, body.said.value, complain);
  followRule(study, body, complain);
}

/** A veto ends the trial that is open when it concerns it, and nothing else ends one. */
function checkDeclined(study: Evidence, { said, declines }: Steered, complain: Complain): void {
  const { open } = study;
  const isConcerned = open !== undefined && said.kind === 'veto' && concerns(said.value, open);
  const due = isConcerned ? open.trial : undefined;
  if (declines !== due) {
    const name = (trial: number | undefined): string =>
      trial === undefined ? 'no trial' : `trial ${trial}`;
    complain('decision', `Ends ${name(declines)}; what was said ends ${name(due)}.`);
  }
  if (declines === undefined || open === undefined) return;
  const arm = study.arms.get(open.arm);
  if (arm) {
    if (open.phase === 'confirming') arm.attempts += 1;
    else arm.accepted -= 1;
    arm.failed += 1;
  }
  advance(open.phase, 'decline');
  study.open = undefined;
}

function followBudget(
  study: Evidence,
  limits: SteeringOf<'budget'>['value'],
  complain: Complain,
): void {
  const { trials, evals } = limits;
  if ((trials ?? Infinity) < study.trials || (evals ?? Infinity) < measuredEvals(study)) {
    complain('decision', 'Sets a limit below what was spent already.');
  }
  const { steering } = study;
  steering.budget = {
    trials: trials ?? steering.budget.trials,
    evals: evals ?? steering.budget.evals,
  };
}

function followRule(study: Evidence, { id, said }: Steered, complain: Complain): void {
  const { rules, pins } = study.steering;
  if (said.kind === 'veto' || said.kind === 'constraint') {
    rules.push({ id, at: study.trials, ...said });
  }
  if (said.kind === 'lift') {
    const rule = rules.find((one) => one.id === said.value.steering && one.until === undefined);
    if (rule) rule.until = study.trials;
    else complain('decision', 'Takes back a rule that does not stand.');
  }
  if (said.kind !== 'veto' || said.value.what !== 'candidate') return;
  const { candidate } = said.value;
  const holder = [...study.arms.values()].some(({ incumbent }) => incumbent === candidate);
  if (holder || candidate === study.opened.origin) {
    complain('decision', 'Vetoes the origin or an incumbent: no veto rolls back.');
  }
  pins.delete(candidate as Hash);
  for (const arm of study.arms.values()) study.archive.drop(arm.archive, candidate as Hash);
}

/** A pin is of what the main arm once admitted or was led by, with that text, and once. */
function checkPinned(study: Evidence, { said, pinned }: Steered, complain: Complain): void {
  const { pins, admitted, rules } = study.steering;
  if (said.kind === 'unpin' && !pins.delete(said.value.candidate as Hash)) {
    complain('decision', 'Takes back a pin that nobody set.');
  }
  if (said.kind !== 'pin') {
    if (pinned !== undefined)
      complain('decision', 'Holds the text of a pin, and nothing is pinned.');
    return;
  }
  const candidate = said.value.candidate as Hash;
  if (pinned === undefined || sha256(pinned) !== candidate) {
    complain('decision', 'The text of the pin is not that of its candidate.');
  }
  const milestones = study.arms.get(MAIN_ARM)?.milestones ?? [];
  const isKnown = milestones.some((one) => one.candidate === candidate);
  if (!isKnown && !hasKey(admitted, candidate)) {
    complain('decision', 'Pins what the archive of the search never admitted.');
  }
  const isVetoed = rules.some(
    (rule) =>
      rule.until === undefined &&
      rule.kind === 'veto' &&
      concerns(rule.value, { candidate, proposer: '', operator: '' }),
  );
  if (isVetoed || pins.has(candidate))
    complain('decision', 'Pins what is vetoed or pinned already.');
  pins.add(candidate);
}

interface Settling {
  readonly event: StoredEvent<'trial.settled'>;
  readonly complain: Complain;
}

export function checkSteering(
  study: Evidence,
  arm: ArmEvidence,
  { event: { body, trial = -1 }, complain }: Settling,
): void {
  const { budget } = study.steering;
  if (trial >= (budget.trials ?? Infinity)) {
    complain('decision', `A person limited the study to ${budget.trials} trials.`);
  }
  if (measuredEvals(study) >= (budget.evals ?? Infinity)) {
    complain('decision', `A person limited the study to ${budget.evals} evaluations.`);
  }
  checkBarred(study, arm, { body, complain });
}
