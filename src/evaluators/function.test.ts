import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { processSandbox } from '../testing/plain-sandbox.ts';
import type { CaseResult } from './contract.ts';
import { functionEvaluator } from './function.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-function-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sandbox = processSandbox({ scope: folder });
afterAll(() => sandbox.close());

interface Task {
  /** Text by file name; the first is the evaluator. */
  readonly files: Readonly<Record<string, string>>;
  readonly candidate?: string;
  readonly seeds?: readonly number[];
  readonly others?: readonly string[];
}

let tasks = 0;
async function measure({
  files,
  candidate = '',
  seeds = [3, 4],
  others = [],
}: Task): Promise<readonly CaseResult[]> {
  const cwd = join(folder, `task-${tasks++}`);
  mkdirSync(cwd);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const evaluator = functionEvaluator({
    module: join(cwd, Object.keys(files)[0] ?? ''),
    cwd,
    kind: {
      materialise: (text) => ({ 'policy.mjs': text }),
    },
    metric: 'loss',
    others,
    params: { offset: 10 },
    limits: { wallMs: 10_000, outputBytes: 1024 * 1024 },
    sandbox,
    workDirectory: join(cwd, 'work'),
  });
  const request = { candidate: { id: sha256(candidate), text: candidate }, cases: seeds };
  const [measured] = await evaluator.measure([request], new AbortController().signal);
  await evaluator.close();
  return measured?.cases ?? [];
}

const messageOf = async (body: string): Promise<string> => {
  const [first] = await measure({ files: { 'evaluate.mjs': body } });
  return first?.outcome === 'scored' ? String(first.value) : `${first?.outcome}: ${first?.message}`;
};

const LOADS_CANDIDATE = `
  import { join } from 'node:path';
  import { shift } from './shift.ts';
  interface Case { readonly seed: number }
  export async function evaluate({ candidate, cases, params }: { candidate: string; cases: Case[]; params: { offset: number } }) {
    const { policy } = await import(join(candidate, 'policy.mjs'));
    return cases.map(({ seed }: Case) => ({ loss: policy(seed) + shift + params.offset }));
  }`;

test('a TypeScript module with a TypeScript import scores each case, in order', async () => {
  const results = await measure({
    files: { 'evaluate.ts': LOADS_CANDIDATE, 'shift.ts': 'export const shift: number = 0.5;' },
    candidate: 'export const policy = (seed) => seed * 100;',
  });
  expect(results).toEqual([
    { outcome: 'scored', value: 310.5 },
    { outcome: 'scored', value: 410.5 },
  ]);
});

const THEFTS: Readonly<Record<string, string>> = {
  'its environment and the instances file': `
    import { readdirSync, readFileSync } from 'node:fs';
    const { PACELINE_INSTANCES, PACELINE_RESULT_FD, PACELINE_CANDIDATE } = process.env;
    const rollout = PACELINE_CANDIDATE + '/../';
    const left = readdirSync(rollout, { withFileTypes: true })
      .filter((entry) => entry.isFile() && /[0-9a-f]{32}/.test(readFileSync(rollout + entry.name, 'utf8')));
    if (PACELINE_INSTANCES ?? PACELINE_RESULT_FD ?? left[0]) throw new Error('found the nonce');
    export const policy = (seed) => seed;`,
  'functions that write and print': `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    fs.writeSync = () => { throw new Error('caught the answer'); };
    JSON.stringify = () => '{"metrics":{"loss":-1}}';
    syncBuiltinESMExports();
    process.exit = () => undefined;
    export const policy = (seed) => seed;`,
};

test.each(Object.entries(THEFTS))('a candidate finds no nonce in %s', async (_name, candidate) => {
  const files = { 'evaluate.ts': LOADS_CANDIDATE, 'shift.ts': 'export const shift = 0;' };
  expect(await measure({ files, candidate, seeds: [3] })).toEqual([
    { outcome: 'scored', value: 13 },
  ]);
});

test('a candidate that writes its own result voids the case', async () => {
  const forged = '{"index":0,"metrics":{"loss":-999}}\\n';
  const candidate = `import { writeSync } from 'node:fs'; writeSync(3, '${forged}'); export const policy = () => 1;`;
  const files = { 'evaluate.ts': LOADS_CANDIDATE, 'shift.ts': 'export const shift = 0;' };
  const [first, second] = await measure({ files, candidate });
  expect(first).toEqual({
    outcome: 'invalid',
    message: "An answer without this rollout's nonce was refused.",
  });
  expect(second).toEqual({ outcome: 'scored', value: 11 });
});

test('each wrong answer has its own sentence', async () => {
  expect(await messageOf('export const evaluate = () => ({ loss: 1 });')).toBe(
    'invalid: The evaluator reported an error: evaluate must return a list: one record of metrics per case, in order',
  );
  expect(await messageOf('export const evaluate = () => [1, 2];')).toBe(
    'invalid: The evaluator reported an error: evaluate gave 1 for a case, not a record of metrics',
  );
  expect(await messageOf('export const evaluate = () => [{ loss: NaN }];')).toBe(
    'invalid: The metric "loss" is "NaN", not a finite number.',
  );
  expect(await messageOf('export const evaluate = () => [{ loss: 0, error: "no data" }];')).toBe(
    'invalid: The evaluator reported an error: no data',
  );
  expect(await messageOf('export const score = 1;')).toMatch(
    /^crashed: Ended with exit code 1\. Its last line: .*evaluate\.mjs exports no function evaluate\({ candidate, cases, params }\)\.$/,
  );
  expect(await messageOf('export const evaluate = () => { throw new Error("no data"); };')).toBe(
    'crashed: Ended with exit code 1. Its last line: no data',
  );
  const never = /gave no result: it called process\.exit, or its promise never settles\.$/;
  expect(await messageOf('export const evaluate = () => new Promise(() => {});')).toMatch(never);
  expect(await messageOf('export const evaluate = () => process.exit(0);')).toMatch(never);
});

test('a timer left behind does not delay the answer', async () => {
  const body =
    'export const evaluate = () => { setInterval(() => {}, 1e6); return [{ loss: 1 }]; };';
  expect(await messageOf(body)).toBe('1');
});

test('a TypeScript module with a syntax error says where', async () => {
  const [first] = await measure({ files: { 'evaluate.ts': 'export const evaluate = (: ;' } });
  expect(first).toMatchObject({
    outcome: 'crashed',
    message: expect.stringMatching(/evaluate\.ts: /),
  });
});

test('metrics beside the objective are returned where they are finite', async () => {
  const body =
    'export const evaluate = ({ cases }) => cases.map(({ seed }) => ({ loss: 1, latency: seed === 3 ? NaN : 7, odd: null }))';
  const files = { 'evaluate.mjs': body };
  expect(await measure({ files, others: ['latency', 'odd', 'absent'] })).toEqual([
    { outcome: 'scored', value: 1, others: {} },
    { outcome: 'scored', value: 1, others: { latency: 7 } },
  ]);
});
