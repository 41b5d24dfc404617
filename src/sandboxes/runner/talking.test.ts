import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { RunEnd } from '../contract.ts';
import { frame } from './frames.ts';
import { type Talk, Talking } from './talking.ts';

const END: RunEnd = {
  ended: 'exit',
  says: 'Ended.',
  exitCode: 0,
  signal: null,
  answer: '',
  evidence: '',
  cpuMs: 0,
};

/** A run that answers each question with `reply`, from outside this file's process. */
function talking(reply: (question: { nonce: string }) => unknown) {
  let end: (end: RunEnd) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  let talk: Talk | undefined;
  const conversation = new Talking((mine) => {
    talk = mine;
    const answer = (bytes: Uint8Array): void => {
      const { nonce } = JSON.parse(Buffer.from(bytes.subarray(4)).toString());
      const said = reply({ nonce });
      if (said !== undefined) queueMicrotask(() => mine.hear(frame(said)));
    };
    queueMicrotask(() => mine.begin({ ask: answer, heard: () => undefined }));
    return new Promise((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
  }, new AbortController().signal);
  return { conversation, end: () => end(END), fail: () => fail(new Error('no such limit')), talk };
}

test('an answer is not kept once it was given, however long the conversation', async () => {
  const { conversation } = talking(({ nonce }) => ({ nonce, big: 'x'.repeat(1000) }));
  const given: WeakRef<object>[] = [];
  for (let i = 0; i < 50; i++) given.push(new WeakRef(await conversation.ask({ i })));
  await new Promise((resolve) => setTimeout(resolve, 10));
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  expect(given.filter((one) => one.deref() !== undefined).length).toBeLessThan(2);
});

test('two questions at once are refused', async () => {
  const { conversation, end } = talking(() => undefined);
  const first = conversation.ask({});
  await expect(conversation.ask({})).rejects.toThrow(/before the first was answered/);
  end();
  expect(await first).toEqual({ end: END });
  expect(await conversation.ask({})).toEqual({ end: END });
});

test('a run that cannot be started fails whoever asks', async () => {
  const { conversation, fail } = talking(() => undefined);
  const asked = conversation.ask({});
  await new Promise((resolve) => setTimeout(resolve, 1));
  fail();
  await expect(asked).rejects.toThrow('no such limit');
});

test('what cannot be put into a frame is no question: the next one is asked', async () => {
  const { conversation } = talking(({ nonce }) => ({ nonce }));
  await expect(conversation.ask({ many: 1n })).rejects.toThrow('BigInt');
  expect(await conversation.ask({})).toHaveProperty('answer');
});
