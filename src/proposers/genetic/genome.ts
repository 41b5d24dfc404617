/**
 * What the genetic proposer needs of a kind of candidate: read, vary, tell hypotheses apart. Forests
 * of the closed language (forest-genome.ts) and programs as text (source-genome.ts) provide it.
 */
import type { Rng } from '../../core/rng.ts';
import type { Policy } from '../../improver/gp/slots.ts';

export interface VariationDraw<G> {
  readonly rng: Rng;
  /** Another candidate to cross with; undefined where there is none. Whoever calls it has two parents. */
  readonly mate: () => G | undefined;
  /** What an improver says of fresh parts and steps; absent: the genome's own habits. */
  readonly policy?: Policy;
}

export interface Genome<G> {
  /** Names in the order of the portfolio's entries. */
  readonly operators: readonly string[];
  readonly origin: G;
  /** A text of the archive. */
  read(text: string): G;
  /** The canonical text; undefined for a genome that cannot be a candidate: too large, not of its language. */
  textOf(genome: G): string | undefined;
  /** Equal keys, same hypothesis. `text` is the canonical text of the genome. */
  keyOf(genome: G, text: string): string;
  sizeOf(genome: G): number;
  /** Undefined when the operator has nothing to do there, or no room. */
  vary(genome: G, operator: string, draw: VariationDraw<G>): G | undefined;
}
