/**
 * Follow-ons of the study as it stands: what they are made from, the trials that try them, and how those are
 * folded. What is proposed is a pure function of the fold (claims/follow-ons.ts).
 */
import {
  afterCaughtUp,
  afterSettled,
  afterUnconfirmed,
  type Challenging,
  type WaitingFollowOn,
  waitingAt,
} from '../claims/follow-on-memory.ts';
import { expectationOf, type Means, nextFollowOns, type Occasion } from '../claims/follow-ons.ts';
import type { Candidate, CandidateId } from '../core/candidate.ts';
import type { EventBody, EventDraft, StoredEvent } from '../core/events.ts';
import { FOLLOW_ON_PROPOSER } from '../core/follow-ons.ts';
import { hasKey } from '../core/key-set.ts';
import { rememberedFrom } from '../core/memory.ts';
import type { Draft } from '../proposers/contract.ts';
import { mean } from '../stats/summary.ts';
import { slotWithin } from './hand-written.ts';
import { isNoOpArm, MAIN_ARM, type Plan } from './plan.ts';
import { screenValues, yardstick } from './screen.ts';
import { type ArmState, armOf, type OpenTrial, type StudyState } from './state.ts';

export interface FollowOnStep {
  readonly do: 'propose-next';
  readonly occasion: Occasion;
}

/** Due as soon as nothing is open: their trials stand right behind those that were asked already. */
export function followOnStep(
  { opened }: Pick<Plan, 'opened'>,
  { followOns, open }: StudyState,
): FollowOnStep | undefined {
  const { due } = followOns;
  if (opened.followOns === undefined || due === undefined || open !== undefined) return undefined;
  return { do: 'propose-next', occasion: due };
}

export function followOnDraft(
  plan: Plan,
  state: StudyState,
  { occasion }: FollowOnStep,
): EventDraft {
  const body = nextFollowOns(occasion, meansOf(plan, state, occasion));
  return { type: 'follow-ons.proposed', actor: 'engine', body };
}

/** Attempts at another candidate than those that are known. */
const PICKS = 8;

function meansOf(plan: Plan, state: StudyState, { about }: Occasion): Means {
  const { archive, publicRoot, changes, lanes } = plan;
  const main = armOf(state, MAIN_ARM);
  const { opened, followOns, steering, floor } = state;
  const isWaiting = (key: string): boolean =>
    [...followOns.waiting.map(({ candidate }) => candidate), ...steering.written].some(
      (one) => one?.key === key,
    );
  return {
    incumbent: main.incumbent.id,
    book: followOns.book,
    evals: Math.round(main.evals / Math.max(1, main.trials)),
    varies: plan.rule.mode !== 'exact' && (floor?.sd ?? 0) > 0,
    ...(changes ? { changes } : {}),
    read: (text) => plan.readWritten?.(text) ?? { why: 'Nobody can read it.' },
    isWaiting,
    isTried: (key, text) =>
      isWaiting(key) ||
      rememberedFrom(opened?.memory, key) !== undefined ||
      (hasKey(main.seen, key) && !hasKey(main.spoiled, key)) ||
      [main.incumbent.text, plan.origin.text].includes(text),
    other(than) {
      const rng = publicRoot.stream(about, 'follow-ons');
      const view = archive.view(main.archive, about);
      for (let i = 0; i < PICKS && view.size > 0; i++) {
        const picked = view.pick(rng);
        if (picked && !than.includes(picked.id)) return picked;
      }
      return undefined;
    },
    repeats: (name) =>
      lanes.some(
        ({ arm, proposer }) =>
          arm === MAIN_ARM && proposer.name === name && proposer.traits.repeats === true,
      ),
    slot: (slot) => slotWithin(plan, state, slot),
  };
}

/** Undefined where its proposer is asked for it. */
export function followOnDraftOf({
  candidate,
  incumbent,
  kind,
  hypothesis,
}: WaitingFollowOn): Draft | undefined {
  if (candidate === undefined) return undefined;
  return { ...candidate, parents: [incumbent], operator: kind, considered: 1, hypothesis };
}

/** What the trial's entry says of the follow-on that it tried. */
export function triedOf(
  plan: Plan,
  state: StudyState,
  { trial, body }: { readonly trial: number; readonly body: EventBody['trial.settled'] },
): Pick<EventBody['trial.settled'], 'followOn'> {
  const follow = waitingAt(state.followOns, trial);
  if (follow === undefined) return {};
  const arm = armOf(state, MAIN_ARM);
  const isAnswer = arm.incumbent.id === follow.incumbent && body.outcome === 'scored';
  const gain = isAnswer ? screenedOf(plan, state, { arm, body }) : undefined;
  return { followOn: { number: follow.number, ...(gain === undefined ? {} : { gain }) } };
}

interface Screened {
  readonly arm: ArmState;
  readonly body: EventBody['trial.settled'];
}

/** Undefined where nothing was measured. */
function screenedOf(plan: Plan, state: StudyState, { arm, body }: Screened): number | undefined {
  const values = screenValues(plan, arm, body);
  const gain = mean(values) - yardstick(state, arm);
  return values.length > 0 && Number.isFinite(gain) ? gain : undefined;
}

/** Told before the arm counts the trial. */
export function followSettled(
  plan: Plan,
  state: StudyState,
  { body, trial = -1 }: StoredEvent<'trial.settled'>,
): void {
  const isScored = body.outcome === 'scored' && body.end !== 'duplicate';
  const challenger = challengerOf(plan, state, { body, trial });
  const gain = body.followOn?.gain;
  state.followOns = afterSettled(state.followOns, { trial, isScored, gain, challenger });
}

function challengerOf(
  plan: Plan,
  state: StudyState,
  { body, trial }: { readonly body: EventBody['trial.settled']; readonly trial: number },
): Challenging | undefined {
  if (body.end !== null || body.arm !== MAIN_ARM) return undefined;
  const screened = screenedOf(plan, state, { arm: armOf(state, MAIN_ARM), body });
  const { candidate: id, text, proposer, operator } = body;
  const expectation = expectationOf(plan.opened.metric, body);
  const candidate = { id: id as CandidateId, text };
  return { trial, candidate, proposer, operator, screened: screened ?? 0, expectation };
}

/** Told once the attempt is counted. */
export function followConfirmed(
  plan: Plan,
  state: StudyState,
  { body }: StoredEvent<'trial.confirmed'>,
): void {
  const { trials } = armOf(state, MAIN_ARM);
  if (body.arm === MAIN_ARM && body.verdict === 'unconfirmed') {
    const { effect } = body;
    const planned = plannedEffect(plan, state);
    state.followOns = afterUnconfirmed(state.followOns, { effect, planned, trials });
  }
}

function plannedEffect({ rule }: Plan, { floor }: StudyState): number | undefined {
  return rule.mode === 'exact' || floor === undefined
    ? undefined
    : rule.smallestEffect * floor.scale;
}

/** A control arm has another incumbent: `level` is what it was worth before. */
export function followAdopted(
  { opened }: Plan,
  state: StudyState,
  { open, level }: { readonly open: Pick<OpenTrial, 'arm'>; readonly level: number },
): void {
  if (open.arm === MAIN_ARM || isNoOpArm(opened, open.arm)) return;
  const main = armOf(state, MAIN_ARM);
  const isBehind = level < main.level && armOf(state, open.arm).level >= main.level;
  if (isBehind) state.followOns = afterCaughtUp(state.followOns, { trials: main.trials });
}

/** What its proposer is asked for, in a trial that extends. */
export function againOf(
  { arms }: StudyState,
  follow: WaitingFollowOn | undefined,
): { readonly operator: string; readonly parent: Candidate } | undefined {
  const incumbent = arms[MAIN_ARM]?.incumbent;
  if (follow?.operator === undefined || incumbent === undefined) return undefined;
  return { operator: follow.operator, parent: incumbent };
}

export function proposerOf(follow: WaitingFollowOn | undefined): string | undefined {
  return follow?.candidate === undefined ? undefined : FOLLOW_ON_PROPOSER;
}
