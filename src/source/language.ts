/**
 * What the search knows of a programming language: how to change a text, whether it is still one of
 * the language, and what two texts of one program have in common. Pure: a language whose parser must
 * be loaded is made by `app` and handed in.
 */
import type { Rng } from '../core/rng.ts';

/** Characters `start` (included) to `end` (excluded) of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A numeric literal, without its sign unless it `isSigned`. */
export interface NumberSpan extends Span {
  readonly value: number;
  /** Whether `(-1)` may stand here; where not, values below 0 have no text. */
  readonly negatable: boolean;
  /** The sign is part of the literal, as in JSON: `-1` stands here, without parentheses. */
  readonly isSigned?: boolean;
}

/** A text of which only the spans may change: sorted, apart from each other. */
export interface Source {
  readonly text: string;
  readonly spans: readonly Span[];
}

export interface Variation {
  readonly name: string;
  /** The child computes what its parent does, in another time: nothing to find for whoever looks for faults. */
  readonly keepsMeaning?: boolean;
  /**
   * The whole text with one change inside the spans; undefined when this variation has nothing to do
   * there, which costs the caller a draw and nothing else. `mate` lends parts from inside its spans.
   */
  vary(source: Source, rng: Rng, mate?: Source): string | undefined;
}

export interface Language {
  readonly name: string;
  readonly variations: readonly Variation[];
  /** Why the text is not of the language, as one sentence with its line; undefined if it is, or nobody here can tell. */
  complaint(text: string): string | undefined;
  /**
   * Equal for texts that differ in layout, and in comments and types where these are known. Idempotent.
   *
   * @throws PacelineError SOURCE_UNSUPPORTED for a text with a complaint; so do the next two.
   */
  normalise(text: string): string;
  /** Syntax nodes, or tokens where there is no parser. */
  size(text: string): number;
  /** Modules the text names, sorted, each once. */
  imports(text: string): readonly string[];
  /** Numeric literals in the order of the text, those that are keys, types or versions left out where they are known. */
  constants(text: string): readonly NumberSpan[];
}
