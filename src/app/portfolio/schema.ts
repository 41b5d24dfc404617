/** What `paceline.portfolio.yaml` may say: every key, its meaning, its range and its default. */
import { z } from 'zod';
import { LEAST_CAP_BYTES } from '../config-schema.ts';
import { bytes, duration } from '../config-values.ts';

const positive = z.int().positive('is more than 0; leave it out for no limit');
const longerThanNothing = duration.pipe(
  z.number().positive('is longer than 0; leave it out for no limit'),
);

const portfolio = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'use lower-case letters, digits and dashes')
    .default('portfolio'),
  /** Folders that hold a `paceline.yaml`, config files, or globs of either. */
  studies: z
    .array(
      z.union([
        z
          .string()
          .min(1)
          .transform((path) => ({ path, weight: 1 })),
        z.strictObject({
          path: z.string().min(1),
          /** What a gain of this study is worth beside one of another. */
          weight: z.number().positive().default(1),
        }),
      ]),
    )
    .min(1, 'name at least one folder or config file'),
  /** Of all studies together; each study's own budget bounds it besides. */
  budget: z
    .strictObject({
      /** Active time: what studies take in their turns. */
      wall: longerThanNothing.optional(),
      evals: positive.optional(),
    })
    .prefault({}),
  /** One turn: what a study may spend before another is chosen. The first limit reached ends it. */
  slice: z
    .strictObject({
      wall: longerThanNothing.optional(),
      evals: positive.optional(),
      trials: positive.optional(),
    })
    .refine((limits) => Object.values(limits).some((one) => one !== undefined), {
      error: 'name wall, evals or trials',
    })
    .prefault({ wall: '1m' }),
  /** Whose turn it is. */
  share: z
    .strictObject({
      /**
       * `gain`: in proportion to expected gain per cost times weight. `equal`: in proportion to the
       * weights, whatever is gained.
       */
      by: z.enum(['gain', 'equal']).default('gain'),
      /** Part of an equal share that every study has whatever it gains (by gain only). */
      least: z.number().min(0).max(1).optional(),
    })
    .refine(({ by, least }) => by === 'gain' || least === undefined, {
      error: 'is for by: gain; equal shares starve nobody, so leave it out',
      path: ['least'],
    })
    .prefault({}),
  /** Threads of every study, in the place of its own number; never changes a result. */
  workers: z.int().min(1).max(64).optional(),
  storage: z
    .strictObject({
      /** No turn begins while the state folders together hold more. */
      cap: bytes.pipe(z.number().min(LEAST_CAP_BYTES)).prefault('10gb'),
    })
    .prefault({}),
});

export const portfolioSchema = portfolio;

export type PortfolioConfig = z.infer<typeof portfolioSchema>;

/** The JSON Schema published as `schema/paceline.portfolio.schema.json`. */
export function portfolioJsonSchema(): object {
  return z.toJSONSchema(portfolioSchema, { io: 'input', target: 'draft-2020-12' });
}
