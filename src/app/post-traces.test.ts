import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Posted, traceSink, tracesUrl } from './post-traces.ts';

type Answer = (response: ServerResponse) => void;

let server: Server | undefined;
afterEach(() => server?.close());

/** Answers in turn, the last one from then on; keeps what it was sent. */
async function collector(...answers: readonly Answer[]) {
  const got: { readonly path: string; readonly type: string; readonly body: string }[] = [];
  server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    got.push({ path: request.url ?? '', type: request.headers['content-type'] ?? '', body });
    (answers[got.length - 1] ?? answers.at(-1))?.(response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const posted: Posted = { spansRejected: 0, says: undefined };
  const url = tracesUrl(`http://127.0.0.1:${port}`);
  return { got, posted, send: traceSink(url, posted) };
}

const say =
  (status: number, body = '{}', headers = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end(body);

test('each line is a request to /v1/traces', async () => {
  const { got, posted, send } = await collector(say(200));
  await send('{"resourceSpans":[]}\n');
  await send('{"resourceSpans":[1]}\n');
  expect(got.map(({ path, type }) => [path, type])).toEqual([
    ['/v1/traces', 'application/json'],
    ['/v1/traces', 'application/json'],
  ]);
  expect(got.map(({ body }) => JSON.parse(body))).toEqual([
    { resourceSpans: [] },
    { resourceSpans: [1] },
  ]);
  expect(posted).toEqual({ spansRejected: 0, says: undefined });
});

test('spans that a collector rejects are counted', async () => {
  const partial = { partialSuccess: { rejectedSpans: '3', errorMessage: 'too old' } };
  const { posted, send } = await collector(say(200, JSON.stringify(partial)));
  await send('{}');
  await send('{}');
  expect(posted).toEqual({ spansRejected: 6, says: 'too old' });
});

test('an answer that is no JSON rejects nothing', async () => {
  const { posted, send } = await collector(say(200, 'ok'));
  await send('{}');
  expect(posted.spansRejected).toBe(0);
});

test('what is busy is asked again, what says no is not', async () => {
  const busy = await collector(say(503), say(200));
  await busy.send('{"a":1}');
  expect(busy.got.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
  const wrong = await collector(say(400));
  await expect(wrong.send('{}')).rejects.toThrow(/it answered 400\. .*collector listens/);
  expect(wrong.got).toHaveLength(1);
});

test('what stays busy ends, and so does what leads elsewhere', async () => {
  const busy = await collector(say(429));
  await expect(busy.send('{}')).rejects.toMatchObject({ code: 'PROVIDER_DOWN' });
  expect(busy.got).toHaveLength(3);
  const elsewhere = await collector(say(307, '', { location: 'http://127.0.0.1:9/v1/traces' }));
  await expect(elsewhere.send('{}')).rejects.toMatchObject({ code: 'PROVIDER_DOWN' });
  expect(elsewhere.got).toHaveLength(1);
});

test('nobody there', async () => {
  const { send } = await collector(say(200));
  await new Promise((resolve) => server?.close(resolve));
  await expect(send('{}')).rejects.toThrow(/ECONNREFUSED/);
});

test('why fetch does not even try is said', async () => {
  const send = traceSink(tracesUrl('http://127.0.0.1:1'), { spansRejected: 0, says: undefined });
  await expect(send('{}')).rejects.toThrow(/: bad port\./);
});

test.each([
  ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/traces'],
  ['http://localhost:4318/', 'http://localhost:4318/v1/traces'],
  ['https://otel.example/in', 'https://otel.example/in/v1/traces'],
  ['http://127.0.0.1:4318/v1/traces', 'http://127.0.0.1:4318/v1/traces'],
])('%s means %s', (endpoint, url) => {
  expect(tracesUrl(endpoint).href).toBe(url);
});

test.each(['4318', 'ftp://a', 'http://me:secret@127.0.0.1', 'file:///etc/passwd', ''])(
  '%j is no collector, and is not repeated',
  (endpoint) => {
    expect(() => tracesUrl(endpoint)).toThrow(/no address of a collector/);
    try {
      tracesUrl(endpoint);
    } catch (error) {
      expect((error as Error).message).not.toContain('secret');
    }
  },
);
