import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCassette, recording } from './cassette.ts';
import type { Endpoint, EndpointReply, ModelRequest } from './contract.ts';
import { withoutSecrets } from './without-secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-cassette-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const newPath = (): string => join(folder, `${made++}.jsonl`);

const NEVER = new AbortController().signal;
const SECRET = 'sk-planted"with\\odd-characters';
const request = (label: string, prompt = 'Improve it.'): ModelRequest => ({
  label,
  system: 'system',
  prompt,
  schema: {},
  maxOutputTokens: 10,
});
const saying = (...replies: readonly EndpointReply[]): Endpoint => {
  let n = 0;
  return { id: 'anthropic/m', call: async () => replies[n++ % replies.length] as EndpointReply };
};

const REPLIES: readonly EndpointReply[] = [
  { failure: { kind: 'unavailable', says: 'slow', retryAfterMs: 5 } },
  {
    text: `the key is ${SECRET}, ${JSON.stringify(SECRET)}`,
    isCut: false,
    usage: { inputTokens: 1, cachedTokens: 0, outputTokens: 2 },
  },
];

test('what was recorded is replayed to the letter, attempt by attempt, without an endpoint', async () => {
  const path = newPath();
  const recorded = recording(saying(...REPLIES), path);
  const heard = [];
  for (const label of ['a', 'a', 'b']) heard.push(await recorded.call(request(label), NEVER));
  const replayed = readCassette(path).endpoint('anthropic/m');
  for (const [i, label] of ['a', 'a', 'b'].entries()) {
    expect(await replayed.call(request(label), NEVER)).toEqual(heard[i]);
  }
});

test('planted: a secret that a model echoes is neither in the file nor in what is handed on', async () => {
  const path = newPath();
  const echo = saying(REPLIES[1] as EndpointReply);
  const recorded = recording(withoutSecrets(echo, [SECRET]), path);
  expect(await recorded.call(request('a'), NEVER)).toMatchObject({
    text: 'the key is [redacted], "[redacted]"',
  });
  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain('sk-planted');
  expect(text).not.toContain('Improve it.');
  expect(statSync(path).mode & 0o077).toBe(0);
});

test.each([
  ['another prompt', request('a', 'Improve that.'), /recorded for another prompt/],
  ['another call', request('z'), /"z" to anthropic\/m is not in the recording/],
])('%s is not answered, and what differs is said', async (_, asked, says) => {
  const path = newPath();
  await recording(saying(...REPLIES), path).call(request('a'), NEVER);
  const { failure } = (await readCassette(path)
    .endpoint('anthropic/m')
    .call(asked, NEVER)) as never;
  expect(failure).toMatchObject({ kind: 'misconfigured', says: expect.stringMatching(says) });
});

test.each([
  [
    'cut',
    (path: string) => appendFileSync(path, '{"schema":"paceline.cas'),
    /Line 2 .* cut, damaged/,
  ],
  [
    'of another version',
    (path: string) => writeFileSync(path, '{"schema":"paceline.cassette/9"}\n'),
    /Line 1 .* another version/,
  ],
  ['not there', (path: string) => rmSync(path), /There is no recording .* --record/],
])('planted: a recording that is %s is refused', async (_, spoil, says) => {
  const path = newPath();
  await recording(saying(...REPLIES), path).call(request('a'), NEVER);
  spoil(path);
  expect(() => readCassette(path)).toThrow(says);
});

test.each<readonly [string, EndpointReply]>([
  ['an answer that was lost with its process', { text: 'lost', isCut: false }],
  ['a wrong key', { failure: { kind: 'misconfigured', says: 'Bad key.' } }],
])(
  'planted: of a study that went on after %s, the call made again is replayed',
  async (_, first) => {
    const path = newPath();
    const again: EndpointReply = { text: 'kept', isCut: false };
    const recorded = recording(saying(first, again), path);
    await recorded.call(request('a'), NEVER);
    await recorded.call(request('a'), NEVER);
    const replayed = readCassette(path).endpoint('anthropic/m');
    expect(await replayed.call(request('a'), NEVER)).toEqual(again);
  },
);

test('planted: a secret that begins another leaves no rest of it, in errors neither', async () => {
  const says = `Incorrect key provided: ${SECRET}.`;
  const echo = saying({ failure: { kind: 'misconfigured', says } });
  const reply = await withoutSecrets(echo, ['sk-planted', SECRET]).call(request('a'), NEVER);
  expect(reply).toMatchObject({ failure: { says: 'Incorrect key provided: [redacted].' } });
});
