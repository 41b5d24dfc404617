/**
 * Whether a generation may be the next: a gate on a fold of training tasks that it did not learn from, a claim
 * against its parent on fresh tasks, and an audit of the one before. Pure: the shell measures.
 */
import type { ScoredMechanism } from './mechanism.ts';

/** Of training tasks, those that no generation learns from (recursion2.md §10, product gate). */
export const VALIDATION_SHARE = 0.25;

export type GenerationVerdict = 'promoted' | 'rejected';

export interface GenerationEvidence {
  /** Geometric mean of candidates to solve tasks of the validation fold: before, and now. */
  readonly validation: readonly [before: number, now: number];
  /** Against the parent on fresh tasks: `helped`, `hurt`, `no-evidence`, `not-testable`; absent: not measured, the gate had refused. */
  readonly claim?: string;
  readonly mechanism?: ScoredMechanism;
}

export interface GenerationDecision {
  readonly verdict: GenerationVerdict;
  /** One sentence. */
  readonly why: string;
}

export function decideGeneration({ validation, claim }: GenerationEvidence): GenerationDecision {
  const [before, now] = validation;
  if (now > before)
    return {
      verdict: 'rejected',
      why: `On training tasks that it did not learn from it takes ${ratio(now, before)} times as many candidates as its parent.`,
    };
  if (claim === 'helped')
    return { verdict: 'promoted', why: 'It was shown to beat its parent on fresh tasks.' };
  return {
    verdict: 'rejected',
    why:
      claim === 'hurt'
        ? 'It was shown to be worse than its parent on fresh tasks.'
        : 'It was not shown to beat its parent on fresh tasks.',
  };
}

const ratio = (now: number, before: number): string => (now / Math.max(1, before)).toFixed(2);
