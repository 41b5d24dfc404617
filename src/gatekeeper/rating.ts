/**
 * Check C18 afterwards: recall on traps and false positives over a window of the newest. Before there are enough
 * traps, what the qualification found stands in: it is of the same cases, drawn by nobody who is judged.
 */
import type { GateBody } from '../core/holdout.ts';
import { binomialAtMost } from '../stats/binomial.ts';
import { wilson } from '../stats/wilson.ts';
import { LEAST_RECALL, MOST_REFUSED, type Tally } from './qualification.ts';

/** Newest traps of each kind that count. */
export const WINDOW = 200;
/**
 * Traps alone freeze the gate, whatever was found before, where a gate of the least recall would catch so few of
 * them only once in a hundred studies: two misses of two, three of nine.
 */
const AGAINST_PRIOR = 0.01;

export interface TrapEnd {
  readonly is: 'cheat' | 'honest';
  /** Of a cheat: caught. Of an honest one: not refused. */
  readonly isRight: boolean;
}

export type Rating = Omit<GateBody<'rated'>, 'gates'>;

/** @param ends Oldest first. */
export function rate(prior: Tally, ends: readonly TrapEnd[]): Rating {
  const cheats = ends.filter(({ is }) => is === 'cheat').slice(-WINDOW);
  const honest = ends.filter(({ is }) => is === 'honest').slice(-WINDOW);
  const live = {
    traps: cheats.length,
    caught: cheats.filter(({ isRight }) => isRight).length,
    honest: honest.length,
    refused: honest.filter(({ isRight }) => !isRight).length,
  };
  const before = roomFor(prior, live);
  const traps = live.traps + before.traps;
  const caught = live.caught + before.caught;
  const [recallLower] = wilson(caught, traps);
  const { traps: n, caught: k } = live;
  const isContradicted = n > 0 && binomialAtMost(k, n, LEAST_RECALL) < AGAINST_PRIOR;
  return {
    prior: { ...prior },
    live,
    traps,
    caught,
    honest: live.honest + before.honest,
    refused: live.refused + before.refused,
    recallLower,
    frozen: recallLower < LEAST_RECALL || isContradicted,
  };
}

/** Of the qualification, what the traps leave room for: its misses in proportion, rounded against it. */
function roomFor(prior: Tally, live: Tally): Tally {
  const traps = Math.min(prior.traps, WINDOW - live.traps);
  const honest = Math.min(prior.honest, WINDOW - live.honest);
  const missed = Math.ceil(share(prior.traps - prior.caught, prior.traps) * traps);
  const refused = Math.ceil(share(prior.refused, prior.honest) * honest);
  return { traps, caught: traps - missed, honest, refused };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** For people: the thresholds want looking at. It stops nothing, since what is refused wrongly is only lost. */
export function wantsRecalibration({
  honest,
  refused,
}: Pick<Tally, 'honest' | 'refused'>): boolean {
  return refused > MOST_REFUSED * honest;
}
