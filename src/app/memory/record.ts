/** What a closed study leaves to later ones: the form of one file below `.paceline/memory`. */
import { z } from 'zod';
import { contentId, type Hash } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { metric } from '../../core/opened-parts.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const range = z.tuple([z.number(), z.number()]).readonly();

export const memoryRecord = z.strictObject({
  schema: z.literal('paceline/memory/1'),
  /** Name of the study, and the last entry of its ledger, from which all of this follows. */
  study: z.string(),
  head: z.strictObject({ seq: count, hash }),
  task: z.strictObject({
    /** Of origin, evaluator, metric and task: only what shares it is the same task. */
    id: hash,
    name: z.string(),
    origin: hash,
    evaluator: hash,
    metric,
  }),
  /** Hypotheses measured to be no better than the origin: gains over it, oriented, of n values. */
  deadEnds: z.array(z.strictObject({ key: z.string(), n: count, gain: range })).readonly(),
  /** Hypotheses whose candidate crashed or ran out of time, and how often. */
  failed: z.array(z.strictObject({ key: z.string(), times: count })).readonly(),
  /** Of both lists, those that had no room (`MOST_KEYS`). */
  leftOut: count,
  /** Per proposer and operator of the search, by gain per cost. */
  lessons: z
    .array(
      z.strictObject({
        proposer: z.string(),
        operator: z.string(),
        trials: count,
        evals: count,
        promoted: count,
        /** Share of trials that were promoted: Wilson, 95 %. */
        rate: range,
        /** Oriented gains of its promotions together. */
        gain: z.number(),
        gainPer1000Evals: z.number(),
      }),
    )
    .readonly(),
  effects: z.strictObject({
    /** Promotions, in order: oriented gain and interval over fresh pairs. */
    gains: z
      .array(
        z.strictObject({ key: z.string(), gain: z.number(), interval: range.optional(), n: count }),
      )
      .readonly(),
    /** Per challenger, in order: its gain by the screen and by the confirm, oriented. */
    shrinkage: z.array(range).readonly(),
  }),
});

export type MemoryRecord = z.infer<typeof memoryRecord>;
export type Lesson = MemoryRecord['lessons'][number];

export function recordId(record: MemoryRecord): Hash {
  return contentId(JSON.parse(JSON.stringify(record)) as Json);
}
