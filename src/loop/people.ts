/**
 * What stands in a lane where nobody is asked: its trials are what people hand in, and the loop waits for them. No
 * driver, since there is nothing that it could propose.
 */
import type { Proposer } from '../proposers/contract.ts';

export const PEOPLE: Proposer<null> = {
  name: 'human',
  traits: { repeatable: false, sequential: false, waits: true },
  init: () => null,
  ask: () => {
    throw new Error('people are not asked: a trial of theirs begins with what they hand in');
  },
  tell: (state) => state,
};
