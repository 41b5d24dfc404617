/** A study that was killed between its files and its first entry: said in a sentence, begun by resume. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { createStudyFiles, newSecret, stateFolder } from '../../src/app/study-files.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';

const MINIMAL = join(import.meta.dirname, '../../examples/minimal');

test.each([
  ['before its ledger', false],
  ['before its first entry', true],
])('killed %s', { timeout: 60_000 }, async (_when, hasLedger) => {
  const root = emptyFolder();
  cpSync(MINIMAL, root, { recursive: true });
  const { config } = loadConfig(join(root, 'paceline.yaml'));
  createStudyFiles({ id: 'minimal-000000', root, config }, newSecret());
  if (hasLedger) {
    const store = sqliteStore({ directory: stateFolder(root), clock: systemClock });
    await (await store.open('minimal-000000', 'write')).close();
  }
  const say = (...args: readonly string[]) => cli(root, ...args);
  const status = (await say('status', '--json')).json() as never as { studies: object[] };
  expect(status.studies).toMatchObject([{ state: 'interrupted', trials: 0, seq: 0 }]);
  const shown = await say('show');
  expect({ code: shown.code, stdout: shown.stdout }).toEqual({ code: 2, stdout: '' });
  expect(shown.stderr).toMatch(
    /minimal-000000 (was ended before its first entry|has no entries yet)/,
  );
  const resumed = await say('resume', '--json');
  expect(resumed.code).toBe(0);
  expect(resumed.json()).toMatchObject({ study: 'minimal-000000' });
  expect((await say('verify')).stdout).toMatch(/minimal-000000: holds/);
});
