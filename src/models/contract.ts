/**
 * Language models. An endpoint makes one attempt at one call over the network. A model is an endpoint
 * whose calls are paid from a purse and repeated while the provider is the trouble; it is what a
 * proposer sees. Neither reads meaning into an answer: text comes back as it came.
 */
import type { Json } from '../core/json.ts';
import type { Purse, Refusal, Spend } from '../core/spend.ts';

export interface ModelRequest {
  /** Names the call in its study: the same at a resume, and the key of a recording. `trial 7, call 0`. */
  readonly label: string;
  readonly system: string;
  readonly prompt: string;
  /** JSON Schema of the one object that is asked for. */
  readonly schema: Readonly<Record<string, Json>>;
  readonly maxOutputTokens: number;
  /** Absent: the model's own. */
  readonly temperature?: number;
  /** Nucleus sampling. Absent: the model's own. */
  readonly topP?: number;
}

export type Failure =
  /** The provider's: too many requests, a fault of the server, no answer in time, a cut connection. */
  | { readonly kind: 'unavailable'; readonly says: string; readonly retryAfterMs?: number }
  /** No repetition will mend it: wrong key, unknown model, no such output, no HTTP. `says` has the remedy. */
  | { readonly kind: 'misconfigured'; readonly says: string }
  /** Of this request alone: more than fits the context, or the model declines. */
  | { readonly kind: 'declined'; readonly says: string };

export interface ModelText {
  readonly text: string;
  /** Ended by `maxOutputTokens`, not by the model. */
  readonly isCut: boolean;
}

/** Tokens as the provider reports them; absent where it does not. */
export interface Usage {
  readonly inputTokens: number;
  /** Of the input, read from the provider's cache. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

export type EndpointReply = {
  readonly usage?: Usage;
} & (
  | ModelText
  | {
      readonly failure: Failure;
      /** A model may have read the request, and nobody says what that took. */
      readonly mayHaveCost?: true;
    }
);

export interface Endpoint {
  /** `anthropic/claude-sonnet-4-5`: provider, then the provider's own name. */
  readonly id: string;
  /** One attempt. @throws the reason of the signal, and nothing else: failures are values. */
  call(request: ModelRequest, signal: AbortSignal): Promise<EndpointReply>;
}

export type ModelAnswer = { readonly spent: Spend } & (
  | ModelText
  | {
      readonly failure:
        | Failure
        /** Several calls in a row failed: the study pauses. */
        | { readonly kind: 'down'; readonly says: string }
        | { readonly kind: 'over-budget'; readonly says: string; readonly refused: Refusal };
    }
);

export interface Model {
  readonly id: string;
  /** @throws the reason of the signal, and nothing else. */
  ask(
    request: ModelRequest,
    at: { readonly purse: Purse; readonly signal: AbortSignal },
  ): Promise<ModelAnswer>;
}

/** A call that a program of somebody else's makes over HTTP, with the path it has after the address it was told. */
export interface RelayRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Nobody waits for its answer any more: it is cut. */
  readonly signal?: AbortSignal;
}

export interface RelayReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As it comes. Left unread, its call is cut, and booked as it was put aside. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** What stood in the way of its calls, last. */
export type RelayTrouble = Extract<ModelAnswer, { readonly failure: unknown }>['failure'];

/** The calls of one proposal. */
export interface RelayUse {
  /** Never rejects: what goes wrong is a reply, as HTTP has it. */
  pass(request: RelayRequest): Promise<RelayReply>;
  /**
   * Cuts what is under way, and resolves once all of it is booked.
   *
   * @param isWaitedFor The program was ended while it worked: a call without an answer stood in its way. Absent: it
   * ended by itself, and did not want the answer.
   */
  close(isWaitedFor?: boolean): Promise<{
    readonly spent: Spend;
    /** The model that was called last. */
    readonly model?: string;
    readonly trouble?: RelayTrouble;
  }>;
}

/**
 * Passes calls of a program on to one endpoint, with a key that the program never sees, and pays for them.
 * Nothing of the program's reaches another address.
 */
export interface Relay {
  open(at: { readonly purse: Purse; readonly signal: AbortSignal }): RelayUse;
}
