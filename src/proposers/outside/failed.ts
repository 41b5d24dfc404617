/** What a provider in the way means for a proposal. */
import { PacelineError } from '../../core/errors.ts';
import type { ModelAnswer } from '../../models/contract.ts';
import type { Draft } from '../contract.ts';

export interface Failed {
  readonly why: string;
  readonly as?: NonNullable<Draft['noCandidateAs']>;
  readonly refused?: NonNullable<Draft['refused']>;
}

/** @throws PacelineError PROVIDER_DOWN where no other trial would fare better: the study pauses. */
export function failed({
  failure,
}: Pick<Extract<ModelAnswer, { readonly failure: unknown }>, 'failure'>): Failed {
  switch (failure.kind) {
    case 'misconfigured':
    case 'down':
      throw new PacelineError(
        'PROVIDER_DOWN',
        `${failure.says} The study is paused and nothing of it is lost; go on with paceline resume.`,
        { kind: failure.kind },
      );
    case 'over-budget':
      return { why: failure.says, as: 'over-budget', refused: failure.refused };
    case 'unavailable':
      return { why: failure.says, as: 'infra-error' };
    case 'declined':
      return { why: failure.says };
  }
}
