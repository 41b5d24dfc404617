/**
 * One study as each fold wrote it. Stored bytes are never rewritten, so every release must read and
 * verify them all and, under its own fold and rng, write the last again. When a change is meant to
 * alter studies, raise FOLD_VERSION or RNG_VERSION and run this file with UPDATE_GOLDEN=1.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import { GENESIS } from '../../src/core/chain.ts';
import { decodeRow, type EventRow, type StoredEvent } from '../../src/core/events.ts';
import { FOLD_VERSION } from '../../src/loop/fold.ts';
import { runLoop } from '../../src/loop/loop.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { auditShape } from '../guarantees/fixtures/audit-shape.ts';

const fileOf = (fold: string): string =>
  join(import.meta.dirname, `${fold.replace('paceline.', '').replace('/', '-')}.jsonl`);
const FOLDS = ['paceline.fold/1', FOLD_VERSION];

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
  writeFileSync(fileOf(FOLD_VERSION), `${lines.join('\n')}\n`);
}

const rowsOf = (fold: string): readonly EventRow[] =>
  readFileSync(fileOf(fold), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as EventRow);

test.each(FOLDS)(
  'a ledger of %s is read and verified by this release, and reported',
  async (fold) => {
    const recorded = rowsOf(fold);
    const events = recorded.map(decodeRow) as readonly StoredEvent[];
    expect(events.at(-1)?.type).toBe('study.closed');
    expect(events[0]?.body).toMatchObject({ fold });
    async function* rows(after: number) {
      yield recorded.slice(after);
    }
    const durable = { ...GENESIS, seq: recorded.length };
    const report = await verifyLedger({ rows, durable }, { archive: paretoArchive() as Archive });
    expect(report.findings).toEqual([]);
    expect(report.checked.promotions).toBeGreaterThan(0);
    await auditShape(events);
  },
);

test('the same seed, secret and clock write the same bytes again', async () => {
  expect(await writtenNow()).toEqual(rowsOf(FOLD_VERSION));
});
