import { type ClientHttp2Session, connect } from 'node:http2';
import { duplexPair } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import type { RelayRequest } from '../../models/contract.ts';
import { receive } from './visit.ts';

/** A jail's end of the channel, written by an agent. */
function visited(pass?: Parameters<typeof receive>[1]) {
  const [ours, theirs] = duplexPair();
  const visit = receive(ours, pass);
  const engine = connect('http://engine', { createConnection: () => theirs });
  engine.on('error', () => undefined);
  onTestFinished(() => engine.destroy());
  return { visit, engine };
}

function posted(engine: ClientHttp2Session, path: string, body: string | Buffer) {
  const stream = engine.request({ ':method': 'POST', ':path': path });
  stream.on('error', () => undefined);
  stream.end(body);
  return stream;
}

test('a report that is larger than any is none, and ends nothing of ours', async () => {
  const { visit, engine } = visited();
  const stream = posted(engine, '/done', Buffer.alloc(17 * 2 ** 20, 'x'));
  await new Promise((closed) => stream.on('close', closed));
  expect(await visit.left).toBeUndefined();
});

test('a report whose stream is gone at once ends nothing of ours', async () => {
  const { visit, engine } = visited();
  const stream = posted(engine, '/done', '{"exitCode":0}');
  stream.on('finish', () => stream.close(8));
  await expect(visit.left).resolves.toSatisfy(
    (left) => left === undefined || (left as { exitCode: number }).exitCode === 0,
  );
});

test('a reply in many pieces to who reads slowly leaves no listener behind', async () => {
  const warned: Error[] = [];
  const warn = (warning: Error): void => void warned.push(warning);
  process.on('warning', warn);
  onTestFinished(() => void process.off('warning', warn));
  async function* body() {
    for (let piece = 0; piece < 60; piece++) yield Buffer.alloc(64 * 1024);
  }
  const { engine } = visited(async () => ({ status: 200, headers: {}, body: body() }));
  const stream = posted(engine, '/model/messages', '{}');
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    await new Promise((go) => setImmediate(go));
  }
  expect(size).toBe(60 * 64 * 1024);
  expect(warned).toEqual([]);
});

test('one that opens streams without end is held to a few at a time', async () => {
  const asked: RelayRequest[] = [];
  const { engine } = visited(async (request) => {
    asked.push(request);
    return new Promise(() => undefined);
  });
  await new Promise((ready) => engine.once('remoteSettings', ready));
  for (let n = 0; n < 500; n++) posted(engine, '/model/messages', '{}');
  await new Promise((go) => setTimeout(go, 300));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(64);
});

test('calls under way hold 64 MiB together, and no more', { timeout: 30_000 }, async () => {
  const asked: number[] = [];
  const { engine } = visited(async ({ body }) => {
    asked.push(body.length);
    return new Promise(() => undefined);
  });
  const large = Buffer.alloc(24 * 2 ** 20);
  for (let n = 0; n < 2; n++) posted(engine, '/model/messages', large);
  await expect.poll(() => asked.length, { timeout: 20_000 }).toBe(2);
  const third = posted(engine, '/model/messages', large);
  await new Promise((closed) => third.on('close', closed));
  expect(asked).toEqual([large.length, large.length]);
});

test('a call that the agent gives up is given up', async () => {
  const asked: RelayRequest[] = [];
  const { engine } = visited(async (request) => {
    asked.push(request);
    return new Promise(() => undefined);
  });
  const stream = posted(engine, '/model/messages', '{}');
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]?.signal?.aborted).toBe(false);
  stream.close(8);
  await expect.poll(() => asked[0]?.signal?.aborted).toBe(true);
});
