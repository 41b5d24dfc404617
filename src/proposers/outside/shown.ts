/**
 * What a proposer whose ideas come from outside is shown of the search, and nothing else: public values. No case,
 * no confirm, no hold-out and no gate has a place in it. In a control arm it sees the origin alone.
 */
import type { Candidate } from '../../core/candidate.ts';
import type { Files } from '../../tasks/contract.ts';
import type { AskRequest, Told } from '../contract.ts';

/** Elites shown beside the parent. */
const INSPIRATIONS = 3;

/** A draw may give one that is shown already. */
const DRAWS = 2 * INSPIRATIONS;

/** Of its own proposals, the latest. */
const REMEMBERED = 8;

/** Keys of these are known before the answer is: such a one ends as a duplicate without being measured. */
const KNOWN_KEYS = 256;

export interface Feedback {
  readonly trial: number;
  readonly outcome: string;
  readonly message?: string;
  /** In units of the noise of one evaluation, against the incumbent's reference; null without a score. */
  readonly gain: number | null;
  readonly admitted: boolean;
  readonly hypothesis?: string;
  readonly expected?: number;
}

export interface Heard {
  readonly feedback: readonly Feedback[];
  readonly keys: readonly string[];
}

export const NOTHING_HEARD: Heard = { feedback: [], keys: [] };

export function heard(state: Heard, told: Told): Heard {
  const { trial, outcome, message, gain, admitted, hypothesis, expected, text, key } = told;
  const one: Feedback = {
    trial,
    outcome,
    ...(message === undefined ? {} : { message }),
    gain,
    admitted,
    ...(hypothesis === undefined ? {} : { hypothesis }),
    ...(expected === undefined ? {} : { expected }),
  };
  const keys = text === '' || state.keys.includes(key) ? state.keys : [...state.keys, key];
  return {
    feedback: [...state.feedback, one].slice(-REMEMBERED),
    keys: keys.slice(-KNOWN_KEYS),
  };
}

/** What stays the same over a study. */
export interface About {
  readonly task: string;
  readonly metric: { readonly name: string; readonly goal: string; readonly unit: string };
  readonly origin: Candidate;
  readonly toFiles: (text: string) => Files;
  /** From oriented scores, where higher is better, to the metric's own unit. */
  readonly inUnit: (oriented: number) => number;
}

export interface Chosen {
  readonly parent: Shown;
  /** What an answer has to differ from: its parent and the origin. */
  readonly unchanged: readonly Candidate[];
  /** What else it is shown. */
  readonly inspirations: readonly Shown[];
}

/** What people pinned comes without a score, and so does the origin. */
export type Shown = Candidate & { readonly score?: number };

/** Reads the archive: before the first await. */
export function choose({ origin }: Pick<About, 'origin'>, request: AskRequest): Chosen {
  const { rng, archive, fromOrigin } = request;
  const parent = fromOrigin ? origin : (archive.pick(rng) ?? origin);
  const beside = new Map<string, Shown>();
  const best = fromOrigin ? undefined : archive.best();
  if (best) beside.set(best.id, best);
  for (let draw = 0; draw < DRAWS && !fromOrigin && beside.size <= INSPIRATIONS; draw++) {
    const other = archive.pick(rng);
    if (other) beside.set(other.id, other);
  }
  beside.delete(parent.id);
  const inspirations = [...beside.values()].slice(0, INSPIRATIONS);
  return { parent, unchanged: [origin, parent], inspirations };
}

/**
 * Says before the answer is there which keys it may not have: those it was told of and those it is shown. Afterwards
 * it would depend on who settled meanwhile.
 */
export function nameKnown(
  state: Heard,
  { inspirations }: Pick<Chosen, 'inspirations'>,
  {
    keysOf,
    request,
  }: { readonly keysOf: (text: string) => readonly string[]; readonly request: AskRequest },
): void {
  if (request.fromOrigin) return;
  const shown = inspirations.flatMap(({ text }) => keysOf(text));
  for (const key of [...state.keys, ...shown]) request.seen(key);
}
