/**
 * What the program is shown, and nothing else: public values of the search. No case, no confirm, no
 * hold-out and no gate has a place in it. In a control arm it sees the origin alone.
 */
import type { Candidate } from '../../core/candidate.ts';
import type { Files } from '../../tasks/contract.ts';
import type { AskRequest, Told } from '../contract.ts';

export const SCHEMA = 'paceline.propose/1';

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

export interface CommandState {
  readonly feedback: readonly Feedback[];
  readonly keys: readonly string[];
}

export const NOTHING_TOLD: CommandState = { feedback: [], keys: [] };

export function heard(state: CommandState, told: Told): CommandState {
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

export interface Prepared {
  readonly parent: Candidate;
  /** What an answer has to differ from: its parent and the origin. */
  readonly unchanged: readonly Candidate[];
  /** What else it is shown. */
  readonly inspirations: readonly Candidate[];
  readonly input: Uint8Array;
}

/** Reads the archive: before the first await. */
export function prepare(about: About, state: CommandState, request: AskRequest): Prepared {
  const { trial, rng, archive, fromOrigin } = request;
  const parent = fromOrigin ? about.origin : (archive.pick(rng) ?? about.origin);
  const beside = new Map<string, Candidate>();
  const best = fromOrigin ? undefined : archive.best();
  if (best) beside.set(best.id, best);
  for (let draw = 0; draw < DRAWS && !fromOrigin && beside.size <= INSPIRATIONS; draw++) {
    const other = archive.pick(rng);
    if (other) beside.set(other.id, other);
  }
  beside.delete(parent.id);
  const inspirations = [...beside.values()].slice(0, INSPIRATIONS);
  const { task, metric } = about;
  const document = {
    schema: SCHEMA,
    task,
    metric,
    trial,
    seed: rng.u32(),
    fromOrigin,
    parent: shownOf(about, parent),
    inspirations: inspirations.map((one) => shownOf(about, one)),
    feedback: fromOrigin ? [] : state.feedback,
  };
  const input = new TextEncoder().encode(`${JSON.stringify(document)}\n`);
  return { parent, unchanged: [about.origin, parent], inspirations, input };
}

/** What people pinned comes without a score, and so does the origin. */
function shownOf({ toFiles, inUnit }: About, candidate: Candidate & { readonly score?: number }) {
  const { id, text, score } = candidate;
  return { id, files: toFiles(text), score: score === undefined ? null : inUnit(score) };
}
