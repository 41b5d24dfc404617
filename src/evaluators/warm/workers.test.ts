import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import type { Conversation, Sandbox } from '../../sandboxes/contract.ts';
import { Workers } from './workers.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-workers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Processes that give their inputs back, and how many were started. */
async function startedBy(calls: readonly ('warm' | 'cold')[], mostAhead?: number): Promise<number> {
  let started = 0;
  const converse = (): Conversation => {
    started += 1;
    const answer = (inputs: unknown) => {
      return { outputs: (inputs as unknown[]).map((output) => ({ output })), cpuMs: 1 };
    };
    return {
      ask: async ({ inputs }) => ({ answer: answer(inputs) }),
      close: async () => ({}) as never,
    };
  };
  const workers = new Workers({
    sandbox: { converse } as unknown as Sandbox,
    argv: [],
    reads: [],
    environment: {},
    limits: { wallMs: 1, outputBytes: 1 },
    workDirectory: folder,
    isCounted: false,
    recycleAfter: 64,
    mostAhead,
  });
  const of = { id: sha256('x'), content: { files: {}, beside: [] } };
  const call = { inputs: [1], batch: 1, params: {} };
  const { signal } = new AbortController();
  for (const how of calls) await workers[how](of, call, signal);
  await workers.close();
  return started;
}

test('one is started ahead of whoever comes next; where few are needed none is started in vain', async () => {
  expect(await startedBy(['warm', 'cold'])).toBe(3);
  expect(await startedBy(['warm', 'cold'], 2)).toBe(2);
  expect(await startedBy(['warm'], 2)).toBe(2);
  expect(await startedBy(['warm', 'cold', 'cold', 'warm'], 2)).toBe(3);
});
