/** Parts of the first entry of a study: its arms, their lanes, their archive, and what is measured. */
import { z } from 'zod';
import { FOLLOW_ON_RULE } from './follow-ons.ts';
import { lessons } from './lessons.ts';
import { usedMemory } from './memory.ts';
import { PROMPT_NAMES } from './prompt-template.ts';

const finite = z.number();
const count = z.int().nonnegative();
const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const metric = z.strictObject({
  name: z.string(),
  goal: z.enum(['min', 'max']),
  unit: z.string(),
  /** Times are logged before any statistics (claims/orient.ts). Absent: values are taken as they are. */
  kind: z.literal('time').exactOptional(),
});

export const arm = z.strictObject({
  name: z.string(),
  search: z.enum(['improver', 'best-of-n', 'random', 'no-op']),
  share: finite,
});

export const lane = z.strictObject({
  arm: z.string(),
  proposer: z.string(),
  instance: count,
  sequential: z.boolean(),
  /** Takes parents from its arm's archive, whose elites are then measured again. Absent: not known to. */
  breeds: z.literal(true).optional(),
  /** Can be asked for one of its operators by name. */
  repeats: z.literal(true).optional(),
  /** Proposals of a program from outside, whose cost is not counted. */
  outside: z.literal(true).optional(),
  /** Proposals of models, whose calls are paid from the study's purse. */
  paid: z.literal(true).optional(),
  /** Waits for what people hand in. */
  waits: z.literal(true).optional(),
  /** Proposals of an agent that runs unjailed with a login of its own: it holds the user's credentials. */
  holdsCredentials: z.literal(true).optional(),
});

/** Absent means pareto: what studies used before there was a choice. */
export const archive = z.discriminatedUnion('use', [
  z.strictObject({ use: z.literal('islands'), count, migrateEvery: count }),
  z.strictObject({
    use: z.literal('map-elites'),
    axes: z
      .array(z.strictObject({ measure: z.string(), min: finite, max: finite, bins: count }))
      .readonly(),
  }),
]);

/** A generation, and what of it this study uses besides its library: what is absent it has not, or nothing asks for it. */
const improver = z.strictObject({
  id: hash,
  generation: count,
  /** Content id of the taste it forecasts by. */
  taste: hash.exactOptional(),
  /** Names of the prompts that stand in place of ours. */
  prompts: z.array(z.enum(PROMPT_NAMES)).min(1).readonly().exactOptional(),
});

/** What it took over, what it goes on with, and what it was asked. */
export const AROUND_IT = {
  /** The generation its proposers work under. Absent: none of them asks for one. */
  improver: improver.optional(),
  /** What earlier studies found, as proposers that write by prompts are told it. */
  lessons: lessons.optional(),
  /** Absent: it began without what earlier studies found. */
  memory: usedMemory.optional(),
  /** The engine proposes what to try next, by this rule. Absent: it does not. */
  followOns: z.literal(FOLLOW_ON_RULE).optional(),
  /** Of a work package: hash of its brief, with what will count as an answer. */
  brief: hash.optional(),
} as const;
