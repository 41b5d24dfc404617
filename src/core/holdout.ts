/**
 * What is written about the sealed hold-out: by the gate, in its own chain, with values; and by the
 * engine, in the ledger, without them until the study ends.
 */
import { z } from 'zod';
import { VERDICT_BODIES } from './verdict.ts';

const hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const finite = z.number();
const count = z.int().nonnegative();
/** Per sealed case, in the metric's own unit; null where it has no score. */
const values = z.array(finite.nullable()).readonly();

/** What stands of an entry in the ledger too. */
const sealedSaid = {
  /** Number of the sealed set, from 1: the next is sealed when one is retired. */
  generation: z.int().positive(),
  cases: z.int().positive(),
  /** Questions it answers before it is retired. */
  queries: z.int().positive(),
  /** What it lets pass before it is retired; absent in ledgers of before: as many as it answers. */
  promotions: z.int().positive().exactOptional(),
  /** η of its Ladder, oriented metric units. */
  step: finite,
  /** The incumbent it was sealed for: where its Ladder starts. */
  candidate: hash,
  /** Whose secret its cases follow from; absent in ledgers of before: the study's. */
  secret: z.literal('gatekeeper').exactOptional(),
  evals: count,
};
const judgedSaid = {
  candidate: hash,
  against: hash,
  generation: z.int().positive(),
  /** Which question to this set it was, from 1. */
  query: z.int().positive(),
  /** All that the Ladder answers. */
  verdict: z.enum(['improved', 'not-improved']),
  gate: z.enum(['pass', 'fail']),
  why: z.string().exactOptional(),
  queriesLeft: count,
  /** Why the set answers nothing more. */
  retired: z.enum(['spent', 'contradicted', 'promoted']).exactOptional(),
  evals: count,
};
const revealedSaid = {
  generation: z.int().positive(),
  /** Questions it had answered. */
  queries: count,
  /** The last incumbent that was measured on it. */
  candidate: hash,
  cases: z.array(count).readonly(),
  values,
  /** What it was sealed for, where that is another. */
  against: hash.exactOptional(),
  againstValues: values.exactOptional(),
};

/** Mean gain and its scatter over n pairs, oriented. */
const size = z.strictObject({ mean: finite, sd: finite, n: count });
export type Size = z.infer<typeof size>;

/** What the gate keeps. */
export const GATE_BODIES = {
  sealed: z.strictObject({ ...sealedSaid, values }),
  judged: z.strictObject({
    ...judgedSaid,
    /** The gain block, as it was when the question was asked. */
    block: size,
    values,
    againstValues: values,
  }),
  revealed: z.strictObject(revealedSaid),
  /** A confirm on a pool of which only the verdict is told. */
  pooled: z.strictObject({
    arm: z.string(),
    attempt: z.int().positive(),
    candidate: hash,
    against: hash,
    level: finite,
    spec: z.json(),
    verdict: z.enum(['accepted', 'unconfirmed']),
    evals: count,
    values,
    againstValues: values,
  }),
  ...VERDICT_BODIES,
} as const;
export type GateKind = keyof typeof GATE_BODIES;
export type GateBody<K extends GateKind = GateKind> = z.infer<(typeof GATE_BODIES)[K]>;

/** Where the gate wrote it down: number and hash in its own chain. */
export const gateStamp = { entry: z.int().positive(), evidence: hash };

/** What the ledger is told. */
export const HOLDOUT_EVENTS = {
  'holdout.sealed': z.strictObject({ ...sealedSaid, ...gateStamp }),
  'holdout.queried': z.strictObject({ ...judgedSaid, ...gateStamp }),
  'holdout.revealed': z.strictObject({ ...revealedSaid, ...gateStamp }),
} as const;
export type HoldoutSaid<T extends keyof typeof HOLDOUT_EVENTS> = z.infer<
  (typeof HOLDOUT_EVENTS)[T]
>;

/** What the study promised of it when it opened. */
export const holdoutPromise = z.strictObject({
  cases: z.int().positive(),
  queries: z.int().positive(),
  promotions: z.int().positive().exactOptional(),
});
