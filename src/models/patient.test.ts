import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { NOTHING_SPENT, type Paid, type PaidCall, type Purse, plus } from '../core/spend.ts';
import type { Endpoint, EndpointReply, ModelRequest } from './contract.ts';
import { PATIENCE, waitMs } from './patience.ts';
import { patientModel } from './patient.ts';

const NEVER = new AbortController().signal;
const REQUEST: ModelRequest = {
  label: 'trial 0, call 0',
  system: 'You improve code.',
  prompt: 'Improve <|endoftext|> it.',
  schema: { type: 'object' },
  maxOutputTokens: 100,
};
const rng = publicRoot('patience').stream(0, 'wait');
const DOWN: EndpointReply = { failure: { kind: 'unavailable', says: 'It is asleep.' } };
const FINE: EndpointReply = { text: 'twelve tokens or so of an answer that is text', isCut: false };

interface Rich {
  readonly purse: Purse;
  readonly paid: { readonly most: number; readonly spent: number }[];
  /** Tokens of each call, and how they were told apart. */
  readonly split: { readonly tokens: number; readonly usage: Paid<unknown>['usage'] }[];
}

function rich(): Rich {
  const paid: { most: number; spent: number }[] = [];
  const split: { tokens: number; usage: Paid<unknown>['usage'] }[] = [];
  const purse: Purse = {
    async pay<T>({ most, make }: PaidCall<T>) {
      const { value, spent, usage } = await make();
      split.push({ tokens: spent.tokens, usage });
      paid.push({ most: most.microUsd, spent: spent.microUsd });
      return { paid: value };
    },
  };
  return { purse, paid, split };
}

function modelOf(replies: readonly EndpointReply[], waits: number[] = []) {
  let n = 0;
  const endpoint: Endpoint = {
    id: 'openai/m',
    call: async () => replies[Math.min(n++, replies.length - 1)] ?? FINE,
  };
  const model = patientModel({
    endpoint,
    price: { input: 1, output: 10 },
    rng,
    sleep: async (ms) => void waits.push(ms),
  });
  return { model, calls: () => n };
}

test('a call is made again while the provider is the trouble, each attempt is paid for', async () => {
  const waits: number[] = [];
  const { model, calls } = modelOf([DOWN, DOWN, FINE], waits);
  const { purse, paid } = rich();
  const answer = await model.ask(REQUEST, { purse, signal: NEVER });
  expect(answer).toMatchObject({ text: expect.stringMatching(/^twelve/), spent: { requests: 3 } });
  expect([calls(), waits.length, paid.length]).toEqual([3, 2, 3]);
});

test.each([
  ['misconfigured', { kind: 'misconfigured', says: 'No such model.' }],
  ['declined', { kind: 'declined', says: 'Too long.' }],
] as const)('planted: what repetition cannot mend is asked once (%s)', async (_, failure) => {
  const { model, calls } = modelOf([{ failure }]);
  expect(await model.ask(REQUEST, { purse: rich().purse, signal: NEVER })).toMatchObject({
    failure,
  });
  expect(calls()).toBe(1);
});

test('calls in a row that all fail open the breaker, one that succeeds closes it', async () => {
  const many = (reply: EndpointReply, n: number) => Array.from({ length: n }, () => reply);
  const { attempts, failures } = PATIENCE;
  const { model } = modelOf([...many(DOWN, attempts), FINE, ...many(DOWN, attempts * failures)]);
  const kinds: string[] = [];
  for (let call = 0; call < failures + 2; call++) {
    const answer = await model.ask(REQUEST, { purse: rich().purse, signal: NEVER });
    kinds.push('failure' in answer ? answer.failure.kind : 'text');
  }
  expect(kinds).toEqual(['unavailable', 'text', 'unavailable', 'unavailable', 'down']);
});

test('a provider that declines is there: the breaker counts anew', async () => {
  const { attempts, failures } = PATIENCE;
  const down = (calls: number) => Array.from({ length: attempts * calls }, () => DOWN);
  const declined: EndpointReply = { failure: { kind: 'declined', says: 'Too long.' } };
  const { model } = modelOf([...down(failures - 1), declined, ...down(failures)]);
  const kinds: string[] = [];
  for (let call = 0; call < 2 * failures; call++) {
    const answer = await model.ask(REQUEST, { purse: rich().purse, signal: NEVER });
    kinds.push('failure' in answer ? answer.failure.kind : 'text');
  }
  expect(kinds.slice(0, -1)).not.toContain('down');
  expect(kinds.at(-1)).toBe('down');
});

test('a purse that refuses is no failure of the provider, and nothing was asked', async () => {
  const { model, calls } = modelOf([FINE]);
  const purse: Purse = { pay: async () => ({ refused: { limit: 'microUsd', cap: 5 } }) };
  expect(await model.ask(REQUEST, { purse, signal: NEVER })).toMatchObject({
    failure: { kind: 'over-budget', refused: { limit: 'microUsd', cap: 5 } },
    spent: NOTHING_SPENT,
  });
  expect(calls()).toBe(0);
});

test.each([
  ['nothing', undefined],
  ['less than was sent and received', { inputTokens: 0, cachedTokens: 0, outputTokens: 1 }],
])('a provider that reports %s is charged by our own count', async (_, usage) => {
  const { model } = modelOf([{ ...FINE, ...(usage ? { usage } : {}) } as EndpointReply]);
  const { purse, paid } = rich();
  const { spent } = await model.ask(REQUEST, { purse, signal: NEVER });
  expect(spent.tokens).toBeGreaterThan(60);
  expect(paid[0]?.spent).toBe(spent.microUsd);
  expect(paid[0]?.spent).toBeLessThanOrEqual(paid[0]?.most ?? 0);
});

test('tokens sent and received are told apart; a call that no model read has none', async () => {
  const { model } = modelOf([DOWN, FINE]);
  const { purse, split } = rich();
  await model.ask(REQUEST, { purse, signal: NEVER });
  const [refused, answered] = split;
  expect(refused).toEqual({ tokens: 0, usage: undefined });
  const { input = 0, output = 0 } = answered?.usage ?? {};
  expect(output).toBeGreaterThan(5);
  expect(input + output).toBe(answered?.tokens);
});

test('planted: a call that may have been read and has no answer is booked as it was put aside', async () => {
  const cut: EndpointReply = { failure: { kind: 'declined', says: 'Cut.' }, mayHaveCost: true };
  const booked: (readonly [PaidCall<unknown>['most'], Paid<unknown>])[] = [];
  const purse: Purse = {
    async pay<T>({ most, make }: PaidCall<T>) {
      const paid = await make();
      booked.push([most, paid]);
      return { paid: paid.value };
    },
  };
  const { spent } = await modelOf([cut]).model.ask(REQUEST, { purse, signal: NEVER });
  const [[most, paid]] = booked as [[PaidCall<unknown>['most'], Paid<unknown>]];
  expect(most.microUsd).toBeGreaterThan(1000);
  expect(paid).toMatchObject({ spent: most, unanswered: true });
  expect(spent).toEqual(most);
});

test('one that reports more is charged that', async () => {
  const usage = { inputTokens: 5000, cachedTokens: 0, outputTokens: 50 };
  const { model } = modelOf([{ ...FINE, usage } as EndpointReply]);
  const { spent } = await model.ask(REQUEST, { purse: rich().purse, signal: NEVER });
  expect(spent).toEqual({ requests: 1, tokens: 5050, microUsd: 5000 + 500 });
});

test('waits grow, are drawn, are never longer than the longest, and heed the provider', () => {
  const failure = { kind: 'unavailable', says: '' } as const;
  for (let attempt = 1; attempt < PATIENCE.attempts; attempt++) {
    const waits = Array.from(
      { length: 50 },
      () => waitMs(PATIENCE, { attempt, failure, rng }) ?? -1,
    );
    expect(Math.max(...waits)).toBeLessThanOrEqual(PATIENCE.firstMs * 2 ** (attempt - 1));
    expect(new Set(waits).size).toBeGreaterThan(40);
  }
  const asked = { ...failure, retryAfterMs: 30_000 };
  expect(waitMs(PATIENCE, { attempt: 1, failure: asked, rng })).toBe(30_000);
  const long = { ...failure, retryAfterMs: 1e9 };
  expect(waitMs(PATIENCE, { attempt: 1, failure: long, rng })).toBe(PATIENCE.longestMs);
  expect(waitMs(PATIENCE, { attempt: PATIENCE.attempts, failure, rng })).toBeUndefined();
});

test('spends add up', () => {
  const one = { requests: 1, tokens: 2, microUsd: 3 };
  expect(plus(one, one)).toEqual({ requests: 2, tokens: 4, microUsd: 6 });
});
