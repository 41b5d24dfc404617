/**
 * A study as an earlier commit wrote it. Stored bytes are never rewritten, so every release must
 * read it, verify it and, under the same fold and rng, write it again. When a change is meant to
 * alter studies, raise FOLD_VERSION or RNG_VERSION and run this file with UPDATE_GOLDEN=1.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import { GENESIS } from '../../src/core/chain.ts';
import { decodeRow, type EventRow } from '../../src/core/events.ts';
import { runLoop } from '../../src/loop/loop.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';

const FILE = join(import.meta.dirname, 'small-study.jsonl');

async function writtenNow(): Promise<readonly EventRow[]> {
  const plan = smallPlan({ clock: manualClock(), budget: { trials: 40 } });
  const ledger = await memoryStore(plan).open('golden', 'write');
  await runLoop(await openStudy({ plan, ledger, reporters: [] }));
  const rows: EventRow[] = [];
  for await (const page of ledger.rows(0)) rows.push(...page);
  return rows;
}

if (process.env['UPDATE_GOLDEN']) {
  const lines = (await writtenNow()).map((row) => JSON.stringify(row));
  writeFileSync(FILE, `${lines.join('\n')}\n`);
}

const ROWS = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as EventRow);

test('the golden ledger is read and verified by this release', async () => {
  expect(ROWS.map(decodeRow).at(-1)?.type).toBe('study.closed');
  async function* rows(after: number) {
    yield ROWS.slice(after);
  }
  const durable = { ...GENESIS, seq: ROWS.length };
  const report = await verifyLedger({ rows, durable }, { archive: paretoArchive() as Archive });
  expect(report.findings).toEqual([]);
  expect(report.checked.promotions).toBeGreaterThan(0);
});

test('the same seed, secret and clock write the same bytes again', async () => {
  expect(await writtenNow()).toEqual(ROWS);
});
