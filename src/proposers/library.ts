/**
 * Programs found by search through a typed language that grows with what it has solved (src/synthesis): each
 * once, the cheapest that fits all examples first. The search is made at the first question, and is the same
 * whenever it is made: it draws nothing and learns nothing within a study.
 */
import type { Proposer } from './contract.ts';
import { type Listed, listProposer } from './scripted.ts';

export interface FoundProgram extends Listed {
  /** The program in the words of the language. */
  readonly hypothesis: string;
}

/** @param search at least one program. */
export function libraryProposer(search: () => readonly FoundProgram[]): Proposer<null> {
  let made: Proposer<null> | undefined;
  const list = (): Proposer<null> => {
    made ??= listProposer(search());
    return made;
  };
  return {
    name: 'library',
    traits: { repeatable: true, sequential: false },
    init: () => null,
    ask: (state, request) => list().ask(state, request),
    tell: (state) => state,
    isExhausted: (state, seen) => list().isExhausted?.(state, seen) ?? false,
  };
}
