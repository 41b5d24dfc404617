/** Steering through the library: what `import { createEngine } from 'paceline'` gives. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  createEngine,
  loadConfig,
  PacelineError,
  readHandWritten,
  type Steering,
  verifyStudy,
} from '../src/index.ts';
import { MEAN, SOURCE_CONFIG, sourceFolder } from './cli/fixtures/source-task.ts';

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error) => (PacelineError.is(error) ? `${error.code}: ${error.message}` : String(error)),
  );

test('a handle says what paceline steer says, in the same words', {
  timeout: 120_000,
}, async () => {
  const config = SOURCE_CONFIG.replace('trials: 8 }', 'trials: 50000 }\ncontrol: { share: 0 }');
  const root = sourceFolder({
    'paceline.yaml': config.replace('{ use: scripted, folder: candidates }', '{ use: genetic }'),
  });
  mkdirSync(join(root, 'mine'));
  writeFileSync(join(root, 'mine/estimate.ts'), MEAN);
  const study = await createEngine({ root }).start(loadConfig(join(root, 'paceline.yaml')).config);
  const { id } = study;
  const text = await readHandWritten({ root, id, path: 'mine/estimate.ts' });
  const wrote = await study.steer({ kind: 'candidate', value: { text } }, 60_000);
  expect(wrote).toMatchObject({ study: id, state: 'taken-up', takes: expect.any(Number) });
  const again = study.steer({ kind: 'candidate', value: { text } }, 60_000);
  expect(await codeOf(again)).toMatch(/^USAGE: .+ does not take that up\. It (waits|was tried|is)/);
  const coup = { kind: 'coup', value: 'all' } as unknown as Steering;
  expect(await codeOf(study.steer(coup))).toMatch(/^USAGE: That cannot be said/);
  expect(await codeOf(study.steer({ kind: 'constraint', value: { maxSize: 0 } }))).toMatch(
    /^USAGE: That cannot be said: .+\(value\.maxSize\)/,
  );
  study.stop();
  expect(await study.done).toMatchObject({ status: 'stopped' });
  expect(await codeOf(study.steer({ kind: 'note', value: 'late' }))).toMatch(/^STUDY_FINISHED/);
  expect((await verifyStudy(root, id)).findings).toEqual([]);
});
