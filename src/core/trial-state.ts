import { PacelineError } from './errors.ts';

/**
 * A trial's life as a table (contracts.md, "Trial state machine"). Anything that is not a row is an
 * error: the fold refuses it, so an altered or future ledger stops with a sentence.
 */
export type TrialPhase =
  | 'proposed'
  | 'evaluated'
  | 'confirming'
  | 'accepted'
  | 'gated'
  | 'approved'
  | 'ended';

export const TRIAL_ENDS = [
  'discarded',
  'duplicate',
  'invalid',
  'timeout',
  'crashed',
  'infra-error',
  'over-budget',
  'unconfirmed',
  'superseded',
  'gate-failed',
  'declined',
  'expired',
  'adopted',
  'promoted',
] as const;

export type TrialEnd = (typeof TRIAL_ENDS)[number];

/**
 * What can happen to a trial. `adopt`: an accepted candidate of a control arm becomes that arm's own
 * incumbent and ends; only the main arm's go on to gates and promotion.
 */
export type TrialInput =
  | 'measured'
  | 'end'
  | 'challenge'
  | 'more-pairs'
  | 'accept'
  | 'adopt'
  | 'fail-confirm'
  | 'supersede'
  | 'gates-pass'
  | 'gate-fail'
  | 'approve'
  | 'decline'
  | 'expire'
  | 'promote';

type Row = Readonly<Partial<Record<TrialInput, TrialPhase>>>;

export const TRIAL_TABLE: Readonly<Record<TrialPhase, Row>> = {
  proposed: { measured: 'evaluated', end: 'ended' },
  evaluated: { challenge: 'confirming', end: 'ended' },
  confirming: {
    'more-pairs': 'confirming',
    accept: 'accepted',
    'fail-confirm': 'ended',
    decline: 'ended',
    supersede: 'ended',
  },
  accepted: {
    'gates-pass': 'gated',
    'gate-fail': 'ended',
    adopt: 'ended',
    decline: 'ended',
    supersede: 'ended',
    expire: 'ended',
  },
  gated: {
    approve: 'approved',
    /** Of an audit ahead of its promotion. */
    'gate-fail': 'ended',
    decline: 'ended',
    supersede: 'ended',
    expire: 'ended',
  },
  approved: { promote: 'ended', supersede: 'ended', expire: 'ended' },
  ended: {},
};

/** The next phase. @throws PacelineError `ILLEGAL_TRANSITION` for a pair that is not in the table. */
export function advance(phase: TrialPhase, input: TrialInput): TrialPhase {
  const next = TRIAL_TABLE[phase][input];
  if (next === undefined) {
    throw new PacelineError(
      'ILLEGAL_TRANSITION',
      `A trial that is ${phase} cannot take "${input}". The ledger was written by another version or altered; run paceline verify.`,
      { phase, input },
    );
  }
  return next;
}
