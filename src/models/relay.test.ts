import { expect, onTestFinished, test } from 'vitest';
import { modelServer } from '../testing/model-server.ts';
import { ASK, KEY, purseOf, read, relaying, signal } from '../testing/relayed.ts';

const relayTo = relaying(onTestFinished);

test('a call goes on with our key in place of its own, and is paid for', async () => {
  const usage = { input: 1000, output: 20 };
  const { server, use, post, booked } = await relayTo(() => ({ text: 'Use a map.', usage }));
  const reply = await post(ASK);
  expect(reply.status).toBe(200);
  expect(await read(reply)).toContain('Use a map.');
  const [asked] = server.asked;
  expect(asked?.path).toBe('/v1/chat/completions');
  expect(asked?.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
  expect(asked?.headers).not.toHaveProperty('cookie');
  expect(JSON.parse(asked?.body ?? '')).toEqual(ASK);
  const spent = { requests: 1, tokens: 1020, microUsd: 1200 };
  expect(await use.close()).toEqual({ spent, model: 'openai-compatible/m' });
  expect(booked.map((one) => one.spent)).toEqual([spent]);
  const { input = 0, output = 0 } = booked[0]?.usage ?? {};
  expect([output, input + output]).toEqual([20, 1020]);
});

test('tokens are counted here where the provider reports none, and never fewer than that', async () => {
  const words = 'word '.repeat(200);
  const { use, post } = await relayTo(() => ({ text: words, usage: { input: 1, output: 1 } }));
  await read(await post(ASK));
  const { spent } = await use.close();
  expect(spent.tokens).toBeGreaterThan(200);
  expect(spent.tokens).toBeLessThan(260);
});

test.each([
  ['another address', ['/../../else', ASK], /does not lie below/, undefined],
  [
    'no model',
    ['/messages', { telemetry: true }],
    /Only calls in JSON that name a model/,
    undefined,
  ],
  ['what is paid otherwise', ['/fine_tuning/jobs', ASK], /Only calls in JSON/, undefined],
  ['a model in a query', ['/files?x=/models/m:', ASK], /Only calls in JSON/, undefined],
  [
    'one model on the way to another',
    ['/models/m:x/../x:generateContent', {}],
    /\/x, which has no price/,
    'misconfigured',
  ],
  [
    'a model in the path and another in the body',
    ['/models/x:generateContent', { model: 'm' }],
    /Only calls in JSON/,
    undefined,
  ],
  [
    'a name that is none',
    ['/messages', { ...ASK, model: '\u001b[2J/m' }],
    /Only calls in JSON/,
    undefined,
  ],
  [
    'an answer that comes when nobody looks',
    ['/responses', { ...ASK, background: true }],
    /Only calls in JSON/,
    undefined,
  ],
  ['a secret in the query', ['/messages?q=hunt%65r2', ASK], /looks like a password/, 'declined'],
  [
    'a model without a price',
    ['/messages', { ...ASK, model: 'x' }],
    /has no price/,
    'misconfigured',
  ],
  ['a secret', ['/messages', { ...ASK, system: 'hunter2' }], /looks like a password/, 'declined'],
] as const)('%s is refused, and never leaves', async (_, [path, body], says, kind) => {
  const { server, use, post, booked } = await relayTo(() => ({ text: 'no' }));
  const reply = await post(body, path);
  expect([reply.status, await read(reply)]).toEqual([403, expect.stringMatching(says)]);
  expect(server.asked.filter((asked) => !asked.path.startsWith('/v1/'))).toEqual([]);
  expect([server.asked.length, booked.length]).toEqual([0, 0]);
  expect((await use.close()).trouble?.kind).toBe(kind);
});

test('turns and tokens of a proposal end it, and so does the study’s money', async () => {
  const few = await relayTo(() => ({ text: 'ok' }), { calls: 1 });
  await read(await few.post(ASK));
  expect(await read(await few.post(ASK))).toMatch(/the 1 calls that turns allows/);
  const short = await relayTo(() => ({ text: 'ok' }), { tokens: 90 });
  expect(await read(await short.post(ASK))).toMatch(/left of the 90 tokens/);
  expect((await short.use.close()).trouble).toMatchObject({ kind: 'declined' });
  const poor = await relayTo(() => ({ text: 'ok' }), { isEmpty: true });
  expect(await read(await poor.post(ASK))).toMatch(/limit on microUsd leaves \(7 in all\)/);
  expect((await poor.use.close()).trouble).toMatchObject({
    kind: 'over-budget',
    refused: { limit: 'microUsd', cap: 7 },
  });
});

test.each([
  ['five minutes', {}, 100],
  ['an hour', { cache_creation: { ephemeral_1h_input_tokens: 400 } }, 400],
])('what is kept in a cache for %s costs more', async (_, more, extra) => {
  const usage = { input_tokens: 600, cache_creation_input_tokens: 400, output_tokens: 2, ...more };
  const raw = JSON.stringify({ content: [], usage });
  const { use, post } = await relayTo(() => ({ raw }));
  await read(await post(ASK, '/messages'));
  expect((await use.close()).spent).toEqual({
    requests: 1,
    tokens: 1002,
    microUsd: 1020 + extra,
  });
});

test('a call that is cut is booked as it was put aside, and close waits for it', async () => {
  const { use, post, booked } = await relayTo(() => ({ half: '{"choices": [' }));
  await expect(read(await post(ASK))).rejects.toThrow();
  const hanging = await relayTo(() => ({ hang: true }));
  const waiting = hanging.post(ASK);
  await expect.poll(() => hanging.server.asked.length).toBe(1);
  const { spent } = await hanging.use.close();
  expect((await waiting).status).toBe(502);
  await use.close();
  for (const [one] of [booked, hanging.booked]) {
    expect(one?.spent).toBeUndefined();
    expect(one?.most.tokens).toBeGreaterThan(100);
  }
  expect(spent).toEqual(hanging.booked[0]?.most);
});

test('a reply that nobody reads is cut when the proposal is over', async () => {
  const { use, post, booked } = await relayTo(() => ({ text: 'ok' }));
  await post(ASK);
  await use.close();
  expect(booked).toMatchObject([{ spent: undefined }]);
});

test.each([401, 404, 429, 500])('status %d goes back as it is, and is kept', async (status) => {
  const raw = JSON.stringify({ error: { message: `No: ${KEY}.` } });
  const { use, post } = await relayTo(() => ({ raw, status, headers: { 'retry-after': '3' } }));
  const reply = await post(ASK);
  const said = await read(reply);
  expect([reply.status, reply.headers['retry-after']]).toEqual([status, '3']);
  expect(said, 'the endpoint says our key back').toContain('No: [key].');
  const { trouble, spent } = await use.close();
  expect(trouble?.kind).toBe(status < 429 ? 'misconfigured' : 'unavailable');
  expect(JSON.stringify(trouble)).not.toContain(KEY);
  expect(spent).toEqual({ requests: 1, tokens: 0, microUsd: 0 });
});

test('a gateway that gave up on what it had handed on: booked as it was put aside', async () => {
  const { use, post, booked } = await relayTo(() => ({ raw: '{}', status: 504 }));
  expect((await post(ASK)).status).toBe(504);
  const { spent } = await use.close();
  expect(spent.tokens).toBeGreaterThan(100);
  expect(booked).toEqual([{ most: spent, spent }]);
});

test('an answer that leads elsewhere is not followed: the key would go with it', async () => {
  const elsewhere = await modelServer(() => ({ text: 'caught' }));
  onTestFinished(() => elsewhere.close());
  const headers = { location: `${elsewhere.url}/messages` };
  const { use, post } = await relayTo(() => ({ raw: '', status: 307, headers }));
  expect((await post(ASK)).status).toBe(307);
  expect(elsewhere.asked).toEqual([]);
  expect((await use.close()).trouble?.says).toMatch(/leads elsewhere/);
});

test('three proposals in a row with the provider in the way: it counts as down', async () => {
  const { relay } = await relayTo(() => ({ raw: '{}', status: 500 }));
  const kinds: unknown[] = [];
  for (let proposal = 0; proposal < 3; proposal++) {
    const use = relay.open({ purse: purseOf([]), signal });
    await use.pass({
      method: 'POST',
      path: '/messages',
      headers: {},
      body: Buffer.from('{"model":"m"}'),
    });
    kinds.push((await use.close()).trouble?.kind);
  }
  expect(kinds).toEqual(['unavailable', 'unavailable', 'down']);
});

test('an endpoint that is not there takes nothing', async () => {
  const { server, use, post } = await relayTo(() => ({ text: '' }));
  await server.close();
  expect((await post(ASK)).status).toBe(502);
  expect((await use.close()).spent).toEqual({ requests: 1, tokens: 0, microUsd: 0 });
});
