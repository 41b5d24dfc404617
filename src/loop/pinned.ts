/**
 * What people pinned stays on offer beside whatever the archive keeps: an archive may let a candidate
 * go, a person who sees more in it than its score may not want that.
 */
import type { ArchiveView } from '../archives/contract.ts';
import type { Candidate } from '../core/candidate.ts';
import type { Ledger } from '../stores/contract.ts';
import { MAIN_ARM, type Plan } from './plan.ts';
import { armOf, type StudyState } from './state.ts';
import { isVetoed } from './steering.ts';

/**
 * Share of the picks that go to pins, all of them together: enough to be bred from every few trials,
 * too little to keep a search from everything else.
 */
export const PINNED_SHARE = 0.2;

/** More than that and none of them is bred from often. */
const MOST_PINS = 16;

/** An archive that has nothing offers the pins alone. `best` is the archive's own. */
export function withPinned(
  view: ArchiveView,
  pinned: readonly Candidate[],
): ArchiveView<Candidate> {
  if (pinned.length === 0) return view;
  return {
    size: Math.max(view.size, pinned.length),
    best: () => view.best(),
    pick(rng) {
      const isPin = rng.float() < PINNED_SHARE;
      return isPin || view.size === 0 ? pinned[rng.int(pinned.length)] : view.pick(rng);
    },
  };
}

interface Looking {
  readonly plan: Plan;
  readonly state: StudyState;
  readonly ledger: Ledger;
}

/** Text of what the main arm keeps, was led by, or once admitted; undefined for all else. */
export async function admittedText(
  { plan, state, ledger }: Looking,
  candidate: string,
): Promise<string | undefined> {
  const { archive, milestones } = armOf(state, MAIN_ARM);
  const kept = plan.archive.find(archive, candidate as Candidate['id']);
  const led = milestones.find((one) => one.candidate.id === candidate);
  if (kept ?? led) return kept?.text ?? led?.candidate.text;
  await ledger.flush();
  for await (const page of ledger.read(0, { types: ['trial.settled'] })) {
    for (const event of page) {
      if (event.type !== 'trial.settled') continue;
      const { body } = event;
      if (body.candidate === candidate && body.admitted && body.arm === MAIN_ARM) return body.text;
    }
  }
  return undefined;
}

/** `text` as `admittedText` found it. Undefined where nothing stands against it. */
export function refusedPin(
  { lanes }: Plan,
  { steering }: StudyState,
  { candidate, text }: { readonly candidate: string; readonly text: string | undefined },
): string | undefined {
  const { pins } = steering;
  const breeders = lanes.filter((lane) => lane.arm === MAIN_ARM && lane.proposer.traits.breeds);
  if (breeders.length === 0) {
    return 'No proposer of this study breeds from the archive, so a pin would change nothing. Hand in what you would make of it with paceline steer candidate.';
  }
  if (pins.some(({ id }) => id === candidate)) return 'It is pinned already.';
  const isNamed = { candidate, proposer: '', operator: '' };
  if (steering.rules.some((rule) => rule.kind === 'veto' && isVetoed(rule, isNamed))) {
    return 'A person vetoed it, and what is vetoed is not bred from.';
  }
  if (text === undefined) {
    return 'The archive of the search never admitted it, so nothing was bred from it. Pin one that paceline show calls admitted or promoted.';
  }
  if (pins.length < MOST_PINS) return undefined;
  return `${MOST_PINS} candidates are pinned, which is the most. Take one back first, with paceline steer unpin.`;
}
