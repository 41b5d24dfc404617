import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { namespacesSandbox } from '../sandboxes/namespaces.ts';
import { buildCaller } from './build-caller.ts';
import { judgeFiles } from './build-judge.ts';
import { buildProperties, mutantsIn, refuseUnusable } from './build-properties.ts';
import { parseConfig } from './config.ts';
import { readTask } from './judged-task.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-build-properties-'));
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true, force: true }));
for (const [name, text] of Object.entries({
  'origin/scale.ts':
    'export const scale = ([a, b]: number[]): number => 3 * (a as number) + (b as number);',
  'judge/judge.mjs':
    'export const ask = ({ seed }) => [seed % 100, seed % 7]; export const score = () => ({});',
  'solver/solve.mjs':
    'export const solve = async ({ candidate, input }) => (await import(candidate + "/origin/scale.ts")).scale(input);',
  'solver/checks.mjs': '',
  'evaluate.mjs': '',
  'checks/checks.mjs': `export const properties = { three: ({ input: [a, b], output }) => output === 3 * a + b || 'not three times' };
export const impossible = { none: { input: [], passes: (output) => typeof output === 'number' } };`,
})) {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

const SPLIT = {
  use: 'split',
  judge: 'judge/judge.mjs',
  solver: 'solver/solve.mjs',
  class: 'split',
};

function configOf(safety: object | undefined, more: object = {}) {
  const metrics = [{ name: 'loss', goal: 'min', unit: 'points' }];
  const task = { name: 'checked', kind: 'code', surface: { edit: ['origin/scale.ts'] } };
  const rest = { budget: { trials: 1 }, proposers: ['genetic'], ...(safety ? { safety } : {}) };
  return parseConfig(
    { ...task, ...rest, evaluator: { ...SPLIT, metrics, timeout: '20s' }, ...more },
    'here',
  );
}

const CHECKS = 'checks/checks.mjs';

async function opened(safety: object | undefined, more: object = {}, place: object = {}) {
  const config = { ...configOf(safety, more), ...place };
  const read = await readTask({ root, config: configOf(safety, more) });
  const { include } = read.surface;
  const surface = { ...read.surface, include: 'repository' in place ? [CHECKS] : include };
  const judged = { ...read, surface };
  const jail = { open: (scope: string) => namespacesSandbox({ scope }) };
  const request = { id: 'x', root, config, jail, ...judged };
  const origin = { id: sha256(judged.originText), text: judged.originText };
  const caller = await buildCaller(request, judged);
  try {
    const properties = await buildProperties(
      request,
      { caller, origin },
      new AbortController().signal,
    );
    await properties?.close();
    return {
      properties,
      files: judgeFiles({ config, task: judged.task }, judged.surface),
      config,
      origin,
    };
  } finally {
    await caller?.close();
  }
}

test('declared and derived properties of a split task, on the inputs of its cases', async () => {
  const { properties, files, config, origin } = await opened({ checks: 'checks/checks.mjs' });
  expect(properties?.names).toEqual(['three', 'determinism', 'type']);
  expect(properties?.impossibleNames).toEqual(['none']);
  // A study goes on only while they are the same.
  expect(files).toContain('checks/checks.mjs');
  const made = mutantsIn(config)(origin);
  expect(made.map(({ what }) => what)).toContain('origin/scale.ts:1: - for +');
});

test('planted: what is declared in vain is found before anything is measured', async () => {
  const refused = async (safety: object, more: object) => {
    const config = configOf(safety, more);
    const judged = await readTask({ root, config });
    return () => refuseUnusable({ config, ...judged }, judged.kind);
  };
  const calls = { file: 'origin/scale.ts', export: 'scale' };
  expect(await refused({ checks: CHECKS }, FUNCTION)).toThrow(/safety[.]checks is never looked at/);
  expect(await refused({ checks: 'no.mjs', calls }, FUNCTION)).toThrow(/no[.]mjs, which does not/);
  expect(await refused({ checks: 'solver/checks.mjs' }, {})).toThrow(/where candidates read it/);
  expect(await refused({ checks: CHECKS, calls }, FUNCTION)).not.toThrow();
});

test('a repository whose commit holds the checks can declare them: no candidate is shown the file', async () => {
  const place = { repository: { commit: '', tools: [] } };
  const { properties } = await opened({ checks: CHECKS }, {}, place);
  expect(properties?.names).toContain('three');
});

test('where nothing is declared the origin alone says what is derived', async () => {
  const { properties } = await opened({ confirm: ['scaling:input'] });
  expect(properties?.names).toEqual(['determinism', 'type', 'scaling:input']);
});

const FUNCTION = {
  evaluator: {
    use: 'function',
    module: 'evaluate.mjs',
    class: 'fused',
    metrics: [{ name: 'loss', goal: 'min', unit: 'points' }],
  },
};

test('planted: checks that are never looked at, or that candidates could read, are refused', async () => {
  await expect(opened({ checks: 'checks/checks.mjs' }, FUNCTION)).rejects.toThrow(
    /safety\.checks is never looked at: nothing says how a candidate is called/,
  );
  await expect(opened({ confirm: ['range'] }, FUNCTION)).rejects.toThrow(
    /safety\.confirm is never looked at/,
  );
  const called = { calls: { file: 'origin/scale.ts', export: 'scale' }, confirm: ['range'] };
  await expect(opened(called, FUNCTION)).rejects.toThrow(/safety\.confirm is never looked at/);
  expect((await opened(undefined, FUNCTION)).properties).toBeUndefined();
  await expect(opened({ checks: 'solver/checks.mjs' })).rejects.toThrow(
    /safety\.checks lies in the folder of evaluator\.solver, where candidates read it/,
  );
  const surface = { edit: ['origin/scale.ts'], include: ['checks/checks.mjs'] };
  await expect(opened({ checks: 'checks/checks.mjs' }, { surface })).rejects.toThrow(
    /safety\.checks lies in surface\.include, where candidates read it/,
  );
  const edited = { edit: ['origin/scale.ts', 'checks/checks.mjs'] };
  await expect(opened({ checks: 'checks/checks.mjs' }, { surface: edited })).rejects.toThrow(
    /safety\.checks lies in surface\.edit, where candidates change it/,
  );
  await expect(opened({ checks: 'checks/none.mjs' })).rejects.toThrow(/safety\.checks/);
});
