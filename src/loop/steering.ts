/** What people said, folded: their rules stand from the entry that records them. */
import type { Candidate, CandidateId } from '../core/candidate.ts';
import type { SteeringOf } from '../core/steering.ts';
import type { Budget, Plan, WrittenText } from './plan.ts';

/** A veto, and the steering that pronounced it. */
export interface Veto {
  readonly id: string;
  readonly value: SteeringOf<'veto'>['value'];
}

/** Bounded by `MOST_STEERINGS`. Its lists are replaced, never written to: trials keep what they saw. */
export interface SteeringState {
  /** Every steering taken up: none is taken up twice. */
  readonly ids: readonly string[];
  readonly vetoes: readonly Veto[];
  /** Limits in the place of those of the config. */
  readonly budget: Budget;
  /** Candidates that people wrote and no trial has settled yet. */
  readonly written: readonly Written[];
  /** Candidates that stay on offer as parents. */
  readonly pins: readonly Candidate[];
}

/** A candidate that a person wrote, and the trial that tries it. */
export interface Written extends WrittenText {
  /** The steering that handed it in. */
  readonly id: string;
  readonly text: string;
  readonly trial: number;
  /** The incumbent when it was taken up: what its writer had before them. */
  readonly parent: CandidateId;
}

export const UNSTEERED: SteeringState = { ids: [], vetoes: [], budget: {}, written: [], pins: [] };

/** More decisions than a person takes: whoever sends more is a program in a circle. */
export const MOST_STEERINGS = 1_000;

/** The limits that hold now. */
export function budgetNow(
  plan: Pick<Plan, 'budget'>,
  { steering }: { readonly steering: SteeringState },
): Budget {
  return { ...plan.budget, ...steering.budget };
}

/** What is known of a proposal where it may be barred. */
export interface Proposed {
  readonly candidate: string;
  readonly proposer: string;
  readonly operator: string;
}

export interface Bar {
  /** The steering that bars it. */
  readonly id: string;
  readonly why: string;
}

/** Undefined where nothing stands against the candidate. */
export function barOf({ vetoes }: SteeringState, proposed: Proposed): Bar | undefined {
  const veto = vetoes.find((one) => isVetoed(one, proposed));
  if (veto === undefined) return undefined;
  const { what } = veto.value;
  const whose = what === 'candidate' ? 'the candidate' : `the ${what} ${proposed[what]}`;
  return { id: veto.id, why: `A person vetoed ${whose}.` };
}

export function isVetoed({ value }: Pick<Veto, 'value'>, proposed: Proposed): boolean {
  if (value.what === 'candidate') return value.candidate === proposed.candidate;
  return value.name === proposed[value.what];
}
