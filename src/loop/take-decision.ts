/** A person's decision about a request: taken up where it counts, refused in words where it does not. */
import type { ApprovalSaid } from '../core/approval.ts';
import { PacelineError } from '../core/errors.ts';
import type { EventBody } from '../core/events.ts';
import { statementOf } from '../core/statement.ts';
import { trialOf } from './approvals.ts';
import { ratingDraft } from './gatekeeper.ts';
import type { Inbox, Waiting } from './inbox.ts';
import { MAIN_ARM, type Plan } from './plan.ts';
import { isBarred } from './requests.ts';
import { armOf, type Parked, type StudyState } from './state.ts';
import { launch, record, type Study } from './study.ts';

export interface Letter extends Omit<Waiting, 'said'> {
  readonly said: ApprovalSaid;
}

/**
 * While a challenger is under way the letter waits: it is tested against the incumbent as it is, and may
 * take its place first.
 */
export async function takeDecision(study: Study, inbox: Inbox, letter: Letter): Promise<void> {
  const { plan, state, ledger } = study;
  const { id, by, said } = letter;
  const nowMs = plan.clock.wallMs();
  const why = refusedDecision(plan, state, { by, said, nowMs });
  if (why !== undefined) return inbox.refuse(id, why);
  const parked = parkedOf(state, said);
  if (parked?.open && state.open) {
    study.lookedAtMs = Number.NEGATIVE_INFINITY;
    return;
  }
  const { approval, decision, reason } = said.value;
  const decided = { approval, decision, at: nowMs, by, letter: id, reason };
  const body = await signedOrRefused(study, parked, decided);
  if (typeof body === 'string') return inbox.refuse(id, body);
  // It may have waited for days: how the gate does by now decides about the promotion.
  const isYes = decision === 'approve' && parked?.open !== undefined;
  const rated = isYes && plan.gatekeeper ? [await ratingDraft(study)] : [];
  // Whoever is due at this fold asks first, as after a crash.
  launch(study);
  record(study, { type: 'approval.decided', ...trialOf(parked), actor: 'person', body }, ...rated);
  await ledger.flush();
  await inbox.taken(id);
}

type Decided = EventBody['approval.decided'];

/** @returns Why it does not count, where what the gatekeeper once found is gone: nothing stands behind a yes then. */
async function signedOrRefused(
  study: Study,
  parked: Parked | undefined,
  body: Decided,
): Promise<Decided | string> {
  try {
    return await signed(study, parked, body);
  } catch (error) {
    if (PacelineError.is(error) && error.code === 'GATE_STORE') return error.message;
    throw error;
  }
}

/**
 * By the gatekeeper: that this decision reached this study as it stands. It says nothing of who the person
 * was, who has no key of their own.
 */
async function signed(
  { plan: { gatekeeper, opened } }: Study,
  parked: Parked | undefined,
  body: Decided,
): Promise<Decided> {
  if (gatekeeper === undefined || parked === undefined) return body;
  const { key } = await gatekeeper.join(undefined);
  const decided = { type: 'approval.decided', body: { ...body, key }, about: parked.asked };
  const statement = statementOf({ study: opened.secretCommit, ...decided });
  return { ...body, ...(await gatekeeper.sign(statement)) };
}

function parkedOf({ parked }: StudyState, { value }: ApprovalSaid): Parked | undefined {
  return parked.find(({ asked }) => asked.approval === value.approval);
}

interface Heard {
  readonly by: string;
  readonly said: ApprovalSaid;
  readonly nowMs: number;
}

/** Undefined where it counts. */
export function refusedDecision(
  plan: Plan,
  state: StudyState,
  { by, said, nowMs }: Heard,
): string | undefined {
  const { approval } = said.value;
  if (state.closed) return 'The study has ended, and with it what waited.';
  if (approval > state.approvals) {
    return `Nothing was ever asked as request ${approval}. paceline approve lists what waits.`;
  }
  const parked = parkedOf(state, said);
  if (parked === undefined || plan.approver === undefined) {
    return `Request ${approval} is decided already, or was overtaken. paceline approve lists what waits.`;
  }
  const { asked, open } = parked;
  if (open && asked.against !== armOf(state, MAIN_ARM).incumbent.id) {
    return `Another candidate was promoted since request ${approval} was made: it stands no longer.`;
  }
  if (open && isBarred(state, open)) return 'A person vetoed that candidate. Lift the veto first.';
  return plan.approver.refuses(asked, { said: said.value, by, nowMs });
}
