/** A jail is believed after it was tried, and one that lies is found out by every single probe. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bubblewrapMissing } from '../../src/sandboxes/bubblewrap/cause.ts';
import { bubblewrapSandbox } from '../../src/sandboxes/bubblewrap.ts';
import { namespacesSandbox } from '../../src/sandboxes/namespaces.ts';
import { PROBES } from '../../src/sandboxes/self-test/probes.ts';
import { selfTest } from '../../src/sandboxes/self-test/self-test.ts';
import { openSandbox } from '../../src/testing/open-sandbox.ts';
import { isThorough } from '../thorough.ts';

const isRoot = process.getuid?.() === 0;
const canUnshare = spawnSync('unshare', ['--user', '--map-root-user', 'true']).status === 0;

test.skipIf(!isThorough || !isRoot || !canUnshare)(
  'planted: a sandbox that holds nothing is caught by every probe',
  { timeout: 60_000 },
  async () => {
    const results = await selfTest(openSandbox());
    // Each did something, and what it said is why it counts as through.
    for (const { probe, detail } of results) expect(detail, probe).toMatch(/^\{|Ended/);
    expect(results).toHaveLength(PROBES.length);
    expect(results.filter(({ outcome }) => outcome !== 'got through')).toEqual([]);
  },
);

const isBubblewrapHere = bubblewrapMissing() === undefined;
const DRIVERS = [
  // Where there is something better it is what nobody gets: thorough.long.test.ts tries it there too.
  {
    driver: 'namespaces',
    open: namespacesSandbox,
    isHere: canUnshare && (isThorough || !isBubblewrapHere),
  },
  // With a control group it is tried wherever a jail is chosen.
  { driver: 'bubblewrap', open: bubblewrapSandbox, isHere: isBubblewrapHere },
];

for (const { driver, open, isHere } of DRIVERS) {
  test.skipIf(!isHere)(`${driver} holds what it says`, { timeout: 60_000 }, async () => {
    const sandbox = open({ scope: join(import.meta.filename, driver) });
    const results = await selfTest(sandbox);
    await sandbox.close();
    expect(results.filter(({ outcome }) => outcome !== 'contained')).toEqual([]);
  });
}
