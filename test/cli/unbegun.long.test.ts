/** A study that was killed between its files and its first entry: said in a sentence, begun by resume. */
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { createGateRecord } from '../../src/app/gate-record.ts';
import { createStudyFiles, newSecret, stateFolder } from '../../src/app/study-files.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';

const MINIMAL = join(import.meta.dirname, '../../examples/minimal');

const ID = 'minimal-000000';
const CANDIDATE = 'candidates/mean/origin/estimate.mjs';

/** A folder whose study has its files and no entry; `more` is added to its config. */
function unbegun(more = ''): string {
  const root = emptyFolder();
  cpSync(MINIMAL, root, { recursive: true });
  // As good as the origin: a study of one candidate that no confirm follows is as much of a study.
  const origin = readFileSync(join(root, 'origin/estimate.mjs'), 'utf8');
  writeFileSync(join(root, CANDIDATE), origin.replace('samples[0]', 'samples[1]'));
  appendFileSync(join(root, 'paceline.yaml'), more);
  const { config } = loadConfig(join(root, 'paceline.yaml'));
  const study = { id: ID, root, config };
  createStudyFiles(study, newSecret(), () => createGateRecord(study));
  return root;
}

test.each([
  ['before its ledger', false],
  ['before its first entry', true],
])('killed %s', { timeout: 60_000 }, async (_when, hasLedger) => {
  const root = unbegun();
  if (hasLedger) {
    const store = sqliteStore({ directory: stateFolder(root), clock: systemClock });
    await (await store.open(ID, 'write')).close();
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
  expect(resumed.json()).toMatchObject({ study: ID });
  expect((await say('verify')).stdout).toMatch(/minimal-000000: holds/);
});

test('a storage.cap raised in the config lets it go on', async () => {
  const root = unbegun('storage: { cap: 1mb }\n');
  writeFileSync(join(stateFolder(root), 'old'), Buffer.alloc(1.5 * 1024 ** 2));
  const full = await cli(root, 'resume');
  expect([full.code, full.stderr]).toEqual([
    74,
    expect.stringMatching(/more than storage\.cap \(1mb\).*or raise storage\.cap in the config/),
  ]);
  const config = readFileSync(join(root, 'paceline.yaml'), 'utf8');
  writeFileSync(join(root, 'paceline.yaml'), config.replace('1mb', '5mb'));
  const resumed = await cli(root, 'resume', '--json');
  expect(resumed.json()).toMatchObject({
    study: ID,
    status: expect.stringMatching(/budget|exhausted/),
  });
  expect(resumed.stderr).not.toMatch(/storage/);
});
