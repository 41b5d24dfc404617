/**
 * Proposals of agents and programs on a recording: kept whole, and given again for the same trial in the same state. So a
 * study with one replays without it, offline.
 */
import { PacelineError } from '../core/errors.ts';
import { contentId, type Hash } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { NOTHING_SPENT } from '../core/spend.ts';
import type { AskRequest, Draft, Proposer } from './contract.ts';
import { type Heard, heard, NOTHING_HEARD } from './outside/shown.ts';

export interface TapedProposal {
  readonly draft: Draft;
  /** Its arm knew the key when it was asked. */
  readonly isKnown: boolean;
}

/** One recording, as far as whole proposals are on it. */
export interface ProposalTape {
  /** @returns What is on the recording, secrets taken out: the study goes on with that. */
  keep(key: Hash, label: string, proposal: TapedProposal): TapedProposal;
}

export interface ReplayedTape {
  /** Undefined: not for this state. */
  find(key: Hash): TapedProposal | undefined;
  readonly path: string;
}

export function recorded(proposer: Proposer<Heard>, tape: ProposalTape): Proposer<Heard> {
  return {
    ...proposer,
    async ask(state, request) {
      const { key, label } = placeOf(proposer.name, state, request);
      const known = new Set<string>();
      const seen = (one: string): boolean => {
        const isKnown = request.seen(one);
        if (isKnown) known.add(one);
        return isKnown;
      };
      const draft = await proposer.ask(state, { ...request, seen });
      return tape.keep(key, label, { draft, isKnown: known.has(draft.key) }).draft;
    },
  };
}

/** Stands for a proposer of that name and those traits, which is not there. */
export function replayed(
  { name, traits }: Pick<Proposer, 'name' | 'traits'>,
  tape: ReplayedTape,
): Proposer<Heard> {
  return {
    name,
    traits,
    init: () => NOTHING_HEARD,
    async ask(state, request) {
      const { key, label } = placeOf(name, state, request);
      const found = tape.find(key);
      if (found === undefined) throw missing(tape.path, name, label);
      const { draft, isKnown } = found;
      if (isKnown) request.seen(draft.key);
      return paidAgain(draft, request);
    },
    tell: heard,
  };
}

/** Its seed, what it learnt and what it is shown: another study is in another place. */
function placeOf(
  name: string,
  state: Heard,
  { trial, fromOrigin, archive, rng }: AskRequest,
): { readonly key: Hash; readonly label: string } {
  const shown = { size: archive.size, best: archive.best()?.id ?? null };
  const chance = rng.fork('tape').u32();
  const learnt = JSON.parse(JSON.stringify(state)) as Json;
  const key = contentId({ name, trial, fromOrigin, shown, chance, learnt });
  return { key, label: `trial ${trial}` };
}

/** Booked as it was, from the same budget. */
async function paidAgain(draft: Draft, { purse, signal }: AskRequest): Promise<Draft> {
  const { spent = NOTHING_SPENT, model } = draft;
  if (model === undefined || spent.requests === 0) return draft;
  const make = () => Promise.resolve({ value: draft, spent });
  const answer = await purse.pay({ to: model, most: spent, make }, signal);
  if ('paid' in answer) return answer.paid;
  const { refused } = answer;
  const noCandidate = 'The budget of this study does not hold what the recorded one spent.';
  const none = { text: '', size: 0, noCandidate, noCandidateAs: 'over-budget' } as const;
  return { ...draft, ...none, refused, spent: NOTHING_SPENT };
}

function missing(path: string, name: string, label: string): PacelineError {
  return new PacelineError(
    'PROVIDER_DOWN',
    `What ${name} answered in ${label} is not on ${path}, or was answered in another study: config, seed, files or release differ. The study is paused and nothing of it is lost; record it again with --record.`,
    { path, label },
  );
}
