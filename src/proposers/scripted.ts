/**
 * Proposes texts from a list, one per trial. For simulations, benchmarks and
 * tests: a study whose candidates are known in advance.
 */
import { sha256 } from '../core/hash.ts';
import type { Proposer } from './contract.ts';

export function scriptedProposer(options: {
  /** Text of the candidate of a trial. */
  readonly textOf: (trial: number) => string;
}): Proposer<null> {
  return {
    name: 'scripted',
    traits: { repeatable: true, sequential: false },
    init: () => null,
    ask(_state, { trial }) {
      const text = options.textOf(trial);
      return { text, parents: [], operator: 'list', key: sha256(text), considered: 1, size: 1 };
    },
    tell: (state) => state,
  };
}
