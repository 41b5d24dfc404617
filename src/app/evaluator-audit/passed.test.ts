import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import type { Plan } from '../../loop/plan.ts';
import { digestOfTask, hasPassed, rememberPass } from './passed.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-passed-'));
const cache = mkdtempSync(join(tmpdir(), 'paceline-cache-'));
afterAll(() => {
  for (const folder of [root, cache]) rmSync(folder, { recursive: true, force: true });
});
afterEach(() => vi.unstubAllEnvs());

const opened = {
  task: 't',
  evaluator: 'e',
  isolation: 'J4',
  ruleHash: 'r',
  engine: '1',
} as unknown as Plan['opened'];
const digest = (more: object = {}, attacks: readonly string[] = ['a']) =>
  digestOfTask(root, { opened: { ...opened, ...more } }, { attacks });
const write = (name: string, text: string): void => writeFileSync(join(root, name), text);

test('an evaluator is attacked again when anything that it could rest on changed', () => {
  mkdirSync(join(root, 'lib'));
  write('lib/helper.mjs', 'one');
  const before = digest();
  expect(digest()).toBe(before);
  expect(digest({ isolation: 'J3' })).not.toBe(before);
  expect(digest({ task: 'u' })).not.toBe(before);
  expect(digest({}, ['a', 'b'])).not.toBe(before);
  write('paceline.yaml', 'seed: 2');
  expect(digest()).toBe(before);
  write('settings.yaml', 'tolerance: 1');
  expect(digest(), 'data of the evaluator in YAML').not.toBe(before);
  rmSync(join(root, 'settings.yaml'));
  write('lib/helper.mjs', 'two');
  expect(digest()).not.toBe(before);
});

test('installed packages, the rule and Paceline itself count too', () => {
  const package_ = join(root, 'node_modules/lib');
  mkdirSync(package_, { recursive: true });
  write('node_modules/lib/index.js', 'one');
  const before = digest();
  expect(digest()).toBe(before);
  expect(digest({ ruleHash: 's' })).not.toBe(before);
  expect(digest({ engine: '2' })).not.toBe(before);
  write('node_modules/lib/index.js', 'other');
  expect(digest()).not.toBe(before);
  symlinkSync('/usr', join(package_, 'elsewhere'));
  expect(digest()).toBeUndefined();
  rmSync(join(root, 'node_modules'), { recursive: true });
});

test('what the jail shows of elsewhere is never taken for known', () => {
  const reading = (reads: readonly string[]) =>
    digestOfTask(root, { opened }, { attacks: ['a'], reads });
  expect(reading(['.', 'lib'])).toBeDefined();
  expect(reading(['.', '/opt/judges'])).toBeUndefined();
  expect(reading(['../beside'])).toBeUndefined();
});

test('a folder that leads elsewhere is never taken for known', () => {
  symlinkSync('/', join(root, 'link'));
  expect(digest()).toBeUndefined();
});

test('a pass is kept, and where it cannot be kept it is not', () => {
  vi.stubEnv('XDG_CACHE_HOME', cache);
  expect(hasPassed('sha256:1')).toBe(false);
  rememberPass('sha256:1');
  expect(hasPassed('sha256:1')).toBe(true);
  vi.stubEnv('XDG_CACHE_HOME', '/proc/none');
  rememberPass('sha256:1');
  expect(hasPassed('sha256:1')).toBe(false);
});
