/** A split evaluator against candidates that try to reach their grade. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { thorough } from '../../test/thorough.ts';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Sandbox } from '../sandboxes/contract.ts';
import { Talking } from '../sandboxes/runner/talking.ts';
import { JUDGE, measure, said, splitBench } from '../testing/split-bench.ts';

const { evaluatorOf, sandbox, lastFolder, close } = splitBench();
afterAll(close);

const GOOD = 'export const f = (x: number, k: number): number => x * k;';
const shared = evaluatorOf();

test('an output is scored by the judge, in order', async () => {
  expect(said(await measure(shared, GOOD))).toEqual([0, 0, 0]);
  expect(said(await measure(shared, 'export const f = (x) => x;'))).toEqual([3, 4, 5]);
});

test('a failure is of its case alone, however long it speaks', async () => {
  const text =
    'export const f = (x, k) => { if (x === 4) throw new Error("four"); return x * k; };';
  expect(said(await measure(shared, text))).toEqual([0, 'crashed: solve failed: four', 0]);
  const [before, long, after] = said(
    await measure(shared, text.replace('"four"', '"4".repeat(2e6)')),
  );
  expect([before, String(long).slice(0, 26), after]).toEqual([0, 'crashed: solve failed: 444', 0]);
});

test.each([
  ['NaN', 'crashed: solve failed: solve gave NaN'],
  ['({ deep: [1 / 0] })', 'crashed: solve failed: solve gave Infinity'],
  ['undefined', 'crashed: solve failed: solve gave nothing'],
  ['() => 1', 'crashed: solve failed: solve gave what JSON cannot hold'],
  ['[1, undefined]', 'crashed: solve failed: solve gave undefined in a list'],
  ['[1, , 2]', 'crashed: solve failed: solve gave undefined in a list'],
  ['({ a: [() => 1] })', 'crashed: solve failed: solve gave function in a list'],
  ['new Map([[1, 2]])', 'crashed: solve failed: solve gave what JSON cannot hold: a Map'],
  [
    '[Promise.resolve(1)]',
    'crashed: solve failed: solve gave what JSON cannot hold: a promise: await it',
  ],
  ['new Date(NaN)', 'crashed: solve failed: solve gave a date that is none'],
  [
    '[new Number(NaN)]',
    'crashed: solve failed: solve gave what JSON cannot hold: a number or text as an object',
  ],
  ['new Float64Array([1, NaN])', 'crashed: solve failed: solve gave NaN'],
  ['10n', 'crashed: solve failed: Do not know how to serialize a BigInt'],
  ['"text"', 'invalid: The evaluator reported an error: score failed: no number'],
  ['process.exit(0)', 'crashed: Ended with exit code 0. It printed nothing.'],
])('an output of %s is no number', async (value, message) => {
  expect(said(await measure(shared, `export const f = () => ${value};`, [3]))).toEqual([message]);
});

test('a candidate that does not compile is named without its folder', async () => {
  const [first] = said(await measure(shared, 'export const f = ('));
  expect(first).toMatch(/^crashed: solve failed: f\.ts: /);
});

test('a list of numbers is one, whatever it is made of; what an object leaves out is left out', async () => {
  const judge = `export const ask = ({ seed }) => ({ x: seed, k: 0 });
export const score = ({ output }) => { throw new Error(JSON.stringify(output)); };`;
  const text = `export const f = () => ({ a: new Float32Array([1, 2]), b: undefined, c: new Date(0), d: [null, -1] });`;
  expect(said(await measure(evaluatorOf({ judge }), text, [1]))[0]).toContain(
    '{"a":[1,2],"c":"1970-01-01T00:00:00.000Z","d":[null,-1]}',
  );
});

test('what cannot be loaded says so of every input', async () => {
  const evaluator = evaluatorOf();
  const scale = join(lastFolder(), 'solver/scale.ts');
  writeFileSync(
    scale,
    'export const scale = (x: unknown): unknown => x; throw new Error("never");',
  );
  const never = 'crashed: solve failed: never';
  expect(said(await measure(evaluator, GOOD))).toEqual([never, never, never]);
});

test('data is imported, and begins anew with each call', async () => {
  const evaluator = evaluatorOf();
  const solver = join(lastFolder(), 'solver');
  writeFileSync(join(solver, 'data.json'), '[1]');
  writeFileSync(
    join(solver, 'solve.ts'),
    `import data from './data.json' with { type: 'json' };
export const solve = ({ input }) => input.x * input.k - 1 + data.push(1) - data.at(0) * 1;`,
  );
  for (let call = 0; call < 3; call++)
    expect(said(await measure(evaluator, GOOD, [3]))).toEqual([0]);
});

test('modules are loaded at the same time, with a query, in a circle, and told where they stand', async () => {
  const text = `import { existsSync } from 'node:fs';
import { f as self } from './f.ts';
export const g = (x, k) => x * k;
let n = 0;
export const next = () => n++;
export const f = async (x, k) => {
  const [a, b, c] = await Promise.all(['./f.ts', './f.ts', './f.ts?c'].map((name) => import(name)));
  if (a !== b || a === c || self !== f || !existsSync(import.meta.filename)) return -1;
  return existsSync(import.meta.dirname + '/f.ts') ? c.next() + a.g(x, k) : -2;
};`;
  // With a query a module is another one, and begins anew with each call as all do.
  const evaluator = evaluatorOf();
  for (let call = 0; call < 3; call++)
    expect(said(await measure(evaluator, text, [3]))).toEqual([0]);
});

test('a promise that nobody waits for fails no input, this one or a later one', async () => {
  const text = `export const f = async (x, k) => {
  void Promise.reject(new Error('stray'));
  await new Promise((done) => setTimeout(done, 5));
  return x * k;
};`;
  expect(said(await measure(shared, text))).toEqual([0, 0, 0]);
});

test('module state, globals and prototypes begin anew with each call', async () => {
  const text = `let n = 0;
export const f = (x, k) => {
  globalThis.seen = (globalThis.seen ?? 0) + 1;
  Array.prototype.seen = (Array.prototype.seen ?? 0) + 1;
  return 100 * n++ + 10 * globalThis.seen + [].seen;
};`;
  const values = async () => said(await measure(shared, text, [0]));
  expect(await values()).toEqual([11]);
  expect(await values()).toEqual([11]);
});

test('planted: what a candidate carries from call to call is found out by a cold process', async () => {
  const text =
    'export const f = (x, k) => { process.n = (process.n ?? 0) + 1; return process.n; };';
  const [first, second] = [await measure(shared, text, [0]), await measure(shared, text, [0])];
  expect(said(first)).toEqual([1]);
  expect(said(second)[0]).toMatch(
    /^invalid: Case 0 was answered otherwise, .* by a process that had/,
  );
});

test('planted: state within the first call is found out', async () => {
  const text = 'let n = 0; export const f = (x, k) => x * k - n++;';
  expect(said(await measure(shared, text))[0]).toMatch(
    /^invalid: Case [12] was answered otherwise/,
  );
});

thorough(
  'planted: who reckons with a look at the last case of calls 1, 2, 4, 8 is found out',
  async () => {
    const text = `process.calls = (process.calls ?? 0) + 1;
let cases = -1;
const isSafe = () => (cases++, process.calls === 1 && cases === 0) ||
  (Number.isInteger(Math.log2(process.calls)) && cases === 4);
export const f = (x, k) => (isSafe() ? x * k : x * k + 1);`;
    const evaluator = evaluatorOf();
    const results: (number | string)[] = [];
    for (let call = 0; call < 8; call++) {
      results.push(
        ...said(
          await measure(
            evaluator,
            text,
            [10, 11, 12, 13, 14].map((x) => x + 5 * call),
          ),
        ),
      );
    }
    expect(results.filter((one) => /answered otherwise/.test(String(one))).length).toBeGreaterThan(
      4,
    );
  },
);

test('an abort ends a judge in the middle of its answer, and the next request gets a new one', async () => {
  const judge = `${JUDGE.replace('export const score', 'const well')}
export const score = (one) => { if (one.output === 13) for (;;); return well(one); };`;
  const evaluator = evaluatorOf({ judge, wallMs: 20_000 });
  const text = 'export const f = () => 13;';
  const stop = new AbortController();
  const request = { candidate: { id: sha256(text), text }, cases: [1] };
  const measured = evaluator.measure([request], stop.signal);
  setTimeout(() => stop.abort(new Error('stop')), 1000);
  const started = process.hrtime.bigint();
  await expect(measured).rejects.toThrow('stop');
  expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(5000);
  expect(said(await measure(evaluator, GOOD))).toEqual([0, 0, 0]);
});

test('what could not be started is told as it is, leaves no folder and keeps nobody from closing', async () => {
  const failing = (error: Error): Sandbox => ({
    ...sandbox,
    converse: (_run, signal) =>
      new Talking(async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        throw error;
      }, signal),
  });
  const noJail = new PacelineError('CONFIG_INVALID', 'no such jail');
  const evaluator = evaluatorOf({ sandbox: failing(noJail) });
  await expect(measure(evaluator, GOOD)).rejects.toThrow('no such jail');
  await evaluator.close();
  for (const error of [noJail, new TypeError('a bug')]) {
    const converse: Sandbox['converse'] = (run, signal) =>
      (run.argv.join().includes('judge.mjs') ? sandbox : failing(error)).converse(run, signal);
    const unsolved = evaluatorOf({ sandbox: { ...sandbox, converse } });
    const work = join(lastFolder(), 'work');
    await expect(measure(unsolved, GOOD)).rejects.toBe(error);
    await unsolved.close();
    expect(readdirSync(work)).toEqual([]);
  }
});

test('an input is answered before the next is seen, unless a batch is asked for', async () => {
  const spy = `import { readSync } from 'node:fs';
export const f = (x, k) => {
  const later = Buffer.alloc(4);
  try { readSync(0, later, 0, 4, null); } catch { return -1; }
  return later.readUInt32BE();
};`;
  // It reads where the next question would be: there is none, so it waits until its time is over.
  expect(said(await measure(evaluatorOf({ wallMs: 1500 }), spy, [1, 2]))[0]).toMatch(/^timeout/);
  const batched = evaluatorOf({ batch: 2 });
  expect(said(await measure(batched, GOOD, [1, 2, 3]))).toEqual([0, 0, 0]);
});

test('instances of a generator go to the judge, and to the candidate only where it asks nothing', async () => {
  const generator =
    'for (const seed of process.env.PACELINE_SEEDS.split(",")) console.log(JSON.stringify({ x: 10 * seed, k: 2, secret: 7 }));';
  const judge = `export const ask = ({ instance: { x, k } }) => ({ x, k });
export const score = ({ instance, output }) => ({ loss: instance.secret + output });`;
  const text = 'export const f = (x, k) => x;';
  expect(said(await measure(evaluatorOf({ generator, judge }), text))).toEqual([37, 47, 57]);
  const open = 'export const score = ({ input, output }) => ({ loss: input.secret + output });';
  expect(said(await measure(evaluatorOf({ generator, judge: open }), text))).toEqual([37, 47, 57]);
});

test.each([
  [
    'export const ask = () => { throw new Error("no case"); };',
    /gave no inputs.*exports no function score/,
  ],
  [
    'export const ask = () => { throw new Error("no case"); }; export const score = () => ({});',
    /gave no inputs.*no case/,
  ],
])('a judge that cannot ask is refused: %s', async (judge, says) => {
  await expect(measure(evaluatorOf({ judge }), GOOD)).rejects.toThrow(says);
});

test('a judge that ends while it scores gives no number, and the next request gets a new one', async () => {
  const judge = `${JUDGE.replace('export const score', 'const well')}
export const score = (one) => { if (one.output === 13) process.exit(1); return well(one); };`;
  const evaluator = evaluatorOf({ judge });
  const [hit] = said(await measure(evaluator, 'export const f = () => 13;'));
  expect(hit).toMatch(/^invalid: The judge gave no score\. Ended with exit code 1/);
  expect(said(await measure(evaluator, GOOD))).toEqual([0, 0, 0]);
});

thorough('a worker is replaced in time, and every folder goes with it', async () => {
  const evaluator = evaluatorOf();
  const work = join(lastFolder(), 'work');
  for (let call = 0; call < 70; call++) {
    expect(said(await measure(evaluator, GOOD, [call]))).toEqual([0]);
  }
  expect(readdirSync(work).length).toBeLessThan(6);
  await evaluator.close();
  expect(readdirSync(work)).toEqual([]);
});
