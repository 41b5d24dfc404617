import { expect, test } from 'vitest';
import type { Conversation, Run, RunEnd, Sandbox } from '../contract.ts';
import type { Canaries } from './canaries.ts';
import { watchedSandbox } from './watched.ts';

const END = { answer: '', evidence: '', signal: null } as unknown as RunEnd;
const RUN = { argv: ['x'], cwd: '/', environment: {}, reads: [], writes: [] } as unknown as Run;
const canaries = { all: [], environment: {}, shows: () => [] } as unknown as Canaries;
const never = new AbortController().signal;

/** Runs that last until they are aborted. */
function lasting() {
  let running = 0;
  const run = (_: unknown, signal: AbortSignal): Promise<RunEnd> => {
    running += 1;
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        running -= 1;
        setImmediate(() => resolve(END));
      });
    });
  };
  const converse = (of: unknown, signal: AbortSignal): Conversation => {
    const ended = run(of, signal);
    return { ask: async () => ({ end: await ended }), close: () => ended };
  };
  const sandbox = { run, converse, attach: run } as unknown as Sandbox;
  return { sandbox, running: () => running };
}

test('planted: an evaluator that leaves runs behind; they have ended when the look is over', async () => {
  const { sandbox, running } = lasting();
  const watched = watchedSandbox({ sandbox, canaries, forbids: [] });
  const left = watched.sandbox.run({ ...RUN, answersOn: 1 }, never);
  watched.sandbox.converse(RUN as never, never);
  expect(running()).toBe(2);
  await watched.end();
  expect(running()).toBe(0);
  expect(await left).toBe(END);
});
