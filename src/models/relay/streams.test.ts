/** Answers that come as a stream of events, whole and not: over HTTP, as an agent's library reads them. */
import { expect, onTestFinished, test } from 'vitest';
import { FULL_PURSE } from '../../testing/asked-models.ts';
import { type Behaviour, modelServer } from '../../testing/model-server.ts';
import { modelRelay } from '../relay.ts';

const EVENTS = [
  { type: 'message_start', message: { usage: { input_tokens: 500, output_tokens: 1 } } },
  { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Use a map.' } },
  { type: 'message_delta', usage: { output_tokens: 40 } },
]
  .map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`)
  .join('');

async function streamed(behaviour: Behaviour) {
  const server = await modelServer(() => behaviour);
  onTestFinished(() => server.close());
  const relay = modelRelay({
    provider: 'anthropic',
    url: server.url,
    priceOf: () => ({ input: 1, output: 10 }),
    leakIn: () => undefined,
    maxOutputTokens: 100,
    calls: 5,
    timeoutMs: 5000,
    nowMs: () => 0,
  });
  const use = relay.open({ purse: FULL_PURSE, signal: new AbortController().signal });
  const body = JSON.stringify({ model: 'm', stream: true, messages: [{ content: 'Faster.' }] });
  const reply = await use.pass({
    method: 'POST',
    path: '/messages',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(body),
  });
  let text = '';
  const heard = (async () => {
    for await (const chunk of reply.body) text += Buffer.from(chunk).toString();
  })();
  const isWhole = await heard.then(
    () => true,
    () => false,
  );
  return { text, isWhole, reply, ...(await use.close()) };
}

const headers = { 'content-type': 'text/event-stream' };

test('a stream goes through as it is, and its tokens are those of its last word on them', async () => {
  const { text, isWhole, reply, spent } = await streamed({ raw: EVENTS, headers });
  expect([text, isWhole, reply.headers['content-type']]).toEqual([
    EVENTS,
    true,
    headers['content-type'],
  ]);
  expect(spent).toEqual({ requests: 1, tokens: 540, microUsd: 900 });
});

test('a stream that comes twice is charged as it reports, not twice', async () => {
  const { isWhole, spent } = await streamed({ raw: EVENTS + EVENTS, headers });
  expect([isWhole, spent.tokens]).toEqual([true, 540]);
});

test('half a stream is no answer, and is booked as it was put aside', async () => {
  const { isWhole, spent, trouble } = await streamed({ half: EVENTS.slice(0, 200) });
  expect(isWhole).toBe(false);
  expect(spent.tokens).toBeGreaterThan(100);
  expect(trouble?.kind).toBe('unavailable');
});

test('a stream of nonsense is passed on, and counted by its request', async () => {
  const { isWhole, spent } = await streamed({ raw: 'data: {\n\ndata: no\n\n', headers });
  expect([isWhole, spent.requests]).toEqual([true, 1]);
  expect(spent.tokens).toBeGreaterThan(0);
});
