import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import { namespacesSandbox } from '../sandboxes/namespaces.ts';
import { buildCaller, calledAs, isCallable } from './build-caller.ts';
import { parseConfig } from './config.ts';
import { readSurface } from './surface.ts';
import { taskKindOf } from './task-kind.ts';

const root = mkdtempSync(join(tmpdir(), 'paceline-build-caller-'));
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true, force: true }));
for (const [name, text] of Object.entries({
  'origin/sort.ts': 'export const sort = (list: number[]): number[] => list.sort((a, b) => a - b);',
  'origin/closed.ts': `export function pick(a: number, b: number): number {
  return finite(a - b);
}

/** NaN becomes 0, overflow stops at 1e300. */
function finite(v: number): number {
  return Number.isNaN(v) ? 0 : Math.max(-1e300, Math.min(1e300, v));
}
`,
  'judge/judge.mjs': 'export const ask = ({ seed }) => [seed, 1]; export const score = () => ({});',
  'solver/solve.mjs':
    'export const solve = async ({ candidate, input }) => (await import(candidate + "/origin/sort.ts")).sort(input);',
  'evaluate.mjs': '',
})) {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

const FUNCTION = { use: 'function', module: 'evaluate.mjs', class: 'fused' };
const SPLIT = {
  use: 'split',
  judge: 'judge/judge.mjs',
  solver: 'solver/solve.mjs',
  class: 'split',
};

interface Task {
  readonly evaluator?: object;
  readonly edit?: string;
  readonly language?: object;
  readonly safety?: object;
}

function configOf({ evaluator = FUNCTION, edit = 'origin/sort.ts', ...more }: Task) {
  const metrics = [{ name: 'loss', goal: 'min', unit: 'points' }];
  const task = { name: 'called', kind: 'code', surface: { edit: [edit] }, budget: { trials: 1 } };
  const value = { ...task, ...more, evaluator: { ...evaluator, metrics }, proposers: ['genetic'] };
  return parseConfig(value, 'here');
}

async function called(task: Task, inputs: readonly Json[]) {
  const config = configOf(task);
  const surface = readSurface(root, config);
  const kind = taskKindOf(config, { origin: surface.edit });
  const jail = { open: (scope: string) => namespacesSandbox({ scope }) };
  const caller = await buildCaller({ id: 'x', root, task: root, config, surface, jail }, { kind });
  if (caller === undefined) return undefined;
  const never = new AbortController().signal;
  try {
    const asked = (await caller.inputs?.([7], never)) ?? [];
    const text = kind.fromFiles(surface.edit);
    const candidate = { id: sha256(text), text };
    const said = await caller.call({ candidate, inputs: [...inputs, ...asked] }, never);
    return 'outputs' in said ? said.outputs : said;
  } finally {
    await caller.close();
  }
}

const LANGUAGE = { slots: [{ name: 'pick', inputs: ['a', 'b'] }] };
const CLOSED = {
  edit: 'origin/closed.ts',
  language: LANGUAGE,
  evaluator: { ...FUNCTION, interpreter: 'evaluate.mjs' },
};
const CALLS = { calls: { file: 'origin/sort.ts', export: 'sort' } };

test('the config says how a candidate is called', async () => {
  expect(await called({ evaluator: SPLIT }, [[2, 1]])).toEqual([
    { output: [1, 2] },
    { output: [1, 7] },
  ]);
  expect(await called({ safety: CALLS }, [[[3, 1, 2]]])).toEqual([{ output: [1, 2, 3] }]);
  expect(await called(CLOSED, [{ slot: 'pick', arguments: [5, 3] }])).toEqual([{ output: 2 }]);
  expect(isCallable(configOf({}))).toBe(false);
  expect(await called({}, [])).toBeUndefined();
});

test('planted: a way to call that leads nowhere is refused', async () => {
  const missing = { calls: { file: 'origin/other.ts', export: 'sort' } };
  await expect(called({ safety: missing }, [])).rejects.toThrow(
    /safety\.calls names the file "origin\/other\.ts", which no candidate has\. Name one of origin\/sort\.ts/,
  );
  await expect(called({ evaluator: SPLIT, safety: CALLS }, [])).rejects.toThrow(
    /safety\.calls is never read: evaluator\.use: split/,
  );
  await expect(called({ ...CLOSED, safety: CALLS }, [])).rejects.toThrow(
    /safety\.calls is never read: with language/,
  );
  expect(() => configOf({ safety: { calls: { file: 'a.py', export: 'f' } } })).toThrow(
    /name a module/,
  );
  expect(() => configOf({ safety: { callz: {} } })).toThrow(/did you mean calls/);
});

test('planted: of a repository nobody waits for thousands of copies at each call', () => {
  const config = { ...configOf({ safety: CALLS }), repository: { commit: '', tools: [] } };
  const read = readSurface(root, configOf({ safety: CALLS }));
  const kind = taskKindOf(config, { origin: read.edit });
  const many = Array.from({ length: 3_000 }, () => 'evaluate.mjs');
  const asked = { config, task: root, surface: { ...read, include: many } };
  expect(() => calledAs(asked, kind)).toThrow(/3000 files .* under surface[.]include/);
  const few = { ...asked, surface: { ...read, include: ['evaluate.mjs'] } };
  expect(calledAs(few, kind)).toMatchObject(CALLS.calls);
});
