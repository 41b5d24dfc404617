/** Endpoints over real HTTP against a server of our own: every shape, and every fault as a value. */
import { afterEach, expect, test, vi } from 'vitest';
import {
  type Asked,
  type Behaviour,
  type ModelServer,
  modelServer,
} from '../testing/model-server.ts';
import { aiSdkEndpoint, type EndpointOptions, type Provider } from './ai-sdk.ts';
import type { ModelRequest } from './contract.ts';

const SECRET = 'sk-ant-planted-0123456789';
const servers: ModelServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const REQUEST: ModelRequest = {
  label: 'trial 0, call 0',
  system: 'You improve code.',
  prompt: 'Improve it.',
  schema: {
    type: 'object',
    properties: { patch: { type: 'string' } },
    required: ['patch'],
    additionalProperties: false,
  },
  maxOutputTokens: 100,
};
const NEVER = new AbortController().signal;

async function called(
  behave: Behaviour | ((asked: Asked) => Behaviour),
  {
    provider = 'openai-compatible',
    signal = NEVER,
    ...options
  }: Partial<EndpointOptions> & { signal?: AbortSignal } = {},
) {
  const server = await modelServer(typeof behave === 'function' ? behave : () => behave);
  servers.push(server);
  const endpoint = aiSdkEndpoint({
    provider,
    model: 'some-model',
    url: server.url,
    key: { name: 'THE_KEY', value: SECRET },
    output: 'json',
    timeoutMs: 5_000,
    nowMs: () => Date.parse('2026-01-01T00:00:00Z'),
    ...options,
  });
  return { server, reply: await endpoint.call(REQUEST, signal) };
}

const ANSWER = '{"patch":"x"}';
const PROVIDERS: readonly Provider[] = [
  'anthropic',
  'openai',
  'google',
  'ollama',
  'openai-compatible',
];

test.each(
  PROVIDERS.flatMap((provider) =>
    (['schema', 'json', 'text'] as const).map((output) => [provider, output] as const),
  ),
)(
  '%s, output %s: text and usage come back, the key goes where it belongs',
  async (provider, output) => {
    const { server, reply } = await called(
      { text: ANSWER, usage: { input: 11, output: 7 } },
      { provider, output },
    );
    expect(reply).toEqual({
      text: ANSWER,
      isCut: false,
      usage: { inputTokens: 11, cachedTokens: 0, outputTokens: 7 },
    });
    const [asked] = server.asked;
    expect(asked?.body).toContain('Improve it.');
    expect(asked?.body).not.toContain(SECRET);
    expect(JSON.stringify(asked?.headers)).toContain(SECRET);
    expect(server.asked).toHaveLength(1);
  },
);

test.each(PROVIDERS)(
  '%s: an answer that was cut says so, one that a filter stopped is declined',
  async (provider) => {
    const cut = await called({ text: '{"pat', finish: 'length' }, { provider });
    expect(cut.reply).toMatchObject({ text: '{"pat', isCut: true });
    const stopped = await called({ text: '', finish: 'content-filter' }, { provider });
    expect(stopped.reply).toMatchObject({ failure: { kind: 'declined' } });
  },
);

const status = (
  code: number,
  message: string,
  headers: Record<string, string> = {},
): Behaviour => ({
  raw: JSON.stringify({ error: { message, type: 'x' } }),
  status: code,
  headers: { 'content-type': 'application/json', ...headers },
});

test.each<readonly [string, Behaviour, object]>([
  [
    'a wrong key',
    status(401, 'bad key'),
    { kind: 'misconfigured', says: expect.stringMatching(/answered 401.*THE_KEY/) },
  ],
  [
    'a forbidden one',
    status(403, 'no access'),
    { kind: 'misconfigured', says: expect.stringMatching(/403/) },
  ],
  [
    'an unknown model',
    status(404, 'no such model'),
    { kind: 'misconfigured', says: expect.stringMatching(/name of the model/) },
  ],
  [
    'no such form of output',
    status(400, 'response_format is not supported'),
    { kind: 'misconfigured', says: expect.stringMatching(/output: text/) },
  ],
  [
    'an overflow',
    status(400, 'maximum context length is 8192 tokens'),
    { kind: 'declined', says: expect.stringMatching(/too long/) },
  ],
  [
    'a prompt that a filter of the provider stops',
    status(400, 'Invalid prompt: your prompt was flagged by our usage policy.'),
    { kind: 'declined', says: expect.stringMatching(/declines this prompt/) },
  ],
  [
    'too many requests',
    status(429, 'slow down', { 'retry-after': '7' }),
    { kind: 'unavailable', retryAfterMs: 7000 },
  ],
  [
    'too many, with a date',
    status(429, 'slow down', { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }),
    { kind: 'unavailable', retryAfterMs: 30_000 },
  ],
  [
    'too many, in milliseconds',
    status(429, 'slow down', { 'retry-after-ms': '1500', 'retry-after': '2' }),
    { kind: 'unavailable', retryAfterMs: 1500 },
  ],
  [
    'a fault of the server',
    status(500, 'oops'),
    { kind: 'unavailable', says: expect.stringMatching(/500/) },
  ],
  ['an overload', status(529, 'overloaded'), { kind: 'unavailable' }],
  ['half an answer', { half: '{"id":"chat","choices":[{"mess' }, { kind: 'unavailable' }],
  [
    'malformed JSON',
    { raw: '{"id":' },
    { kind: 'unavailable', says: expect.stringMatching(/no answer of a model/) },
  ],
  ['an answer twice', { raw: '{"id":1}{"id":1}' }, { kind: 'unavailable' }],
  ['nothing', { raw: '' }, { kind: 'unavailable' }],
  [
    'a web page',
    { raw: '<html>hello</html>', headers: { 'content-type': 'text/html' } },
    { kind: 'misconfigured', says: expect.stringMatching(/web page\. Check url/) },
  ],
  [
    'another address',
    { raw: '', status: 307, headers: { location: 'http://127.0.0.1:1/' } },
    { kind: 'misconfigured', says: expect.stringMatching(/leads elsewhere/) },
  ],
  [
    'an oversized answer',
    { raw: `"${'x'.repeat(17 * 2 ** 20)}"` },
    { kind: 'unavailable', says: expect.stringMatching(/larger than 16 MiB/) },
  ],
])('%s is a failure with what to do, tried once', async (_, behaviour, failure) => {
  const { server, reply } = await called(behaviour);
  expect(reply).toMatchObject({ failure });
  expect(JSON.stringify(reply)).not.toContain(SECRET);
  expect(server.asked).toHaveLength(1);
});

test.each<readonly [string, Behaviour, boolean]>([
  ['hangs', { hang: true }, true],
  ['breaks off', { half: '{"id":"chat","choices":[{"mess' }, true],
  ['sends nonsense', { raw: '{"id":' }, true],
  ['is behind a gateway that gave up', status(504, 'timeout'), true],
  ['was stopped by a filter', { text: '', finish: 'content-filter', usage: null }, true],
  ['has no room', status(429, 'slow down'), false],
  ['is broken', status(500, 'oops'), false],
  ['wants another key', status(401, 'bad key'), false],
])('planted: a call to one that %s may have cost money: %j', async (_, behaviour, mayHaveCost) => {
  const { reply } = await called(behaviour, { timeoutMs: 500 });
  expect('failure' in reply && reply.mayHaveCost === true).toBe(mayHaveCost);
});

test('planted: a wait of 400 digits is no number, and none in a recording', async () => {
  const { reply } = await called(status(429, 'slow down', { 'retry-after': '9'.repeat(400) }));
  expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
});

test('planted: nobody there costs nothing', async () => {
  const gone = await modelServer(() => ({ text: '' }));
  await gone.close();
  for (const url of [gone.url, 'http://127.0.0.1:1/v1']) {
    const { reply } = await called({ text: '' }, { url });
    expect(reply).not.toHaveProperty('mayHaveCost');
  }
});

test('planted: no usage that is reported makes sums that are no whole numbers', async () => {
  const most = Number.MAX_SAFE_INTEGER;
  const { reply } = await called({ text: ANSWER, usage: { input: most, output: most } });
  expect(reply.usage).toEqual({
    inputTokens: 100_000_000,
    cachedTokens: 0,
    outputTokens: 100_000_000,
  });
});

test.each(['openai', 'anthropic'] as const)(
  'planted: %s is asked where the config says, whatever the environment says',
  async (provider) => {
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/v1');
    vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:1/v1');
    const addresses: string[] = [];
    vi.stubGlobal('fetch', async (address: string) => {
      addresses.push(address);
      throw new Error('not here');
    });
    const endpoint = aiSdkEndpoint({
      provider,
      model: 'm',
      key: { name: 'THE_KEY', value: SECRET },
      output: 'text',
      timeoutMs: 500,
      nowMs: () => 0,
    });
    await endpoint.call(REQUEST, NEVER);
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    expect(addresses).toEqual([expect.stringMatching(`^https://api\\.${provider}\\.com/v1/`)]);
  },
);

test('one that hangs is given up at its timeout', async () => {
  const { reply } = await called({ hang: true }, { timeoutMs: 150 });
  expect(reply).toMatchObject({
    failure: { kind: 'unavailable', says: expect.stringMatching(/no answer within 0\.15 s/) },
  });
});

test('an abort ends it at once, with the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('the study ended');
  setTimeout(() => controller.abort(reason), 50);
  await expect(called({ hang: true }, { signal: controller.signal })).rejects.toBe(reason);
});

test.each([
  ['nobody there', 'http://127.0.0.1:1/v1', 'unavailable'],
  ['a name that is none', 'http://no-such-host.invalid/v1', /misconfigured|unavailable/],
])('%s', async (_, url, kind) => {
  const { reply } = await called({ text: '' }, { url });
  expect('failure' in reply && reply.failure.kind).toMatch(kind);
});

test('a server that does not speak HTTP is named', async () => {
  const { createServer } = await import('node:net');
  const server = createServer((socket) => socket.end('220 mail ready\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const { reply } = await called({ text: '' }, { url: `http://127.0.0.1:${port}/v1` });
  server.close();
  expect(reply).toMatchObject({ failure: { says: expect.stringMatching(/does not speak HTTP/) } });
});

test('what a provider says is one short line without control characters', async () => {
  const { reply } = await called(
    status(500, `\u001b]0;owned\u0007${'\u202eeyes '.repeat(10_000)}\nmore`),
  );
  const says = 'failure' in reply ? reply.failure.says : '';
  expect(says.length).toBeLessThan(600);
  expect(says).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test.each([null, { input: -5, output: Number.NaN }])(
  'usage %j is no usage, and no crash',
  async (usage) => {
    const { reply } = await called({ text: ANSWER, usage: usage as never });
    expect(reply).toMatchObject({ text: ANSWER });
  },
);
