/** From what a case did to a verdict on it, in words: a pure function of what was seen. */
import type { Outcome } from '../../evaluators/contract.ts';
import type { HostileCase } from './cases.ts';

/** What the study recorded of a candidate, and what of the host it had reached. */
export interface Seen {
  readonly outcome: Outcome;
  readonly message: string | undefined;
  /** Where it scored. */
  readonly loss: number | undefined;
  readonly reached: readonly string[];
}

export interface Judged {
  readonly name: string;
  readonly kind: HostileCase['kind'];
  readonly tries: string;
  /** `needs a gate`: it only behaves, and no jail sees that. */
  readonly verdict: 'contained' | 'missed' | 'needs a gate' | 'passed' | 'wronged';
  /** By what it was contained, or what went wrong. */
  readonly by: string;
  /** Absent where it never had its turn. */
  readonly outcome?: Outcome;
}

const NEVER = 'it was never tried: the study ended before, or another case is the same program';

/** Marked by the judge: an output held a secret of the host. */
export const LEAKED = -1000;

/** What nobody can have who does not know the truth. */
export const LEAST_HONEST_LOSS = 0.05;

const BY: Readonly<Record<Outcome, string>> = {
  scored: 'the jail: nothing was reached',
  invalid: 'the result channel',
  crashed: 'the jail, and it ended itself',
  timeout: 'the time limit',
  'over-budget': 'a resource limit',
  'infra-error': 'nothing: the machine was to blame',
};

/** @param seen Absent where the study never came to it. */
export function judged(one: HostileCase, seen: Seen | undefined): Judged {
  const { name, kind, tries } = one;
  if (seen === undefined) return { name, kind, tries, verdict: 'missed', by: NEVER };
  const base = { name, kind, tries, outcome: seen.outcome };
  const wrong = wrongs(one, seen);
  if (wrong.length > 0) {
    return { ...base, verdict: kind === 'honest' ? 'wronged' : 'missed', by: wrong.join('; ') };
  }
  if (kind === 'behavioural') return { ...base, verdict: 'needs a gate', by: gateOf(one) };
  if (kind === 'honest') return { ...base, verdict: 'passed', by: said(seen) };
  return { ...base, verdict: 'contained', by: contained(seen) };
}

/** With its own words where it failed: a case that is broken ends by itself too. */
function contained({ outcome, message }: Seen): string {
  return outcome === 'crashed' && message ? `${BY[outcome]} (${cut(message)})` : BY[outcome];
}

const MOST_WORDS = 60;

function cut(text: string): string {
  return text.length <= MOST_WORDS ? text : `${text.slice(0, MOST_WORDS)} …`;
}

function gateOf({ gate }: HostileCase): string {
  return gate === undefined ? 'needs a gate' : `needs gate ${gate}`;
}

function said({ outcome, loss, message }: Seen): string {
  return loss === undefined ? `${outcome}: ${message ?? ''}` : `loss ${loss.toPrecision(3)}`;
}

function wrongs({ kind, afterwards }: HostileCase, seen: Seen): readonly string[] {
  const { outcome, loss, reached } = seen;
  const { outcome: allowed, loss: bounds } = afterwards;
  const expected = allowed ?? (kind === 'honest' ? ['scored' as const] : undefined);
  const least = Math.max(bounds?.atLeast ?? LEAST_HONEST_LOSS, LEAST_HONEST_LOSS);
  return [
    ...reached,
    ...(loss !== undefined && loss <= LEAKED ? ['an output held the secret of the host'] : []),
    ...(outcome === 'infra-error' ? [BY[outcome]] : []),
    ...(expected && !expected.includes(outcome) ? [`ended ${said(seen)}`] : []),
    ...(loss !== undefined && loss > LEAKED && loss < least
      ? [`reached a loss of ${loss.toPrecision(3)}, which it cannot know how to`]
      : []),
    ...(loss !== undefined && loss > (bounds?.atMost ?? Number.POSITIVE_INFINITY)
      ? [`its loss is ${loss.toPrecision(3)}`]
      : []),
  ];
}
