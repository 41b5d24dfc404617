/** Elites offered one after the other to an archive, as a study would, and what can be seen of it. */
import type { Archive, Elite } from '../archives/contract.ts';
import { sha256 } from '../core/hash.ts';
import { publicRoot } from '../core/rng.ts';

export interface OfferShape {
  /** Axes of the archive: so many measures each elite has, in [0, 1], now and then unknown. */
  readonly measures: number;
}

export interface Rehearsed {
  readonly archive: Archive;
  readonly state: unknown;
  readonly steps: readonly { readonly elite: Elite; readonly admitted: boolean }[];
}

/** What the proposal of one trial can see. */
export interface Seen {
  readonly size: number;
  readonly best: Elite | undefined;
  /** Undefined where there is nothing to pick. */
  readonly picks: readonly Elite[] | undefined;
}

const ROOT = publicRoot('conformance of archives');

/** One elite in so many has a measure that is unknown. */
const UNKNOWN_EVERY = 17;

/**
 * Larger ones score better, so that no capacity of a test is large enough for all that nothing beats;
 * scores rise slowly and tie often, so that newcomers have a chance for as long as the list goes on.
 */
export function offers({ measures }: OfferShape, count: number): readonly Elite[] {
  return Array.from({ length: count }, (_, trial) => {
    const rng = ROOT.stream(trial, 'offer');
    const text = `candidate ${trial}`;
    const size = 1 + rng.int(40);
    const score = Math.round(3 * rng.normal() + size + trial / 50);
    const elite = { id: sha256(text), text, trial, score, n: 1, size };
    if (measures === 0) return elite;
    const known = (): number | null => (rng.int(UNKNOWN_EVERY) === 0 ? null : rng.float());
    return { ...elite, measures: Array.from({ length: measures }, known) };
  });
}

export function rehearse(
  { create, measures }: OfferShape & { readonly create: () => Archive },
  count: number,
): Rehearsed {
  const archive = create();
  const state = archive.init();
  const steps = offers({ measures }, count).map((elite) => {
    const admitted = archive.admits(state, elite);
    if (admitted) archive.add(state, elite);
    return { elite, admitted };
  });
  return { archive, state, steps };
}

/** Numbers without a common divisor with any round size: taking turns does not come out even. */
const LOOKS = 17;
const PICKS = 7;

/** Through the views of several trials, each with streams of its own. */
export function seenOf(archive: Archive, state: unknown): readonly Seen[] {
  return Array.from({ length: LOOKS }, (_, trial) => {
    const view = archive.view(state, trial);
    const picks = Array.from({ length: PICKS }, (_pick, i) =>
      view.pick(ROOT.stream(trial, 'pick', i)),
    );
    const found = picks.filter((elite) => elite !== undefined);
    return { size: view.size, best: view.best(), picks: found.length > 0 ? found : undefined };
  });
}
