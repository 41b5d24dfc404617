/**
 * Ask/tell. `ask` never changes state; state changes only in `tell`, from settled events, so that
 * any crash, replay or number of workers leads to the same next proposal.
 *
 * `ask` must read `state`, `archive` and `seen` before its first `await`: later trials may be told
 * while a probe is under way. States are structured-cloneable plain data (numbers, strings, arrays, typed
 * arrays, plain objects, Map, Set).
 */

import type { ArchiveView } from '../archives/contract.ts';
import type { Candidate, CandidateId } from '../core/candidate.ts';
import type { Awaitable } from '../core/json.ts';
import type { Rng } from '../core/rng.ts';
import type { Purse, Refusal, Spend } from '../core/spend.ts';
import type { Step } from '../core/steps.ts';

/** Metered evaluations inside one trial, charged to the arm that asks. */
export interface Probe {
  /**
   * Scores candidate texts on one fresh training case, the same for all of them: oriented (higher
   * is better), null where a candidate has no score. `round` numbers the calls of this trial from 0.
   */
  measure(texts: readonly string[], round: number): Promise<readonly (number | null)[]>;
}

export interface AskRequest {
  readonly trial: number;
  /** The stream of (trial, 'ask'): `tell` gets the same one. */
  readonly rng: Rng;
  readonly archive: ArchiveView<Candidate>;
  readonly probe: Probe;
  /** True for control arms: draw independently from the origin, learn nothing inside the trial. */
  readonly fromOrigin: boolean;
  /**
   * Whether this arm has already settled a candidate with this key (see `Draft.key`). A draft whose key
   * was asked for and is known ends as a duplicate without being measured.
   */
  readonly seen: (key: string) => boolean;
  /** Of one that repeats: what it is asked to do once more, and to what. */
  readonly again?: { readonly operator: string; readonly parent: Candidate };
  /** What earlier studies found, as lines; the same for every arm and trial. Absent: nothing is known. */
  readonly lessons?: readonly string[];
  /** What pays for calls to models. */
  readonly purse: Purse;
  /** Keeps what is done on the way to an answer, for people. Absent where nobody keeps it. */
  readonly note?: (step: Step) => void;
  /** Aborted when the search ends: what an ask has started ends with it, and it rejects with the reason. */
  readonly signal: AbortSignal;
}

export interface Draft {
  /** Canonical candidate text; empty where there is no candidate. */
  readonly text: string;
  /**
   * Why there is no candidate, in one sentence: of a proposer whose ideas come from outside. The trial ends
   * with it, unmeasured; text is '' and size 0.
   */
  readonly noCandidate?: string;
  /** How it ends without one: absent means `invalid`; the other two are never the candidate's fault. */
  readonly noCandidateAs?: 'infra-error' | 'over-budget';
  /** Over budget: what stood against a call. The search ends with it. */
  readonly refused?: Refusal;
  /** What the proposer thinks it changes, in its own words: shown to people, and it decides nothing. */
  readonly hypothesis?: string;
  /** The gain it expects, in the metric's unit, positive is better: recorded before it is measured. */
  readonly expected?: number;
  /** Between what it expects that gain to lie. */
  readonly expectedInterval?: readonly [number, number];
  /** Why it thinks so, and the notes it names as its source: shown to people like the hypothesis. */
  readonly mechanism?: string;
  readonly cites?: readonly string[];
  /** The model that wrote it, and what its calls took. */
  readonly model?: string;
  readonly spent?: Spend;
  readonly parents: readonly CandidateId[];
  readonly operator: string;
  /** Equal keys are the same hypothesis: a behaviour hash where there is one, else the content hash. */
  readonly key: string;
  /** Drafts looked at, this one included; the rejected ones are counted, not stored. */
  readonly considered: number;
  readonly size: number;
  /** Scores of every probe of this trial, in order: what `tell` needs to repeat the inner steps. */
  readonly probe?: readonly (number | null)[];
  /**
   * Evaluations of a model of its own that the proposer spent on this draft, charged to the arm like
   * any other: it declares them, nobody else can count them. Absent: none.
   */
  readonly evals?: number;
}

/** What a settled trial tells its proposer. */
export interface Told {
  readonly trial: number;
  readonly operator: string;
  /** Empty where nothing was proposed. */
  readonly text: string;
  readonly key: string;
  readonly outcome: string;
  /** Why there is no score, where there is none: of its screen, never of a confirm or a gate. */
  readonly message?: string;
  readonly hypothesis?: string;
  readonly expected?: number;
  readonly model?: string;
  readonly spent?: Spend;
  /** Oriented screen score minus the arm's reference at that time, in units of the noise scale; null if unscored. */
  readonly gain: number | null;
  readonly evals: number;
  readonly admitted: boolean;
  readonly probe?: readonly (number | null)[];
  readonly rng: Rng;
}

export interface Proposer<S = unknown> {
  readonly name: string;
  readonly traits: {
    /** Same state and stream, same draft: needed for *rerun*. */
    readonly repeatable: boolean;
    /** One trial at a time: the next ask waits until the last one of this lane is settled. */
    readonly sequential: boolean;
    /**
     * Takes parents from the archive, so its elites are measured again, and by `archive.pick`, so what
     * people pin reaches it. Absent: it does not.
     */
    readonly breeds?: true;
    /**
     * May be asked several times for one trial, each time further along its stream, and answers at once; of the
     * drafts one is tried. Its `tell` reads no stream. Absent: one trial, one ask.
     */
    readonly redraws?: true;
    /** It can be asked for one of its operators by name (`AskRequest.again`). Absent: it cannot. */
    readonly repeats?: true;
    /** Its ideas come from a program of the user's: what that spends, nobody here can count. Absent: it is ours. */
    readonly outside?: true;
    /** Its ideas come from models, whose calls it pays from `AskRequest.purse`. */
    readonly paid?: true;
    /** Its ideas come from people: a trial of it is begun once somebody has handed one in, and not asked for. */
    readonly waits?: true;
    /** Its ideas come from an agent that runs unjailed, with a login that the user gave it. */
    readonly holdsCredentials?: true;
  };
  init(): S;
  ask(state: S, request: AskRequest): Awaitable<Draft>;
  tell(state: S, told: Told): S;
  /** Of one that asks a model: the very words that it would send for this request. Sends and spends nothing. */
  preview?(state: S, request: AskRequest): string;
  /**
   * True where nothing is left to propose that the arm has not settled: the study closes once every
   * lane says so. Pure, like `ask`. Absent: there is always something new.
   */
  isExhausted?(state: S, seen: AskRequest['seen']): boolean;
}
