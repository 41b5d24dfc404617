/** How many numbers describe a task in a language: known before any input is. */
import type { Language } from '../language.ts';
import type { OfValue } from './feature-terms.ts';
import { featureTerms } from './feature-terms.ts';
import { GENERIC } from './generic-features.ts';

/**
 * Of an integer-valued term: equal on all examples, share equal, share at least as large. Of a list-valued term:
 * share of elements contained, then shares of equal to it (or its length), its sum, and its maximum or minimum.
 */
export const WIDTH: Readonly<Record<OfValue, number>> = { I: 3, L: 4 };

export const featureCount = (language: Language): number =>
  featureTerms(language).reduce((count, { type }) => count + WIDTH[type], GENERIC);
