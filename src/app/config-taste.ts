/** How the taste of a study is named in its config. */
import { z } from 'zod';
import { LONGEST_TIMER_MS } from '../core/clock.ts';
import { duration } from './config-values.ts';

/** People are asked what they expect of a candidate before it is measured; it decides nothing. */
const people = z.strictObject({
  /** Share of the trials that nobody chose. */
  share: z.number().gt(0).max(1).default(0.1),
  /** How long a trial waits for a word: unanswered is no forecast. */
  within: duration.pipe(z.number().min(1000).max(LONGEST_TIMER_MS)).default(60_000),
});
const uniform = z.strictObject({
  use: z.literal('uniform'),
  people: people.optional(),
});
/** With `language` and an interpreter whose situations tell programs apart by what they decide. */
const surrogate = z.strictObject({
  use: z.literal('surrogate'),
  /** Drafts of which one is tried, where a proposer can be asked several times (genetic). */
  drafts: z.int().min(2).max(64).default(4),
  /** Share of trials that take the first draft, whatever is expected of it: only these are scored. */
  explore: z.number().min(0.1).max(1).default(0.2),
  people: people.optional(),
});

export const taste = z.union([
  z.literal('uniform').transform((use) => uniform.parse({ use })),
  z.literal('surrogate').transform((use) => surrogate.parse({ use })),
  z.discriminatedUnion('use', [uniform, surrogate]),
]);
