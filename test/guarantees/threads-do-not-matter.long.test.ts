/** The same with real threads on the real example: 1, 2 and 16 of them. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildPlan } from '../../src/app/build-plan.ts';
import { loadConfig } from '../../src/app/config.ts';
import { createGateRecord } from '../../src/app/gate-record.ts';
import { createStudyFiles } from '../../src/app/study-files.ts';
import { runLoop } from '../../src/loop/loop.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

const root = join(mkdtempSync(join(tmpdir(), 'paceline-threads-')), 'study');
afterAll(() => rmSync(join(root, '..'), { recursive: true, force: true }));
cpSync(join(import.meta.dirname, '../../examples/bin-packing'), root, { recursive: true });
const { config } = loadConfig(join(root, 'paceline.yaml'));
/** The example's own proposers, with short trials. */
const proposers = config.proposers.map((one) =>
  one.use === 'cma-es' ? { ...one, lambda: 8, generations: 2 } : one,
);

/** All in flight at once; the first promotion comes among them. */
const TRIALS = 5;

async function digestOf(workers: number): Promise<string> {
  const small = {
    ...config,
    proposers,
    workers,
    seed: 'threads',
    lookahead: 16,
    budget: { trials: TRIALS },
  };
  const clock = manualClock();
  const id = `threads-${workers}`;
  const request = { id, root, config: small, secret: 'fixed', clock };
  createStudyFiles(request, 'fixed', () => createGateRecord(request));
  const { plan, close } = await buildPlan(request);
  try {
    const ledger = await memoryStore({ clock }).open('threads', 'write');
    const study = await openStudy({ plan, ledger, reporters: [] });
    await runLoop(study);
    expect(study.state.promotions).toBeGreaterThan(0);
    return ledger.durable.logical;
  } finally {
    await close();
  }
}

test('1, 2 and 16 threads write the same study of the example', { timeout: 300_000 }, async () => {
  const first = await digestOf(1);
  expect(await digestOf(2)).toBe(first);
  expect(await digestOf(16)).toBe(first);
});
