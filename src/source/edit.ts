/** Edits of a text: the only way a variation changes one, so nothing outside the spans can move. */
import type { Rng } from '../core/rng.ts';
import type { NumberSpan, Source, Span } from './language.ts';

export interface Edit extends Span {
  readonly text: string;
}

/** The text after the edits, or undefined when they overlap, leave the spans or change nothing. */
export function edited({ text, spans }: Source, edits: readonly Edit[]): string | undefined {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let done = 0;
  let out = '';
  for (const edit of sorted) {
    if (edit.start < done || !isInside(spans, edit)) return undefined;
    out += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  out += text.slice(done);
  return out === text ? undefined : out;
}

export function isInside(spans: readonly Span[], { start, end }: Span): boolean {
  return spans.some((span) => span.start <= start && end <= span.end);
}

/** A member, each as likely; undefined of an empty list. */
export function pick<T>(rng: Rng, items: readonly T[]): T | undefined {
  return items.length === 0 ? undefined : items[rng.int(items.length)];
}

/** Two different members, in the order of the list. */
export function pickTwo<T>(rng: Rng, items: readonly T[]): readonly [T, T] | undefined {
  if (items.length < 2) return undefined;
  const first = rng.int(items.length);
  const second = (first + 1 + rng.int(items.length - 1)) % items.length;
  return [items[Math.min(first, second)] as T, items[Math.max(first, second)] as T];
}

/** Digits of a tuned number: more would be noise of the search, and no person reads them. */
const DIGITS = 6;

/** How a value is written where the literal stands; a literal without fraction stays an integer. */
export function numberText(text: string, at: NumberSpan, value: number): string | undefined {
  const literal = text.slice(at.start, at.end);
  const isWhole = !/[.eEpP]/.test(literal) || /^0[xX]/.test(literal);
  const rounded = isWhole ? Math.round(value) : Number(value.toPrecision(DIGITS));
  if (!Number.isFinite(rounded) || (isWhole && !Number.isSafeInteger(rounded))) return undefined;
  if (rounded < 0 && !at.negatable) return undefined;
  const size = digits(Math.abs(rounded), isWhole);
  if (rounded >= 0) return size;
  return at.isSigned ? `-${size}` : `(-${size})`;
}

/** A literal with a fraction keeps one: `3.0` and `3` are different types in many languages. */
function digits(size: number, isWhole: boolean): string {
  const plain = String(size);
  return isWhole || /[.e]/.test(plain) ? plain : `${plain}.0`;
}
