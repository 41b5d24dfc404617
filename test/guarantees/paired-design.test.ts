/** One pair of a replicate set: both sides are cut at the smaller spend, whoever that is. */
import { expect, test } from 'vitest';
import { decodeRow, type EventRow, type StoredEvent } from '../../src/core/events.ts';
import { buildCycle } from '../../src/loop/lanes.ts';
import { runLoop } from '../../src/loop/loop.ts';
import { openStudy } from '../../src/loop/recovery.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { allRows, edited, planOf, verifyRows } from './fixtures/verified-study.ts';

/** `shares` of main and control; the control has the gain, and so the larger spend, where it has more. */
async function rowsWith(shares: readonly [number, number]): Promise<readonly EventRow[]> {
  const plan = planOf({ effectOf: (trial) => (trial % 5 === 4 ? 4 : 0) });
  const opened = { ...plan.opened, design: 'paired' as const, cycle: buildCycle(shares) };
  const ledger = await memoryStore({ clock: plan.clock }).open('paired', 'write');
  await runLoop(await openStudy({ plan: { ...plan, opened }, ledger, reporters: [] }));
  return allRows(ledger);
}

function spentBy(events: readonly StoredEvent[], arm: string): number {
  const spent = events.map((event) => {
    if (event.type === 'noise.measured') return arm === 'main' ? event.body.values.length : 0;
    if (event.type === 'trial.settled') return event.body.arm === arm ? event.body.evals : 0;
    if (event.type !== 'measurement.recorded' || event.body.purpose === 'control') return 0;
    const { values, againstValues = [] } = event.body;
    return event.body.arm === arm ? values.length + againstValues.length : 0;
  });
  return spent.reduce((sum, one) => sum + one, 0);
}

test.each([
  { shares: [0.2, 0.8] as const, smaller: 'main' },
  { shares: [0.8, 0.2] as const, smaller: 'control' },
])('$smaller spent less: both finals are those of its spend', async ({ shares, smaller }) => {
  const rows = await rowsWith(shares);
  const events = rows.map(decodeRow);
  const compared = events.find((one) => one.type === 'arm.compared' && one.body.arm === 'control');
  const [main, control] = ['main', 'control'].map((arm) => spentBy(events, arm));
  expect(compared?.body).toMatchObject({ atEvals: Math.min(main ?? 0, control ?? 0) });
  expect(Math.min(main ?? 0, control ?? 0)).toBe(spentBy(events, smaller));
  expect((await verifyRows(rows)).findings).toEqual([]);
  const row = rows[(compared?.seq ?? 0) - 1] as EventRow;
  const cheated = edited<'arm.compared'>(rows, row, (body) => {
    body.atEvals = Math.max(main ?? 0, control ?? 0);
  });
  const details = (await verifyRows(cheated)).findings.map(({ detail }) => detail).join(' ');
  expect(details).toMatch(/Compared at \d+ evaluations, not/);
});
