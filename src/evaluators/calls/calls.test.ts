/** Callers: outputs without scores, under conditions that a candidate could tell a test by. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { namespacesSandbox } from '../../sandboxes/namespaces.ts';
import { processSandbox } from '../../testing/plain-sandbox.ts';
import type { Caller, CallRequest, Conditions } from '../contract.ts';
import { type ExportCallerOptions, exportCaller } from './exported.ts';
import { splitCaller } from './split.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-calls-'));
const sandbox = processSandbox({ scope: join(folder, 'plain') });
const jail = namespacesSandbox({ scope: join(folder, 'jail') });
const limits = { wallMs: 10_000, outputBytes: 1024 * 1024 };
const open: { close(): unknown }[] = [];
afterAll(async () => {
  for (const one of [...open, sandbox, jail]) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;
const task = join(folder, 'task');
for (const [name, text] of Object.entries({
  'judge/judge.mjs':
    'export const ask = ({ seed, params }) => ({ x: seed, k: params.k }); export const score = () => ({});',
  'solver/solve.mjs':
    'export async function solve({ candidate, input }) { return (await import(candidate + "/f.mjs")).f(input); }',
})) {
  mkdirSync(join(task, name, '..'), { recursive: true });
  writeFileSync(join(task, name), text);
}
const shared = { cwd: task, limits, kind: { materialise: (text: string) => ({ 'f.mjs': text }) } };

function splitOf(more: object = {}): Caller {
  const caller = splitCaller({
    ...shared,
    sandbox,
    judge: join(task, 'judge/judge.mjs'),
    solver: join(task, 'solver/solve.mjs'),
    params: { k: 2 },
    workDirectory: join(folder, 'work'),
    ...more,
  });
  open.push(caller);
  return caller;
}

function exportOf(of: ExportCallerOptions['of']): Caller {
  const caller = exportCaller({ ...shared, sandbox, workDirectory: join(folder, 'work'), of });
  open.push(caller);
  return caller;
}

async function outputs(caller: Caller, text: string, more: Partial<CallRequest> = {}) {
  const candidate = { id: sha256(text), text };
  const called = await caller.call({ candidate, inputs: [1, 2, 3], ...more }, never);
  if ('outcome' in called) return `${called.outcome}: ${called.message}`;
  return called.outputs.map((one) => ('output' in one ? one.output : one.failed));
}

const split = splitOf();

test('a split task is called by its solver on what its judge asks, and nothing is scored', async () => {
  const inputs = await split.inputs?.([5, 6], never);
  expect(inputs).toEqual([
    { x: 5, k: 2 },
    { x: 6, k: 2 },
  ]);
  const text =
    'export const f = ({ x, k }) => { if (x === 6) throw new Error("six"); return x * k; };';
  expect(await outputs(split, text, { inputs: inputs ?? [] })).toEqual([10, 'six']);
  expect(await outputs(split, 'export const f = () => NaN;')).toEqual(
    Array(3).fill('solve gave NaN'),
  );
  expect(await outputs(split, 'process.exit(0)')).toMatch(/^crashed: /);
  expect(await outputs(split, text, { inputs: [] })).toEqual([]);
});

test('planted: a program that never ends is a time-out within the time of the call, and the next call is answered', async () => {
  const endless = 'export const f = () => { for (;;); };';
  expect(await outputs(split, endless, { withinMs: 300 })).toMatch(/^timeout: .* within 300 ms/);
  expect(await outputs(split, 'export const f = (x) => x;')).toEqual([1, 2, 3]);
});

test('planted: a batch that takes too long is cut, and what was answered before it is kept', async () => {
  const text = 'export const f = (x) => { if (x === 5) for (;;); return 10 * x; };';
  const candidate = { id: sha256(text), text };
  const inputs = [1, 2, 3, 4, 5, 6, 7];
  const request = { candidate, inputs, conditions: { warmup: [9, 9], batch: 2 } };
  const cut = await split.call({ ...request, batchMs: 1_500 }, never);
  expect(cut).toEqual({
    outcome: 'timeout',
    message: 'Gave no answer within 1500 ms.',
    answered: [10, 20, 30, 40].map((output) => ({ output })),
    isCut: true,
  });
  const gone = 'export const f = (x) => (x === 3 ? process.exit(1) : x);';
  const ended = { candidate: { id: sha256(gone), text: gone }, inputs, conditions: { batch: 1 } };
  const crashed = await split.call({ ...ended, batchMs: 5_000 }, never);
  expect(crashed).toMatchObject({ outcome: 'crashed', answered: [{ output: 1 }, { output: 2 }] });
  expect(crashed).not.toHaveProperty('isCut');
});

const COUNTS = 'let calls = 0; export const f = (x) => [x, calls++];';

test('each call is a realm of its own; warm-up inputs come first and are left out', async () => {
  const first = [
    [1, 0],
    [2, 1],
    [3, 2],
  ];
  expect(await outputs(split, COUNTS)).toEqual(first);
  expect(await outputs(split, COUNTS)).toEqual(first);
  const conditions = { warmup: [9, 9], batch: 2 };
  expect(await outputs(split, COUNTS, { conditions })).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
});

test('who asks for a cold process gets one that remembers nothing', async () => {
  const text = 'export const f = () => (process.kept = (process.kept ?? 0) + 1);';
  expect(await outputs(split, text)).toEqual([1, 2, 3]);
  expect(await outputs(split, text)).toEqual([4, 5, 6]);
  expect(await outputs(split, text, { isCold: true })).toEqual([1, 2, 3]);
});

const TELLS = `import { hostname } from 'node:os'; import { existsSync } from 'node:fs'; import { basename } from 'node:path';
const loaded = [new Date().getTime(), Date.now(), Math.round(performance.timeOrigin + performance.now())];
export const f = () => ({ loaded, now: Date.now(), env: process.env.CI ?? null, keys: Object.keys(process.env).sort().join(),
  host: hostname(), folder: basename(process.cwd()), file: existsSync('deep/evaluator.lock'), argv: process.argv.length, flags: process.execArgv.join() });`;
type Told = Record<'env' | 'host' | 'folder' | 'file' | 'argv' | 'flags' | 'keys', unknown> & {
  readonly loaded: readonly number[];
  readonly now: number;
};

async function told(caller: Caller, conditions?: Conditions): Promise<Told> {
  const of = { inputs: [1], ...(conditions ? { conditions } : {}) };
  const [one] = (await outputs(caller, TELLS, of)) as unknown as readonly [Told];
  return one;
}

test('a condition changes one thing that a candidate sees, and nothing else', async () => {
  const jailed = splitOf({ sandbox: jail, limits: { ...limits, processes: 1 } });
  expect(jailed.traits.sets).toContain('hostname');
  const { loaded, now, ...plain } = await told(jailed);
  expect(plain).toMatchObject({ env: null, host: 'jail', folder: 'candidate', file: false });
  for (const at of loaded) expect(Math.abs(at - Date.now())).toBeLessThan(60_000);
  const others = [
    [{ environment: { CI: 'true' } }, { env: 'true', keys: `CI,${plain.keys}` }],
    [{ hostname: 'prod-1' }, { host: 'prod-1' }],
    [{ folder: 'release' }, { folder: 'release' }],
    [{ files: ['deep/evaluator.lock'] }, { file: true }],
    [{ warmup: [0], batch: 2 }, {}],
  ] as const;
  for (const [conditions, changed] of others) {
    const { loaded: _, now: __, ...seen } = await told(jailed, conditions);
    expect({ conditions, ...seen }).toEqual({ conditions, ...plain, ...changed });
  }
  for (const clockMs of [Date.UTC(2031, 0, 1), Date.UTC(2019, 5, 1)]) {
    const { loaded: at, now: then, ...seen } = await told(jailed, { clockMs });
    for (const shown of at) expect(Math.abs(shown - clockMs)).toBeLessThan(5000);
    expect(Math.abs(then - clockMs)).toBeLessThan(10_000);
    expect(seen).toEqual(plain);
  }
  expect(now).toBeGreaterThan(Date.UTC(2026, 0, 1));
});

test('what stands in for the clock is the same in every realm, and works as Date does', async () => {
  const text = `class Later extends Date {}
export const f = () => [String(Date), String(Date.now), Date.name, Date.length, new Date() instanceof Date, new Date().constructor === Date,
  new Later(5) instanceof Later, new Date(0).toISOString(), typeof Date(), Date.UTC(1970, 0), Date.parse('1970-01-01'), typeof performance.mark, performance instanceof performance.constructor];`;
  const plain = await outputs(split, text, { inputs: [1] });
  expect(plain).toEqual([
    [
      'function () { [native code] }',
      'function () { [native code] }',
      'Date',
      7,
      true,
      true,
      true,
      '1970-01-01T00:00:00.000Z',
      'string',
      0,
      0,
      'function',
      true,
    ],
  ]);
  expect(await outputs(split, text, { inputs: [1], conditions: { clockMs: 0 } })).toEqual(plain);
});

test('planted: a condition that cannot be set is refused, never ignored', async () => {
  const asked = (caller: Caller, conditions: Conditions) => outputs(caller, COUNTS, { conditions });
  await expect(asked(split, { hostname: 'x' })).rejects.toThrow(
    /hostname cannot be set here: only a jail/,
  );
  await expect(asked(split, { folder: '../out' })).rejects.toThrow(/"\.\.\/out" is no plain name/);
  await expect(asked(split, { folder: '..' })).rejects.toThrow(/is no plain name/);
  await expect(asked(split, { files: ['../x'] })).rejects.toThrow(/would lie outside/);
  await expect(asked(split, { batch: 0 })).rejects.toThrow(/batch is 0/);
  const python = splitOf({ solver: join(task, 'solver/solve.py') });
  expect(python.traits.sets).not.toContain('clockMs');
  await expect(asked(python, { clockMs: 1 })).rejects.toThrow(/clock of a solver in Python/);
});

test('an exported function is called with its arguments, in place where it works in place', async () => {
  const add = exportOf({ file: 'f.mjs', export: 'add' });
  expect(add.inputs).toBeUndefined();
  const text = 'export const add = (a, b) => a + b;';
  expect(await outputs(add, text, { inputs: [[1, 2], ['a', 'b'], 7] })).toEqual([
    3,
    'ab',
    'an input is the list of its arguments',
  ]);
  expect(await outputs(add, 'export const other = 1;', { inputs: [[1]] })).toEqual([
    'f.mjs exports no function add',
  ]);
  const sort = exportOf({
    file: 'f.mjs',
    export: 'sort',
    arguments: ['Float64Array'],
    output: 'arguments',
  });
  const inPlace =
    'export const sort = (list) => { if (!(list instanceof Float64Array)) throw 1; list.sort(); };';
  expect(await outputs(sort, inPlace, { inputs: [[[3, 1, 2]]] })).toEqual([[[1, 2, 3]]]);
});

test('a closed language is called by slot', async () => {
  const slots = exportOf({ file: 'f.mjs', slots: ['one', 'two'] });
  const text =
    'export const one = (a) => a; export const two = (a, b) => a - b; export const three = 0;';
  const inputs = [
    { slot: 'two', arguments: [5, 3] },
    { slot: 'one', arguments: [4] },
    { slot: 'three', arguments: [] },
  ];
  expect(await outputs(slots, text, { inputs })).toEqual([
    2,
    4,
    'an input names one of one, two as its slot',
  ]);
});
