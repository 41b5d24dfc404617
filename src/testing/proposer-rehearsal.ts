/** A small study around one proposer: a list for an archive, scores from a pure function. */
import type { ArchiveView, Elite } from '../archives/contract.ts';
import { sha256 } from '../core/hash.ts';
import { publicRoot } from '../core/rng.ts';
import type { AskRequest, Draft, Proposer, Told } from '../proposers/contract.ts';
import { FULL_PURSE } from './asked-models.ts';

export interface Rehearsed {
  readonly create: () => Proposer;
  readonly score: (text: string, seed: number) => number | null;
}

/** One trial, with all that is needed to ask or tell it again. */
export interface RehearsalStep {
  readonly trial: number;
  /** The state that was asked and told. */
  readonly state: unknown;
  /** The same request again, with a stream of its own. */
  readonly request: () => AskRequest;
  readonly draft: Draft;
  /** What was recorded, as read back from the ledger's JSON. */
  readonly told: () => Told;
}

export interface Rehearsal {
  readonly proposer: Proposer;
  readonly steps: readonly RehearsalStep[];
  readonly end: unknown;
  readonly elites: readonly Elite[];
}

/** One call of `Probe.measure` and its answer. */
export interface Probed {
  readonly texts: readonly string[];
  readonly round: number;
  readonly scores: readonly (number | null)[];
}

const ROOT = publicRoot('conformance of proposers');

const stream = (trial: number) => ROOT.stream(trial, 'ask');

/** Trials one after the other: each is asked, scored on one case, told, and kept when it scores. */
export async function rehearse(subject: Rehearsed, trials: number): Promise<Rehearsal> {
  const proposer = subject.create();
  const steps: RehearsalStep[] = [];
  const seen = new Set<string>();
  let elites: readonly Elite[] = [];
  let state = proposer.init();
  for (let trial = 0; trial < trials; trial++) {
    const fold = { trial, elites, seen: new Set(seen) };
    const request = (): AskRequest => askOf(subject, fold).request;
    const draft = await proposer.ask(state, request());
    const score = draft.noCandidate === undefined ? subject.score(draft.text, trial) : null;
    const told = tellOf(draft, trial, {
      outcome: score === null ? 'invalid' : 'scored',
      gain: score === null ? null : gainOf(trial),
      evals: 1 + (draft.probe?.length ?? 0) + (draft.evals ?? 0),
      admitted: score !== null,
    });
    steps.push({ trial, state, request, draft, told });
    state = proposer.tell(state, told());
    seen.add(draft.key);
    if (score !== null) elites = [...elites, eliteOf(draft, trial, score)];
  }
  return { proposer, steps, end: state, elites };
}

/** Now and then a gain beyond any doubt, so that there is something to learn. */
function gainOf(trial: number): number {
  return trial % 3 === 0 ? 3.5 : -1;
}

interface Fold {
  readonly trial: number;
  readonly elites: readonly Elite[];
  readonly seen?: ReadonlySet<string>;
}

/** A request at that fold, and the log of its probes. */
export function askOf(
  { score }: Pick<Rehearsed, 'score'>,
  { trial, elites, seen }: Fold,
): { readonly request: AskRequest; readonly probed: readonly Probed[] } {
  const probed: Probed[] = [];
  const probe: AskRequest['probe'] = {
    async measure(texts, round) {
      const scores = texts.map((text) => score(text, ROOT.stream(trial, 'probe', round).u32()));
      probed.push({ texts, round, scores });
      return scores;
    },
  };
  const archive = viewOf(elites);
  const rng = stream(trial);
  const isSeen = (key: string): boolean => seen?.has(key) ?? false;
  const { signal } = new AbortController();
  const request = {
    trial,
    rng,
    archive,
    probe,
    fromOrigin: false,
    seen: isSeen,
    purse: FULL_PURSE,
    signal,
  };
  return { request, probed };
}

type Result = Pick<Told, 'outcome' | 'gain' | 'evals' | 'admitted'>;

/** What a proposer is told of a settled trial: through JSON, as from a ledger, and the ask's stream. */
export function tellOf(draft: Draft, trial: number, result: Result): () => Told {
  const { text, key, operator, probe, noCandidate: message, hypothesis, expected } = draft;
  const said = { message, hypothesis, expected };
  const recorded = JSON.stringify({ trial, text, key, operator, probe, ...said, ...result });
  return () => ({ ...(JSON.parse(recorded) as Omit<Told, 'rng'>), rng: stream(trial) });
}

function eliteOf({ text, size }: Draft, trial: number, score: number): Elite {
  return { id: sha256(text), text, trial, score, n: 1, size };
}

function viewOf(elites: readonly Elite[]): ArchiveView {
  return {
    size: elites.length,
    best: () => elites.toSorted((a, b) => b.score - a.score)[0],
    pick: (rng) => (elites.length === 0 ? undefined : elites[rng.int(elites.length)]),
  };
}
