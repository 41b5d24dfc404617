/** What people said, folded: their rules stand from the entry that records them. */
import type { Candidate, CandidateId } from '../core/candidate.ts';
import { type Constraint, judge } from '../core/constraint.ts';
import type { Prediction } from '../core/prediction.ts';
import type { SteeringOf } from '../core/steering.ts';
import type { Budget, Plan, WrittenText } from './plan.ts';

/** A veto or a constraint, and the steering that pronounced it. */
export type Rule = { readonly id: string } & (SteeringOf<'veto'> | SteeringOf<'constraint'>);

/** Bounded by `MOST_STEERINGS`. Its lists are replaced, never written to: trials keep what they saw. */
export interface SteeringState {
  /** Every steering taken up: none is taken up twice. */
  readonly ids: readonly string[];
  /** What stands, in the order in which it was said. */
  readonly rules: readonly Rule[];
  /** Limits in the place of those of the config. */
  readonly budget: Budget;
  /** Candidates that people wrote and no trial has settled yet. */
  readonly written: readonly Written[];
  /** Candidates that stay on offer as parents. */
  readonly pins: readonly Candidate[];
}

/** A candidate that somebody outside wrote, what they expect of it, and the trial that tries it. */
export interface Written extends WrittenText, Prediction {
  /** The steering that handed it in. */
  readonly id: string;
  /** Who says they did. */
  readonly by: string;
  readonly text: string;
  readonly trial: number;
  /** The incumbent when it was taken up: what its writer had before them. */
  readonly parent: CandidateId;
}

export const UNSTEERED: SteeringState = { ids: [], rules: [], budget: {}, written: [], pins: [] };

/** More decisions than a person takes: whoever sends more is a program in a circle. */
export const MOST_STEERINGS = 1_000;
/** Of these, what programs that hand in candidates can use up: they never keep a person from speaking. */
export const MOST_OF_CLIENTS = 800;

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

/** And of its text, for what people ruled about texts. */
export interface ProposedText extends Proposed {
  readonly text: string;
  readonly size: number;
}

export interface Bar {
  /** The steering that bars it. */
  readonly id: string;
  readonly why: string;
}

/** Undefined where nothing stands against the candidate: the first rule that does is named. */
export function barOf(
  plan: Pick<Plan, 'origin' | 'source'>,
  { rules }: SteeringState,
  proposed: ProposedText,
): Bar | undefined {
  for (const rule of rules) {
    const why =
      rule.kind === 'veto'
        ? vetoedWhy(rule.value, proposed)
        : brokenWhy(plan, { rule: rule.value, proposed });
    if (why !== undefined) return { id: rule.id, why };
  }
  return undefined;
}

function vetoedWhy(value: SteeringOf<'veto'>['value'], proposed: Proposed): string | undefined {
  if (!isVetoed({ value }, proposed)) return undefined;
  const { what } = value;
  const whose = what === 'candidate' ? 'the candidate' : `the ${what} ${proposed[what]}`;
  return `A person vetoed ${whose}.`;
}

interface Breaking {
  readonly rule: Constraint;
  readonly proposed: ProposedText;
}

/** The origin keeps every rule: everything is compared with it. */
function brokenWhy(
  { origin, source }: Pick<Plan, 'origin' | 'source'>,
  { rule, proposed }: Breaking,
) {
  const { candidate, text, size } = proposed;
  if (candidate === origin.id) return undefined;
  const judged = judge(rule, { size, reach: () => source?.reach(text) });
  return judged.verdict === 'broken'
    ? `A person’s constraint bars it: it ${judged.why}.`
    : undefined;
}

export function isVetoed(
  { value }: { readonly value: SteeringOf<'veto'>['value'] },
  proposed: Proposed,
): boolean {
  if (value.what === 'candidate') return value.candidate === proposed.candidate;
  return value.name === proposed[value.what];
}
