/** What was expected of a candidate before it was measured, and by whom: recorded, scored, and no evidence of anything. */
import { z } from 'zod';

/** Of every search that names one; absent in older ledgers, and where none was named. */
export const tastePromise = z.strictObject({
  use: z.enum(['uniform', 'surrogate']),
  /** Drafts looked at for one trial, where its proposer can be asked several times. */
  drafts: z.int().min(1),
  /** Share of trials whose draft is the first one, whatever was expected of it: only these are scored. */
  explore: z.number().min(0.1).max(1),
});

export type TastePromise = z.infer<typeof tastePromise>;

const chance = z.number().min(0).max(1);
const effect = z.number();
const sd = z.number().nonnegative();

export const forecastRecord = z.strictObject({
  /** Chance that its screen sees it above the candidate it came from. */
  chance,
  /** Score expected beyond that candidate's, oriented; its standard deviation. Absent where nothing is known yet. */
  effect: effect.optional(),
  sd: sd.optional(),
  /**
   * What it has to beat: oriented score of the candidate it came from, as the archive has it when the trial
   * settles, or of the incumbent where it is kept no longer. Of a paired screen less what the incumbent is worth.
   */
  over: z.number(),
  /** Nobody chose it: the first draft, by the draw of its trial. */
  atRandom: z.literal(true).optional(),
});

export type ForecastRecord = z.infer<typeof forecastRecord>;

export const FORECAST_EVENTS = {
  /** A person's, before the candidate was measured: of the trial that the entry names. */
  'forecast.made': z.strictObject({
    by: z.string().min(1),
    candidate: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    chance,
    effect: effect.optional(),
  }),
} as const;
