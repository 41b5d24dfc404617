/** What calls to models take, in integers: money is never a fraction that two machines could round apart. */
import { z } from 'zod';

const count = z.int().nonnegative();

export const spend = z.strictObject({
  requests: count,
  /** Sent and received. */
  tokens: count,
  /** Millionths of a US dollar. */
  microUsd: count,
});
export type Spend = Readonly<z.infer<typeof spend>>;

export const LIMITS = [
  'requests',
  'tokens',
  'microUsd',
] as const satisfies readonly (keyof Spend)[];
export type SpendLimit = (typeof LIMITS)[number];

/** What stood against a call. */
export const refusal = z.strictObject({ limit: z.enum(LIMITS), cap: count });
export type Refusal = Readonly<z.infer<typeof refusal>>;

export const NOTHING_SPENT: Spend = { requests: 0, tokens: 0, microUsd: 0 };

/** Never more than was allowed. */
export function microUsdOf(usd: number): number {
  return Math.floor(usd * 1_000_000 + 1e-6);
}

/** `5`, `0.25`: as a config has it. */
export function usdOf(microUsd: number): number {
  return microUsd / 1_000_000;
}

export function plus(a: Spend, b: Spend): Spend {
  return {
    requests: a.requests + b.requests,
    tokens: a.tokens + b.tokens,
    microUsd: a.microUsd + b.microUsd,
  };
}

/** What a call gave, and what it took. */
export interface Paid<T> {
  readonly value: T;
  readonly spent: Spend;
  /** The tokens of `spent`, where they were counted apart. */
  readonly usage?: { readonly input: number; readonly output: number };
  /** Nobody knows what it took: `spent` is the most that it can. */
  readonly unanswered?: true;
}

export interface PaidCall<T> {
  /** Names who is paid, for people: the model. */
  readonly to: string;
  /** The most that it can take. */
  readonly most: Spend;
  /** A failure of the provider is a value. Where it rejects, `most` is booked: nobody knows what it took. */
  readonly make: () => Promise<Paid<T>>;
}

/** The study's money. What a call may take is put aside, durably, before it is made. */
export interface Purse {
  /**
   * Waits while calls under way hold what this one needs; resolves to what stands against it where
   * there is not enough left. Rejects with the reason of the signal.
   */
  pay<T>(
    call: PaidCall<T>,
    signal: AbortSignal,
  ): Promise<{ readonly paid: T } | { readonly refused: Refusal }>;
}

/** Of a study that has no money for models. */
export const EMPTY_PURSE: Purse = {
  pay: () => Promise.resolve({ refused: { limit: 'requests', cap: 0 } }),
};
