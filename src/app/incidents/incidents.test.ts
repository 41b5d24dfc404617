import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventBody, EventDraft, EventType } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import { sqliteStore } from '../../stores/sqlite.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import { createStudyFiles, stateFolder } from '../study-files.ts';
import { clocksOf } from './clocks.ts';
import { readIncident, readIncidents } from './read.ts';
import { incidentReport } from './report.ts';

const HOUR_MS = 3_600_000;
const root = mkdtempSync(join(tmpdir(), 'paceline-incidents-'));
const place = { root, id: 'one-000000' };
afterAll(() => rmSync(root, { recursive: true, force: true }));

const OPENED_MS = Date.UTC(2026, 10, 28, 9);
const [bad, good, older] = ['bad', 'good', 'older'].map((text) => sha256(text)) as [
  string,
  string,
  string,
];
const evidence = sha256('evidence');
const draft = <T extends EventType>(type: T, body: EventBody[T]): EventDraft =>
  ({ type, actor: 'gate', body }) as EventDraft;

beforeAll(async () => {
  createStudyFiles({ id: place.id, root, config: {} }, 'secret');
  const clock = manualClock(OPENED_MS);
  const ledger = await sqliteStore({ directory: stateFolder(root), clock }).open(place.id, 'write');
  const signed = { key: sha256('key'), signature: `${'A'.repeat(86)}==` };
  ledger.append([
    draft('gate.judged', {
      candidate: older,
      against: good,
      verdict: 'pass',
      entry: 1,
      evidence,
      ...signed,
    }),
    draft('gate.judged', {
      candidate: bad,
      against: good,
      verdict: 'fail',
      entry: 2,
      evidence,
      ...signed,
    }),
    draft('incident.opened', {
      incident: 1,
      kind: 'canary',
      detail: 'a [canary](x) was read',
      candidate: bad,
    }),
    draft('candidate.rolled-back', {
      arm: 'main',
      from: older,
      to: good,
      why: 'x',
      quarantined: [older],
    }),
    draft('incident.opened', { incident: 2, kind: 'network', detail: 'a socket was opened' }),
    draft('incident.closed', { incident: 2, by: 'ann', reason: 'a test of ours' }),
  ]);
  await ledger.close();
});

test('two clocks run from the opening, and go on when they are over', () => {
  const [day, fortnight] = clocksOf(OPENED_MS, OPENED_MS + 25 * HOUR_MS);
  expect(day).toMatchObject({ name: '24 h', dueAtMs: OPENED_MS + 24 * HOUR_MS, leftMs: -HOUR_MS });
  expect(fortnight).toMatchObject({ name: '15 days', leftMs: (15 * 24 - 25) * HOUR_MS });
});

test('an open incident has clocks, a closed one who closed it; a clock that is behind is said', async () => {
  const [first, second] = await readIncidents(place, OPENED_MS + HOUR_MS);
  expect(first).toMatchObject({ incident: 1, seq: 3, candidate: bad, openedAtMs: OPENED_MS });
  expect(first?.clocks?.map(({ leftMs }) => leftMs)).toEqual([
    23 * HOUR_MS,
    (15 * 24 - 1) * HOUR_MS,
  ]);
  expect(first?.isAhead).toBeUndefined();
  expect(second?.closed).toMatchObject({ by: 'ann', reason: 'a test of ours', seq: 6 });
  expect(second?.clocks).toBeUndefined();
  const [early] = await readIncidents(place, OPENED_MS - HOUR_MS);
  expect(early?.isAhead).toBe(true);
});

test('the report has what a person needs, and nothing that its text could turn into', async () => {
  const nowMs = OPENED_MS + 25 * HOUR_MS;
  const found = await readIncident(place, 1, nowMs);
  expect(found.evidence.map(({ seq }) => seq)).toEqual([2]);
  expect(found.since.map(({ seq }) => seq)).toEqual([4]);
  const text = incidentReport(place.id, found, nowMs);
  expect(text).toContain('a \\[canary\\](x) was read');
  for (const part of [
    `Candidate: ${bad}`,
    'Opened: 2026-11-28T09:00:00Z, entry 3',
    /24 h .*until 2026-11-29T09:00:00Z, over for 1 h/,
    /15 days .*until 2026-12-13T09:00:00Z, 335 h left/,
    `evidence ${evidence}`,
    `from ${older} to ${good}, 1 barred`,
    `--head 6:${found.head.hash}`,
  ]) {
    expect(text).toMatch(part);
  }
  await expect(readIncident(place, 3, nowMs)).rejects.toThrow(/no incident 3.*incidents list/);
});
