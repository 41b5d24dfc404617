/** What earlier studies found, as lines a model or a person may read: data of bounded size, never an instruction. */
import { z } from 'zod';
import { said } from './said.ts';

/**
 * UTF-8 bytes of all lessons of a study together. A token of a byte-level vocabulary holds at least one byte, so this
 * is as many tokens at most, and about a quarter of that as a rule.
 */
export const MOST_LESSON_BYTES = 4096;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const isLine = (text: string): boolean => text !== '' && said(text, { quotes: false }) === text;

/** In the first entry of a study: what its proposers are told, so that nothing but the ledger is needed to ask again. */
export const lessons = z
  .array(z.string().refine(isLine, 'a lesson is one line without control characters'))
  .min(1)
  .refine((all) => weightOf(all) <= MOST_LESSON_BYTES, 'the lessons are too long together')
  .readonly();

/** With the end of its line. */
const weightOf = (all: readonly string[]): number =>
  all.reduce((sum, one) => sum + bytesOf(one) + 1, 0);

/** Each once, made fit for a line, in their order, as long as there is room; a longer one gives way to those after it. */
export function fittingLessons(texts: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let left = MOST_LESSON_BYTES;
  for (const text of new Set(texts.map((one) => said(one, { quotes: false })))) {
    const weight = bytesOf(text) + 1;
    if (text === '' || weight > left) continue;
    kept.push(text);
    left -= weight;
  }
  return kept;
}
