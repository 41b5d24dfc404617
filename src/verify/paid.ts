/** What calls to models took, and that a trial is what its proposer answered. */
import type { StoredEvent } from '../core/events.ts';
import { LIMITS, NOTHING_SPENT, plus, type Spend } from '../core/spend.ts';
import type { Complain, Evidence } from './evidence.ts';
import type { PaidEvidence } from './paid-evidence.ts';

export function checkReserved(
  { paid, opened, trials }: Evidence,
  { body, trial }: StoredEvent<'spend.reserved'>,
  complain: Complain,
): void {
  if (!opened.lanes.some((lane) => lane.paid)) {
    complain('order', 'Money is put aside, and no proposer of the first entry buys anything.');
  }
  if (body.call !== paid.calls) {
    complain('order', `Call ${body.call} begins where call ${paid.calls} was due.`);
  }
  if (trial === undefined || trial < trials) {
    complain('order', `Money is put aside for trial ${trial ?? '?'}, which is settled.`);
  }
  paid.calls = body.call + 1;
  paid.open.set(body.call, { most: body.most, trial });
}

export function checkBooked(
  { paid }: Evidence,
  { body, trial }: StoredEvent<'spend.settled'>,
  complain: Complain,
): void {
  const call = paid.open.get(body.call);
  paid.open.delete(body.call);
  if (call === undefined || call.trial !== trial) {
    complain('order', `Books call ${body.call} of trial ${trial ?? '?'}, which was not under way.`);
  }
  if (body.unanswered && call && !isEqual(body.spent, call.most)) {
    complain('decision', 'A call without an answer is not booked as it was put aside.');
  }
  const { usage } = body;
  if (usage && usage.input + usage.output !== body.spent.tokens) {
    complain(
      'decision',
      `Call ${body.call} sent and received other tokens than are booked for it.`,
    );
  }
  add(paid, trial, body.spent);
}

/** What was under way when a process ended is booked as it was put aside. */
export function bookLost(paid: PaidEvidence): void {
  for (const { most, trial } of paid.open.values()) add(paid, trial, most);
  paid.open.clear();
}

function add({ booked }: PaidEvidence, trial: number | undefined, spent: Spend): void {
  if (trial !== undefined) booked.set(trial, plus(booked.get(trial) ?? NOTHING_SPENT, spent));
}

export function checkStep(
  { trials, opened }: Evidence,
  { trial }: StoredEvent<'proposal.step'>,
  complain: Complain,
): void {
  if (trial !== undefined && trial >= trials && isAskedOutside(opened, trial)) return;
  complain('order', `A step on the way to trial ${trial ?? '?'} comes where none was due.`);
}

export function checkMade(
  { paid, trials, opened }: Evidence,
  { body, trial }: StoredEvent<'proposal.made'>,
  complain: Complain,
): void {
  if (trial === undefined || trial < trials || paid.made.has(trial)) {
    complain('order', `An answer for trial ${trial ?? '?'} comes where none was due.`);
    return;
  }
  if (!isAskedOutside(opened, trial)) {
    complain('order', `Trial ${trial} has an answer from outside; its proposer asks nobody there.`);
  }
  paid.made.set(trial, body);
}

function isAskedOutside({ lanes, cycle }: Evidence['opened'], trial: number): boolean {
  const lane = lanes[cycle[trial % cycle.length] ?? -1];
  return lane?.paid === true || lane?.outside === true;
}

/** A trial is what was answered, and its calls took no more than was booked for them. */
export function checkPaid(
  { paid }: Evidence,
  { body, trial = -1 }: StoredEvent<'trial.settled'>,
  complain: Complain,
): void {
  const made = paid.made.get(trial);
  const booked = paid.booked.get(trial) ?? NOTHING_SPENT;
  paid.made.delete(trial);
  paid.booked.delete(trial);
  if (body.writtenIn !== undefined) return;
  if (made && (made.text !== body.text || made.key !== body.key)) {
    complain('decision', `Trial ${trial} tries another text than its proposer answered.`);
  }
  if (made?.why !== undefined && body.noCandidate === undefined) {
    complain('decision', `Trial ${trial} has a candidate; its proposer answered that it has none.`);
  }
  const { spent = NOTHING_SPENT } = body;
  if (LIMITS.some((limit) => spent[limit] > booked[limit])) {
    complain('decision', `Trial ${trial} says that its calls took more than was booked for them.`);
  }
  if (!body.spent && body.model !== undefined) {
    complain('decision', `Trial ${trial} names a model and no spend.`);
  }
}

function isEqual(a: Spend, b: Spend): boolean {
  return LIMITS.every((limit) => a[limit] === b[limit]);
}
