/** `kill -9` in every phase, on a real ledger: nothing is lost, doubled or left behind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aftermath, KILL_PHASES, type KillPhase, kills, runChild } from './fixtures/kills.ts';

const directory = mkdtempSync(join(tmpdir(), 'paceline-kills-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const TRIALS = Array.from({ length: 120 }, (_, trial) => trial);
let undisturbed = '';

beforeAll(async () => {
  undisturbed = (await runChild(directory, 'undisturbed')).logical ?? '';
  expect(undisturbed).toMatch(/^sha256:/);
});

/** `npm run bench -- kills` lands 200 of them. */
const KILLS = kills(2 * KILL_PHASES.length, 'test');
const killsOf = (phase: KillPhase) => KILLS.filter((kill) => kill.phase === phase);

test.each(KILL_PHASES)('killed twice in the phase %s', { timeout: 60_000 }, async (phase) => {
  const id = `killed-${phase}`;
  const landed: (string | null)[] = [];
  for (const kill of killsOf(phase)) landed.push((await runChild(directory, id, kill)).signal);
  expect(landed[0]).toBe('SIGKILL');
  if (landed.at(-1) !== null) expect((await runChild(directory, id)).logical).toBe(undisturbed);
  expect(await aftermath(directory, id)).toEqual({
    logical: undisturbed,
    trials: TRIALS,
    verified: true,
    isLocked: false,
  });
});
