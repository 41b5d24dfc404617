/** What abstractions of any typed language are when they are written out. */
import { PacelineError } from '../core/errors.ts';
import type { Language, Term } from '../synthesis/language.ts';
import { holeNumber, isHole } from '../synthesis/term.ts';

/** What a term is when written out: nodes of its own, and how often each hole stands in it. */
export interface Measure {
  readonly own: number;
  readonly holes: readonly number[];
}

/**
 * Abstractions that call each other twice, or fill a hole that stands in two places, grow at every step, and would
 * never end to be written out. @param most nodes (included).
 */
export function refuseExplosion<T extends string>({ primitives }: Language<T>, most: number): void {
  const known = new Map<number, Measure>();
  for (const [prim, { name, body }] of primitives.entries()) {
    if (body === undefined) continue;
    const measure = measureOf(body, known);
    known.set(prim, measure);
    const size = sizeOf(measure);
    if (size > most)
      throw new PacelineError(
        'IMPROVER_INVALID',
        `The abstraction "${name}" has ${size} nodes written out, more than ${most}. Leave it out and export the improver again.`,
        { name, size },
      );
  }
}

/** Nodes, each hole one. */
export const sizeOf = ({ own, holes }: Measure): number =>
  holes.reduce((sum, times) => sum + times, own);

const LONE: Measure = { own: 0, holes: [0, 0, 0] };

/** @param known of the abstractions it may call, by their number; whatever else it names is a primitive. */
export function measureOf(term: Term, known: ReadonlyMap<number, Measure>): Measure {
  if (isHole(term))
    return { own: 0, holes: LONE.holes.map((_, at) => (at === holeNumber(term) ? 1 : 0)) };
  const args = term.args.map((argument) => measureOf(argument, known));
  const called = known.get(term.prim) ?? { own: 1, holes: args.map(() => 1) };
  return args.reduce<Measure>(
    ({ own, holes }, argument, slot) => {
      const times = called.holes[slot] ?? 0;
      return {
        own: own + times * argument.own,
        holes: holes.map((so, at) => so + times * (argument.holes[at] ?? 0)),
      };
    },
    { own: called.own, holes: LONE.holes },
  );
}
