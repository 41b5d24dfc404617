import { expect, test } from 'vitest';
import { addressOf, asksOf } from './call.ts';
import { redacted } from './redacted.ts';
import { readReply, wordsOf } from './usage.ts';

const events = (...documents: readonly unknown[]): string =>
  documents.map((one) => `event: e\ndata: ${JSON.stringify(one)}\n\n`).join('');

/** The shapes are those of the providers' references. */
test.each([
  [
    'Anthropic, a stream',
    events(
      {
        type: 'message_start',
        message: { usage: { input_tokens: 10, cache_read_input_tokens: 90, output_tokens: 1 } },
      },
      { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Use ' } },
      { type: 'content_block_delta', delta: { type: 'input_json_delta', partial_json: '{"a":1}' } },
      { type: 'message_delta', usage: { output_tokens: 33 } },
    ),
    { inputTokens: 100, cachedTokens: 90, outputTokens: 33 },
    'Use {"a":1}',
  ],
  [
    'Anthropic, whole, with a cache that is written',
    JSON.stringify({
      content: [{ type: 'text', text: 'Yes' }],
      usage: { input_tokens: 3, cache_creation_input_tokens: 7, output_tokens: 2 },
    }),
    { inputTokens: 10, cachedTokens: 0, outputTokens: 2 },
    'Yes',
  ],
  [
    'OpenAI, a chat',
    JSON.stringify({
      choices: [
        { message: { content: 'Hi', tool_calls: [{ function: { name: 'f', arguments: '{}' } }] } },
      ],
      usage: {
        prompt_tokens: 9,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 4 },
      },
    }),
    { inputTokens: 9, cachedTokens: 4, outputTokens: 5 },
    'Hi{}',
  ],
  [
    'OpenAI, responses as a stream, which say everything twice',
    events(
      { type: 'response.output_text.delta', delta: 'Hello' },
      { type: 'response.output_text.done', text: 'Hello' },
      {
        type: 'response.completed',
        response: {
          output: [{ content: [{ text: 'Hello' }] }],
          usage: { input_tokens: 8, output_tokens: 6 },
        },
      },
    ),
    { inputTokens: 8, cachedTokens: 0, outputTokens: 6 },
    'Hello',
  ],
  [
    'Google, with thoughts',
    JSON.stringify([
      {
        candidates: [{ content: { parts: [{ text: 'Ok' }] } }],
        usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 2, thoughtsTokenCount: 5 },
      },
    ]),
    { inputTokens: 7, cachedTokens: 0, outputTokens: 7 },
    'Ok',
  ],
] as const)('%s', (_, body, usage, text) => {
  expect(readReply(body)).toMatchObject({ usage, text });
});

test.each([
  ['nothing', '', {}],
  ['half of a document', '{"usage": {"input_tokens": 1', {}],
  [
    'usage that is none',
    '{"usage": {"input_tokens": -5, "output_tokens": "many"}}',
    { inputTokens: 0, cachedTokens: 0, outputTokens: 0 },
  ],
  [
    'usage beyond numbers',
    '{"usage": {"input_tokens": 1e300}}',
    { inputTokens: 0, cachedTokens: 0, outputTokens: 0 },
  ],
] as const)('%s is no usage, and breaks nothing', (_, body, usage) => {
  expect({ ...readReply(body).usage }).toEqual(usage);
});

test('a deep document is read as far as it goes', () => {
  const deep = `${'[{"text":'.repeat(5000)}"x"${'}]'.repeat(5000)}`;
  expect(readReply(deep).text).toBe('');
  expect(wordsOf('{"model":"m","messages":[{"content":"hello"}]}').split('\n')).toContain('hello');
});

test.each([
  ['/messages', 'https://a.example/v1/messages'],
  ['/messages?beta=true', 'https://a.example/v1/messages?beta=true'],
  ['/../admin', undefined],
  ['/%2e%2e/admin', undefined],
  ['/a/../../admin', undefined],
  ['//b.example/', 'https://a.example/v1//b.example/'],
  ['@b.example/', undefined],
  ['', undefined],
  ['/\\b.example', 'https://a.example/v1//b.example'],
] as const)('%j lies below the endpoint, or nowhere', (path, url) => {
  expect(addressOf('https://a.example/v1/', path)?.href).toBe(url);
});

test('which model is asked, and what limits it', () => {
  const asks = (path: string, body: string) => asksOf(new URL(`https://a.example${path}`), body);
  const google = '{"generationConfig":{"maxOutputTokens":9}}';
  expect(asks('/v1beta/models/gemini-x:streamGenerateContent?alt=sse', google)).toEqual({
    model: 'gemini-x',
    maxOutputTokens: 9,
    answers: 1,
    body: google,
  });
  expect(asks('/messages', '{"model":"m","max_tokens":5}')).toMatchObject({
    model: 'm',
    maxOutputTokens: 5,
  });
  expect(asks('/messages', '{"model":["m"]}')).toBeUndefined();
  expect(asks('/messages', 'no JSON')).toBeUndefined();
});

test('planted: a secret is taken out wherever chunks end', async () => {
  const secret = 'aab';
  const text = 'xaaab-aa aab aaab a';
  for (let size = 1; size <= text.length; size++) {
    const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
      Buffer.from(text.slice(i * size, (i + 1) * size)),
    );
    const out: Uint8Array[] = [];
    for await (const chunk of redacted(from(chunks), secret)) out.push(chunk);
    expect(Buffer.concat(out).toString()).toBe(text.replaceAll(secret, '[key]'));
  }
});

async function* from(chunks: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
