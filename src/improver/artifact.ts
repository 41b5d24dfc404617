/**
 * How a loop works, as data: an immutable JSON value, addressed by the hash of its canonical form (RFC 8785).
 *
 * A generation names its parent, so a chain of them is a lineage. Nothing here is code: abstractions are terms of
 * the typed language (src/synthesis), policies are expression trees, and whoever runs under an improver reads
 * slots by name and never knows which generation it is.
 */
import { z } from 'zod';
import { contentId, type Hash } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { templateFault } from '../core/prompt-template.ts';
import { tasteModel } from './taste-model.ts';

export const IMPROVER_SCHEMA = 'paceline/improver/1';

const LEARNT_SLOT = 'learnt';
const NO_STUDIES = 'must be a list of studies, each with its name and record';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const name = z.string().regex(/^[A-Za-z0-9][\w-]{0,60}$/);
/** What stands on a screen must not move its cursor or begin a line. */
const words = z.string().regex(/^[^\p{C}]{0,2000}$/u, 'must be text without control characters');
const MOST_ABSTRACTIONS = 500;
export const MOST_NOTES = 10_000;
/** Each shares what instances there are with all others. */
export const MOST_MACROS = 100;
const valueType = z.enum(['I', 'L', 'F', 'P', 'G']);

type Stored = string | readonly [string, ...Stored[]];
const storedTerm: z.ZodType<Stored> = z.lazy(() =>
  z.union([z.string(), z.tuple([z.string()], storedTerm)]),
);

/** What it was chosen for, when it was mined. */
const minedFrom = z
  .strictObject({ saving: z.number(), uses: z.int().min(0), tasks: z.int().min(0) })
  .optional();

const abstraction = z.strictObject({
  name,
  type: z.enum(['I', 'L']),
  /** Types of its holes `#0`, `#1`, `#2`. */
  args: z.array(valueType).min(1).max(3),
  body: storedTerm,
  mined: minedFrom,
});

type StoredExpression = string | number | readonly [string, ...StoredExpression[]];
const storedExpression: z.ZodType<StoredExpression> = z.lazy(() =>
  z.union([z.string(), z.number(), z.tuple([z.string()], storedExpression)]),
);
const expressionType = z.enum(['real', 'bool']);

/** A part of expressions (src/lang), put in by searches as one operator and recorded written out. */
const macro = z.strictObject({
  name,
  type: expressionType,
  /** Types of its holes `#0`, `#1`, `#2`; a number stands for itself. */
  args: z.array(expressionType).min(1).max(3),
  body: storedExpression,
  mined: minedFrom,
});

/** Removed → what is expected of it: a statement an ablation can contradict. */
const mechanism = z.strictObject({
  /** The part that makes the difference: names of abstractions, or slots as `slot:NAME`. */
  without: z.array(words).min(1).max(MOST_ABSTRACTIONS),
  metric: words,
  sign: z.enum(['worse', 'same', 'better']),
  /** In the metric's unit, at least 0. */
  size: z.number().nonnegative(),
  /** One sentence for people: why. */
  because: words,
});

/** By name (core/prompt-template.ts). */
const prompts = z.record(z.string(), z.string()).superRefine((all, check) => {
  for (const [one, text] of Object.entries(all)) {
    const fault = templateFault(one, text);
    if (fault !== undefined) check.addIssue({ code: 'custom', path: [one], message: fault });
  }
});

/** What it was learnt from, by its ancestors too: closed studies by name and the hash of what they left. */
const learntFrom = z.array(z.object({ study: z.string(), record: z.string() }));

const slots = z.record(z.string(), z.json()).superRefine((all, check) => {
  const { success } = learntFrom.optional().safeParse(all[LEARNT_SLOT]);
  if (!success) check.addIssue({ code: 'custom', path: [LEARNT_SLOT], message: NO_STUDIES });
});

export const improverSchema = z.strictObject({
  schema: z.literal(IMPROVER_SCHEMA),
  generation: z.int().min(0),
  parent: hash.nullable(),
  /** Of the library's language. */
  domain: z.enum(['numbers', 'text']),
  /** Operator portfolio, policy trees, selection and budget policy; by name. */
  slots,
  library: z.array(abstraction).max(MOST_ABSTRACTIONS),
  /** Of genetic search over expressions (./vocabulary). Absent: none, and the id is that of versions before. */
  vocabulary: z.array(macro).min(1).max(MOST_MACROS).exactOptional(),
  /** `costs[parent][argument][child]`: 1 to 60; only what types allow. Null: every child alike. */
  costs: z.record(z.string(), z.array(z.record(z.string(), z.int().min(1).max(60)))).nullable(),
  /** The recognition net (src/synthesis/net). */
  net: z.json().nullable(),
  /** What the surrogate forecasts by, in place of the net that is shipped. */
  taste: tasteModel.nullable(),
  /** What earlier studies found, the newest first: told to proposers as data. */
  lessons: z.array(words).max(MOST_NOTES),
  /** Hypotheses that were tried and failed, by their key; `task` is the id of the task, of no other they are remembered. */
  deadEnds: z.array(z.strictObject({ key: words, task: words, why: words })).max(MOST_NOTES),
  /** Templates of what models are asked. */
  prompts,
  mechanism: mechanism.nullable(),
});

export type Improver = z.infer<typeof improverSchema>;
export type Learnt = z.infer<typeof learntFrom>;
export type StoredMacro = z.infer<typeof macro>;
export type Abstraction = z.infer<typeof abstraction>;
export type Mechanism = z.infer<typeof mechanism>;

export const improverId = (improver: Improver): Hash => contentId(improver as unknown as Json);

/** Generation 0 that knows nothing: bare primitives, every child alike, no slot set. */
export function bareImprover(domain: 'numbers' | 'text'): Improver {
  return {
    schema: IMPROVER_SCHEMA,
    generation: 0,
    parent: null,
    domain,
    slots: {},
    library: [],
    costs: null,
    net: null,
    taste: null,
    lessons: [],
    deadEnds: [],
    prompts: {},
    mechanism: null,
  };
}

/** Empty where it learnt from nobody. The improver must have passed the schema. */
export function learntBy({ slots }: Pick<Improver, 'slots'>): Learnt {
  return learntFrom.optional().parse(slots[LEARNT_SLOT]) ?? [];
}

export function withLearnt(slots: Improver['slots'], learnt: Learnt): Improver['slots'] {
  return { ...slots, [LEARNT_SLOT]: learnt.map((one) => ({ ...one })) };
}
