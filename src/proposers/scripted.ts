/**
 * Proposes candidates that somebody wrote: for simulations, benchmarks and tests, and for a folder of
 * hand-written alternatives that are to be judged by the same rule as everything else.
 */
import { sha256 } from '../core/hash.ts';
import type { Draft, Proposer } from './contract.ts';

/** One candidate of a list. */
export type Listed = Pick<Draft, 'text' | 'operator' | 'key' | 'size'>;

export function scriptedProposer(options: {
  /** Text of the candidate of a trial. */
  readonly textOf: (trial: number) => string;
}): Proposer<null> {
  const draftOf = (trial: number): Listed => {
    const text = options.textOf(trial);
    return { text, operator: 'list', key: sha256(text), size: 1 };
  };
  return proposing((trial) => draftOf(trial));
}

/** Each candidate of the list once; while others go on, again, as duplicates that cost nothing. */
export function listProposer(list: readonly Listed[]): Proposer<null> {
  const first = list[0];
  if (first === undefined) throw new Error('a list of candidates without a candidate');
  const listed = proposing((trial, seen) => {
    // Trials in flight ask side by side: each begins at another place.
    const order = list.map((_, i) => list[(trial + i) % list.length] ?? first);
    return order.find(({ key }) => !seen(key)) ?? order[0] ?? first;
  });
  return { ...listed, isExhausted: (_state, seen) => list.every(({ key }) => seen(key)) };
}

function proposing(
  draftOf: (trial: number, seen: (key: string) => boolean) => Listed,
): Proposer<null> {
  return {
    name: 'scripted',
    traits: { repeatable: true, sequential: false },
    init: () => null,
    ask: (_state, { trial, seen }) => ({ ...draftOf(trial, seen), parents: [], considered: 1 }),
    tell: (state) => state,
  };
}
