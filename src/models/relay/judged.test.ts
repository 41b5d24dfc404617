import { expect, onTestFinished, test } from 'vitest';
import { isThorough } from '../../../test/thorough.ts';
import type { Purse, Spend } from '../../core/spend.ts';
import { ASK, KEY, read, relaying, signal } from '../../testing/relayed.ts';

const relayTo = relaying(onTestFinished);

test.each([
  ['fewer than none', '/chat/completions', { max_tokens: -1_000_000 }, 100],
  ['by two names', '/chat/completions', { max_tokens: 1, max_completion_tokens: 5000 }, 5000],
  ['by a name of another form', '/responses', { max_tokens: 1 }, 100],
  ['for many answers', '/chat/completions', { max_tokens: 50, n: 8 }, 400],
  ['without end', '/messages', { max_tokens: 1e300 }, 10_000_000],
  [
    'of Google',
    '/models/m:generateContent',
    { generationConfig: { maxOutputTokens: 9, candidateCount: 3 } },
    27,
  ],
] as const)('a limit %s: what it may take is put aside', async (_, path, more, outputs) => {
  const { use, post, booked } = await relayTo(() => ({ raw: '{}', status: 504 }));
  await post({ ...ASK, ...more }, path);
  await use.close();
  const input = (booked[0]?.most.tokens ?? 0) - outputs;
  expect(input, 'what is left of it is its words').toBeGreaterThan(0);
  expect(input).toBeLessThan(150);
  expect(booked[0]?.most.microUsd).toBe(input + 10 * outputs);
});

test('what is sent is what was judged: a name that stands twice goes on once', async () => {
  const { server, use, post } = await relayTo(() => ({ text: 'ok' }));
  const body = Buffer.from('{"model":"dear","messages":[],"model":"m"}');
  await read(await post(ASK, '/chat/completions', { body }));
  await use.close();
  expect(server.asked[0]?.body).toBe('{"model":"m","messages":[]}');
  const deep = Buffer.from(`{"model":"m","x":${'['.repeat(1e6)}${']'.repeat(1e6)}}`);
  const other = await relayTo(() => ({ text: 'ok' }));
  expect((await other.post(ASK, '/chat/completions', { body: deep })).status).toBe(403);
});

test('calls that come at once do not pass a limit together', async () => {
  const { server, use, post } = await relayTo(() => ({ text: 'ok' }), { calls: 2 });
  const replies = await Promise.all([post(ASK), post(ASK), post(ASK), post(ASK)]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 403, 403]);
  for (const reply of replies) await read(reply);
  await use.close();
  expect(server.asked).toHaveLength(2);
});

test('a secret that JSON writes otherwise is found', async () => {
  const leakIn = (text: string) => (text.includes('pa"ss') ? 'a password' : undefined);
  const { use, post } = await relayTo(() => ({ text: 'ok' }), { leakIn });
  expect((await post({ ...ASK, system: 'it is pa"ss' })).status).toBe(403);
  expect((await use.close()).trouble?.kind).toBe('declined');
});

test('once its calls are used up nothing of a call is looked at', async () => {
  let looked = 0;
  const leakIn = () => void looked++;
  const { use, post } = await relayTo(() => ({ text: 'ok' }), { leakIn, calls: 1 });
  await read(await post(ASK));
  const before = looked;
  for (let n = 0; n < 5; n++) await post(ASK);
  expect(looked).toBe(before);
  await use.close();
});

test('a long call is counted in pieces: what else goes on has its turns', async () => {
  let turns = 0;
  let before = 0;
  let ticking = setImmediate(tick);
  function tick(): void {
    turns += 1;
    ticking = setImmediate(tick);
  }
  onTestFinished(() => clearImmediate(ticking));
  // More than its proposal may take: it is counted, and goes nowhere.
  const { post } = await relayTo(() => ({ text: 'never' }), {
    tokens: 1,
    priceOf: () => {
      before = turns;
      return { input: 1, output: 1 };
    },
  });
  const words = isThorough ? 60_000 : 20_000;
  const content = Array.from({ length: words }, (_, i) => (i * 2654435761).toString(36)).join('');
  const reply = await post({ ...ASK, messages: [{ role: 'user', content }] });
  expect(await read(reply)).toMatch(/left of the 1 tokens/);
  expect(turns - before).toBeGreaterThan(words / 3_000);
});

test('a proposal that is over sends nothing more, and pays for nothing that was not sent', async () => {
  const { server, relay } = await relayTo(() => ({ text: 'ok' }));
  let go = (): void => undefined;
  const spent: Spend[] = [];
  const waits: Purse = {
    async pay({ make }) {
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      const paid = await make();
      spent.push(paid.spent);
      return { paid: paid.value };
    },
  };
  const ask = {
    method: 'POST',
    path: '/messages',
    headers: {},
    body: Buffer.from('{"model":"m"}'),
  };
  const use = relay.open({ purse: waits, signal });
  const waiting = use.pass(ask);
  await new Promise((on) => setImmediate(on));
  const closed = use.close();
  go();
  expect(await closed).toEqual({
    spent: { requests: 0, tokens: 0, microUsd: 0 },
    model: 'openai-compatible/m',
  });
  expect((await waiting).status).toBe(403);
  expect((await use.pass(ask)).status).toBe(403);
  expect(spent).toEqual([{ requests: 0, tokens: 0, microUsd: 0 }]);
  expect(server.asked).toEqual([]);
});

test('close does not wait for money of others', async () => {
  const { relay } = await relayTo(() => ({ text: 'ok' }));
  const poor: Purse = {
    pay: (_call, cut) =>
      new Promise((_, reject) => cut.addEventListener('abort', () => reject(cut.reason))),
  };
  const use = relay.open({ purse: poor, signal });
  void use.pass({
    method: 'POST',
    path: '/messages',
    headers: {},
    body: Buffer.from('{"model":"m"}'),
  });
  await new Promise((on) => setImmediate(on));
  expect((await use.close()).trouble).toBeUndefined();
});

test.each([
  [true, /^openai-compatible\/m had not answered in full when the proposal was over\.$/],
  [false, undefined],
] as const)('a call that hangs at the end, waited for: %s', async (isWaitedFor, says) => {
  const hanging = await relayTo(() => ({ hang: true }));
  void hanging.post(ASK);
  await expect.poll(() => hanging.server.asked.length).toBe(1);
  const { trouble, spent } = await hanging.use.close(isWaitedFor);
  expect(spent).toEqual(hanging.booked[0]?.most);
  if (says === undefined) expect(trouble).toBeUndefined();
  else expect(trouble).toMatchObject({ kind: 'unavailable', says: expect.stringMatching(says) });
});

test('a call that nobody waits for is cut, and paid for', async () => {
  const { server, use, post, booked } = await relayTo(() => ({ hang: true }));
  const left = new AbortController();
  const waiting = post(ASK, '/messages', { signal: left.signal });
  await expect.poll(() => server.asked.length).toBe(1);
  left.abort();
  await waiting;
  expect(booked, 'before the proposal is over').toMatchObject([{ spent: undefined }]);
  expect((await use.close()).trouble).toBeUndefined();
});

test('who does not read on is no provider in the way, and pays for all of it', async () => {
  const { use, post, booked } = await relayTo(() => ({ text: 'word '.repeat(100) }));
  for await (const _ of (await post(ASK)).body) break;
  expect((await use.close()).trouble).toBeUndefined();
  expect(booked).toMatchObject([{ spent: undefined }]);
});

test('an endpoint that says our key back in a header', async () => {
  const headers = { 'request-id': `for ${KEY}`, 'content-type': 'application/json' };
  const { use, post } = await relayTo(() => ({ raw: '{}', headers }));
  expect((await post(ASK)).headers['request-id']).toBe('for [key]');
  await use.close();
});
