/** `kill -9` in the phases of a study, on a real ledger: nothing is lost, doubled or left behind. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRecord } from '../../src/gates/record-file.ts';
import { isThorough } from '../thorough.ts';
import {
  acknowledgements,
  aftermath,
  gateFile,
  KILL_PHASES,
  type KillPhase,
  kills,
  runChild,
} from './fixtures/kills.ts';

const directory = mkdtempSync(join(tmpdir(), 'paceline-kills-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const TRIALS = Array.from({ length: 120 }, (_, trial) => trial);
let undisturbed = '';

beforeAll(async () => {
  undisturbed = (await runChild(directory, { id: 'undisturbed' })).logical ?? '';
  expect(undisturbed).toMatch(/^sha256:/);
}, 60_000);

/** `npm run bench -- kills` lands 200 of them. */
const KILLS = kills((isThorough ? 2 : 1) * KILL_PHASES.length, 'test');
const killsOf = (phase: KillPhase) => KILLS.filter((kill) => kill.phase === phase);

/** Those in which something could be lost or doubled; the others are killed in by thorough.long.test.ts. */
const PHASES: readonly KillPhase[] = isThorough
  ? KILL_PHASES
  : ['measure', 'commit', 'confirm', 'promotion'];

test.each(PHASES)('killed in the phase %s', { timeout: 60_000 }, async (phase) => {
  const id = `killed-${phase}`;
  const landed: (string | null)[] = [];
  for (const kill of killsOf(phase)) landed.push((await runChild(directory, { id }, kill)).signal);
  expect(landed[0]).toBe('SIGKILL');
  if (landed.at(-1) !== null) expect((await runChild(directory, { id })).logical).toBe(undisturbed);
  const after = await aftermath(directory, id);
  expect(after.acknowledged).toBeGreaterThan(2);
  expect(after).toMatchObject({
    logical: undisturbed,
    lost: 0,
    trials: TRIALS,
    verified: true,
    isLocked: false,
  });
});

test('killed when the end is durable and the process still there: resumed, it stays as it is', {
  timeout: 60_000,
}, async () => {
  const id = 'killed-at-the-end';
  const last = { phase: 'end', nth: 1, when: 'before' } as const;
  expect((await runChild(directory, { id }, last)).signal).toBe('SIGKILL');
  expect((await runChild(directory, { id })).logical).toBe(undisturbed);
  expect(await aftermath(directory, id)).toMatchObject({ trials: TRIALS, verified: true });
});

test('killed before and after an answer of the gate: no question is asked twice, and the study ends the same', {
  timeout: 120_000,
}, async () => {
  const whole = { id: 'sealed', judge: 'sealed' } as const;
  const { logical } = await runChild(directory, whole);
  const answers = readRecord(gateFile(directory, whole.id))?.map(({ body }) => body);
  expect(answers?.length).toBeGreaterThan(4);
  const study = { id: 'sealed-killed', judge: 'sealed' } as const;
  for (const when of ['before', 'during', 'during'] as const) {
    const kill = { phase: 'verdict', nth: 1, when } as const;
    expect((await runChild(directory, study, kill)).signal).toBe('SIGKILL');
  }
  expect((await runChild(directory, study)).logical).toBe(logical);
  expect(readRecord(gateFile(directory, study.id))?.map(({ body }) => body)).toEqual(answers);
  expect(await aftermath(directory, study.id)).toMatchObject({ lost: 0, verified: true });
});

test('a ledger without an entry it acknowledged is found out', async () => {
  const id = 'forgetful';
  await runChild(directory, { id });
  appendFileSync(acknowledgements(directory, id), `7 sha256:${'0'.repeat(64)}\n`);
  expect((await aftermath(directory, id)).lost).toBe(1);
});
