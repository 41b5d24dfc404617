/**
 * Sentences in which every number is a fact. The words between facts hold no numeral, so a document
 * can be checked: whatever looks like a number and is not a fact was not derived from the ledger.
 */
import type { Fact, FactBook } from './fact.ts';

export type Phrase = readonly (string | Fact)[];

type Part = Fact | Phrase | string | undefined;

/** Tagged template: `` say`won by ${fact}` ``. A fact the ledger does not show reads "not recorded". */
export function say(words: TemplateStringsArray, ...parts: readonly Part[]): Phrase {
  return words.flatMap((word, i) => (i < parts.length ? [word, ...phraseOf(parts[i])] : [word]));
}

export function phraseOf(part: Part): Phrase {
  if (part === undefined) return ['not recorded'];
  return Array.isArray(part) ? part : [part as string | Fact];
}

export function phraseText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

export function joined(phrases: readonly Phrase[], between: string): Phrase {
  return phrases.flatMap((phrase, i) => (i === 0 ? phrase : [between, ...phrase]));
}

/** `1 trial`, `400 trials`. */
export function counted(fact: Fact | undefined, noun: string): Phrase {
  return say`${fact} ${fact?.value === 1 ? noun : `${noun}s`}`;
}

export interface Row {
  readonly label: string;
  readonly phrase: Phrase;
}

/** What stands behind an answer for whoever opens it. */
export type Detail =
  | { readonly kind: 'text'; readonly phrase: Phrase }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Phrase[])[];
    }
  | { readonly kind: 'change'; readonly before: Fact; readonly after: Fact | undefined }
  | { readonly kind: 'patch'; readonly files: readonly PatchedFile[] };

export interface PatchedFile {
  readonly path: Fact;
  /** Unified diff. */
  readonly patch: Fact;
}

/** One of the eleven questions (mission.md) with its answer. */
export interface Answer {
  readonly question: string;
  readonly lead: Phrase;
  readonly rows: readonly Row[];
  /** Title of the details, and the details. */
  readonly more?: { readonly title: string; readonly details: readonly Detail[] };
}

/** Rows whose fact is there. */
export function rowsOf(
  book: FactBook,
  rows: readonly (readonly [label: string, id: string])[],
): Row[] {
  return rows.flatMap(([label, id]) => {
    const fact = book.get(id);
    return fact ? [{ label, phrase: [fact] }] : [];
  });
}

/** A gain with its interval's coverage and its pairs; exact ones have neither and say so themselves. */
export function sized(book: FactBook, id: string, pairs = 'pairs'): Phrase {
  const gain = book.get(`${id}.gain`);
  const level = book.get(`${id}.level`);
  return level ? say`${gain} (${level} interval, ${book.get(`${id}.n`)} ${pairs})` : say`${gain}`;
}
