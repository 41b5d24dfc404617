/** A work package through its commands: criteria fixed beforehand, interrupted and gone on with, one page with its evidence. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEngine } from '../../src/app/engine.ts';
import { readPackage } from '../../src/app/packages/brief.ts';
import {
  beginPackage,
  isBegun,
  packageConfig,
  readPackageState,
} from '../../src/app/packages/package.ts';
import { PacelineError } from '../../src/core/errors.ts';
import { cli, startCli, untilSaid } from './fixtures/cli.ts';
import { CRITERIA } from './fixtures/package-brief.ts';
import { SOURCE_CONFIG, sourceFolder } from './fixtures/source-task.ts';

const refusal = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'none';
  } catch (error) {
    return PacelineError.is(error) ? `${error.code}: ${error.message}` : String(error);
  }
};

test('from its brief to its page, interrupted in the middle; criteria edited after the start are refused', {
  timeout: 120_000,
}, async () => {
  const root = sourceFolder({
    'paceline.yaml': SOURCE_CONFIG.replace('trials: 8', 'trials: 40').replace(
      '{ use: scripted, folder: candidates }',
      '{ use: scripted, folder: candidates }\n  - { use: genetic }',
    ),
    'packages/estimate/brief.yaml': CRITERIA,
  });
  const one = readPackage(root, 'estimate');
  expect(isBegun(one)).toBe(false);
  expect((await readPackageState(one)).state).toBe('not begun');

  const engine = createEngine({ root });
  const begun = await beginPackage(engine, one, packageConfig(one));
  begun.pause();
  expect((await begun.done).status).toBe('interrupted');
  const early = await readPackageState(one);
  expect(early.state).toBe('open');
  expect(early.criteria.map(({ id, verdict }) => [id, verdict])).toContainEqual(['gain', 'open']);

  const edited = CRITERIA.replace('atLeast: 0.01', 'atLeast: 0.001');
  writeFileSync(join(root, 'packages/estimate/brief.yaml'), edited);
  const changed = readPackage(root, 'estimate');
  const NOTICED = /^WORKSPACE: The brief of estimate was edited/;
  expect(await refusal(() => beginPackage(engine, changed, packageConfig(changed)))).toMatch(
    NOTICED,
  );
  expect(await refusal(() => readPackageState(changed))).toMatch(NOTICED);
  writeFileSync(join(root, 'packages/estimate/brief.yaml'), CRITERIA);

  const resumed = await beginPackage(engine, one, packageConfig(one));
  expect((await resumed.done).status).toBe('budget');
  const { state, criteria, page = '' } = await readPackageState(one);
  expect(state).toBe('not accepted');
  expect(criteria.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['gain', 'met'],
    ['much', 'not met'],
    ['cheap', 'met'],
    ['verified', 'met'],
  ]);
  expect(criteria.every(({ seqs }) => seqs.length > 0)).toBe(true);
  const text = readFileSync(page, 'utf8');
  expect(text).toContain(one.hash);
  expect(text).toContain('Not accepted');
  const notes = new Set([...text.matchAll(/\[\^(\d+)\](?!:)/g)].map(([, note]) => note));
  expect(notes.size).toBeGreaterThan(10);
  for (const note of notes)
    expect(text).toMatch(new RegExp(`^\\[\\^${note}\\]: (.*entr|not from the ledger)`, 'm'));
});

test('killed while its study runs, the same command goes on and writes the page', {
  timeout: 240_000,
}, async () => {
  const root = sourceFolder({
    'paceline.yaml': SOURCE_CONFIG,
    'packages/estimate/brief.yaml': CRITERIA,
  });
  const child = startCli(root, 'package', 'run', 'estimate');
  await untilSaid(child, /1 trial|[2-9] trials/);
  child.kill('SIGKILL');
  const again = await cli(root, 'package', 'run', 'estimate', '--quiet', '--json');
  expect(again.code, again.stderr).toBe(0);
  expect(again.json()).toMatchObject({ schema: 'paceline.package/1', state: 'not accepted' });
  const once = await cli(root, 'package', 'run', 'estimate', '--quiet', '--json');
  expect(once.json()).toEqual(again.json());
});

test('a record that was edited along with the brief is still not the one in the ledger', {
  timeout: 120_000,
}, async () => {
  const root = sourceFolder({
    'paceline.yaml': SOURCE_CONFIG,
    'packages/estimate/brief.yaml': CRITERIA,
  });
  const one = readPackage(root, 'estimate');
  await (await beginPackage(createEngine({ root }), one, packageConfig(one))).done;
  writeFileSync(join(root, 'packages/estimate/brief.yaml'), CRITERIA.replace('5 }', '0 }'));
  const easier = readPackage(root, 'estimate');
  const record = join(root, '.paceline/studies/package-estimate/study.json');
  writeFileSync(record, readFileSync(record, 'utf8').replace(one.hash, easier.hash));
  expect(await refusal(() => readPackageState(easier))).toMatch(/was edited/);
});
