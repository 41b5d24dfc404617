import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PacelineError } from '../../src/core/errors.ts';
import type { Ledger, Store } from '../../src/stores/contract.ts';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { lockOwner } from '../../src/stores/study-lock.ts';
import { settledDraft } from '../../src/testing/event-arbitrary.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { killHard, linesUntil, startWriter } from './fixtures/child.ts';

let directory = '';
let store: Store;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'paceline-two-writers-'));
  store = sqliteStore({ directory, clock: manualClock() });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Measured 2.5–4.5 ms on an idle machine; a busy one gets its time. */
const A_MOMENT_MS = 500;
/** A refusal must not wait for SQLite's five seconds. */
const AT_ONCE_MS = 500;

test('a second process is refused with the owner, reads meanwhile, and takes over after kill -9', async () => {
  const child = startWriter('ledger-writer', [directory, 'race', '3', 'stay']);
  try {
    await linesUntil(child, 'done');
    const askedAt = performance.now();
    const refusal = await store.open('race', 'write').catch((error: unknown) => error);
    expect(performance.now() - askedAt).toBeLessThan(AT_ONCE_MS);
    expect(refusal).toMatchObject({ code: 'STUDY_LOCKED', exitCode: 75, data: { pid: child.pid } });
    expect((refusal as Error).message).toMatch(new RegExp(`process ${child.pid} on \\S+ since 20`));
    expect(lockOwner(directory, 'race')).toMatchObject({ pid: child.pid });

    const reader = await store.open('race', 'read');
    expect(reader.durable.seq).toBe(6);
    await reader.close();
  } finally {
    await killHard(child);
  }
  const killedAt = performance.now();
  const ledger = await openWhenFree();
  expect(performance.now() - killedAt).toBeLessThan(A_MOMENT_MS);
  expect(ledger.append([settledDraft(6)])[0]?.seq).toBe(7);
  await ledger.close();
  expect(lockOwner(directory, 'race')).toBeUndefined();
}, 20_000);

test('the name left behind by a killed process is not taken for an owner', async () => {
  const child = startWriter('ledger-writer', [directory, 'race', '0', 'stay']);
  await linesUntil(child, 'open');
  await killHard(child);
  expect(lockOwner(directory, 'race')).toBeUndefined();
  expect(lockOwner(directory, 'never')).toBeUndefined();
}, 20_000);

test('looking at the lock again and again never costs a writer its turn', async () => {
  const { failures } = await race(50);
  expect(failures).toBe(0);
});

async function race(rounds: number): Promise<{ failures: number }> {
  let failures = 0;
  for (let i = 0; i < rounds; i++) {
    lockOwner(directory, 'race');
    const ledger = await store.open('race', 'write').catch(() => undefined);
    if (ledger === undefined) failures += 1;
    expect(lockOwner(directory, 'race')).toMatchObject({ pid: process.pid });
    await ledger?.close();
  }
  return { failures };
}

async function openWhenFree(): Promise<Ledger> {
  for (;;) {
    try {
      return await store.open('race', 'write');
    } catch (error) {
      if (!PacelineError.is(error) || error.code !== 'STUDY_LOCKED') throw error;
      await sleep(1);
    }
  }
}
