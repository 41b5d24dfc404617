/** Both ends of the channel between engine and gatekeeper: what is asked, answered, cancelled and said of errors. */
import { describe, expect, test } from 'vitest';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Line } from './client.ts';
import type { FromGatekeeper, Introduction, Question, ToGatekeeper } from './messages.ts';
import { remoteGatekeeper, remoteHoldout, remotePool } from './remote.ts';
import { type Answerer, serve } from './serve.ts';

/** The channel as a list, and when the next message has been sent. */
function served(answer: Answerer['answer']) {
  const sent: FromGatekeeper[] = [];
  const introduced: Introduction[] = [];
  let hear: (message: ToGatekeeper) => void = () => undefined;
  let wake: () => void = () => undefined;
  const channel = {
    send: (message: FromGatekeeper) => {
      sent.push(message);
      wake();
    },
    onMessage: (on: typeof hear) => {
      hear = on;
    },
  };
  serve(channel, { introduce: (one) => introduced.push(one), answer });
  const say = (message: ToGatekeeper): void => hear(message);
  const next = () => new Promise<void>((resolve) => (wake = resolve));
  return { sent, introduced, say, next };
}

describe('the end that answers', () => {
  test('answers a question under its number, and tells who introduces itself nothing', async () => {
    const { say, sent, next, introduced } = served(async ({ ask }) => `to ${ask}`);
    const introduction = { id: 'study-1', root: '/', config: {} } as unknown as Introduction;
    say({ introduce: introduction });
    const isAnswered = next();
    say({ number: 4, ask: 'rating' });
    await isAnswered;
    expect(introduced).toEqual([introduction]);
    expect(sent).toEqual([{ number: 4, answer: 'to rating' }]);
  });

  test('an error is an answer: ours with its code and data, others as failures of the gatekeeper', async () => {
    const thrown = [
      new PacelineError('GATE_STORE', 'It is gone.', { path: '/x' }),
      new Error('no disk'),
      'a bare word',
    ];
    const { say, sent, next } = served(async () => {
      throw thrown.shift();
    });
    for (const number of [1, 2, 3]) {
      const isAnswered = next();
      say({ number, ask: 'reveal' });
      await isAnswered;
    }
    const internal = (message: string) => ({ code: 'INTERNAL', message, data: {} });
    expect(sent).toEqual([
      { number: 1, error: { code: 'GATE_STORE', message: 'It is gone.', data: { path: '/x' } } },
      { number: 2, error: internal('The gatekeeper failed: no disk') },
      { number: 3, error: internal('The gatekeeper failed: a bare word') },
    ]);
  });

  test('a question is cancelled alone, and one that was answered no more', async () => {
    const signals: AbortSignal[] = [];
    const { say, sent, next } = served((_question, signal) => {
      signals.push(signal);
      if (signals.length === 3) return Promise.resolve('at once');
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('cancelled'))),
      );
    });
    say({ number: 1, ask: 'rating' });
    say({ number: 2, ask: 'rating' });
    let isAnswered = next();
    say({ cancel: 2 });
    await isAnswered;
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
    const message = 'The gatekeeper failed: cancelled';
    expect(sent).toEqual([{ number: 2, error: { code: 'INTERNAL', message, data: {} } }]);
    isAnswered = next();
    say({ number: 3, ask: 'rating' });
    await isAnswered;
    await Promise.resolve();
    say({ cancel: 3 });
    say({ cancel: 9 });
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true, false]);
  });
});

describe('the end that asks', () => {
  const { signal } = new AbortController();
  const stamp = { entry: 3, evidence: sha256('e') };

  /** A line that notes what it is asked, and answers what it is told to. */
  function lineOf(answer: unknown = 'answer') {
    const asked: (readonly [Question, AbortSignal | undefined])[] = [];
    let closed = 0;
    const line = {
      ask: async (question: Question, within?: AbortSignal) => {
        asked.push([question, within]);
        return answer;
      },
      close: () => {
        closed += 1;
      },
    } as unknown as Line;
    return { line, asked, closings: () => closed };
  }

  test('asks the gatekeeper each in its words, and hands on who may cancel', async () => {
    const { line, asked, closings } = lineOf();
    const gatekeeper = remoteGatekeeper(line);
    const request = { step: 1 } as never;
    expect(await gatekeeper.join(undefined)).toBe('answer');
    await gatekeeper.join(stamp);
    await gatekeeper.judge(request, signal);
    await gatekeeper.audit(request, signal);
    await gatekeeper.rating();
    await gatekeeper.sign('so it was');
    await gatekeeper.reveal();
    expect(asked).toEqual([
      [{ ask: 'join' }, undefined],
      [{ ask: 'join', stamp }, undefined],
      [{ ask: 'judge', request }, signal],
      [{ ask: 'audit', request }, signal],
      [{ ask: 'rating' }, undefined],
      [{ ask: 'sign', statement: 'so it was' }, undefined],
      [{ ask: 'reveal' }, undefined],
    ]);
    expect(closings()).toBe(0);
    await gatekeeper.close();
    expect(closings()).toBe(1);
  });

  test('asks hold-out and pool, which close with their gatekeeper', async () => {
    const { line, asked, closings } = lineOf();
    const [holdout, pool] = [remoteHoldout(line), remotePool(line)];
    const request = { step: 1 } as never;
    const id = sha256('c');
    await holdout.requireEntry(stamp);
    await holdout.seal(request, signal);
    expect(await holdout.judge(request, signal)).toBe('answer');
    await holdout.reveal(2, id);
    await pool.requireEntry(undefined);
    await pool.requireEntry(stamp);
    await pool.confirm(request, signal);
    holdout.close();
    pool.close();
    expect(asked).toEqual([
      [{ ask: 'require', of: 'holdout', stamp }, undefined],
      [{ ask: 'holdout.seal', request }, signal],
      [{ ask: 'holdout.judge', request }, signal],
      [{ ask: 'holdout.reveal', generation: 2, candidate: id }, undefined],
      [{ ask: 'require', of: 'pool' }, undefined],
      [{ ask: 'require', of: 'pool', stamp }, undefined],
      [{ ask: 'pool.confirm', request }, signal],
    ]);
    expect(closings()).toBe(0);
  });

  test('no answer of the hold-out is none, though the channel says null', async () => {
    const { line } = lineOf(null);
    expect(await remoteHoldout(line).judge({} as never, signal)).toBeUndefined();
  });
});
