/** A relay to a scripted endpoint, and what is booked for its calls. */

import type { Paid, PaidCall, Purse, Spend } from '../core/spend.ts';
import type { RelayReply } from '../models/contract.ts';
import { modelRelay, type RelayOptions } from '../models/relay.ts';
import { type Asked, type Behaviour, modelServer } from './model-server.ts';

export const KEY = 'sk-our-own-key-0123456789';
export const signal: AbortSignal = new AbortController().signal;

export interface Booked {
  readonly most: Spend;
  /** Undefined: nobody knows, so what was put aside is booked. */
  readonly spent: Spend | undefined;
  readonly usage?: Paid<unknown>['usage'];
}

export function purseOf(booked: Booked[], isEmpty = false): Purse {
  return {
    async pay<T>({ most, make }: PaidCall<T>) {
      if (isEmpty) return { refused: { limit: 'microUsd', cap: 7 } };
      try {
        const { value, spent, usage } = await make();
        booked.push({ most, spent, ...(usage ? { usage } : {}) });
        return { paid: value };
      } catch (error) {
        booked.push({ most, spent: undefined });
        throw error;
      }
    },
  };
}

interface Given extends Partial<RelayOptions> {
  readonly isEmpty?: boolean;
}

/** @param after Called with what is to be done once a test is over. */
export const relaying =
  (after: (work: () => Promise<void>) => void) =>
  async (behave: (asked: Asked) => Behaviour, given: Given = {}) => {
    const server = await modelServer(behave);
    after(() => server.close());
    const { isEmpty, ...options } = given;
    const booked: Booked[] = [];
    const relay = modelRelay({
      provider: 'openai-compatible',
      url: server.url,
      key: { name: 'OUR_KEY', value: KEY },
      priceOf: (id) => (id.endsWith('/m') ? { input: 1, output: 10 } : undefined),
      leakIn: (text) => (text.includes('hunter2') ? 'a password' : undefined),
      maxOutputTokens: 100,
      calls: 3,
      timeoutMs: 5000,
      nowMs: () => 0,
      ...options,
    });
    const use = relay.open({ purse: purseOf(booked, isEmpty), signal });
    const post = (body: unknown, path = '/chat/completions', more: object = {}) =>
      use.pass({
        method: 'POST',
        path,
        headers: { authorization: 'Bearer its-own', cookie: 'a=b', 'content-type': 'text/json' },
        body: Buffer.from(JSON.stringify(body)),
        ...more,
      });
    return { server, relay, use, post, booked };
  };

export async function read({ body }: RelayReply): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

export const ASK = { model: 'm', messages: [{ role: 'user', content: 'Make it faster.' }] };
