/** Answers from outside, kept the moment they come: a study that goes on takes them from the ledger. */
import type { EventBody, EventDraft } from '../core/events.ts';
import { REMARKS, type Remarks } from '../core/remarks.ts';
import type { Step } from '../core/steps.ts';
import type { Draft } from '../proposers/contract.ts';
import type { Ledger } from '../stores/contract.ts';

/** What a proposer answered, and whether its arm knew the key when it was asked. */
export interface Made {
  readonly draft: Draft;
  readonly isKnown: boolean;
}

type Body = EventBody['proposal.made'];

export function madeDraft(trial: number, proposer: string, made: Made): EventDraft {
  const body = madeBody(made);
  return { type: 'proposal.made', trial, actor: `proposer:${proposer}`, body };
}

export function madeBody(made: Made): Body {
  const { text, key, size, parents, operator, considered, evals, noCandidate, noCandidateAs } =
    made.draft;
  return {
    text,
    key,
    size,
    parents,
    operator,
    considered,
    ...(evals === undefined ? {} : { evals }),
    ...(noCandidate === undefined ? {} : { why: noCandidate }),
    ...(noCandidateAs === undefined ? {} : { endsAs: noCandidateAs }),
    ...(made.isKnown ? { isKnown: true } : {}),
    ...remarksOf(made.draft),
  };
}

export function stepDraft(trial: number, proposer: string, body: Step): EventDraft {
  return { type: 'proposal.step', trial, actor: `proposer:${proposer}`, body };
}

export function madeOf({ why, endsAs, isKnown, noCandidate: _said, ...draft }: Body): Made {
  const none = {
    ...(why === undefined ? {} : { noCandidate: why }),
    ...(endsAs === undefined ? {} : { noCandidateAs: endsAs }),
  };
  return { draft: { ...draft, ...none } as Draft, isKnown: isKnown === true };
}

/** What the entry of a trial keeps of what its proposer said. */
export function remarksOf(draft: Draft): Remarks {
  const said = REMARKS.flatMap((name) => (draft[name] === undefined ? [] : [[name, draft[name]]]));
  const none = draft.noCandidate === undefined ? {} : { noCandidate: true };
  return { ...none, ...Object.fromEntries(said) } as Remarks;
}

/** Of trials from `firstTrial` on: those that have not settled. `after` is where the fold stands. */
export async function readMade(
  ledger: Ledger,
  { after, firstTrial }: { readonly after: number; readonly firstTrial: number },
): Promise<ReadonlyMap<number, Made>> {
  const made = new Map<number, Made>();
  for await (const page of ledger.read(after, { types: ['proposal.made'] })) {
    for (const event of page) {
      if (event.type !== 'proposal.made' || event.trial === undefined) continue;
      if (event.trial >= firstTrial) made.set(event.trial, madeOf(event.body));
    }
  }
  return made;
}
