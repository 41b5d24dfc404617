import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadPortfolio, PORTFOLIO_FILE } from './load.ts';

const CONFIG = `
kind: code
surface: { edit: [a.ts] }
evaluator:
  use: function
  module: e.mjs
  class: fused
  metrics: [{ name: loss, goal: min, unit: points }]
proposers: [genetic]
budget: { trials: 8 }
`;
const configOf = (name: string): string => `name: ${name}\n${CONFIG}`;

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function folderWith(portfolio: string, more: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-portfolio-'));
  made.push(folder);
  const files = {
    [PORTFOLIO_FILE]: portfolio,
    'tasks/one/paceline.yaml': configOf('one'),
    'tasks/two/paceline.yaml': configOf('two'),
    'tasks/two/other.yaml': configOf('other'),
    'tasks/empty/notes.txt': '',
    ...more,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return join(folder, PORTFOLIO_FILE);
}

const loaded = (portfolio: string) => loadPortfolio(folderWith(portfolio));

test('folders, config files and globs; what a glob finds without a config is passed by', () => {
  const { studies, config } = loaded(`
studies: [tasks/*, { path: tasks/two/other.yaml, weight: 3 }]
workers: 2
`);
  expect(studies.map(({ path, weight }) => [path, weight])).toEqual([
    ['tasks/one/paceline.yaml', 1],
    ['tasks/two/paceline.yaml', 1],
    ['tasks/two/other.yaml', 3],
  ]);
  expect(studies.map((one) => one.config.workers)).toEqual([2, 2, 2]);
  expect(config.slice).toEqual({ wall: 60_000 });
  expect(loaded('studies: ["tasks/*/*.yaml"]').studies).toHaveLength(3);
});

test('values of the command line stand in the places of those of the file', () => {
  const file = folderWith('studies: [tasks/one]\nbudget: { wall: 1h, evals: 9 }');
  const { config } = loadPortfolio(file, { wall: '2m', workers: '3' });
  expect(config.budget).toEqual({ wall: 120_000, evals: 9 });
  expect(config.workers).toBe(3);
  expect(() => loadPortfolio(file, { evals: 'many' })).toThrow(/--evals takes a whole number/);
});

const BAD: Readonly<Record<string, readonly [string, RegExp]>> = {
  'an empty list': ['studies: []', /studies: name at least one folder or config file/],
  'no list': ['name: a', /studies: /],
  'a study listed twice': [
    'studies: ["tasks/o*", tasks/one/paceline.yaml]',
    /tasks\/one\/paceline\.yaml is listed twice, by tasks\/o\* and by tasks\/one\/paceline\.yaml/,
  ],
  'a folder without config': [
    'studies: [tasks/empty]',
    /the folder tasks\/empty has no paceline\.yaml\. Write one there/,
  ],
  'a folder that is not there': ['studies: [tasks/none]', /tasks\/none names nothing/],
  'a glob that finds nothing': ['studies: ["jobs/*"]', /jobs\/\* names nothing/],
  'a budget of zero': [
    'studies: [tasks/one]\nbudget: { wall: 0s, evals: 0 }',
    /budget\.wall: is longer than 0; leave it out[\s\S]*budget\.evals: is more than 0/,
  ],
  'a slice of nothing': ['studies: [tasks/one]\nslice: {}', /slice: name wall, evals or trials/],
  'a time without a unit': ['studies: [tasks/one]\nslice: { wall: 30 }', /write 30s or 30ms/],
  'an unknown key': [
    'studies: [tasks/one]\nbudget: { walls: 3m }',
    /budget: unknown key "walls"; did you mean wall\?/,
  ],
  'an unknown key of a study': [
    'studies: [{ path: tasks/one, wieght: 2 }]',
    /unknown key "wieght"; did you mean weight\?/,
  ],
  'a weight of zero': ['studies: [{ path: tasks/one, weight: 0 }]', /weight/],
};

test.each(Object.entries(BAD))('%s is refused with what to do', (_, [portfolio, sentence]) => {
  expect(() => loaded(portfolio)).toThrow(sentence);
});

test('two studies with one name, a config that cannot be used, no portfolio file', () => {
  const twice = folderWith('studies: ["tasks/*"]', { 'tasks/two/paceline.yaml': configOf('one') });
  expect(() => loadPortfolio(twice)).toThrow(
    /two studies are named one, in tasks\/one\/paceline\.yaml and in tasks\/two\/paceline\.yaml/,
  );
  const broken = folderWith('studies: ["tasks/*"]', { 'tasks/two/paceline.yaml': 'name: two' });
  expect(() => loadPortfolio(broken)).toThrow(/tasks\/two\/paceline\.yaml cannot be used/);
  expect(() => loadPortfolio(join(dirname(broken), 'none.yaml'))).toThrow(
    /There is no .*none\.yaml\. Write one/,
  );
});
