/** `paceline incidents`: what was caught, in words that drive no terminal, and who may close it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createStudyFiles, stateFolder, studyFolder } from '../../src/app/study-files.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import type { EventDraft } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { isThorough, thorough } from '../thorough.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';

const root = emptyFolder();
const id = 'caught-000000';

const incident = (body: object): EventDraft =>
  ({ type: 'incident.opened', actor: 'gate', body }) as EventDraft;

beforeAll(async () => {
  createStudyFiles({ id, root, config: {} }, 'secret');
  const store = sqliteStore({ directory: stateFolder(root), clock: systemClock });
  const ledger = await store.open(id, 'write');
  ledger.append([
    incident({ incident: 1, kind: 'canary touched', detail: 'x', candidate: sha256('bad') }),
    incident({ incident: 2, kind: 'denied\u001b[2J call\u202e', detail: '\u001b]0;owned\u0007y' }),
    {
      type: 'incident.closed',
      actor: 'person',
      body: { incident: 2, by: 'ann', reason: 'a test of ours' },
    } as EventDraft,
  ]);
  await ledger.close();
});

test('list shows the clocks of what is open, and nothing that drives a terminal', async () => {
  const { code, stdout } = await cli(root, 'incidents', 'list');
  expect(code).toBe(0);
  expect(stdout).toMatch(/1 +canary touched +.* open/);
  expect(stdout).toMatch(/2 +denied call +.* closed by ann: a test of ours/);
  expect(stdout).toMatch(/incident 1, 24 h/);
  expect(stdout).toMatch(/incident 1, 15 days/);
  expect(stdout).not.toMatch(/incident 2, 24 h/);
  expect(stdout).not.toMatch(/[\u001b\u202e\u0007]/);
  const json = (await cli(root, 'incidents', 'list', '--json')).json();
  expect(json).toMatchObject({ schema: 'paceline.incidents/1', incidents: [{ incident: 1 }, {}] });
});

thorough('report writes one file, once', async () => {
  const shown = await cli(root, 'incidents', 'show', '1');
  expect(shown.stdout).toContain(sha256('bad'));
  const first = await cli(root, 'incidents', 'report', '1');
  expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(/A person has to/)]);
  const text = readFileSync(join(root, 'incident-1.md'), 'utf8');
  expect(text).toContain('canary touched');
  const second = await cli(root, 'incidents', 'report', '1');
  expect(second.code).not.toBe(0);
  expect(readFileSync(join(root, 'incident-1.md'), 'utf8')).toBe(text);
});

type Wrong = readonly [readonly string[], RegExp];
const WRONG: readonly Wrong[] = [
  [['show', '3'], /no incident 3/],
  [['close', '1'], /--reason/],
];
const VARIANTS: readonly Wrong[] = [
  [['show', 'one'], /number of an incident/],
  [['close', '3', '--reason', 'x'], /no incident 3/],
  [
    ['close', '2', '--reason', 'x'],
    /Incident 2 of caught-000000 was closed by ann: a test of ours/,
  ],
];

test.each([...WRONG, ...(isThorough ? VARIANTS : [])])(
  'incidents %j is refused in words',
  async (args, words) => {
    const { code, stderr } = await cli(root, 'incidents', ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  },
);

test('close leaves what was said for the study, and closes nothing by itself', async () => {
  const closed = await cli(root, 'incidents', 'close', '1', '--reason', 'our own backup');
  expect([closed.code, closed.stderr]).toEqual([0, '']);
  const steer = join(studyFolder(root, id), 'steer');
  expect(existsSync(steer) && readdirSync(steer)).toHaveLength(1);
  expect((await cli(root, 'incidents', 'list')).stdout).toMatch(
    /1 +canary touched +.* open; closed by .* [(]our own backup[)], not taken up yet/,
  );
  const again = await cli(root, 'incidents', 'close', '1', '--reason', 'mine');
  expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/resume caught-000000/)]);
});
