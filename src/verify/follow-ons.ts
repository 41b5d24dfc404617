/** What was proposed to be tried next: due, as the rule has it, and tried by the trial that was named. */
import {
  afterCaughtUp,
  afterPromoted,
  afterProposed,
  afterRollback,
  afterSettled,
  afterUnconfirmed,
  type Challenging,
  type WaitingFollowOn,
  waitingAt,
} from '../claims/follow-on-memory.ts';
import {
  expectationOf,
  type Means,
  nextFollowOns,
  type Occasion,
  type Slot,
} from '../claims/follow-ons.ts';
import { referenceOf } from '../claims/screen.ts';
import type { CandidateId } from '../core/candidate.ts';
import type { EventBody, StoredEvent } from '../core/events.ts';
import { FOLLOW_ON_PROPOSER } from '../core/follow-ons.ts';
import { hasKey } from '../core/key-set.ts';
import { rememberedFrom } from '../core/memory.ts';
import { mean } from '../stats/summary.ts';
import { differsAt, near } from './agreement.ts';
import { screenValues } from './differences.ts';
import {
  type ArmEvidence,
  type Complain,
  type Evidence,
  type FollowOnReader,
  isNoOp,
  MAIN_ARM,
} from './evidence.ts';
import { firstUnasked } from './written.ts';

type Settled = EventBody['trial.settled'];
type Proposed = EventBody['follow-ons.proposed'];

export function checkProposedNext(
  study: Evidence,
  { body }: StoredEvent<'follow-ons.proposed'>,
  complain: Complain,
): void {
  const { due } = study.followOns;
  if (study.opened.followOns === undefined) {
    complain('decision', 'Proposes what to try next, and this study does not.');
  } else if (due === undefined || study.open) {
    complain('order', 'Proposes what to try next, and nothing happened that asks for it.');
  } else {
    checkNext(study, due, { body, complain });
  }
  study.followOns = afterProposed(study.followOns, body);
}

interface Checking {
  readonly body: Proposed;
  readonly complain: Complain;
}

function checkNext(study: Evidence, due: Occasion, { body, complain }: Checking): void {
  const reader = study.followOnReader;
  if (reader === undefined) {
    checkForm(study, due, { body, complain });
    return;
  }
  const expected = nextFollowOns(due, meansOf(study, due, reader));
  const at = differsAt(body, expected);
  if (at === undefined) return;
  const said = `The rule proposes ${shown(expected)}; recorded is ${shown(body)}`;
  complain('decision', `${said}. They differ at ${at}.`);
}

/** Where candidates cannot be made again here: all but their texts. */
function checkForm(study: Evidence, due: Occasion, { body, complain }: Checking): void {
  const { book } = study.followOns;
  const incumbent = study.arms.get(MAIN_ARM)?.incumbent;
  if (body.why !== due.why || body.about !== due.about || body.incumbent !== incumbent) {
    complain('decision', `What happened is "${due.why}" of trial ${due.about}, not as recorded.`);
  }
  const kinds = new Set(body.next.map(({ kind }) => kind));
  const isCounted = body.next.every(({ number }, i) => number === book.last + i + 1);
  if (kinds.size !== body.next.length || !isCounted) {
    complain('decision', 'The follow-ons are not numbered on, or name a kind twice.');
  }
}

function shown({ why, next }: Proposed): string {
  const said = next.map(({ kind, trial, candidate, operator }) => {
    const what = candidate ? candidate.key.slice(0, 19) : operator;
    return `${kind} ${what} in trial ${trial}`;
  });
  return `after "${why}": ${said.join(', ') || 'nothing'}`;
}

const PICKS = 8;

function meansOf(study: Evidence, { about }: Occasion, reader: FollowOnReader): Means {
  const main = study.arms.get(MAIN_ARM) as ArmEvidence;
  const { followOns, steering, archive, publicRoot, opened } = study;
  const leader = followOns.led.at(-1);
  const isWaiting = (key: string): boolean =>
    followOns.waiting.some(({ candidate }) => candidate?.key === key) ||
    [...steering.written.values()].some((one) => one.key === key);
  return {
    incumbent: main.incumbent,
    book: followOns.book,
    evals: Math.round(main.evals / Math.max(1, main.trials)),
    varies: study.rule?.mode !== 'exact' && (study.floor?.sd ?? 0) > 0,
    changes: reader.changes,
    read: reader.read,
    isWaiting,
    isTried: (key, text) =>
      isWaiting(key) ||
      rememberedFrom(opened.memory, key) !== undefined ||
      (hasKey(main.seen, key) && !hasKey(main.spoiled, key)) ||
      text === leader?.text ||
      text === opened.originText,
    other(than) {
      const rng = publicRoot?.stream(about, 'follow-ons');
      const view = archive.view(main.archive, about);
      for (let i = 0; rng && i < PICKS && view.size > 0; i++) {
        const picked = view.pick(rng);
        if (picked && !than.includes(picked.id)) return picked;
      }
      return undefined;
    },
    repeats: (name) =>
      opened.lanes.some(
        ({ arm, proposer, repeats }) => arm === MAIN_ARM && proposer === name && repeats === true,
      ),
    slot: (slot) => slotOf(study, slot),
  };
}

function slotOf(study: Evidence, { afterEpochOf, proposer, taken }: Slot): number | undefined {
  const { lanes, cycle, epochTrials } = study.opened;
  const isOf = (at: number): boolean => {
    const lane = lanes[cycle[at % cycle.length] ?? -1];
    return lane?.arm === MAIN_ARM && (proposer === undefined || lane.proposer === proposer);
  };
  if (!cycle.some((_, at) => isOf(at))) return undefined;
  const next =
    afterEpochOf === undefined ? 0 : epochTrials * (Math.floor(afterEpochOf / epochTrials) + 1);
  return firstUnasked(study, {
    from: Math.max(study.trials, next),
    fits: (trial) => isOf(trial) && !taken.includes(trial),
  });
}

/** True where the trial tries what the engine proposed: then no proposer was asked. */
export function checkFollowOn(
  study: Evidence,
  { body, trial = -1 }: StoredEvent<'trial.settled'>,
  complain: Complain,
): boolean {
  const due = waitingAt(study.followOns, trial);
  checkNotDue(study, complain);
  if (due === undefined) {
    if (body.followOn) complain('decision', `No follow-on was proposed for trial ${trial}.`);
    return false;
  }
  if (!isThat(due, body)) {
    complain('decision', `Trial ${trial} was to try follow-on ${due.number}.`);
  }
  return due.candidate !== undefined;
}

/** Before anything is tried again, or ends, what follows on is proposed. Found missing, it is not missed twice. */
export function checkNotDue(study: Evidence, complain: Complain): void {
  if (study.opened.followOns === undefined || study.followOns.due === undefined) return;
  complain('order', 'What follows on from what happened was not proposed.');
  study.followOns = afterProposed(study.followOns, NOTHING);
}

const NOTHING: Proposed = {
  why: 'promotion',
  about: 0,
  incumbent: '',
  next: [],
  notApplicable: [],
};

function isThat({ number, candidate, kind, incumbent }: WaitingFollowOn, body: Settled) {
  if (body.followOn?.number !== number) return false;
  // What a proposer answers to what it was asked for is its own.
  if (candidate === undefined) return true;
  const [parent, ...others] = body.parents;
  return (
    body.text === candidate.text &&
    body.key === candidate.key &&
    body.size === candidate.size &&
    body.proposer === FOLLOW_ON_PROPOSER &&
    body.operator === kind &&
    parent === incumbent &&
    others.length === 0
  );
}

interface Following {
  readonly event: StoredEvent<'trial.settled'>;
  readonly complain: Complain;
}

/** Before the arm takes the trial in: what its screen was compared with is still there. */
export function followSettled(
  study: Evidence,
  arm: ArmEvidence,
  { event: { body, trial = -1 }, complain }: Following,
): void {
  const isMain = body.arm === MAIN_ARM;
  const due = waitingAt(study.followOns, trial);
  const screened = isMain ? screenedOf(study, arm, body) : undefined;
  if (due && body.followOn) {
    const isAnswer = arm.incumbent === due.incumbent && body.outcome === 'scored';
    const gain = isAnswer ? screened : undefined;
    if (
      !near(gain ?? 0, body.followOn.gain ?? 0, 1) ||
      (gain === undefined) !== (body.followOn.gain === undefined)
    ) {
      complain('decision', `Its screen saw a gain of ${gain}, not ${body.followOn.gain}.`);
    }
  }
  const isScored = body.outcome === 'scored' && body.end !== 'duplicate';
  const challenger =
    isMain && body.end === null ? challengerOf(study, { body, trial, screened }) : undefined;
  const gain = body.followOn?.gain;
  study.followOns = afterSettled(study.followOns, { trial, isScored, gain, challenger });
}

function challengerOf(
  { opened }: Evidence,
  {
    body,
    trial,
    screened = 0,
  }: { readonly body: Settled; readonly trial: number; readonly screened: number | undefined },
): Challenging {
  const { candidate: id, text, proposer, operator } = body;
  const expectation = expectationOf(opened.metric, body);
  return {
    trial,
    candidate: { id: id as CandidateId, text },
    proposer,
    operator,
    screened,
    expectation,
  };
}

function screenedOf(study: Evidence, arm: ArmEvidence, body: Settled): number | undefined {
  const values = screenValues(study, arm, body);
  const reference = study.isPaired ? arm.level : referenceOf(arm.reference);
  const gain = mean(values) - reference;
  return values.length > 0 && Number.isFinite(gain) ? gain : undefined;
}

/** After the attempt is counted; `level`: what a control arm's incumbent was worth before. */
export function followConfirmed(
  study: Evidence,
  { body, level }: { readonly body: EventBody['trial.confirmed']; readonly level: number },
): void {
  const main = study.arms.get(MAIN_ARM);
  const own = study.arms.get(body.arm);
  if (main === undefined || own === undefined) return;
  const { trials } = main;
  if (body.arm === MAIN_ARM) {
    if (body.verdict === 'accepted') return;
    const { rule, floor } = study;
    const isPlanned = rule !== undefined && rule.mode !== 'exact' && floor !== undefined;
    const planned = isPlanned ? rule.smallestEffect * floor.scale : undefined;
    const { effect } = body;
    study.followOns = afterUnconfirmed(study.followOns, { effect, planned, trials });
    return;
  }
  if (body.verdict !== 'accepted' || isNoOp(study, body.arm)) return;
  if (level < main.level && own.level >= main.level) {
    study.followOns = afterCaughtUp(study.followOns, { trials });
  }
}

export function followPromoted(study: Evidence, body: EventBody['candidate.promoted']): void {
  study.followOns = afterPromoted(study.followOns, body);
}

export function followRolledBack(study: Evidence, to: string): void {
  study.followOns = afterRollback(study.followOns, to);
}
