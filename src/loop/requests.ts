/** Which promotions wait for people, and which requests have come to an end by themselves. Pure. */
import { type ApprovalReason, standingAt } from '../core/approval.ts';
import { gainSinceAgreed } from './fold-approvals.ts';
import { MAIN_ARM, type Plan } from './plan.ts';
import { sizeOf } from './size.ts';
import { armOf, type OpenTrial, type Parked, type StudyState } from './state.ts';
import { isVetoed } from './steering.ts';

/** Each keeps what it measured: no more of them than a person reads in an afternoon. */
const MOST_PARKED = 8;

export interface RequestStep {
  readonly do: 'request-approval';
  readonly open: OpenTrial;
  readonly why: readonly ApprovalReason[];
}

export interface EndRequestStep {
  readonly do: 'end-request';
  readonly approval: number;
  readonly decision: 'expired' | 'superseded';
  readonly reason: string;
  /** Another gate judges it anew. */
  readonly again?: true;
}

/** Undefined where nobody has to agree to its promotion, or somebody has. */
export function requestStep(
  plan: Plan,
  state: StudyState,
  open: OpenTrial,
): RequestStep | undefined {
  if (plan.approver === undefined || open.approved) return undefined;
  const { autonomy, gates } = plan.opened;
  const why = plan.approver.needs({
    about: 'promotion',
    autonomy,
    needsPerson: open.judged?.needsPerson ?? false,
    gain: gates ? gainSinceAgreed(state, sizeOf(plan, open)) : 0,
    personGain: gates?.personGain,
  });
  return why.length > 0 ? { do: 'request-approval', open, why } : undefined;
}

/** The first request that stands no longer at a reading of the wall clock; a time-out never approves. */
export function endedRequest(
  plan: Plan,
  state: StudyState,
  wallMs: number,
): EndRequestStep | undefined {
  for (const parked of state.parked) {
    const ended = endOf(state, parked, wallMs);
    if (ended) return { do: 'end-request', approval: parked.asked.approval, ...ended };
  }
  return overflow(plan, state);
}

/** What people vetoed since is promoted no more, whoever agreed to it. */
export function isBarred({ steering }: StudyState, open: OpenTrial): boolean {
  const proposed = { ...open, candidate: open.candidate.id };
  return steering.rules.some((rule) => rule.kind === 'veto' && isVetoed(rule, proposed));
}

type Ended = Omit<EndRequestStep, 'do' | 'approval'>;

const superseded = (reason: string): Ended => ({ decision: 'superseded', reason });

function endOf(state: StudyState, parked: Parked, wallMs: number): Ended | undefined {
  const { asked, open } = parked;
  if (open === undefined) return superseded('the gates are again those that judged before');
  if (asked.against !== armOf(state, MAIN_ARM).incumbent.id) {
    return superseded('another candidate was promoted since');
  }
  if (isBarred(state, open)) return superseded('a person vetoed the candidate');
  if (standingAt(asked, wallMs) === 'expired') {
    return {
      decision: 'expired',
      reason: 'nobody decided in time, and a time-out never approves',
    };
  }
  if (parked.gate === state.gateDigest || state.open) return undefined;
  return { ...superseded('another gate judges since, and judges the candidate anew'), again: true };
}

/** Where too many wait, the one with the smallest gain gives way. */
function overflow(plan: Plan, { parked }: StudyState): EndRequestStep | undefined {
  const waiting = parked.flatMap(({ asked, open }) =>
    open ? [{ approval: asked.approval, gain: sizeOf(plan, open).gain }] : [],
  );
  if (waiting.length <= MOST_PARKED) return undefined;
  const least = waiting.reduce((a, b) => (b.gain < a.gain || Number.isNaN(b.gain) ? b : a));
  const reason = `${MOST_PARKED} others wait, and each gained more`;
  return { do: 'end-request', approval: least.approval, ...superseded(reason) };
}
